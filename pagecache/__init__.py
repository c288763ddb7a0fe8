"""Public pages kept as compressed bytes in front of Django, dropped when what they show changes."""
