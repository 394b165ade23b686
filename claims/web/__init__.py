"""The readers' room: pages."""
