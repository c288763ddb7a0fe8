// Forms for replies and answers open where they were asked for. Without it they have pages.

import { isPlainClick } from "./paging.js";
import { prepare, quote } from "./writing.js";

// Opens the form that the link leads to behind an element, or closes it again.
function toggle(link, behind, name, comment) {
  if (behind.nextElementSibling?.matches("form.comment-form")) {
    behind.nextElementSibling.remove();
    link.setAttribute("aria-expanded", "false");
    return;
  }
  const template = document.getElementById("reply-form");
  const form = template.content.firstElementChild.cloneNode(true);
  form.action = link.href;
  makeIdsOwn(form, name);
  behind.after(form);
  link.setAttribute("aria-expanded", "true");
  prepare(form);
  quote(form, comment);
  form.querySelector("textarea").focus();
}

function makeIdsOwn(form, suffix) {
  for (const name of ["id", "for", "aria-describedby"]) {
    for (const element of form.querySelectorAll(`[${name}]`)) {
      const own = element.getAttribute(name).split(" ").map((id) => `${id}-${suffix}`);
      element.setAttribute(name, own.join(" "));
    }
  }
}

export function listenForReplies() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.comment-reply, a.question-reply");
    if (!link || !document.getElementById("reply-form") || !isPlainClick(event)) return;
    event.preventDefault();
    const comment = link.closest(".comment");
    const place = comment ?? link.closest(".question");
    toggle(link, link.closest(".comment-actions, .question-actions"), place.id, comment);
  });
}
