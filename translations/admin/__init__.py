from translations.admin import sources, terms

