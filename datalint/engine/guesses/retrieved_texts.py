"""Questions with answers next to lists of texts that a search found for them, under the names that such lists have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import PARTS

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPES: Final = frozenset(("question-answer", "prompt-completion", "alpaca"))
#: Words of the names of such lists, whole names of them, and words of the names of lists that do not help to answer.
_DOCUMENTS: Final = frozenset(
    """doc docs document documents law laws statute statutes regulation regulations provision provisions article
    articles ctx ctxs context contexts passage passages chunk chunks snippet snippets paragraph paragraphs excerpt
    excerpts evidence evidences knowledge webpages""".split()
)
_WHOLE: Final = frozenset(
    (("search", "results"), ("retrieval",), ("retrieved",), ("retrievals",), ("retrieval", "results"), ("hits",))
)
_OTHERS: Final = frozenset(
    """negative negatives neg wrong irrelevant distractor distractors noise noisy cited expected gold golden id ids url
    urls source sources title titles name names score scores""".split()
)
#: Keys of the text of a document that is an object.
_TEXTS: Final = (
    "text", "content", "contents", "page_content", "passage", "body", "chunk", "snippet", "document", "paragraph",
    "segment", "passage_text", "context",
)  # fmt: skip
#: Characters of a text on average that may answer a question, and lists and items that are looked at.
_LONG: Final = 40
_KEYS: Final = 64
_LONGEST_KEY: Final = 60
_ITEMS: Final = 5
#: Share of the rows that have the list, and share of these whose texts the question does not have already.
_FILLED: Final = 0.5
_APART: Final = 0.9


#: Those that are documents where a text is under them: a law may be what an answer cites. What may follow the word.
_SINGLE: Final = _DOCUMENTS - {
    *("law", "statute", "regulation", "regulations", "provision", "provisions", "article", "evidence", "evidences"),
    *("knowledge", "excerpt"),
}
_AFTER: Final = frozenset("list lists text texts content contents".split())


def may_have_documents(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has long texts, or a list of them, under a key for documents next to its question."""
    usual = known.name in _SHAPES and len(row) <= _KEYS and not row.get("tools")
    return usual and any(_may_be_documents(key, value) for key, value in row.items())


def with_documents(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads documents next to the question; None if it reads them already, or has them."""
    fields = fields_of(known, rows[0])
    read = {field.key for field in fields}
    keys = [key for key, value in rows[0].items() if key not in read and _may_be_documents(key, value)]
    if any(field.part not in PARTS for field in fields):
        return None
    asked = keys_of(fields, "prompt")
    found = [key for key in keys if len(asked) == 1 and _are_documents(rows, key, asked[0])]
    if not found:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed
    from datalint.shapes.inference.texts.rag_contexts import of_several_retrievers

    several = of_several_retrievers(found)
    found = [key for key in found if key not in several]
    if not found:
        return None

    parts: dict[str, list[str]] = {}
    for field in fields:
        parts.setdefault(field.part, []).append(field.key)
    parts["context"] = [*parts.get("context", ()), *found]
    if len(parts.get("response", ())) != 1 or not all(can_be_typed(key) for each in parts.values() for key in each):
        return None
    guess = Guess.of({part: JOIN.join(each) for part, each in parts.items()}, clear=True, basis="names")
    return guess.about(rows, known.name)


def _may_be_documents(key: str, value: object) -> bool:
    """Whether a key names documents, in any language, and its value is long texts, or a list of them."""
    if len(key) > _LONGEST_KEY or not _texts(value):
        return False
    from datalint.support.names.column_names import fold_name

    words = fold_name(key)
    if words in _WHOLE:
        return True
    # Other languages have many plurals with "s" as well.
    several = (words, fold_name(key.removesuffix("s")))
    names = _DOCUMENTS if isinstance(value, list) else _SINGLE
    ends = [next((word for word in reversed(each) if word not in _AFTER), "") for each in several]
    return not names.isdisjoint(ends) and _OTHERS.isdisjoint(words)


def _are_documents(rows: Sequence[Mapping[str, Any]], key: str, asked: str) -> bool:
    """Whether a key has long texts in most rows that the question does not have."""
    pairs = [(texts, row.get(asked)) for row in rows if (texts := _texts(row.get(key)))]
    apart = sum(not (isinstance(question, str) and texts[0] in question) for texts, question in pairs)
    return len(pairs) >= _FILLED * len(rows) and apart >= _APART * len(pairs)


def _texts(value: object) -> list[str]:
    """Return the first texts of a list of long texts, or of objects with one each, or a long text.

    Tables write a list as text. Nothing is returned for another value.
    """
    items = value[:_ITEMS] if isinstance(value, list) else [value] if isinstance(value, str) else []
    found = [text for item in items if (text := _text(item))]
    return found if items and len(found) == len(items) and sum(map(len, found)) >= _LONG * len(found) else []


def _text(item: object) -> str:
    if isinstance(item, dict):
        item = next((item[key] for key in _TEXTS if item.get(key)), "")
    return item if isinstance(item, str) else ""
