// The buttons above the text. Alt+F10 leads there from the text, Escape back; arrows move along.

import { Extension } from "django-prose-editor/editor";

import { element } from "./dialogs.js";
import { newNote } from "./nodes.js";
import { askForDetails, askForPicture } from "./pictures.js";

const KINDS = ["paragraph", "heading2", "heading3", "heading4", "blockquote", "pullQuote", "codeBlock"];
const RTL = new Set(["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);
const LANGUAGES = ["ar", "de", "en", "es", "fa", "fr", "he", "it", "ku", "pl", "pt", "ru", "tr", "uk", "zh"];
const CODE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

const chain = (editor) => editor.chain().focus();
const mark = (name) => ({
  run: (editor) => chain(editor).toggleMark(name).run(),
  active: (editor) => editor.isActive(name),
  enabled: (editor) => editor.can().toggleMark(name),
});
const list = (name, command) => ({
  run: (editor) => chain(editor)[command]().run(),
  active: (editor) => editor.isActive(name),
  enabled: (editor) => editor.can()[command](),
});
const inTable = (command) => ({
  run: (editor) => chain(editor)[command]().run(),
  hidden: (editor) => !editor.isActive("table"),
  enabled: (editor) => editor.can()[command](),
});
const history = (command) => ({
  run: (editor) => chain(editor)[command]().run(),
  enabled: (editor) => editor.can()[command](),
});

// Groups of [name, icon, what it does]. An icon of one sign is shown as it is.
const GROUPS = [
  [
    ["bold", "format_bold", mark("bold")],
    ["italic", "format_italic", mark("italic")],
    ["strike", "format_strikethrough", mark("strike")],
    ["subscript", "subscript", mark("subscript")],
    ["superscript", "superscript", mark("superscript")],
    ["code", "code", mark("code")],
    ["language", "translate", { ...mark("language"), run: askForLanguage }],
  ],
  [
    ["link", "insert_link", { ...mark("link"), run: askForLink }],
    ["unlink", "link_off", {
      run: (editor) => chain(editor).extendMarkRange("link").unsetLink().run(),
      hidden: (editor) => !editor.isActive("link"),
    }],
    ["footnote", "†", { ...mark("footnote"), enabled: () => true, run: askForNote }],
  ],
  [
    ["bulletList", "format_list_bulleted", list("bulletList", "toggleBulletList")],
    ["orderedList", "format_list_numbered", list("orderedList", "toggleOrderedList")],
  ],
  [
    ["figure", "image", {
      run: changeFigure,
      active: (editor) => editor.isActive("figure"),
      hidden: (_editor, desk) => !desk.pictures,
    }],
    ["embed", "ondemand_video", { run: changeEmbed, active: (editor) => editor.isActive("embed") }],
    ["table", "grid_on", {
      run: (editor) => chain(editor).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      enabled: (editor) => !editor.isActive("table") && !editor.isActive("figure"),
    }],
    ["horizontalRule", "horizontal_rule", {
      run: (editor) => chain(editor).setHorizontalRule().run(),
      enabled: (editor) => editor.can().setHorizontalRule(),
    }],
  ],
  [
    ["rowAfter", "+↓", inTable("addRowAfter")],
    ["rowDelete", "−↓", inTable("deleteRow")],
    ["columnAfter", "+→", inTable("addColumnAfter")],
    ["columnDelete", "−→", inTable("deleteColumn")],
    ["headerCell", "TH", inTable("toggleHeaderCell")],
    ["tableDelete", "delete", inTable("deleteTable")],
  ],
  [["undo", "undo", history("undo")], ["redo", "redo", history("redo")]],
];

export const Toolbar = Extension.create({
  name: "toolbar",
  addOptions: () => ({ desk: null }),
  addStorage: () => ({ buttons: [], groups: null, add: null }),
  onCreate({ editor }) {
    const { desk } = this.options;
    const bar = element("div", { className: "text-toolbar" });
    const groups = element("div", { className: "text-toolbar-groups" });
    groups.setAttribute("role", "toolbar");
    groups.setAttribute("aria-label", desk.words.toolbar);
    groups.setAttribute("aria-keyshortcuts", "Alt+F10");
    // Other scripts of the desk add theirs: add([[name, icon, item]], { name: "its label" })
    this.storage.add = (items, words = {}) => {
      groups.append(group(items, editor, desk, { ...desk.words, ...words }, this.storage));
      show();
    };
    const kinds = kindOfBlock(editor, desk);
    const show = () => {
      kinds.value = kindOf(editor);
      for (const each of this.storage.buttons) each.show();
    };
    for (const items of GROUPS) this.storage.add(items);
    bar.append(kinds, groups);
    editor.view.dom.before(bar);
    editor.on("transaction", show);
    groups.addEventListener("keydown", (event) => move(event, groups, editor));
    this.storage.groups = groups;
  },
  addKeyboardShortcuts() {
    return {
      "Alt-F10": () => {
        this.storage.groups.querySelector('[tabindex="0"]')?.focus();
        return true;
      },
      "Mod-k": ({ editor }) => {
        askForLink(editor, this.options.desk);
        return true;
      },
    };
  },
});

function kindOfBlock(editor, { words }) {
  const select = element("select", {});
  select.setAttribute("aria-label", words.block);
  select.append(...KINDS.map((kind) => element("option", { value: kind }, words[kind])));
  select.addEventListener("input", (event) => event.stopPropagation()); // no field of the form
  select.addEventListener("change", (event) => {
    event.stopPropagation();
    setKind(editor, select.value);
  });
  return select;
}

function kindOf(editor) {
  const level = [2, 3, 4].find((each) => editor.isActive("heading", { level: each }));
  if (level) return `heading${level}`;
  return ["codeBlock", "pullQuote", "blockquote"].find((each) => editor.isActive(each)) ?? "paragraph";
}

function setKind(editor, kind) {
  const steps = editor.chain();
  for (const around of ["blockquote", "pullQuote"]) if (editor.isActive(around)) steps.lift(around);
  if (kind.startsWith("heading")) steps.setNode("heading", { level: Number(kind.at(-1)) });
  else steps.setNode(kind === "codeBlock" ? kind : "paragraph");
  if (kind === "blockquote" || kind === "pullQuote") steps.wrapIn(kind);
  steps.run();
}

function group(items, editor, desk, words, storage) {
  const made = element("div", { className: "text-toolbar-group" });
  for (const [name, icon, item] of items) {
    const picture = element("span", { className: icon.length > 2 ? "material-icons" : "" }, icon);
    picture.setAttribute("aria-hidden", "true");
    const button = element("button", { type: "button", title: words[name] }, picture);
    button.setAttribute("aria-label", words[name]);
    button.dataset.name = name;
    button.tabIndex = storage.buttons.length ? -1 : 0;
    button.addEventListener("click", () => {
      if (item.enabled?.(editor, desk) ?? true) item.run(editor, desk);
    });
    const show = () => {
      button.hidden = item.hidden?.(editor, desk) ?? false;
      if (item.active) button.setAttribute("aria-pressed", item.active(editor));
      button.setAttribute("aria-disabled", !(item.enabled?.(editor, desk) ?? true));
    };
    storage.buttons.push({ show });
    made.append(button);
  }
  return made;
}

function move(event, groups, editor) {
  if (event.key === "Escape") return editor.commands.focus();
  const buttons = [...groups.querySelectorAll("button")].filter((button) => !button.hidden);
  const at = buttons.indexOf(document.activeElement);
  const forward = getComputedStyle(groups).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -at, End: buttons.length - 1 - at };
  if (at < 0 || !(event.key in steps)) return null;
  event.preventDefault();
  const isArrow = event.key.startsWith("Arrow");
  const step = isArrow ? (event.key === forward ? 1 : -1) : steps[event.key];
  const next = buttons[(at + step + buttons.length) % buttons.length];
  for (const button of groups.querySelectorAll("button")) button.tabIndex = -1;
  next.tabIndex = 0;
  return next.focus();
}

// What is asked

// An address that the sanitiser keeps; "" for any other. "paper.example" means its page.
function address(text) {
  if (/^(https?:\/\/|mailto:)\S+$/i.test(text) || /^[/#]\S*$/.test(text)) return text;
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text) ? `https://${text}` : "";
}

async function askForLink(editor, { ask, words }) {
  const { state } = editor;
  const isThere = editor.isActive("link");
  if (state.selection.empty && !isThere) return;
  const { href, title } = editor.getAttributes("link");
  const check = (text) => (address(text) ? "" : words.refused);
  const values = await ask(
    words.link,
    [
      { name: "href", label: words.address, value: href, check },
      { name: "title", label: words.linkTitle, value: title ?? "" },
    ],
    { removable: isThere },
  );
  const steps = chain(editor).extendMarkRange("link");
  if (values === "remove") steps.unsetLink().run();
  else if (values) {
    steps.setLink({ href: address(values.href), title: values.title || null }).run();
  } else editor.commands.focus();
}

async function askForNote(editor, { ask, words }) {
  if (editor.isActive("footnote")) {
    chain(editor).extendMarkRange("footnote").unsetMark("footnote").run();
    return;
  }
  if (!editor.state.selection.empty) {
    chain(editor).setMark("footnote", newNote()).run();
    return;
  }
  const fields = [{ name: "text", label: words.noteText, type: "textarea" }];
  const values = await ask(words.footnote, fields);
  const steps = chain(editor);
  if (values?.text) {
    const note = { type: "text", text: values.text, marks: [{ type: "footnote", attrs: newNote() }] };
    steps.insertContent(note).unsetMark("footnote");
  }
  steps.run();
}

async function askForLanguage(editor, { ask, words }) {
  const isThere = editor.isActive("language");
  if (editor.state.selection.empty && !isThere) return;
  const check = (text) => (CODE.test(text) ? "" : words.noCode);
  const value = editor.getAttributes("language").lang;
  const field = { name: "lang", label: words.languageCode, value, options: LANGUAGES, check };
  const values = await ask(words.language, [field], { removable: isThere });
  const steps = chain(editor).extendMarkRange("language");
  if (values === "remove") steps.unsetMark("language");
  else if (values) {
    const dir = RTL.has(values.lang.split("-")[0].toLowerCase()) ? "rtl" : "ltr";
    steps.setMark("language", { lang: values.lang, dir });
  }
  steps.run();
}

async function changeFigure(editor, desk) {
  if (!editor.isActive("figure")) {
    const attrs = await askForPicture(desk);
    if (attrs) chain(editor).insertContent({ type: "figure", attrs }).run();
    else editor.commands.focus();
    return;
  }
  const details = await askForDetails(desk, editor.getAttributes("figure"), true);
  if (details === "remove") chain(editor).deleteNode("figure").run();
  else if (details) chain(editor).updateAttributes("figure", details).run();
  else editor.commands.focus();
}

async function changeEmbed(editor, { ask, words }) {
  const isThere = editor.isActive("embed");
  const { href = "", title = "" } = isThere ? editor.getAttributes("embed") : {};
  const check = (text) => (/^https:\/\/\S+$/.test(text) ? "" : words.refused);
  const values = await ask(
    words.embed,
    [
      { name: "href", label: words.embedAddress, value: href, help: words.embedHelp, check },
      { name: "title", label: words.embedTitle, value: title },
    ],
    { removable: isThere },
  );
  if (values === "remove") chain(editor).deleteSelection().run();
  else if (values) {
    const attrs = { href: values.href, title: values.title || values.href };
    if (isThere) chain(editor).updateAttributes("embed", attrs).run();
    else chain(editor).insertContent({ type: "embed", attrs }).run();
  } else editor.commands.focus();
}
