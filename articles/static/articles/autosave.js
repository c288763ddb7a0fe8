// What is typed into an article's form goes to the site every few seconds, and where that fails to
// the browser's storage. It never waits for either, except that saving waits for what is on its way.

import { copiesOf, dropCopy, dropSaved, keepCopy, prune } from "./browser-copies.js";

const EVERY = 3000; // ms
const PATIENCE = 15000; // ms, for one answer
const SETTLED = 500; // ms after which the editor has arranged itself
const LEAVING = 5000; // ms for which a form that was sent is not sent again

const panel = document.getElementById("autosave");
const form = document.getElementById("article_form");
const say = panel?.dataset;
const newKey = () => `${Date.now()}-${Math.random().toString(36).slice(2)}`;
const mine = () => ({ person: say.person, place: say.place, key: form.elements.autosave_key.value });

let shown = null; // what the form held when it opened, or null before that is known
let held = null; // what the site has
let copied = null; // what the browser has
let sending = null;
let stopping = null; // what stops it
let isWaiting = false;
let isLeaving = false;

if (panel && form) begin();

function begin() {
  forgetSaved();
  prune();
  const settle = () => setTimeout(settled, SETTLED);
  if (document.readyState === "complete") settle();
  else window.addEventListener("load", settle);
  for (const type of ["keydown", "pointerdown", "beforeinput", "paste", "drop"]) {
    document.addEventListener(type, (event) => event.isTrusted && settled(), { capture: true });
  }
  setInterval(send, EVERY);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", warn);
  window.addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; });
  form.addEventListener("submit", submit);
}

// Once, before the person changes anything.
function settled() {
  if (shown !== null) return;
  offerCopy();
  shown = textOf(typed());
  if (!say.unsaved) held = shown;
  panel.dataset.isWatching = "yes";
}

function typed() {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
  return data;
}

const textOf = (data) => new URLSearchParams(data).toString();

function dataOf(text) {
  const data = new FormData();
  for (const [name, value] of new URLSearchParams(text)) data.append(name, value);
  return data;
}

// To the site

function send() {
  if (shown === null || sending || isLeaving) return;
  const data = typed();
  const text = textOf(data);
  if (text === held) return;
  const stopper = stopping = new AbortController();
  const patience = setTimeout(() => stopper.abort(), PATIENCE);
  sending = post(data, { signal: stopper.signal })
    .then((answer) => isLeaving || heard(answer, text)) // else the copy would be the older text
    .finally(() => { clearTimeout(patience); sending = null; });
}

// {status, …what it told}; without a status where there was no answer.
async function post(data, options = {}, tries = 1) {
  data.set("person", say.person);
  try {
    const answer = await fetch(say.address, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-CSRFToken": token() },
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
    });
    const isTold = answer.headers.get("Content-Type")?.startsWith("application/json");
    const told = isTold ? await answer.json() : { reason: "refused" };
    if (told.reason === "token" && tries) return post(data, options, tries - 1);
    return { status: answer.status, ...told };
  } catch {
    return { reason: navigator.onLine ? "unreachable" : "offline" };
  }
}

const token = () =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

function heard(answer, text) {
  document.getElementById("autosave-sign-in").hidden = answer.reason !== "signed_out";
  if (!answer.saved_at) {
    const kind = copy(text) ? answer.reason : "nowhere";
    return tell(kind, kind === "nowhere" || say[wordOf(kind)] ? "" : answer.message);
  }
  held = text;
  if (textOf(typed()) === text) {
    dropCopy(mine());
    copied = null;
  }
  const present = document.getElementById("autosave-present");
  present.textContent = answer.present;
  present.hidden = !answer.present;
  if (answer.reason) return tell(answer.reason, answer.message);
  const time = timeOf(new Date(answer.saved_at));
  return tell("saved", say.saySaved.replace("{time}", time), say.sayCopied);
}

// What a person sees, and what is read out: that, only when it is another thing than before.
let told = "";
const wordOf = (kind) => `say${kind[0].toUpperCase()}${kind.slice(1)}`;

