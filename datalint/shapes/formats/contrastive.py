"""Contrastive pairs for embeddings and rerankers: an anchor, what matches it, and what does not.

ms-swift, Cohere, FlagEmbedding, sentence-transformers, SimCSE, Tevatron and DPR.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.fields import read_side
from datalint.shapes.side_keys import use_of
from datalint.shapes.sink import Sink
from datalint.support.text_lists import are_texts

_ANCHORS: Final = ("messages", "query", "anchor", "sent0", "question")
_POSITIVES: Final = (
    *("positive_messages", "relevant_passages", "positive_passages", "positive_ctxs", "positive", "pos", "positives"),
    *("positive_passage", "positive_document", "positive_documents", "positive_doc", "positive_docs", "pos_doc"),
    *("pos_docs", "positive_text", "positive_texts", "sent1"),
)
#: Last words of the keys of documents that match, or do not.
_OF: Final = ("document", "documents", "doc", "docs", "text", "texts")
#: Negatives that were mined for one positive, as sentence-transformers writes them.
_MINED: Final = tuple(f"negative_{number}" for number in range(1, 21))
_NEGATIVES: Final = (
    *("negative_messages", "hard_negatives", "negative_passages", "negative_ctxs", "hard_negative_ctxs", "negatives"),
    *("negative", "neg", "negative_passage", "negative_document", "hard_negative", "negative_documents"),
    *("negative_doc", "negative_docs", "neg_doc", "neg_docs", "negative_text", "negative_texts", "hard_neg"),
    *_MINED,
)

#: Keys that mean such pairs next to an anchor, whatever else a row has; a question may have another meaning of "pos".
_PLAIN: Final = (*_POSITIVES[:4], "hard_negatives", "pos")
_PAIRS: Final = (
    *(("positive", other) for other in ("negative", "hard_negative", "negatives", "negative_1")),
    *(("positives", other) for other in ("negatives", "negative")),
    *(("positive_passage", "negative_passage"), ("positive_passage", "hard_negative"), ("sent1", "hard_neg")),
    *(
        (f"{one}_{what}", f"{other}_{what}")
        for one, other in (("positive", "negative"), ("pos", "neg"))
        for what in _OF
    ),
)
#: The key of a positive that means such a pair without a negative, unless something else is learned.
_ALONE: Final = "positive"
_LEARNED: Final = frozenset(("response", "answer", "output", "completion", "label", "score", "rejected", "chosen"))
_OF_QUESTIONS: Final = ("positive_passages", "positive_ctxs")
#: Keys of a list of texts that all mean the same, next to nothing else to read; its texts at least, and characters of
#: each on average, which are more than those of words.
_GROUPS: Final = ("set", "paraphrases")
_FEWEST: Final = 2
_TEXT: Final = 12


def _fits(keys: Collection[str]) -> bool:
    if not any(key in keys for key in _ANCHORS[:-1]):
        return "question" in keys and any(key in keys for key in _OF_QUESTIONS)
    return any(key in keys for key in _PLAIN) or any(one in keys and other in keys for one, other in _PAIRS)


def _fits_alone(keys: Collection[str]) -> bool:
    return _ALONE in keys and any(key in keys for key in _ANCHORS[1:3]) and _LEARNED.isdisjoint(keys)


def _holds_texts(value: object) -> bool:
    """Whether a positive is a text or a list, and no number that says how good something is."""
    return isinstance(value, str | list)


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the anchor as the prompt, and the texts that match it as text that is read too: nothing is written."""
    key = next(key for key in _ANCHORS if key in value)
    read_side(value[key], f"$.{key}", sink, response=False)
    for name in (*_POSITIVES, *_NEGATIVES):
        lists = value.get(name)
        for index, item in enumerate(lists if isinstance(lists, list) else ()):
            read_side(item, f"$.{name}[{index}]", sink, response=False)
        if isinstance(lists, str):
            sink.prompt(lists, f"$.{name}")


def _group_fits(group: str) -> Callable[[Collection[str]], bool]:
    def fits(keys: Collection[str]) -> bool:
        return group in keys and all(key == group or use_of(key) == "metadata" for key in keys)

    return fits


def _are_texts(value: object) -> bool:
    return are_texts(value, _FEWEST) and sum(map(len, value)) >= _TEXT * len(value)


def _read_group(group: str) -> Callable[[dict[str, Any], Sink], None]:
    def read(value: dict[str, Any], sink: Sink) -> None:
        for index, text in enumerate(value[group]):
            sink.prompt(text, f"$.{group}[{index}]")

    return read


def anchor_and_positives(row: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return what a row asks, None if it asks nothing, and the values of what matches it."""
    anchor = next((row[key] for key in _ANCHORS if key in row), None)
    return anchor, [row[key] for key in _POSITIVES if row.get(key)]


SHAPE: Final = Shape(
    name="contrastive",
    title="contrastive pairs (an anchor, what matches it, what does not)",
    kind="preference",
    fits=_fits,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {key: {"type": ["array", "string", "null"]} for key in (*_POSITIVES, *_NEGATIVES)},
    },
    read=_read,
    keys=(*_ANCHORS, *_POSITIVES, *_NEGATIVES, "label", "id"),
    sole=True,
    reads=(*_ANCHORS, *_POSITIVES, *_NEGATIVES),
    lists=("messages",),
    categories=(),
)
ALONE: Final = SHAPE._replace(
    title="contrastive pairs (an anchor, what matches it)", fits=_fits_alone, decided_by=(_ALONE, _holds_texts)
)
#: sentence-transformers' sets of texts of which any two match each other.
GROUPED: Final = tuple(
    SHAPE._replace(
        title=f"texts that mean the same ({group})",
        fits=_group_fits(group),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [group],
            "properties": {group: {"type": "array", "minItems": _FEWEST, "items": {"type": "string"}}},
        },
        read=_read_group(group),
        keys=(group, "id"),
        decided_by=(group, _are_texts),
        reads=(group,),
        lists=(),
    )
    for group in _GROUPS
)
