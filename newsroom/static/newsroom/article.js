// What a browser adds to an article's page: a button that passes it on.

import { share } from "../comments/sharing.js";

const sharing = document.querySelector(".share");

if (sharing) {
  const button = sharing.querySelector("button");
  const said = sharing.querySelector("[role=status]");
  const announce = (words) => (said.textContent = words);
  button.addEventListener("click", () => share(button, button.value, sharing, announce));
  button.hidden = false;
}
