"""Features and analyses of words in tagged text: most are no tags, and one says that no blank follows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Final

from datalint.support.names.token_keys import TAG

#: Features of a token, and an empty field.
_FEATURES: Final = re.compile(r"[^\s=|]{1,60}=[^\s|]{0,200}(?:\|[^\s=|]{1,60}=[^\s|]{0,200}){0,60}")
#: The name of a feature that is a tag, and the tag of the first token of a span.
_NAME: Final = re.compile(r"[A-Za-z][\w:.-]{0,30}")
_BEGUN: Final = re.compile(r"[BSU][-_]\S{1,60}")
_EMPTY: Final = frozenset(("_", "-", ""))
#: What CoNLL-U says of a token that no blank follows.
_JOINED: Final = "SpaceAfter=No"
#: Names of features that are tags of entities, of which one is enough.
_ENTITIES: Final = frozenset(("name", "ner", "ne", "entity"))
#: Signs between the parts of an analysis, the share of words with several parts, the parts of all words for each
#: different one, and the share of words whose analysis may be a tag of spans.
_SIGNS: Final = re.compile(r"[,|+:;]")
_SEVERAL: Final = 0.3
_REPEATED: Final = 10
_SPANS: Final = 0.05
#: Share of the values of a feature that must be tags of spans, as some may be wrong, lines with the beginning of one,
#: and features of a line.
_SHARE: Final = 0.8
_LEAST: Final = 2
_MOST: Final = 20


def are_features(values: Collection[str]) -> bool:
    """Return whether the fields of a column are features (``Case=Nom|Number=Sing``), or all empty."""
    return all(value in _EMPTY or _FEATURES.fullmatch(value) is not None for value in values)


def are_analyses(values: Sequence[str]) -> bool:
    """Return whether the fields of a column are analyses of words (``Verb,Aor,A3sg``), whose parts recur."""
    tags = sum(TAG.fullmatch(value) is not None for value in values)
    if tags > _SPANS * len(values):
        return False
    parts = [[part for part in _SIGNS.split(value) if part] for value in values]
    counts = Counter(chain(*parts))
    several = sum(len(each) > 1 for each in parts)
    return several >= _SEVERAL * len(values) > 0 and len(counts) * _REPEATED <= counts.total()


def tagging_feature(fields: Sequence[str]) -> str:
    """Return the name of the one feature whose values are tags of spans, as of entities; empty if there is none."""
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for field in fields:
        if _FEATURES.fullmatch(field) is not None:
            for name, _, value in (each.partition("=") for each in field.split("|")[:_MOST]):
                values[name][value] += 1
    found = []
    for name, counts in values.items():
        tags = sum(count for value, count in counts.items() if TAG.fullmatch(value) is not None)
        begun = sum(count for value, count in counts.items() if _BEGUN.fullmatch(value) is not None)
        least = 1 if name.lower() in _ENTITIES else _LEAST
        if tags >= _SHARE * counts.total() and begun >= least and _NAME.fullmatch(name) is not None:
            found.append(name)
    return found[0] if len(found) == 1 else ""


def feature_of(field: str, name: str) -> str:
    """Return the value of a feature; outside of all spans where a token has none."""
    return next((value for key, _, value in (each.partition("=") for each in field.split("|")) if key == name), "O")


def joined(tokens: Sequence[str], misc: Sequence[str]) -> str:
    """Return the text of a sentence, with a blank after each token unless ``misc`` says that there is none."""
    ends = ("" if _JOINED in each.split("|") else " " for each in misc)
    return "".join(chain(*zip(tokens, ends, strict=True))).strip()
