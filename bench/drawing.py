"""A chart as SVG: lines over sizes that grow tenfold."""

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 770, 360, 60, 40, 24
RIGHT = 280  # for the lines' names
COLOURS = ("#0b5766", "#b4541a", "#5a3e8c", "#3d6b1f")


def chart(sizes: Sequence[int], lines: dict[str, list[float]]) -> str:
    """Milliseconds of each of the lines at each of the sizes, from 0 up."""
    highest = max(value for line in lines.values() for value in line) * 1.1
    across = (WIDTH - LEFT - RIGHT) / (len(sizes) - 1)

    def x(place: int) -> float:
        return LEFT + across * place

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest

    parts = [_text(LEFT, TOP - 8, "milliseconds, by the number of comments")]
    for step in range(5):
        value = highest * step / 4
        parts.append(f'<path d="M{LEFT} {y(value):.1f}H{x(len(sizes) - 1):.1f}" stroke="#ccc"/>')
        parts.append(_text(LEFT - 8, y(value) + 4, f"{value:.1f}", anchor="end"))
    for place, size in enumerate(sizes):
        parts.append(_text(x(place), HEIGHT - BOTTOM + 20, f"{size:,}", anchor="middle"))
    for (name, line), colour in zip(lines.items(), COLOURS, strict=True):
        points = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in enumerate(line))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        )
        parts.append(_text(x(len(line) - 1) + 8, y(line[-1]) + 4, name, colour=colour))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'
