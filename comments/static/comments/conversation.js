// Votes, replies in place, relative times and folding. Without it everything works by links
// and forms.

import { showInvitation } from "./invitation.js";
import { watch } from "./live.js";
import { noteVisit, showOwn } from "./overlay.js";
import { focusOn, goToMissingComment, listenForMore } from "./paging.js";
import { listenForPassages, offerAsking } from "./passages.js";
import { listenForReplies } from "./replying.js";
import { addShares } from "./sharing.js";
import { keepSort } from "./sorts.js";
import "./writing.js";

const section = document.getElementById("conversation");
const language = document.documentElement.lang;

function announce(text) {
  document.getElementById("conversation-status").textContent = text;
}

async function vote(event) {
  const form = event.target.closest("form.comment-vote");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const pressed = event.submitter.getAttribute("aria-pressed") === "true";
  const body = new URLSearchParams({ value: pressed ? "0" : event.submitter.value });
  const headers = { Accept: "application/json" };
  try {
    const response = await fetch(form.action, { method: "POST", body, headers });
    const answer = await response.json();
    if (response.ok) show(form, answer);
    else explain(form, answer.message);
    announce([answer.message, answer.score].join(" ").trim());
  } catch {
    sendAsPage(form, body.get("value"));
  }
}

function sendAsPage(form, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "value", value });
  form.append(field);
  form.submit();
}

function show(form, answer) {
  // a score that is still hidden comes as null: what stands here says so
  if (answer.score !== null) form.querySelector(".comment-score").textContent = answer.score;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(Number(button.value) === answer.value));
  }
  form.querySelector(".comment-refusal")?.remove();
}

function explain(form, message) {
  const line = form.querySelector(".comment-refusal") ?? document.createElement("span");
  line.className = "comment-refusal";
  line.textContent = message;
  form.append(line);
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];

function makeTimesRelative() {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "always" });
  for (const time of document.querySelectorAll(".comment-time time")) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
    time.title ||= time.textContent;
    time.textContent = format.format(Math.trunc(seconds / size), unit);
  }
}

function addFolds() {
  for (const replies of section.querySelectorAll(".comment > .replies")) {
    if (replies.previousElementSibling?.matches(".thread-line")) continue;
    const name = replies.parentElement.querySelector(".comment-name")?.textContent ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "thread-line";
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-label", `${section.dataset.fold} ${name}`.trim());
    button.addEventListener("click", () => {
      replies.hidden = !replies.hidden;
      button.setAttribute("aria-expanded", String(!replies.hidden));
    });
    replies.before(button);
  }
}

const rest = () => new Promise((resume) => setTimeout(resume));

// Each in a task of its own, so that a phone answers in between.
async function refresh() {
  for (const improve of [makeTimesRelative, addFolds, () => addShares(section, announce)]) {
    await rest();
    improve();
  }
}

// One's own comment, where it stands on this page: the address leads to the notice of it.
function goToPosted() {
  const posted = new URLSearchParams(location.search).get("posted");
  const comment = document.getElementById(`comment-${posted}`);
  if (location.hash !== "#posted" || !comment) return;
  comment.scrollIntoView({ block: "center" });
  focusOn(comment);
}

if (section) {
  section.addEventListener("submit", vote);
  listenForReplies();
  listenForPassages();
  showInvitation();
  refresh();
  const whose = showOwn(section);
  // one's own held comment comes with the overlay only
  whose.then((own) => {
    goToMissingComment(section);
    goToPosted();
    offerAsking(own?.ask);
  });
  watch(section, refresh, async (until) => {
    if ((await whose)?.isVisitor) noteVisit(section, until);
  });
  listenForMore(section, refresh);
  keepSort(section, refresh);
  addEventListener("hashchange", () => goToMissingComment(section));
}
