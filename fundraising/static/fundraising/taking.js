// The button says how many gifts would be taken from a bank statement, and how much together.

const button = document.getElementById("take");
const boxes = [...document.querySelectorAll(".bank-statement input[name=rows]")];

function show() {
  const { label, amount, numbers, decimals, whole, count, minor } = button.dataset;
  const ticked = boxes.filter((box) => box.checked);
  const sum = ticked.reduce((total, box) => total + Number(box.dataset.minor), Number(minor));
  const scale = 10 ** Number(decimals);
  const digits = Number(sum % scale ? decimals : whole);
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const figure = new Intl.NumberFormat(numbers, format).format(sum / scale);
  const gifts = new Intl.NumberFormat(numbers).format(Number(count) + ticked.length);
  button.value = label.replace("{count}", gifts).replace("{sum}", amount.replace("{}", figure));
}

if (button) {
  addEventListener("change", show);
  addEventListener("pageshow", show); // the browser may have ticked them again
}
