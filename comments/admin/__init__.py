from comments.admin import appeals, conversations, notices, passages, sanctions

__all__ = ["appeals", "conversations", "notices", "passages", "sanctions"]
