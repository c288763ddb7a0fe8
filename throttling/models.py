"""Counters and other rows that need not survive a crash."""

from django.db import models


class Counter(models.Model):
    """How often a key was hit in one window of time. The table is UNLOGGED: fast, and lost in a
    crash, after which everybody starts afresh.
    """

    key = models.CharField(max_length=32)
    ends_at = models.DateTimeField(db_index=True)  # the index finds the old ones to forget
    hits = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "ends_at"], name="counter_is_one_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.hits}"


class Kept(models.Model):
    """A value of `throttling.shared_cache`, until its time is over. UNLOGGED, like the counters."""

    key = models.CharField(max_length=32, primary_key=True)
    value = models.TextField()
    ends_at = models.DateTimeField(db_index=True)  # the index finds the old ones to forget

    class Meta:
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return f"{self.key}, until {self.ends_at}"
