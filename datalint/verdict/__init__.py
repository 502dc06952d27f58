"""Gates, factor scores and the verdict."""

from datalint.verdict.evaluation_hint import evaluation_hint, too_few_note
from datalint.verdict.judging import judge
from datalint.verdict.kind_signs import Signs, find_kind
from datalint.verdict.kinds import kind_of, shape_kinds
from datalint.verdict.unread_rows import unread_note, unread_reason, unread_rows

__all__ = [
    "Signs",
    "evaluation_hint",
    "find_kind",
    "judge",
    "kind_of",
    "shape_kinds",
    "too_few_note",
    "unread_note",
    "unread_reason",
    "unread_rows",
]
