"""The WSGI application of the local site, in a process that ends with its web server.

The supervisor ends the web server; what the server has started outlives it when the server is
killed, and would keep the port and answer for a site that is gone.
"""

from django.core.wsgi import get_wsgi_application

from operations.supervisor import end_with_parent

end_with_parent()
application = get_wsgi_application()
