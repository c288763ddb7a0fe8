// Each comment's address to pass on: by what the device offers, else by copying it.

export function addShares(section, announce) {
  for (const actions of section.querySelectorAll(".comment[id] > .comment-actions")) {
    const time = actions.parentElement.querySelector(":scope > .comment-head > a.comment-time");
    if (!time || actions.querySelector(":scope > .comment-share")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "comment-share";
    button.textContent = section.dataset.share;
    button.addEventListener("click", () => share(button, time.href, section, announce));
    actions.append(button);
  }
}

async function share(button, url, section, announce) {
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url });
      return;
    }
    await navigator.clipboard.writeText(url);
    button.textContent = section.dataset.copied;
    announce(section.dataset.copied);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url); // to copy it from the address bar
  }
}
