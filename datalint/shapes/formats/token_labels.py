"""Token classification: a list of tokens, and a list with a tag for each of them."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink
from datalint.support.names.token_keys import EXTRA, LAYERS, TAGS, TOKENS

#: The name of the shape.
TOKEN_LABELS: Final = "token-labels"
_TEXTS: Final = ("text", "sentence")
#: Keys of what the whole sentence means, which is learned next to its tags.
_INTENTS: Final = ("intent", "intents")
#: The same by a name that a relation between some of the tokens may have too, which other keys then name.
_LABEL: Final = "label"
_NEXT_TO_LABEL: Final = frozenset(("id", _LABEL, LAYERS, EXTRA, *_TEXTS, *TOKENS, *TAGS))
#: Keys of what people annotated in a text, next to which tags are those of a program (the format of ACE and JMEE).
_GOLDEN: Final = ("golden-entity-mentions", "golden-event-mentions")
#: Keys that say themselves that they are of tokens: a list is one of tags even if it is empty, as that of the spans of
#: a sentence that names nothing.
_OF_TOKENS: Final = frozenset(("ner_tags", "ner", "ner_tokens", "pos_tags", "chunk_tags", "bio_tags"))


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text, or the tokens, as the prompt, and an intent or label as the response. The tags are no text."""
    for key in (*_TEXTS, *TOKENS):
        item = value.get(key)
        if isinstance(item, str):
            sink.prompt(item, f"$.{key}")
            break
        if isinstance(item, list):
            sink.prompt(" ".join(token for token in item if isinstance(token, str)), f"$.{key}")
            break
    keys = (*_INTENTS, _LABEL) if value.keys() <= _NEXT_TO_LABEL else _INTENTS
    intent = next((key for key in keys if isinstance(value.get(key), str)), None)
    if intent is not None:
        sink.response(value[intent], f"$.{intent}")


def _are_tags(value: object) -> bool:
    """Whether a value is a list of tags, or of spans (first token, last token, label), as GLiNER has them."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(tag, str | int) or _is_span(tag) for tag in value[:2])


def _are_tags_or_empty(value: object) -> bool:
    return value == [] or _are_tags(value)


def _is_span(tag: object) -> bool:
    return isinstance(tag, list) and list(map(type, tag)) == [int, int, str]


def _shape(tags: str) -> Shape:
    return Shape(
        name=TOKEN_LABELS,
        title=f"token classification (tokens, {tags})",
        kind="sft",
        fits=having(tags, any_of=TOKENS, none_of=("input_ids", "messages", "question", "prompt", *_GOLDEN)),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [tags],
            "properties": {tags: {"type": "array"}},
        },
        read=_read,
        keys=(tags, LAYERS, EXTRA, *TOKENS, *_TEXTS, *_INTENTS, "id"),
        decided_by=(tags, _are_tags_or_empty if tags in _OF_TOKENS else _are_tags),
        sole=True,
        reads=(*_TEXTS, *TOKENS, *_INTENTS, _LABEL),
        marks=TAGS,
        categories=("responses",),
    )


SHAPES: Final = tuple(_shape(tags) for tags in TAGS)
