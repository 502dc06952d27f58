"""Keys of the tokens of a text and of the tags of the tokens, and how tags are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern

TOKENS: Final = ("tokens", "words", "token", "word", "chars", "form", "tokenized_text")
TAGS: Final = (
    "ner_tags", "tags", "labels", "ner", "ner_tokens", "pos_tags", "pos", "upos", "chunk_tags", "bio_tags", "slots",
    "tag", "label", "deprels", "deprel",
)  # fmt: skip

#: A tag: outside of all names, or the place in one (begin, inside or middle, end or last, single or unit) and a label.
TAG: Final = lazy_pattern(r"O|[BIESLUM][-_]\S{1,60}")
#: Lists of more tags for the same tokens, as of entities that overlap.
LAYERS: Final = "layers"
#: Lists of what else a file says of the same tokens, such as classes of words next to names.
EXTRA: Final = "extra"
#: Tags of tokens that are part of nothing that is named.
OUTSIDE: Final = frozenset(("O", "o", "_", "-", "0", 0))
#: Words of a formula at most, with a tag that names something and without one, and its characters. Of judged copies of
#: sentences with up to six words, most are formulas of news agencies and authorities, and of longer ones hardly any.
_NAMING: Final = 6
_FORMULA: Final = 10
#: Tokens of a speaker with the colon at most.
_SPEAKER: Final = 10
FORMULA_CHARS: Final = 100
#: From this character on, scripts have no spaces between words, and tokens of one letter.
_SPACELESS: Final = "\u2e80"


def tagged_tokens(record: Mapping[str, Any]) -> tuple[list[Any], list[Any]] | None:
    """Return the tokens of a row and their tags; None if one of the lists is missing."""
    tokens, tags = (
        next((value for key in keys if isinstance(value := record.get(key), list)), None) for keys in (TOKENS, TAGS)
    )
    return None if tokens is None or tags is None else (tokens, tags)


def is_formula(record: Mapping[str, Any]) -> bool:
    """Return whether a tagged sentence has up to six words, or up to ten and no tag that names something.

    A letter of a script without spaces is half of a word, and a mark is none. A speaker before a colon, who is named by
    a tag, does not count. Where such a sentence occurs again, it is what reports, letters and judgments begin or end
    with, or speakers say to one another.
    """
    found = tagged_tokens(record)
    if found is None or not 0 < len(found[0]) <= FORMULA_CHARS or not found[1]:
        return False
    tokens, tags = found
    named = isinstance(tags[0], str) and tags[0] not in OUTSIDE
    said = tokens.index(":") + 1 if named and ":" in tokens[:_SPEAKER] else 0
    words = sum(map(_size, tokens[said:]))
    if words <= _NAMING:
        return True
    layers = record.get(LAYERS)
    more = [each for each in layers if isinstance(each, list)] if isinstance(layers, list) else []
    outside = (isinstance(tag, str | int) and tag in OUTSIDE for tags in (found[1], *more) for tag in tags)
    return words <= _FORMULA and all(outside)


def _size(token: object) -> float:
    """Return how many words a token counts as: none for a mark, half of one for a letter of a script without spaces."""
    if not isinstance(token, str) or not any(map(str.isalnum, token)):
        return 0.0
    return 0.5 if len(token) == 1 and token >= _SPACELESS else 1.0
