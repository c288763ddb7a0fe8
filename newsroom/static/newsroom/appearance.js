// Light or dark, as the reader chose on this device; the desk keeps its choice under the same key.
// No module: it runs before anything is painted, so that no page flashes in the other colours.
(() => {
  const KEY = "theme", root = document.documentElement;

  function chosen() {
    try {
      const value = localStorage.getItem(KEY);
      return value === "light" || value === "dark" ? value : "auto";
    } catch {
      return "auto"; // nothing is kept here
    }
  }

  function show(scheme) {
    if (scheme === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.dataset.media ??= meta.media;
      const isOfIt = meta.dataset.media.includes(scheme);
      meta.media = scheme === "auto" ? meta.dataset.media : isOfIt ? "all" : "not all";
    }
    const select = document.querySelector(".appearance select");
    if (select) select.value = scheme;
  }

  function choose({ target }) {
    show(target.value);
    try {
      localStorage.setItem(KEY, target.value);
    } catch {
      // then for this page alone
    }
  }

  const first = chosen();
  if (first !== "auto") show(first); // else the page is what it should be
  addEventListener("storage", ({ key }) => key === KEY && show(chosen()));
  addEventListener("pageshow", ({ persisted }) => persisted && show(chosen()));
  document.addEventListener("DOMContentLoaded", () => {
    const label = document.querySelector(".appearance");
    if (!label) return;
    if (first !== "auto") show(first);
    label.hidden = false;
    label.addEventListener("change", choose);
  });
})();