function tell(kind, text, aloud) {
  const words = text || say[wordOf(kind)];
  const line = document.getElementById("autosave-status");
  line.textContent = words;
  line.parentElement.dataset.kind = kind;
  if (kind !== told) document.getElementById("autosave-announced").textContent = aloud || words;
  told = kind;
}

const HOURS = { hourCycle: "h23" };
const timeOf = (moment) => moment.toLocaleTimeString(document.documentElement.lang, HOURS);

// To the browser

function copy(text) {
  if (copied === text) return true;
  const isKept = keepCopy({ ...mine(), at: Date.now(), text });
  if (isKept) copied = text;
  return isKept;
}

function leave() {
  if (shown === null) return;
  const data = typed();
  const text = textOf(data);
  if (text === held) return;
  copy(text);
  if (isLeaving) return;
  // A longer one than 64 kB is refused, and stays in the browser alone.
  post(data, { keepalive: true, signal: undefined }).then((answer) => heard(answer, text));
}

function warn(event) {
  if (shown === null || isLeaving) return;
  const text = textOf(typed());
  if (text !== held && !copy(text)) event.preventDefault();
}

function submit(event) {
  if (event.defaultPrevented || shown === null) return;
  if (isLeaving) return event.preventDefault(); // a double click
  if (sending) {
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    const patience = new Promise((done) => { setTimeout(done, 2000); });
    Promise.race([sending, patience]).then(() => {
      stopping.abort();
      sending = null;
      isWaiting = false;
      form.requestSubmit(event.submitter);
    });
    return;
  }
  isLeaving = true;
  setTimeout(() => { isLeaving = false; }, LEAVING);
  form.elements.csrfmiddlewaretoken.value = token();
  const text = textOf(typed());
  if (text !== shown || say.unsaved) copy(text); // until the site says that it has saved
  setTimeout(goOn); // once the browser has read the form
}

// What is typed before the answer comes is another text than the one that was sent.
function goOn() {
  form.elements.autosave_key.value = newKey();
  held = textOf(typed());
}

// What the site has saved needs no copy.
function forgetSaved() {
  const key = document.cookie.match(/(?:^|; )autosave_saved=([^;]+)/)?.[1];
  if (!key) return;
  dropSaved(key);
  document.cookie = "autosave_saved=; path=/admin/; max-age=0";
}

// Offering it back

const bare = (text) => {
  const data = dataOf(text);
  for (const name of ["autosave_key", "based_on", "seen", "person", "form_key"]) data.delete(name);
  return textOf(data);
};

function offerCopy() {
  const box = document.getElementById("autosave-browser");
  const now = bare(textOf(typed()));
  const found = copiesOf(say.person, say.place).filter((each) => {
    if (each.key === mine().key && (say.unsaved || shown !== null)) return false;
    if (bare(each.text) !== now) return true;
    dropCopy(each);
    return false;
  });
  if (found.some((each) => each.key === mine().key)) { // what is typed now must not overwrite it
    form.elements.autosave_key.value = newKey();
  }
  box.hidden = !found.length;
  if (!found.length) return;
  const newest = found[0];
  const onSite = document.getElementById("autosave-offer");
  const isOfSite = newest.key === say.offeredKey; // the same text, and this is the later one
  if (isOfSite && onSite) onSite.hidden = true;
  const moment = new Date(newest.at);
  const isToday = moment.toDateString() === new Date().toDateString();
  const time = isToday ? timeOf(moment) : moment.toLocaleString(document.documentElement.lang, HOURS);
  document.getElementById("autosave-browser-title").textContent = say.sayOffer.replace("{time}", time);
  box.querySelector("[data-way=back]").onclick = () => bringBack(newest);
  box.querySelector("[data-way=away]").onclick = () => {
    dropCopy(newest);
    if (isOfSite && onSite) onSite.querySelector("form").requestSubmit();
    else offerCopy();
  };
}

// By way of the site, which fills in the whole form.
async function bringBack(kept) {
  const answer = await post(dataOf(kept.text));
  if (!answer.saved_at) return tell(answer.reason, answer.message);
  dropCopy(kept);
  isLeaving = true;
  window.location.assign("?restore=autosave");
}
