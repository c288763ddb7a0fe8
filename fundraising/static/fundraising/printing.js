// A button that prints the page, in place of the hint to the browser's own menu.

const button = document.querySelector("[data-print]");

button.addEventListener("click", () => print());
button.hidden = false;
document.querySelector(".receipt-hint").hidden = true;
