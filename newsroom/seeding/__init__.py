"""Any number of invented articles and comments, written by COPY: for measuring and trying out.

What reading and writing need is there and exact. Revisions, pictures and mail are not.
"""
