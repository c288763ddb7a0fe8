// A button after each text that is there to be copied, where the browser lets scripts copy.

const offer = document.querySelector(".offer");

if (offer && navigator.clipboard) {
  for (const area of offer.querySelectorAll("textarea, input[readonly]")) addButton(area);
}

function addButton(area) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-button quiet-button";
  button.textContent = offer.dataset.copy;
  button.setAttribute("aria-label", `${offer.dataset.copy}: ${area.labels[0].textContent}`);
  button.addEventListener("click", () => copy(area));
  area.after(button);
}

async function copy(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    offer.querySelector(".offer-said").textContent = offer.dataset.copied;
  } catch {
    area.focus(); // it is selected: the keyboard copies it
  }
}
