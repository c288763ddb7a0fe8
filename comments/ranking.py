"""How good a comment is, judged by all its votes."""

from django.db.models import Case, Expression, F, FloatField, Value, When
from django.db.models.functions import Cast, Greatest, Sqrt

Z = 1.281551565545  # of the normal distribution: a bound that holds with a confidence of 0.9


def lower_bound(ups: str, downs: str) -> Expression:
    """The share of votes for a comment that readers at large would give it, at least.

    The lower end of Wilson's interval (E. Miller, How Not To Sort By Average Rating, 2009), in
    a form that divides by no zero: (u + z²/2 - z √(ud/n + z²/4)) / (n + z²). Without a vote for
    it 0. Counters may be below zero for as long as a statement has not noticed another vote.
    """
    for_it = Cast(F(ups), FloatField())
    against = Cast(Greatest(F(downs), 0), FloatField())
    votes = for_it + against
    spread = Z * Sqrt(for_it * against / votes + Z**2 / 4)
    bound = (for_it + Value(Z**2 / 2) - spread) / (votes + Value(Z**2))
    return Case(
        When(**{f"{ups}__gt": 0}, then=bound), default=Value(0.0), output_field=FloatField()
    )
