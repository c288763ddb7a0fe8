"""The WSGI application that granian serves: Django, and the pages that are kept in front of it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()

from articles.readership import tally  # noqa: E402 - Django's settings come first
from newsroom.kept_pages import keep_pages  # noqa: E402

application = keep_pages(application)
tally.start()
gc.freeze()  # what is loaded stays: looking for garbage in it took a tenth of each page's time
