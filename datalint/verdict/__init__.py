"""Gates, factor scores and the verdict."""

from datalint.verdict.judging import judge
from datalint.verdict.kind_signs import Signs, refine_kind
from datalint.verdict.kinds import kind_note, kind_of, shape_kinds
from datalint.verdict.reading import unread_note, unread_reason, unread_rows

__all__ = [
    "Signs",
    "judge",
    "kind_note",
    "kind_of",
    "refine_kind",
    "shape_kinds",
    "unread_note",
    "unread_reason",
    "unread_rows",
]
