"""Files of an evaluation set of which nothing is read."""

from __future__ import annotations

from datalint.records.unread_files import unread_files

__all__ = ["unread_files"]
