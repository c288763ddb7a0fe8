// A picture of the library for the text: looked for, chosen, described.

import { button, element } from "./dialogs.js";

export async function askForPicture(desk) {
  const { words } = desk;
  const image = await desk.ask(words.find, [], { body: (answer) => library(desk, answer) });
  if (!image) return null;
  const details = await askForDetails(desk, { alt: null, wide: false, library: image.alt });
  return details && { src: `/images/${image.id}/`, ...details };
}

// The alternative text and the width; "remove" where the picture may go.
export async function askForDetails({ ask, words }, attrs, removable = false) {
  const values = await ask(
    words.figure,
    [
      { name: "alt", label: words.alt, value: attrs.alt ?? "", type: "textarea",
        help: `${words.altHelp} ${attrs.library ?? ""}` },
      { name: "decorative", label: words.decorative, value: attrs.alt === "", type: "checkbox" },
      { name: "wide", label: words.wide, value: attrs.wide, type: "checkbox" },
    ],
    { removable },
  );
  if (!values || values === "remove") return values;
  return { wide: values.wide, alt: values.decorative ? "" : values.alt || null };
}

function library({ pictures, languageNow, words }, answer) {
  const search = element("input", { type: "search", className: "text-dialog-search" });
  search.setAttribute("aria-label", words.find);
  const list = element("ul", { className: "text-dialog-pictures" });
  list.setAttribute("aria-label", words.found);
  const told = element("p", { className: "text-dialog-help" });
  told.setAttribute("role", "status");
  const further = button(words.more, () => load(further.dataset.next));
  let asked = 0;

  async function load(page = "") {
    const mine = ++asked;
    const isNew = !page;
    try {
      const found = await fetched(pictures, { q: search.value, page, language: languageNow() });
      if (mine !== asked) return;
      const items = found.images.map((image) => item(image, answer));
      if (isNew) list.replaceChildren(...items);
      else list.append(...items);
      if (!isNew) items[0]?.querySelector("button").focus();
      told.textContent = list.childElementCount ? "" : words.nothing;
      further.hidden = !found.next;
      further.dataset.next = found.next ?? "";
    } catch {
      told.textContent = words.failed;
    }
  }

  const first = () => load();
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(first, 250);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the dialog has nothing to apply yet
    first();
  });
  further.hidden = true;
  first();
  return element("div", {}, search, told, list, further);
}

async function fetched(address, asked) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries({ ...asked, format: "json" })) {
    url.searchParams.set(name, value);
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function item(image, answer) {
  const picture = element("img", { src: image.thumbnail, alt: "", width: 120, height: 120 });
  const choose = button(picture, () => answer(image));
  choose.append(element("span", {}, image.alt || `#${image.id}`));
  if (image.credit) choose.append(element("span", { className: "text-dialog-help" }, image.credit));
  return element("li", {}, choose);
}
