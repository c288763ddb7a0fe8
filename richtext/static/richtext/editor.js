// The editor of articles and pages, in the place of their text areas. Without it they hold HTML.
// What it can write is what richtext/articles.py lets through.

import {
  Blockquote, Bold, BulletList, Code, CodeBlock, Document, Dropcursor, Gapcursor, HardBreak, Heading,
  History, HorizontalRule, Italic, ListItem, Paragraph, Strike, Subscript, Superscript,
  TableRow, Text, createTextareaEditor, initializeEditors,
} from "django-prose-editor/editor";

import { ask } from "./dialogs.js";
import {
  Cell, Embed, Figure, Footnote, HeaderCell, Language, OrderedList, PullQuote, RowTable, WebLink,
} from "./nodes.js";
import { CleanPaste } from "./paste.js";
import { Toolbar } from "./toolbar.js";

const MARK = "data-django-prose-editor-configurable";
const EXTENSIONS = [
  Blockquote, Bold, BulletList, Cell, CleanPaste, Code, Document, Dropcursor, Embed, Figure, Footnote,
  Gapcursor, HardBreak, HeaderCell, History, HorizontalRule, Italic, Language, ListItem, OrderedList,
  Paragraph, PullQuote, Strike, Subscript, Superscript, RowTable, TableRow, Text, WebLink,
  CodeBlock.configure({ languageClassPrefix: "" }),
  Heading.configure({ levels: [2, 3, 4] }),
];

function create(textarea) {
  const words = JSON.parse(textarea.getAttribute(MARK));
  const { pictures, language } = textarea.dataset;
  const languageNow = () => textarea.form?.elements.language?.value ?? language ?? "";
  const desk = { words, ask: ask(words), pictures, languageNow };
  const editor = createTextareaEditor(textarea, [...EXTENSIONS, Toolbar.configure({ desk })]);
  const ready = new CustomEvent("prose-editor:ready", { detail: { editor, textarea }, bubbles: true });
  editor.on("create", () => textarea.dispatchEvent(ready)); // the toolbar is there by then
}

// Once the page's other scripts are there: they wait for `prose-editor:ready`.
document.addEventListener("DOMContentLoaded", () => initializeEditors(create, `[${MARK}]`));
