"""Questions and answers about a text that their known shape does not read: a passage, or the title above them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import sample

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

#: Share of the rows whose texts must be apart.
_COVERED: Final = 0.9
#: Keys of a text that a question is about, or of an example as a template writes it.
PASSAGES: Final = (
    "text", "chunk", "chunk_text", "chunk_content", "text_chunk", "source_text", "source_chunk", "source_context",
    "page_content", "excerpt", "reference_context", "doc_text", "document_text", "passage_text", "article_text",
    "contract", "transcript", "abstract", "paper_abstract",
)  # fmt: skip
#: The initial of a context next to those of a question and its answer, and the share of the rows whose answer is in it.
_INITIALS: Final = ("q", "a", "c")
_CONTAINED: Final = 0.5
#: A part of the keys of titles.
_TITLES: Final = ("title", "subject", "head")


def passage_of(first: dict[str, Any]) -> str:
    """Return the key of what may be the passage of a question and its answer, by the keys of a row; empty for none."""
    named = next((key for key in PASSAGES if key in first), "")
    return named or (_INITIALS[-1] if all(key in first for key in _INITIALS) else "")


def with_passage(
    known: Shape, passage: str, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess that reads the passage of questions and answers; None if one often contains the other."""
    from datalint.shapes.guess import Guess

    if known.fields is None:
        return None
    sides = {field.part: field.key for field in known.fields(tuple(first))}
    alike = [row for row in sample(first, rows) if row and detector.shape(row).name == known.name]
    if "context" in sides or not {"prompt", "response"} <= sides.keys():
        return None
    asked, answered = sides["prompt"], sides["response"]
    texts = [(row.get(passage), row.get(asked)) for row in alike]
    apart = [isinstance(a, str) and isinstance(b, str) and b not in a and a not in b for a, b in texts]
    if sum(apart) < _COVERED * len(alike) or _is_answer(alike, passage, answered):
        return None
    if passage == _INITIALS[-1] and not _has_answers(alike, passage, answered):
        return None
    found = {"prompt": asked, "context": passage, "response": answered}
    guess = Guess.of(found, clear=True, basis="names")
    return guess.about(alike, known.name)


def _is_answer(rows: list[dict[str, Any]], passage: str, answered: str) -> bool:
    """Whether the passages of many rows are their answers, or parts of these."""
    pairs = [(row.get(passage), row.get(answered)) for row in rows]
    return sum(isinstance(a, str) and isinstance(b, str) and a in b for a, b in pairs) >= _CONTAINED * len(rows)


def _has_answers(rows: list[dict[str, Any]], passage: str, answered: str) -> bool:
    """Whether the passages of many rows contain their answers, and more."""
    pairs = [(row.get(passage), row.get(answered)) for row in rows]
    texts = [(a.lower(), b.lower().strip(" .")) for a, b in pairs if isinstance(a, str) and isinstance(b, str)]
    return sum(bool(b) and b in a and len(a) > 2 * len(b) for a, b in texts) >= _CONTAINED * len(rows)


def below_title(
    known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess that reads the titles above questions and answers; None if a context is read already."""
    if known.fields is None or not any(title in key.lower() for key in first for title in _TITLES):
        return None
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.texts.titled_questions import title_above

    sides = {field.part: field.key for field in known.fields(tuple(first))}
    if "context" in sides or not {"prompt", "response"} <= sides.keys():
        return None
    alike = [row for row in sample(first, rows) if row and detector.shape(row).name == known.name]
    title = title_above(columns_of(alike), alike, sides["prompt"], sides["response"])
    if title is None:
        return None
    found = {"prompt": sides["prompt"], "context": title, "response": sides["response"]}
    guess = Guess.of(found, clear=True, basis="names")
    return guess.about(alike, known.name)
