"""The WSGI application of the local site, in a process that ends with its web server.

The supervisor ends the web server; what the server has started outlives it when the server is
killed, and would keep the port and answer for a site that is gone.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from operations.supervisor import end_with_parent

end_with_parent()
application = import_string(settings.WSGI_APPLICATION)
