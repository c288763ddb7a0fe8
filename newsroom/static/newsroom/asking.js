// A button above the text that leads to the form of a question about the marked words. Nothing of
// it is kept in the text. Without it the form takes the words as they are typed.

const CONTEXT = 32;
const MOST_IN_ADDRESS = 500; // proxies refuse long addresses

// What readers see of it as one line: without footnotes, which stand below, and pull-quotes.
function words(doc, from, to) {
  let text = "";
  doc.nodesBetween(from, to, (node, at) => {
    if (node.type.name === "pullQuote") return false;
    if (!node.isText) text += " ";
    else if (!node.marks.some((mark) => mark.type.name === "footnote")) {
      text += node.text.slice(Math.max(0, from - at), to - at);
    }
    return true;
  });
  return text.replace(/\s+/g, " ");
}

function ask({ state: { doc, selection: { from, to } } }) {
  const all = words(doc, from, to).trim();
  const exact = all.length > MOST_IN_ADDRESS
    ? all.slice(0, all.lastIndexOf(" ", MOST_IN_ADDRESS)) : all;
  const address = new URL(asking.dataset.address, location.href);
  const left = all.slice(exact.length);
  address.searchParams.set("exact", exact);
  address.searchParams.set("before", words(doc, 0, from).slice(-CONTEXT));
  address.searchParams.set("after", (left + words(doc, to, doc.content.size)).slice(0, CONTEXT));
  window.open(address, "_blank", "noopener");
}

const asking = document.getElementById("asking");
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  if (textarea.name !== "body") return;
  editor.storage.toolbar.add(
    [["ask", "contact_support", { run: ask, enabled: () => !editor.state.selection.empty }]],
    { ask: asking.dataset.label },
  );
});
