// Single keys at the moderators' queues. They press what is there for everybody, so that nothing
// can be done by keys alone; they can be switched off, for those whose voice or hands type by chance.

const SWITCH = "queue-keys";
const help = document.querySelector(".queue-keys");
const cases = [...document.querySelectorAll(".case")];
const PATIENCE = 5000; // milliseconds, after which a request that was stopped or failed is sent anew
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  a: () => press("approve"),
  s: () => press("spam"),
  r: askWhy,
  x: () => current()?.querySelector("[name=chosen][type=checkbox]")?.click(),
  u: () => document.querySelector("[name=undo]")?.click(),
  "?": toggleHelp,
};

if (help) begin();

function begin() {
  const box = help.querySelector(".queue-keys-on");
  help.hidden = false;
  box.checked = stored() !== "off";
  box.addEventListener("change", () => store(box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => box.checked && act(event));
  document.addEventListener("submit", once);
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach(allow));
  const asked = document.getElementById(location.hash.slice(1));
  if (cases.includes(asked)) asked.focus();
}

function act(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.repeat && !"jk".includes(event.key)) return; // one press decides about one comment
  if (event.target.closest(TYPING) || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
}

function once(event) {
  if (event.target.dataset.sent) event.preventDefault(); // the first press is on its way
  event.target.dataset.sent = "yes";
  setTimeout(allow, PATIENCE, event.target);
}

function allow(form) {
  delete form.dataset.sent;
}

function current() {
  return document.activeElement?.closest(".case") ?? null;
}

function go(by) {
  const place = cases.indexOf(current());
  const next = place < 0 ? cases[0] : cases[place + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function meant() {
  const chosen = document.querySelector("[name=chosen]:checked"); // what was chosen is not forgotten
  return chosen ? document.getElementById("several") : current();
}

function press(deed) {
  meant()?.querySelector(`[name=act][value=${deed}]`)?.click();
}

function askWhy() {
  const why = meant()?.querySelector("details");
  if (!why) return;
  why.open = true;
  why.querySelector("select").focus();
}

function toggleHelp() {
  help.open = !help.open;
  if (help.open) help.querySelector("summary").focus();
}

function stored() {
  try { return localStorage.getItem(SWITCH); } catch { return null; }
}

function store(value) {
  try { localStorage.setItem(SWITCH, value); } catch { /* then for this page alone */ }
}
