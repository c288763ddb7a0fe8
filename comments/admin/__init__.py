from comments.admin import conversations, passages

__all__ = ["conversations", "passages"]
