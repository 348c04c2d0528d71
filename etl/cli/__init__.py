"""The ``gouji`` command line."""

from etl.cli.main import app, main

__all__ = ["app", "main"]
