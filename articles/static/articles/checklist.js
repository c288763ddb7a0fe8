// A line of the checklist leads to its field. Where the text editor or a search box stands in the
// field's place, the link alone would lead to what nobody sees.

function standIn(field) {
  const box = field.parentElement.querySelector(".tiptap, .select2-selection");
  const isHidden = box && (field.type === "textarea" || field.classList.contains("select2-hidden-accessible"));
  return isHidden ? box : field;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.jump");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  const target = standIn(field);
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
});
