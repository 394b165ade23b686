"""Measurements, run by hand: see README.md. Nothing here is a test, and no time is asserted."""
