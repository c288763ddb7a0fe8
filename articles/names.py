"""Where migrations find it; what it is, is in operations/names.py."""

from operations.names import LanguageTextField, in_language

__all__ = ["LanguageTextField", "in_language"]
