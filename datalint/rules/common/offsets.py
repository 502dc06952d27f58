"""Places in a text that its row states in characters, which an edit before them would move."""

from __future__ import annotations

from typing import Any, Final

from datalint.rules.common.span_places import span_of

#: Levels of lists and objects in which places are looked for.
_DEEPEST: Final = 6
#: SQuAD's place of an answer, and the answer.
_START: Final = "answer_start"
_TEXT: Final = "text"


def last_offset(value: Any, depth: int = 0) -> int:
    """Return the last character that labelled spans and answers of a row reach; 0 if it states none."""
    if depth > _DEEPEST:
        return 0
    if isinstance(value, list):
        return max((max(_end(item), last_offset(item, depth + 1)) for item in value), default=0)
    if isinstance(value, dict):
        return max((_answer_end(value), *(last_offset(item, depth + 1) for item in value.values())))
    return 0


def _end(item: object) -> int:
    span = span_of(item)
    return 0 if span is None else max(span.start, span.end)


def _answer_end(value: dict[str, Any]) -> int:
    starts, texts = value.get(_START), value.get(_TEXT)
    starts = starts if isinstance(starts, list) else [starts]
    texts = texts if isinstance(texts, list) else [texts]
    pairs = zip(starts, texts, strict=False)
    return max((at + len(text) for at, text in pairs if isinstance(at, int) and isinstance(text, str)), default=0)
