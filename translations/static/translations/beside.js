// Writing beside the source: both sides scroll together, short texts and the picture can be taken
// over, and F6 goes from one side to the other.

const sourcePane = document.getElementById("beside-source");
const formPane = document.getElementById("beside-form");
const together = document.getElementById("beside-together");
const status = sourcePane.querySelector(".beside-status");
const wide = matchMedia("(min-width: 900px)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const { language, direction } = document.querySelector(".beside").dataset;

// Scrolling together. Both sides have the same marks: the short texts and the blocks of the text.
// Whichever side a person moves leads, the other is put where the same mark stands as high.

function marks() {
  const found = [];
  const pair = (theirs, ours) => theirs && ours && found.push([theirs, ours]);
  const parts = new Map();
  for (const part of sourcePane.querySelectorAll("[data-field]")) parts.set(part.dataset.field, part);
  for (const name of ["kicker", "headline", "standfirst"]) pair(parts.get(name), row(name));
  const theirs = document.getElementById("beside-body")?.children ?? [];
  const ours = formPane.querySelector(".tiptap")?.children ?? [];
  for (let n = 0; n < Math.min(theirs.length, ours.length); n += 1) pair(theirs[n], ours[n]);
  pair(parts.get("lead_caption"), row("lead_caption"));
  return found;
}

function row(name) {
  return formPane.querySelector(`.form-row.field-${name}`);
}

function top(element) {
  return element.getBoundingClientRect().top;
}

function line() {
  return sourcePane.querySelector(".beside-head").getBoundingClientRect().bottom + 24;
}

// How far the follower must move for what stands at the line to stand there on both sides.
function distance(leader, follower) {
  const pairs = marks();
  if (!pairs.length) return 0;
  const here = line();
  const tops = pairs.map((pair) => [top(pair[leader]), top(pair[follower])]);
  const after = tops.findIndex((each) => each[0] > here);
  if (after === 0) return tops[0][1] - tops[0][0];
  if (after < 0) return tops.at(-1)[1] - tops.at(-1)[0];
  const [one, two] = [tops[after - 1], tops[after]];
  const share = (here - one[0]) / (two[0] - one[0] || 1);
  return one[1] + share * (two[1] - one[1]) - here;
}

let leads = "form";
let moved = 0;

function follow() {
  if (together.getAttribute("aria-pressed") !== "true" || !wide.matches) return;
  if (leads === "form") move(sourcePane, distance(1, 0));
  else move(document.scrollingElement, distance(0, 1));
}

function move(scroller, by) {
  if (Math.abs(by) < 1) return;
  moved = performance.now();
  scroller.scrollTop += by;
}

function lead(side) {
  return () => { leads = side; };
}

for (const kind of ["pointerdown", "pointermove", "wheel", "keydown", "focusin", "touchstart"]) {
  sourcePane.addEventListener(kind, lead("source"), { passive: true });
  formPane.addEventListener(kind, lead("form"), { passive: true });
}

let waits = false;
function soon() {
  if (waits) return;
  waits = true;
  requestAnimationFrame(() => { waits = false; follow(); });
}
sourcePane.addEventListener("scroll", () => leads === "source" && soon(), { passive: true });
document.addEventListener("scroll", () => leads === "form" && soon(), { passive: true });

together.hidden = false;
together.setAttribute("aria-pressed", String(!still.matches));
together.addEventListener("click", () => {
  together.setAttribute("aria-pressed", String(together.getAttribute("aria-pressed") !== "true"));
  leads = "form";
  follow();
});

// From one side to the other

let lastInForm = null;
formPane.addEventListener("focusin", (event) => { lastInForm = event.target; });
document.getElementById("beside-keys").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (sourcePane.contains(document.activeElement)) {
    (lastInForm?.isConnected ? lastInForm : formPane.querySelector("input[name='headline']") ?? formPane).focus();
  } else {
    sourcePane.focus();
  }
});

// Taking over

function tell(label) {
  status.textContent = status.dataset.copied.replace("{label}", label);
}

for (const button of sourcePane.querySelectorAll(".beside-copy")) {
  const part = button.closest("[data-field]");
  const field = formPane.querySelector(`[name="${part.dataset.field}"]`);
  if (!field) continue; // only shown to who may not change it
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = part.querySelector(".beside-text").textContent.trim();
    field.focus();
    field.select();
    // As if it were typed: the browser's own undo takes it back.
    if (!document.execCommand("insertText", false, text)) field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    tell(button.dataset.label);
  });
}

const picture = sourcePane.querySelector("[data-picture]");
const choice = formPane.querySelector("select[name='lead_image']");
if (picture && choice) {
  const use = picture.querySelector(".beside-use");
  use.hidden = false;
  use.addEventListener("click", () => {
    const { picture: key, label } = picture.dataset;
    if (![...choice.options].some((option) => option.value === key)) choice.add(new Option(label, key));
    choice.value = key;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    tell(label);
  });
}

// The editor's box is made by a script, in the language of the desk.

function speak() {
  for (const box of formPane.querySelectorAll(".prose-editor")) {
    box.lang = language;
    box.dir = direction;
  }
}
formPane.addEventListener("prose-editor:ready", () => { speak(); follow(); });
speak();
