#!/usr/bin/env python
"""Claimline's command line: `python manage.py up` starts everything."""

import os
import sys

OLDEST_PYTHON = (3, 11)


def main():
    # Said before anything of ours is imported: an older Python could not even parse it.
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            "claimline: Python %d.%d or newer is needed, this is %d.%d: make the virtual environment with a newer one."
            % (OLDEST_PYTHON + tuple(sys.version_info[:2]))
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit(
            "claimline: Django is not installed in %s. Install the requirements first: "
            "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt" % sys.prefix
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
