"""References that a giver writes on a bank transfer: ISO 11649 ("RF" and two check digits).

Banks know the standard and pass it on whole; one with a mistyped sign is refused by its check
digits, those of ISO 7064, MOD 97-10. They find every wrong letter and every wrong digit, but not
every digit in a letter's place: so ours have digits nowhere else.
"""

import re
import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither I nor O: they look like digits
LENGTH = 11
_written = re.compile(  # from each place anew: "TRF 12" before a reference hides none
    rf"(?=(R[ .-]*F(?:[ .-]*[0-9]){{2}}(?:[ .-]*[A-Z]){{{LENGTH}}}))", re.IGNORECASE
)


def new_reference() -> str:
    """A reference that nobody can guess, without spaces: 50 bits and two check digits."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"RF{98 - _remainder(body + 'RF00'):02d}{body}"


def is_reference(text: str) -> bool:
    """Whether the check digits fit; spaces have been taken out."""
    return bool(re.fullmatch(rf"RF[0-9]{{2}}[A-Z]{{{LENGTH}}}", text)) and (
        _remainder(text[4:] + text[:4]) == 1
    )


def find_references(text: str) -> list[str]:
    """Every reference in what somebody wrote on a transfer, in groups or not, once each."""
    found = (re.sub(r"[^0-9A-Z]", "", match[1].upper()) for match in _written.finditer(text))
    return list(dict.fromkeys(filter(is_reference, found)))


def in_groups(reference: str) -> str:
    """As people read it: in groups of four."""
    return " ".join(re.findall(".{1,4}", reference))


def _remainder(text: str) -> int:
    """The text as a number, A being 10 and Z 35, modulo 97."""
    return int("".join(str(int(sign, 36)) for sign in text)) % 97
