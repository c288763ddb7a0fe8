// What our texts have beyond headings, lists and links: pull-quotes, pictures, embeds, footnotes.

import {
  Link, Mark, Node, OrderedList as BaseOrderedList, Table, TableCell, TableHeader, mergeAttributes,
} from "django-prose-editor/editor";

const IMAGE = /^\/images\/[1-9]\d*\/$/;

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "aside.pull-quote" }],
  renderHTML: () => ["aside", { class: "pull-quote" }, 0],
});

// A picture of ours; its content is the caption.
export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  addAttributes: () => ({ src: {}, alt: { default: null }, wide: { default: false } }),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (dom) => {
        const image = dom.querySelector("img");
        if (!image || !IMAGE.test(image.getAttribute("src"))) return false;
        return {
          src: image.getAttribute("src"),
          alt: image.getAttribute("alt"),
          wide: dom.classList.contains("wide"),
        };
      },
      contentElement: (dom) =>
        dom.querySelector("figcaption") ?? document.createElement("figcaption"),
    },
  ],
  renderHTML: ({ node: { attrs } }) => [
    "figure",
    attrs.wide ? { class: "wide" } : {},
    ["img", attrs.alt === null ? { src: attrs.src } : { src: attrs.src, alt: attrs.alt }],
    ["figcaption", 0],
  ],
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("figure");
    const image = document.createElement("img");
    const contentDOM = document.createElement("figcaption");
    dom.append(image, contentDOM);
    const show = ({ attrs }) => {
      image.src = attrs.src;
      image.alt = attrs.alt ?? "";
      dom.className = attrs.wide ? "wide" : "";
    };
    show(node);
    const update = (changed) => changed.type === node.type && (show(changed), true);
    return { dom, contentDOM, update, ignoreMutation: (m) => !contentDOM.contains(m.target) };
  },
  addKeyboardShortcuts() {
    const leave = () => {
      const { $from } = this.editor.state.selection;
      if ($from.parent.type !== this.type) return false;
      const after = $from.after();
      return this.editor.chain().insertContentAt(after, { type: "paragraph" })
        .setTextSelection(after + 1).run();
    };
    return { Enter: leave };
  },
});

// A link that pages may show as a player.
export const Embed = Node.create({
  name: "embed",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ href: {}, title: {} }),
  parseHTML: () => [
    {
      tag: "figure.embed",
      priority: 60,
      getAttrs: (dom) => {
        const link = dom.querySelector("a[href]");
        return link ? { href: link.getAttribute("href"), title: link.textContent } : false;
      },
    },
  ],
  renderHTML: ({ node: { attrs } }) => [
    "figure", { class: "embed" }, ["a", { href: attrs.href }, attrs.title],
  ],
});

let notes = 0;
export const newNote = () => ({ note: ++notes });

// The note stands where it belongs; pages number it and show it below the text. Its own number is
// for the editor alone, which would make one note of two side by side.
export const Footnote = Mark.create({
  name: "footnote",
  priority: 1200, // around all other marks, so that a note is one element
  inclusive: false,
  addAttributes: () => ({ note: { default: 0, rendered: false, parseHTML: () => newNote().note } }),
  parseHTML: () => [{ tag: "span.footnote" }],
  renderHTML: () => ["span", { class: "footnote" }, 0],
});

export const Language = Mark.create({
  name: "language",
  priority: 1100,
  inclusive: false,
  addAttributes: () => ({ lang: {}, dir: { default: null } }),
  parseHTML: () => [{ tag: "span[lang]:not(.footnote)" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

export const OrderedList = BaseOrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (dom) => Number.parseInt(dom.getAttribute("start"), 10) || 1,
    },
    type: { default: null, parseHTML: (dom) => /^[aAiI]$/.exec(dom.getAttribute("type"))?.[0] },
  }),
  renderHTML: ({ node: { attrs } }) => [
    "ol",
    { ...(attrs.start === 1 ? {} : { start: attrs.start }), ...(attrs.type && { type: attrs.type }) },
    0,
  ],
  addNodeView: null,
});

const inCells = { content: "(paragraph | bulletList | orderedList)+" };
export const Cell = TableCell.extend(inCells);
export const HeaderCell = TableHeader.extend(inCells);

export const RowTable = Table.extend({
  addKeyboardShortcuts() {
    // From the last cell Tab leads out: it would else add rows for ever.
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell() };
  },
});

export const WebLink = Link.extend({
  addKeyboardShortcuts: () => ({}), // the toolbar has them
  addMenuItems: () => {},
}).configure({ openOnClick: false, enableTarget: false });
