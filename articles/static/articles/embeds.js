// Puts a player in the place of a link to it, once a reader asks for it. Before that nothing is
// loaded from anywhere else; without this the link is there.

for (const figure of document.querySelectorAll("figure.embed[data-frame]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button embed-open";
  button.textContent = figure.dataset.label;
  const note = document.createElement("p");
  note.className = "embed-note";
  note.textContent = figure.dataset.note;
  button.addEventListener("click", () => open(figure, button, note));
  figure.querySelector(".embed-room").append(button, note);
}

function open(figure, button, note) {
  const frame = document.createElement("iframe");
  frame.src = figure.dataset.frame;
  frame.title = figure.querySelector("a").textContent;
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  figure.classList.add("embed-opened");
  button.remove();
  note.replaceWith(frame);
  frame.focus();
}
