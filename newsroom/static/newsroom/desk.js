// The text editor and select2 put boxes of their own in place of fields. Their labels name the
// fields alone, so this names the boxes: when the page opens, and when a row is added.

function nameOf(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  return field.getAttribute("aria-label") || label?.textContent.replace(/:\s*$/, "").trim();
}

function nameBoxes() {
  for (const field of document.querySelectorAll("textarea[data-django-prose-editor-configurable]")) {
    name(field.parentElement.querySelector(".tiptap"), field);
  }
  for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = field.nextElementSibling;
    name(box?.querySelector(".select2-selection__rendered"), field);
    name(box?.querySelector(".select2-search__field"), field);
  }
}

function name(box, field) {
  const text = nameOf(field);
  if (box && text && !box.hasAttribute("aria-label")) box.setAttribute("aria-label", text);
}

new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
nameBoxes();
