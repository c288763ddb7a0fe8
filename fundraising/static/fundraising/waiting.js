// Looks whether the payment service has told something yet, and shows the page anew once it has.

const shown = document.querySelector("[data-state]");
let wait = 2000;

setTimeout(look, wait);

async function look() {
  if (!document.hidden && (await hasNews())) {
    location.reload();
    return;
  }
  wait = Math.min(wait * 1.5, 30000);
  setTimeout(look, wait);
}

async function hasNews() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-state]");
    return Boolean(now) && now.dataset.state !== shown.dataset.state;
  } catch {
    return false; // without a connection there is none
  }
}
