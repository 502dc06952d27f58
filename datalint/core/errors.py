"""Errors that are the user's to mend."""

from __future__ import annotations


class DatalintError(Exception):
    """Something datalint could not start or finish; the message is one sentence with the remedy.

    The command line prints it as ``error: …`` and exits with 2.
    """
