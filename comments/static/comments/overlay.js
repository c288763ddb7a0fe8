// What is the reader's own in a page that is the same for everybody: votes, held comments, links to
// change or delete, and what is new since the last visit. Asked for only where the marker cookie
// says that there is something.

import { isRemembered } from "./writing.js";

const isKnown = () => document.cookie.split("; ").includes("known=1");

export async function showOwn(section) {
  if (!isKnown()) return null;
  let own;
  try {
    const response = await fetch(`/me/overlay/?article=${section.dataset.article}`);
    if (!response.ok) return null;
    own = await response.json();
  } catch {
    return null; // offline: the page is whole without it
  }
  // visits are noted of members, and of guests who asked to be remembered on this device
  own.isVisitor = own.visit.member || isRemembered();
  const apply = () => {
    own.held.forEach((held) => placeHeld(section, held));
    mark(section, own);
    if (own.isVisitor) markNew(own.visit);
  };
  if (own.visit.member) writeAsMember(own.visit.member);
  apply();
  const watcher = new MutationObserver(apply); // another page or order may come later
  watcher.observe(section.querySelector(".comments"), { childList: true, subtree: true });
  if (own.isVisitor) {
    tellOfNew(section, own.visit);
    // by the server's clock; what appeared since may not be in the page
    const opened = new Date(Date.parse(own.visit.now) - performance.now());
    noteVisit(section, opened.toISOString());
  }
  return own;
}

// An account has a name and an address already. Where the reader may see the fields, they stay and
// take nothing, so that nothing moves.
function writeAsMember(name) {
  const line = document.querySelector("#write > .comment-writer");
  if (line) {
    line.style.minBlockSize = `${line.offsetHeight}px`;
    line.replaceChildren(document.getElementById("own-name").content.cloneNode(true));
    line.querySelector("bdi").textContent = name;
  }
  for (const root of [document, document.getElementById("reply-form")?.content]) {
    for (const form of root?.querySelectorAll("form.comment-form") ?? []) {
      const isBelow = !form.isConnected || form.getBoundingClientRect().top > innerHeight;
      for (const field of form.querySelectorAll('[name="name"], [name="email"]')) {
        if (isBelow) field.closest(".field").remove();
        else Object.assign(field, { disabled: true, value: "" });
      }
      const box = form.querySelector(".comment-remember");
      if (box) box.hidden = true;
    }
  }
}

function markNew({ since, new: numbers }) {
  const label = document.getElementById("own-new");
  for (const number of since && label ? numbers : []) {
    const head = document.querySelector(`#comment-${number} > .comment-head`);
    if (!head || head.querySelector(".comment-new")) continue;
    head.querySelector(".comment-time").before(label.content.cloneNode(true));
  }
}

function tellOfNew(section, { since, new: numbers, label }) {
  const line = section.querySelector(".conversation-unread");
  if (!line || !since || !numbers.length) return;
  const link = line.querySelector("a");
  link.href = `${section.dataset.page}?show=new&since=${encodeURIComponent(since)}#conversation`;
  link.textContent = label;
  line.hidden = false;
}

export function noteVisit(section, until) {
  if (!section.dataset.page) return;
  const body = new URLSearchParams({ until });
  fetch(`${section.dataset.page}visit/`, { method: "POST", body, keepalive: true }).catch(() => {
    // offline: these count as new once more
  });
}

function mark(section, { votes, own }) {
  const mine = new Map(own.map((one) => [String(one.id), one]));
  for (const comment of section.querySelectorAll("article.comment[id]:not([data-own])")) {
    const id = comment.id.replace("comment-", "");
    comment.dataset.own = mine.has(id) ? "yes" : "no";
    const buttons = comment.querySelectorAll(":scope > .comment-actions > .comment-vote button");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(Number(button.value) === votes[id]));
      button.disabled = mine.has(id);
    }
    if (!mine.has(id)) continue;
    addActions(section, comment, mine.get(id));
    comment.querySelector(":scope > .comment-head > .comment-new")?.remove();
  }
}

function addActions(section, comment, { id, edit }) {
  const actions = comment.querySelector(":scope > .comment-actions");
  const links = document.getElementById("own-actions").content.cloneNode(true);
  for (const link of links.querySelectorAll("a")) {
    if (link.dataset.verb === "edit" && !edit) link.remove();
    else link.href = `${section.dataset.comments}${id}/${link.dataset.verb}/`;
  }
  const flag = actions?.querySelector(":scope > .comment-flag");
  if (flag) flag.replaceWith(links); // nobody reports themselves
  else actions?.append(links);
}

function placeHeld(section, held) {
  const existing = document.getElementById(`comment-${held.id}`);
  if (existing && !existing.querySelector(":scope > .tombstone")) return;
  const article = document.getElementById("own-held").content.firstElementChild.cloneNode(true);
  article.querySelector(".comment-name").textContent = held.name;
  const time = article.querySelector("time");
  time.dateTime = held.written;
  time.textContent = held.written_text;
  const text = article.querySelector(".comment-text");
  text.lang = held.language;
  text.innerHTML = held.html; // sanitised by the server when it was written
  if (existing) {
    // an answered one has a place already, where others see that it waits
    existing.querySelector(":scope > .tombstone").replaceWith(...article.children);
    return;
  }
  article.id = `comment-${held.id}`;
  const answered = document.getElementById(`comment-${held.answers}`);
  if (answered) repliesOf(answered).append(article);
  else if (!held.answers && section.dataset.start) section.querySelector(".comments").prepend(article);
}

function repliesOf(comment) {
  const replies = comment.querySelector(":scope > .replies");
  if (replies) return replies;
  const made = document.createElement("div");
  made.className = "replies";
  comment.append(made);
  return made;
}
