// Forms for comments: preview, counter, Ctrl+Enter, one click is one comment; drafts, and name and
// e-mail on request, kept on this device. Without it every form works and nothing is kept.

import { keep, read } from "./storage.js";

const PERSON = "comments.person";
const SENT = "comments.sent";
const opened = new WeakMap(); // since when a form can be filled in
let selected = null;

// Name and address, where the reader asked for it.
function person() {
  try {
    return JSON.parse(read("localStorage", PERSON) ?? "null");
  } catch {
    return null; // somebody else's
  }
}

export const isRemembered = () => Boolean(person());
const draftKey = (form) => `comments.draft:${new URL(form.action).pathname}`;
const formOf = (event) => event.target.closest?.("form.comment-form");
const textOf = (form) => form.elements.namedItem("text");

export function prepare(form) {
  const text = textOf(form);
  if (!text || form.method !== "post") return;
  opened.set(form, Date.now());
  const known = person();
  for (const name of ["name", "email"]) {
    const field = form.elements.namedItem(name);
    if (field && known) field.value ||= known[name];
  }
  const box = form.querySelector(".comment-remember input");
  if (box) {
    box.checked = Boolean(known);
    box.closest(".comment-remember").hidden = !form.elements.namedItem("email");
  }
  const draft = read("localStorage", draftKey(form));
  if (draft && (!text.value || "changes" in form.dataset)) text.value = draft;
  if (text.value) count(form); // the first number that is written takes a phone 100 ms
}

function count(form) {
  const counter = form.querySelector(".comment-counter");
  if (!counter) return;
  const text = textOf(form);
  const left = (text.maxLength - text.value.length).toLocaleString(document.documentElement.lang);
  counter.textContent = counter.dataset.left.replace("{count}", left);
  counter.hidden = false;
}

// How long the form was open, which the site believes with the key that fits (comments/signs.py).
function sign(form) {
  const age = Math.round((Date.now() - (opened.get(form) ?? Date.now())) / 1000);
  let key = 0x811c9dc5;
  for (const letter of `comment ${age}`) key = Math.imul(key ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  for (const [name, value] of Object.entries({ age, key })) {
    const field = form.elements.namedItem(name) ?? form.appendChild(document.createElement("input"));
    Object.assign(field, { type: "hidden", name, value });
  }
}

function remember(form) {
  const box = form.querySelector(".comment-remember input");
  if (!box || box.closest(".comment-remember").hidden) return;
  const [name, email] = ["name", "email"].map((field) => form.elements.namedItem(field).value);
  keep("localStorage", PERSON, box.checked ? JSON.stringify({ name, email }) : "");
}

async function preview(form) {
  const place = form.querySelector(".comment-preview");
  const body = new URLSearchParams({ text: textOf(form).value });
  const response = await fetch(place.dataset.address, { method: "POST", body });
  place.innerHTML = await response.text(); // sanitised by the server
  place.hidden = false;
}

// What was marked in the comment that is about to be answered, as a quotation.
export function quote(form, comment) {
  const now = markedIn(comment);
  const text = textOf(form);
  const words = now || (selected?.comment === comment ? selected.words : "");
  selected = null;
  if (!words || text.value) return;
  text.value = `${words.split("\n").map((line) => `> ${line}`.trim()).join("\n")}\n\n`;
  count(form);
}

function markedIn(comment) {
  const marked = getSelection();
  const text = comment?.querySelector(":scope > .comment-text, :scope > details > .comment-text");
  if (!text || marked.isCollapsed || !text.contains(marked.anchorNode)) return "";
  return text.contains(marked.focusNode) ? marked.toString().trim() : "";
}

document.addEventListener("pointerdown", (event) => {
  const comment = event.target.closest("a.comment-reply")?.closest(".comment");
  selected = comment ? { comment, words: markedIn(comment) } : null; // the click unmarks it
});

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (event.target.name !== "text" || !form) return;
  keep("localStorage", draftKey(form), event.target.value);
  count(form);
});

document.addEventListener("keydown", (event) => {
  const form = formOf(event);
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button:not([name])"));
});

document.addEventListener("click", async (event) => {
  const form = formOf(event);
  if (!form || event.target.name !== "preview" || !form.querySelector(".comment-preview")) return;
  event.preventDefault();
  try {
    await preview(form);
  } catch {
    // no connection: what was typed stays, and is kept as a draft
  }
});

document.addEventListener("submit", (event) => {
  const form = formOf(event);
  if (!form || !textOf(form)) return;
  if (form.dataset.sent) {
    event.preventDefault(); // the first click is on its way
    return;
  }
  form.dataset.sent = "yes";
  sign(form);
  remember(form);
  keep("sessionStorage", SENT, draftKey(form));
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form.comment-form")) delete form.dataset.sent;
});

// What was sent has arrived if its answer has led here. After a lost connection the reader may come
// back to an earlier comment's page, and the draft is kept.
const sent = read("sessionStorage", SENT);
if (sent) {
  const isAnswer = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  if (isAnswer && new URLSearchParams(location.search).has("posted")) keep("localStorage", sent, "");
  keep("sessionStorage", SENT, "");
}
document.querySelectorAll("form.comment-form").forEach(prepare);
