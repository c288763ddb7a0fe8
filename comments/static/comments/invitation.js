// The invitation to comment comes to the edge of the window once the story is half read. It can be
// closed for good. Without it, it is a line below the text.

import { keep, read } from "./storage.js";

export function showInvitation() {
  const invitation = document.querySelector(".invitation");
  const prose = document.getElementById("text");
  if (!invitation || !prose) return;
  const key = `comments.invitation:${location.pathname}`;
  if (read("localStorage", key)) {
    invitation.remove();
    return;
  }
  const close = invitation.querySelector("button");
  close.hidden = false;
  close.addEventListener("click", () => {
    invitation.remove();
    keep("localStorage", key, "closed");
  });
  const float = ({ top, bottom }) => {
    const isHalfRead = innerHeight - top > (bottom - top) / 2;
    invitation.classList.toggle("invitation-floating", isHalfRead && bottom > innerHeight);
  };
  addEventListener("scroll", () => float(prose.getBoundingClientRect()), { passive: true });
  // where the reader is at first is told once the page is laid out, which asking here would force
  const first = new IntersectionObserver(([{ boundingClientRect }]) => {
    float(boundingClientRect);
    first.disconnect();
  });
  first.observe(prose);
}
