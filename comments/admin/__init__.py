from comments.admin import appeals, conversations, notices, passages, protections, sanctions

__all__ = ["appeals", "conversations", "notices", "passages", "protections", "sanctions"]
