// What a date and a time in a form of the desk are in UTC while they are typed, and how far from it
// the newsroom's clocks are then: its time zone counts, not the browser's. Nothing is said of a time
// that those clocks leave out or show twice.

const DAY = 24 * 60 * 60 * 1000;
const PARTS = { year: "numeric", month: "numeric", day: "numeric",
                hour: "numeric", minute: "numeric", second: "numeric" };

function offsetAt(moment, zone) {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", ...PARTS });
  const shown = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
}

// The one moment at which clocks in the zone show this, or undefined.
function momentOf(shown, zone) {
  const offsets = new Set([shown - DAY, shown + DAY].map((moment) => offsetAt(moment, zone)));
  const moments = [...offsets].map((offset) => shown - offset);
  const found = moments.filter((moment) => moment + offsetAt(moment, zone) === shown);
  return found.length === 1 ? found[0] : undefined;
}

// As the form has it: UTC+02:00.
function named(offset) {
  const minutes = Math.abs(offset) / 60_000;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const digits = [hours, rest].map((part) => String(part).padStart(2, "0")).join(":");
  return `UTC${offset < 0 ? "−" : "+"}${digits}`;
}

// As the form reads them: the date in the format of the person's language.
function typed(date, time) {
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(time.trim());
  const day = date.trim() && date.trim().strptime(get_format("DATE_INPUT_FORMATS")[0]);
  if (!clock || !day || Number.isNaN(day.getTime())) return undefined;
  const [hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0));
  return day.getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function connect(said) {
  const inUtc = said.querySelector(".moment-in-utc");
  const inputs = [...document.querySelectorAll(`[aria-describedby~="${said.id}"]`)];
  if (!inUtc || inputs.length !== 2) return;

  function say() {
    const shown = typed(...inputs.map(({ value }) => value));
    const moment = shown === undefined ? undefined : momentOf(shown, said.dataset.zone);
    inUtc.hidden = moment === undefined;
    if (inUtc.hidden) return;
    const [day, time] = new Date(moment).toISOString().split("T");
    inUtc.querySelector("span").textContent = `${day} ${time.slice(0, 5)} UTC`;
    const offset = named(offsetAt(moment, said.dataset.zone));
    said.firstChild.data = said.firstChild.data.replace(said.dataset.offset, offset);
    said.dataset.offset = offset;
  }

  for (const input of inputs) {
    // the calendar and the clock beside them write, then give them the focus
    for (const event of ["input", "change", "focus"]) input.addEventListener(event, say);
  }
}

for (const said of document.querySelectorAll(".moment-zone[data-zone]")) connect(said);
