// What comes from Word and Google Docs, without what only they understand.
//
// Styles become `data-style` before anything parses them: the page's policy refuses the attribute.

import { Extension, Plugin } from "django-prose-editor/editor";

const REDIRECT = /^https:\/\/www\.google\.com\/url\?/;
const MARKER = /^\s*\(?([0-9]+|[a-z]|[ivxlc]+)[.)]/i;
const INLINE = { strong: /(^|;)\s*font-weight:\s*(bold|[6-9]00)/, em: /(^|;)\s*font-style:\s*italic/,
  s: /text-decoration[^;]*line-through/, sup: /vertical-align:\s*super/, sub: /vertical-align:\s*sub\b/ };

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: cleaned } })],
});

export function cleaned(html) {
  if (html.includes("data-pm-slice")) return html; // from an editor of ours
  const inert = html
    .replace(/<!--[\s\S]*?-->|<!\[[\s\S]*?\]>/g, "")
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<\/?(meta|link|o:\w+|w:\w+|st1:\w+)\b[^>]*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const { body } = new DOMParser().parseFromString(inert, "text/html");
  takeNotes(body);
  makeLists(body);
  for (const node of [...body.querySelectorAll("*")]) tidy(node);
  nestLists(body);
  setHeadings(body);
  tableHeads(body);
  for (const node of [...body.querySelectorAll("p, h2, h3, h4")]) {
    if (!node.textContent.trim() && !node.querySelector("br, img")) node.remove();
  }
  for (const br of [...body.querySelectorAll(":scope > br, br.Apple-interchange-newline")]) br.remove();
  return body.innerHTML;
}

const styleOf = (node) => (node.getAttribute("data-style") ?? "").toLowerCase();

function rename(node, name, keep = []) {
  const made = node.ownerDocument.createElement(name);
  for (const each of keep) if (node.hasAttribute(each)) made.setAttribute(each, node.getAttribute(each));
  made.append(...node.childNodes);
  node.replaceWith(made);
  return made;
}

const unwrap = (node) => node.replaceWith(...node.childNodes);

// Word's footnotes: numbers that lead to notes at the end become notes in the text.
function takeNotes(body) {
  for (const mark of [...body.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"]')]) {
    const id = mark.getAttribute("href").split("#_")[1];
    if (/ref/.test(id)) continue;
    const note = body.querySelector(`[id="${id}"], [id="_${id}"]`);
    if (!note) continue;
    note.querySelector(`a[href*="ref"]`)?.remove();
    const made = body.ownerDocument.createElement("span");
    made.className = "footnote";
    made.textContent = note.textContent.replace(/\s+/g, " ").trim();
    mark.replaceWith(made);
    note.remove();
  }
  for (const node of [...body.querySelectorAll('[data-style*="footnote-list"], [data-style*="endnote-list"]')]) {
    node.remove();
  }
}

// Word's lists are paragraphs with their bullets written out.
function makeLists(body) {
  let open = []; // the lists that may go on, by level
  for (const node of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, table, ul, ol")]) {
    const level = Number(/mso-list:[^;]*level(\d)/.exec(styleOf(node))?.[1] ?? 0);
    const isItem = node.localName === "p" && (level > 0 || /MsoListParagraph/.test(node.className));
    if (!isItem || node.closest("li, td, th")) {
      open = [];
      continue;
    }
    const marker = [...node.querySelectorAll("[data-style]")].find((each) =>
      /mso-list:\s*ignore/.test(styleOf(each)));
    const name = MARKER.test(marker?.textContent ?? "") ? "ol" : "ul";
    marker?.remove();
    const depth = Math.min(level || 1, open.length + 1);
    open.length = depth;
    if (open[depth - 1]?.localName !== name) open[depth - 1] = null;
    if (!open[depth - 1]) {
      open[depth - 1] = body.ownerDocument.createElement(name);
      if (depth === 1) node.before(open[0]);
      else open[depth - 2].lastElementChild.append(open[depth - 1]);
    }
    const item = body.ownerDocument.createElement("li");
    open[depth - 1].append(item);
    node.removeAttribute("data-style");
    item.append(node);
  }
}

function tidy(node) {
  const { localName: name } = node;
  if (!node.isConnected) return;
  if (name === "b" && /docs-internal-guid/.test(node.id)) return unwrap(node);
  if (name === "span" && node.className === "footnote") return undefined;
  if (name === "span" || name === "font") {
    const style = styleOf(node);
    const isHeading = node.closest("h1, h2, h3, h4, h5, h6");
    for (const [element, pattern] of Object.entries(INLINE)) {
      if (!pattern.test(style) || !node.textContent.trim()) continue;
      if (element === "strong" && isHeading) continue;
      const made = node.ownerDocument.createElement(element);
      made.append(...node.childNodes);
      node.append(made);
    }
    return unwrap(node);
  }
  if (name === "b" || name === "i") {
    const isNormal = /(^|;)\s*font-(weight|style):\s*(normal|400)/.test(styleOf(node));
    return isNormal ? unwrap(node) : rename(node, name === "b" ? "strong" : "em");
  }
  if (name === "a") {
    const href = node.getAttribute("href") ?? "";
    if (!/^(https?|mailto):/i.test(href)) return unwrap(node);
    if (REDIRECT.test(href)) node.href = new URL(href).searchParams.get("q") || href;
  }
  if (name === "img") return node.remove();
  if (["u", "ins", "center", "div", "section", "article"].includes(name) && isInline(node)) {
    return name === "div" && node.textContent.trim() ? rename(node, "p") : unwrap(node);
  }
  const kept = { a: ["href"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"], ol: ["start"] };
  for (const { name: attribute } of [...node.attributes]) {
    const wasTitle = attribute === "class" && /MsoTitle/.test(node.className);
    if (wasTitle) node.setAttribute("data-title", "");
    if (!kept[name]?.includes(attribute) && attribute !== "data-title") node.removeAttribute(attribute);
  }
  return undefined;
}

const isInline = (node) => !node.querySelector("p, h1, h2, h3, h4, h5, h6, ul, ol, table, div, blockquote");

// Google Docs puts a list below another beside its item, not into it.
function nestLists(body) {
  for (const inner of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
    inner.previousElementSibling?.append(inner);
  }
}

// The headline is a field of its own: the highest headings of a text are h2.
function setHeadings(body) {
  for (const title of [...body.querySelectorAll("p[data-title]")]) rename(title, "h1");
  const step = body.querySelector("h1") ? 1 : 0;
  for (const heading of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) {
    rename(heading, `h${Math.min(4, Number(heading.localName[1]) + step)}`);
  }
}

// A first row that is bold throughout is a row of headings.
function tableHeads(body) {
  for (const row of [...body.querySelectorAll("table")].map((table) => table.querySelector("tr"))) {
    const cells = [...(row?.children ?? [])];
    const isHead = (cell) => {
      const bold = [...cell.querySelectorAll("strong")].map((each) => each.textContent).join("");
      return cell.textContent.trim() && bold.replace(/\s/g, "") === cell.textContent.replace(/\s/g, "");
    };
    if (!cells.length || !cells.every((cell) => cell.localName === "td" && isHead(cell))) continue;
    for (const cell of cells) {
      for (const strong of [...cell.querySelectorAll("strong")]) unwrap(strong);
      rename(cell, "th", ["colspan", "rowspan"]);
    }
  }
}
