"""Signs by which a form tells whether somebody filled it in by hand."""

from dataclasses import dataclass

from django.http import HttpRequest

TRAP = "website"  # a field that nobody sees


@dataclass(frozen=True)
class Signs:
    """`seconds` is how long the form was open, as its script says; None without the script."""

    is_trapped: bool = False
    seconds: int | None = None


def signs_of(request: HttpRequest) -> Signs:
    age, key = request.POST.get("age", ""), request.POST.get("key", "")
    is_age = age.isascii() and age.isdigit() and len(age) < 9
    seconds = int(age) if is_age and key == key_of(age) else None
    return Signs(bool(request.POST.get(TRAP, "").strip()), seconds)


def key_of(age: str) -> str:
    """As `writing.js` reckons it (FNV-1a). No secret: only who runs the script knows it."""
    key = 0x811C9DC5
    for sign in f"comment {age}".encode():
        key = (key ^ sign) * 0x01000193 & 0xFFFFFFFF
    return str(key)
