"""The programmers' room: the REST API."""
