"""A PostgreSQL server of the project's own, so that nothing needs to be installed or set.

As a database engine ("operations.embedded") it starts with the first connection; `server` starts
and stops it without Django. With DATABASE_URL nothing of this package is imported.
"""
