// Says that others have written since the page was opened. Nothing moves before the reader asks.

import { focusOn, load, merge } from "./paging.js";

const SECONDS = { visible: 30, hidden: 300 };
const MOST_PAGES = 10;

export function watch(section, refresh) {
  const news = section.querySelector(".conversation-news");
  if (!news) return;
  const button = news.querySelector("button");
  let latest = section.dataset.latest;
  let seen = latest;
  let timer;

  async function ask() {
    try {
      const address = `${section.dataset.page}latest/?since=${encodeURIComponent(seen)}`;
      const answer = await fetch(address, { cache: "no-cache" }); // a 304 while nothing happens
      if (answer.ok) tell(await answer.json());
    } catch {
      // offline: the next time
    }
    wait();
  }

  function tell(answer) {
    news.hidden = !answer.count;
    latest = answer.latest;
    if (button.textContent !== answer.label) button.textContent = answer.label;
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(ask, 1000 * SECONDS[document.visibilityState]);
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const added = await showNew(section, seen);
      seen = latest;
      news.hidden = true;
      refresh();
      focusOn(added[0]);
    } catch {
      location.reload();
    }
    button.disabled = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
    else wait();
  });
  wait();
}

// New threads go where the order has them, replies below what they answer.
async function showNew(section, since) {
  const place = section.dataset.sort === "newest" ? "start" : "end";
  const sort = place === "start" ? "newest" : "oldest";
  let address = `${section.dataset.page}?sort=${sort}&show=new&since=${encodeURIComponent(since)}`;
  const added = [];
  for (let page = 0; address && page < MOST_PAGES; page += 1) {
    const loaded = await load(address);
    section.querySelector(".comment-count").replaceWith(loaded.querySelector(".comment-count"));
    merge(loaded.querySelector(".comments"), section.querySelector(".comments"), added, place);
    address = loaded.querySelector("a.more-comments")?.href;
  }
  return added;
}
