"""Files of an evaluation set that are not compared with the training rows."""

from __future__ import annotations

from datalint.records.unread_files import are_texts, unread_files

__all__ = ["are_texts", "unread_files"]
