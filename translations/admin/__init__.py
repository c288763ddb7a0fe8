from translations.admin import sources, terms

__all__ = ["sources", "terms"]
