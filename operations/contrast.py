"""Contrast between two colours, as WCAG 2.2 defines it (relative luminance, section 1.4.3)."""

LIGHT_PAPER = "#fbfaf6"
DARK_PAPER = "#121519"
DARK_RAISED = "#1a1e23"  # panels; light ones are lighter than their paper, and easier to read on
MINIMUM_CONTRAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of a colour written as #rrggbb."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of the lighter to the darker of two #rrggbb colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
