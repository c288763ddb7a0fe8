// Addresses to pass on, each comment's and the article's: by what the device offers, else by copying.

export function addShares(section, announce) {
  for (const actions of section.querySelectorAll(".comment[id] > .comment-actions")) {
    const time = actions.parentElement.querySelector(":scope > .comment-head > a.comment-time");
    if (!time || actions.querySelector(":scope > .comment-share")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "comment-share";
    button.textContent = section.dataset.share;
    button.addEventListener("click", () => share(button, time.href, section, announce));
    // before what stands at the end of the line, so that nothing moves
    const end = ":scope > :is(.comment-flag, .comment-edit, .comment-delete)";
    actions.insertBefore(button, actions.querySelector(end));
  }
}

// `section` has the words in data-share and data-copied.
export async function share(button, url, section, announce) {
  if (await isPassedOn(url)) return;
  try {
    await navigator.clipboard.writeText(url);
    button.textContent = section.dataset.copied;
    announce(section.dataset.copied);
    setTimeout(() => (button.textContent = section.dataset.share), 3000);
  } catch {
    location.assign(url); // to copy it from the address bar
  }
}

// Whether the device has taken it, or the reader has thought better of it.
async function isPassedOn(url) {
  try {
    await navigator.share({ title: document.title, url });
    return true;
  } catch (error) {
    return error.name === "AbortError";
  }
}
