// The order that a reader chose is remembered on this device; what the site serves is the same.

import { load } from "./paging.js";
import { keep, read } from "./storage.js";

const KEY = "comments.sort";

export async function keepSort(section, refresh) {
  section.addEventListener("click", (event) => {
    const link = event.target.closest(".comment-sorts a[data-sort]");
    if (link) keep("localStorage", KEY, link.dataset.sort);
  });
  const query = new URLSearchParams(location.search);
  const isAsked = ["sort", "posted", "after"].some((name) => query.has(name));
  const sort = read("localStorage", KEY);
  const link = section.querySelector(`.comment-sorts a[data-sort="${CSS.escape(sort ?? "")}"]`);
  if (isAsked || !link || sort === section.dataset.sort || location.hash.startsWith("#comment-")) return;
  query.set("sort", sort);
  const page = await load(`${section.dataset.page}?${query}`).catch(() => null);
  if (!page) return;
  section.dataset.sort = sort;
  section.dataset.latest = page.dataset.latest;
  for (const part of [".comments", ".comment-sorts:not(.comment-languages)", ".conversation-more"]) {
    const here = section.querySelector(part);
    const there = page.querySelector(part);
    if (part === ".comments") here.replaceChildren(...there.children); // others watch this element
    else if (here && there) here.replaceWith(document.adoptNode(there));
    else if (there) section.querySelector(".comments").after(document.adoptNode(there));
    else here?.remove();
  }
  refresh();
}
