// Keeps the figures of a campaign true while its page is open. Nothing moves: only words, figures
// and the length of the bar change, and while nothing happens an answer costs a 304.

import { show } from "./time-left.js";

const SECONDS = { visible: 30, hidden: 300 };
const goal = document.querySelector(".goal[data-figures]");
let tag = "";
let timer;

if (goal) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
    else wait();
  });
  wait();
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(ask, 1000 * SECONDS[document.visibilityState]);
}

async function ask() {
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(goal.dataset.figures, { headers, cache: "no-store" });
    if (answer.status === 404) return; // it is no longer public
    if (answer.ok) {
      tag = answer.headers.get("ETag") ?? "";
      const figures = await answer.json();
      write(figures);
      if (figures.state !== "running") return;
    }
  } catch {
    // offline: the next time
  }
  wait();
}

function write({ formatted, bar, missing_units }) {
  say(".goal-text", formatted.text);
  say(".goal-supporters", formatted.supporters);
  say(".goal-as-of", formatted.as_of);
  if (bar) draw(bar, formatted.raised);
  const line = goal.querySelector(".goal-left");
  if (line) {
    line.dataset.missing = missing_units ?? 0;
    show(line);
  }
}

function say(selector, text) {
  const place = goal.querySelector(selector);
  if (place && place.textContent !== text) place.textContent = text;
}

function draw(bar, raised) {
  const progress = goal.querySelector(".goal-progress");
  set(progress, { "aria-valuemax": bar.max, "aria-valuenow": bar.now, "aria-valuetext": bar.text });
  set(goal.querySelector(".goal-bar-fill"), { x: bar.start, width: bar.width });
  set(goal.querySelector(".goal-raised text"), { x: bar.end, "text-anchor": bar.anchor });
  say(".goal-raised text", raised);
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
