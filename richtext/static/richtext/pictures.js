// A picture of the library for the text: looked for or added, chosen, described.

import { button, element } from "./dialogs.js";

const ADD = "add";

export async function askForPicture(desk) {
  const { words } = desk;
  let image = await desk.ask(words.find, [], { body: (answer) => library(desk, answer) });
  if (image === ADD) image = await addPicture(desk);
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

// The new picture as the library tells it; null where it was not added after all.
const addPicture = (desk) => {
  const { ask, words } = desk;
  const fields = [
    { name: "file", label: words.file, type: "file", check: (file) => (file ? "" : words.noFile) },
    { name: "alt", label: words.alternative, type: "textarea" },
    { name: "credit", label: words.credit },
  ];
  return ask(words.add, fields, { send: (entered) => upload(desk, entered) });
};

async function upload({ pictures, languageNow, words }, entered) {
  const data = new FormData();
  for (const [name, value] of Object.entries(entered)) data.set(name, value);
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  try {
    const address = addressed(pictures, { language: languageNow() });
    const response = await fetch(address, { method: "POST", headers, body: data });
    const told = await response.json();
    return response.ok ? { done: told.image } : { errors: told.errors };
  } catch {
    return { errors: { file: words.notSent } };
  }
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
  const add = button(words.add, () => answer(ADD));
  return element("div", {}, search, told, list, further, add);
}

function addressed(address, asked) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries({ ...asked, format: "json" })) {
    url.searchParams.set(name, value);
  }
  return url;
}

async function fetched(address, asked) {
  const response = await fetch(addressed(address, asked));
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
