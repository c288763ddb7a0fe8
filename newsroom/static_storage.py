"""Static files under names that change with their content, also where scripts import each other."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """Of a local site."""

    support_js_module_import_aggregation = True


class CompressedHashedFiles(CompressedManifestStaticFilesStorage):
    """Of a public site: with compressed copies beside them."""

    support_js_module_import_aggregation = True
