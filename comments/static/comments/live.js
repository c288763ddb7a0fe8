// Says that others have written since the page was opened. Nothing moves before the reader asks.

import { focusOn, load, merge } from "./paging.js";

const SECONDS = { visible: 30, hidden: 300 };
const MOST_PAGES = 10;

export function watch(section, refresh, noteSeen) {
  const news = section.querySelector(".conversation-news");
  if (!news) return;
  const button = news.querySelector("button");
  let timer;

  async function ask() {
    try {
      const address = `${section.dataset.page}latest/`;
      const { latest } = await get(address); // a 304 while nothing happens
      if (latest > section.dataset.latest) tell(await get(`${address}?${asked(section, {})}`));
    } catch {
      // offline: the next time
    }
    wait();
  }

  function tell({ count, label }) {
    news.hidden = !count;
    if (button.textContent !== label) button.textContent = label;
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(ask, 1000 * SECONDS[document.visibilityState]);
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const first = await showNew(section);
      news.hidden = true;
      refresh();
      focusOn(first);
      noteSeen(section.dataset.latest);
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

async function get(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

// The query for what has appeared in the reader's language since the page was made.
function asked(section, query) {
  const { language, latest } = section.dataset;
  return new URLSearchParams({ ...query, lang: language, since: latest });
}

const isNew = (comment) => comment.querySelector(":scope > .comment-head > .comment-new");

// New threads go where the order has them, replies below what they answer. Returns the first new
// comment.
async function showNew(section) {
  const comments = section.querySelector(".comments");
  const newest = section.dataset.sort === "newest";
  const top = comments.firstElementChild;
  const put = (comment) => {
    // an old thread that stands on a later page comes with its new reply
    comments.insertBefore(comment, newest && isNew(comment) ? top : null);
  };
  const query = asked(section, { sort: newest ? "newest" : "oldest", show: "new" });
  const added = [];
  let address = `${section.dataset.page}?${query}`;
  for (let page = 0; address && page < MOST_PAGES; page += 1) {
    const loaded = await load(address);
    if (page === 0) section.dataset.latest = loaded.dataset.latest;
    section.querySelector(".comment-count").replaceWith(loaded.querySelector(".comment-count"));
    merge(loaded.querySelector(".comments"), comments, added, put);
    address = loaded.querySelector("a.more-comments")?.href;
  }
  return added.flatMap((each) => [each, ...each.querySelectorAll(".comment")]).find(isNew);
}
