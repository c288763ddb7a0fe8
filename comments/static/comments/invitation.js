// The invitation to comment comes to the edge of the window once the story is half read. It can be
// closed for good. Without it, it is a line below the text.

export function showInvitation() {
  const invitation = document.querySelector(".invitation");
  const prose = document.getElementById("text");
  if (!invitation || !prose) return;
  const key = `comments.invitation:${location.pathname}`;
  try {
    if (localStorage.getItem(key)) invitation.remove();
  } catch {
    // storage is switched off: it comes again
  }
  const close = invitation.querySelector("button");
  close.hidden = false;
  close.addEventListener("click", () => {
    invitation.remove();
    try {
      localStorage.setItem(key, "closed");
    } catch {
      // as above
    }
  });
  const float = () => {
    const { top, bottom } = prose.getBoundingClientRect();
    const isHalfRead = innerHeight - top > (bottom - top) / 2;
    invitation.classList.toggle("invitation-floating", isHalfRead && bottom > innerHeight);
  };
  addEventListener("scroll", float, { passive: true });
  float();
}
