"""The journalists' room: the desk, which is Django's admin."""
