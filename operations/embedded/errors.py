"""What the launcher raises."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot run; the message says why and what to do, for a person."""
