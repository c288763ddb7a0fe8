// How long a campaign still runs, and what a day has to bring until then, from the absolute time
// that the page holds. It stays true on a page that was kept for a while.

const SECONDS = { hour: 3600, day: 86400 };

for (const line of document.querySelectorAll(".goal-left")) show(line);

export function show(line) {
  const end = line.parentElement.querySelector(".goal-ends");
  const seconds = (Date.parse(end.dateTime) - Date.now()) / 1000;
  const words = seconds > 0 ? [left(line, seconds), pace(line, seconds)] : [];
  line.textContent = words.filter(Boolean).join(" · ");
}

function left({ dataset }, seconds) {
  const unit = seconds < SECONDS.day ? "hour" : "day";
  const format = new Intl.NumberFormat(dataset.numbers, { style: "unit", unit, unitDisplay: "long" });
  return dataset.left.replace("{time}", format.format(Math.ceil(seconds / SECONDS[unit])));
}

function pace({ dataset }, seconds) {
  const missing = Number(dataset.missing);
  if (!missing || seconds < SECONDS.day) return "";
  const amount = Math.ceil(missing / Math.ceil(seconds / SECONDS.day));
  const figure = new Intl.NumberFormat(dataset.numbers).format(amount);
  return dataset.pace.replace("{amount}", dataset.amount.replace("{}", figure));
}
