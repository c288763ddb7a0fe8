from comments.admin import appeals, conversations, passages, sanctions

__all__ = ["appeals", "conversations", "passages", "sanctions"]
