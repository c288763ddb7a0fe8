"""Amounts as Stripe writes them. It counts some currencies otherwise than ISO 4217 does.

Source: Stripe's documentation of currencies, "Zero-decimal currencies", "Three-decimal currencies"
and "Special cases" (ISK and UGX are written with two decimals that are always zero).
"""

from fundraising.money import decimals

ZERO_DECIMALS = {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV",
                 "XAF", "XOF", "XPF"}  # fmt: skip
THREE_DECIMALS = {"BHD", "JOD", "KWD", "OMR", "TND"}  # of which the last is always zero
LEAST, MOST = 50, 99_999_999  # as Stripe writes them: about half a dollar, and eight digits


def to_stripe(minor: int, currency: str) -> int:
    """Raises ValueError for an amount that Stripe cannot take."""
    if minor % step(currency):
        raise ValueError(f"{minor} {currency}")
    return minor * 10 ** _places(currency) // 10 ** decimals(currency)


def from_stripe(amount: int, currency: str) -> int:
    """In the currency's own smallest unit. Raises ValueError for a part of it."""
    minor, rest = divmod(amount * 10 ** decimals(currency), 10 ** _places(currency))
    if rest:
        raise ValueError(f"{amount} {currency}")
    return minor


def step(currency: str) -> int:
    """Of what the amount must be a whole multiple, in its own smallest unit."""
    of_decimals = 10 ** max(0, decimals(currency) - _places(currency))
    return max(of_decimals, 10 if currency in THREE_DECIMALS else 1)


def limits(currency: str) -> tuple[int, int]:
    """The least and the most at once, in the currency's own smallest unit."""
    ours, theirs = 10 ** decimals(currency), 10 ** _places(currency)
    return max(step(currency), -(-LEAST * ours // theirs)), MOST * ours // theirs


def _places(currency: str) -> int:
    if currency in ZERO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2
