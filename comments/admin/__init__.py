from comments.admin import conversations, passages, sanctions

__all__ = ["conversations", "passages", "sanctions"]
