// Marked words of the article: quoted into a comment, reported as an error, or asked about. Without
// it the same is done paragraph by paragraph on a page of its own.

import { focusOn, isPlainClick } from "./paging.js";

const CONTEXT = 32;
const MOST = 2000;
const MOST_IN_ADDRESS = 500; // proxies refuse long addresses; the beginning says where it is
const BLOCKS = `p, h2, h3, h4, ul, ol, li, blockquote, hr, br, pre, figure, figcaption, aside, section,
  table, tbody, tr, th, td`;
const OURS = `.question, .question-bubble, .questions-homeless, .passage-tools, .picture-credit,
  [data-not-text]`;

const prose = document.getElementById("text");
const template = document.getElementById("passage-tools");
let marked = null;

// The words of a range and what stands around them, without what is no part of the text.
export function read(root, range) {
  const parts = { before: "", exact: "", after: "" };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
    acceptNode: (node) =>
      node.matches?.(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  let part = "before";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(BLOCKS)) parts[part] += " "; // its words never join those before
      continue;
    }
    const starts = node === range.startContainer ? range.startOffset : 0;
    const ends = node === range.endContainer ? range.endOffset : node.length;
    if (range.intersectsNode(node) && starts < ends) {
      parts.before += part === "before" ? node.data.slice(0, starts) : "";
      parts.exact += node.data.slice(starts, ends);
      parts.after += node.data.slice(ends);
      part = "after";
    } else {
      const isBefore = range.comparePoint(node, 0) < 0;
      parts[isBefore ? "before" : "after"] += node.data;
      part = isBefore ? "before" : "after";
    }
  }
  return {
    exact: fold(parts.exact).trim(),
    before: fold(parts.before).slice(-CONTEXT),
    after: fold(parts.after).slice(0, CONTEXT),
  };
}

const fold = (text) => text.replace(/\s+/g, " ");

// Of many words the first ones, with what follows these.
function shortened({ exact, after }) {
  if (exact.length <= MOST_IN_ADDRESS) return {};
  const end = exact.lastIndexOf(" ", MOST_IN_ADDRESS);
  const length = end > 0 ? end : MOST_IN_ADDRESS;
  return { exact: exact.slice(0, length), after: (exact + after).slice(length, length + CONTEXT) };
}

function makeTools() {
  const tools = template.content.firstElementChild.cloneNode(true);
  tools.hidden = true;
  // a press would unmark the words
  tools.addEventListener("pointerdown", (event) => event.preventDefault());
  tools.querySelector('[data-verb="quote"]')?.addEventListener("click", () => {
    quoteInComment(marked);
    tools.hidden = true;
  });
  for (const link of tools.querySelectorAll("a")) {
    link.addEventListener("click", () => {
      const address = new URL(link.dataset.address, location.href);
      const words = { ...marked, ...shortened(marked) };
      for (const [name, text] of Object.entries(words)) address.searchParams.set(name, text);
      link.href = address;
    });
    link.dataset.address = link.getAttribute("href");
  }
  prose.append(tools);
  return tools;
}

function offer(tools) {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const isHere = range && !range.collapsed && prose.contains(range.commonAncestorContainer);
  const words = isHere && !tools.contains(range.startContainer) ? read(prose, range) : null;
  if (tools.contains(document.activeElement)) return; // by keyboard the words lose their mark
  tools.hidden = !words?.exact || words.exact.length > MOST;
  if (tools.hidden) return;
  marked = words;
  const around = prose.getBoundingClientRect();
  const last = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
  tools.style.insetBlockStart = `${last.bottom - around.top + 6}px`;
}

function quoteInComment(words) {
  const form = document.getElementById("write");
  for (const [name, text] of Object.entries(words)) form.elements.namedItem(name).value = text;
  const quoting = form.querySelector(".comment-quoting");
  quoting.querySelector(".comment-quote p").textContent = words.exact;
  quoting.hidden = false;
  form.elements.namedItem("text").focus();
  form.scrollIntoView({ block: "start" });
}

function stopQuoting(event) {
  const quoting = event.target.closest("#write a.quoting-stop")?.closest(".comment-quoting");
  if (!quoting || !isPlainClick(event)) return;
  event.preventDefault();
  for (const field of quoting.querySelectorAll("input")) field.value = "";
  quoting.hidden = true;
  quoting.closest("form").elements.namedItem("text").focus();
}

function openQuestion(event) {
  const bubble = event.target.closest("a.question-bubble");
  if (!bubble || !isPlainClick(event)) return;
  event.preventDefault();
  const question = document.getElementById(bubble.hash.slice(1));
  question.querySelector("details").open = true;
  question.scrollIntoView({ block: "nearest" });
  focusOn(question.querySelector("summary"));
}

export function listenForPassages() {
  document.addEventListener("click", stopQuoting);
  document.addEventListener("click", openQuestion);
  if (!prose || !template) return;
  const tools = makeTools();
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(tools), 150);
  });
}

// For who may: a way to the desk's form.
export function offerAsking(address) {
  const link = prose?.querySelector('.passage-tools [data-verb="ask"]');
  if (!link || !address) return;
  link.dataset.address = address;
  link.hidden = false;
}
