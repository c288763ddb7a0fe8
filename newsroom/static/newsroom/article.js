// What a browser adds to an article's page: a button that passes it on, and one word to the paper
// that it was read, which says nothing of who reads and keeps nothing on the device.

import { share } from "../comments/sharing.js";

const LOOKED_AT = 10_000; // milliseconds, until it counts as read
const article = document.querySelector("[data-readings]");
const [navigation] = performance.getEntriesByType("navigation");
const isAgain = ["reload", "back_forward"].includes(navigation?.type);

if (article && !isAgain && !navigator.webdriver) noteReading(article.dataset);

const sharing = document.querySelector(".share");

if (sharing) {
  const button = sharing.querySelector("button");
  const said = sharing.querySelector("[role=status]");
  const announce = (words) => (said.textContent = words);
  button.addEventListener("click", () => share(button, button.value, sharing, announce));
  button.hidden = false;
}

function noteReading({ key, readings }) {
  let left = LOOKED_AT, since = 0, timer;
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") {
      since = performance.now();
      timer = setTimeout(tell, left);
    } else if (since) {
      left -= performance.now() - since;
      since = 0;
    }
  };
  const tell = () => {
    document.removeEventListener("visibilitychange", watch);
    navigator.sendBeacon(readings, key);
  };
  document.addEventListener("visibilitychange", watch);
  watch();
}
