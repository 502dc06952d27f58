"""Gates, factor scores and the verdict: numbers in, judgement out."""

from datalint.verdict.judging import judge
from datalint.verdict.reading import unread_note, unread_reason

__all__ = ["judge", "unread_note", "unread_reason"]
