// The focal point of a picture: a click into the preview, or the arrow keys on the point, write the
// two numbers of the form; writing them moves the point.

const STEP = 1;
const LEAP = 10;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function within(number) {
  return Math.round(10 * Math.min(100, Math.max(0, number))) / 10;
}

function connect(preview) {
  const name = preview.dataset.focalPoint;
  const inputs = ["x", "y"].map((side) => document.querySelector(`[name="${name}_${side}"]`));
  const marker = preview.querySelector(".focal-marker");
  const picture = preview.querySelector("img");
  if (!inputs.every(Boolean)) return;

  function show() {
    const [x, y] = inputs.map(({ value }) => within(Number(value)));
    marker.style.left = `${x}%`;
    marker.style.top = `${y}%`;
  }

  function move(x, y) {
    inputs[0].value = within(x);
    inputs[1].value = within(y);
    show();
  }

  picture.addEventListener("click", (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    move((100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height);
    marker.focus({ preventScroll: true });
  });
  marker.addEventListener("keydown", (event) => {
    const way = MOVES[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? LEAP : STEP;
    const [x, y] = inputs.map(({ value }) => Number(value));
    move(x + step * way[0], y + step * way[1]);
  });
  for (const input of inputs) input.addEventListener("input", show);
  marker.hidden = false;
  show();
}

for (const preview of document.querySelectorAll("[data-focal-point]")) connect(preview);
