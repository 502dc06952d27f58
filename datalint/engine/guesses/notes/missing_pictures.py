"""Notes on prompts that ask about a picture, in rows that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.side_keys import is_media, names_media
from datalint.shapes.sink import Sink
from datalint.support.lazy_pattern import lazy_pattern

#: Words that certainly speak of a picture next to the question, in English and Chinese, and letters that all have.
_ENGLISH: Final = lazy_pattern(
    r"(?i)\b(?:as|is|are) (?:shown|seen|illustrated|depicted) in (?:the |this )?"
    r"(?:following |accompanying |attached )?(?:figure|diagram|picture|image)\b(?! \d)"
    r"|\b(?:the|this) (?:figure|diagram|picture|image) (?:below|above)\b(?! \d)"
)
_CHINESE: Final = lazy_pattern(
    r"附[圖图]|[見见]下?[圖图](?![书書表])|如(?:[下上右左附]?[圖图])(?:所示|[A-Za-z0-9]|中)|[下上右左][圖图](?:所示|中|[為为是])"
)
_LITERALS: Final = ("figure", "diagram", "picture", "image", "Figure")
_SIGNS: Final = ("圖", "图")
#: What a picture is given as in a text: a link, a place for one, or a drawing in code.
_GIVEN: Final = lazy_pattern(r"(?i)!\[|<(?:image|img|svg|figure)|\[asy|tikz|https?:|\.(?:png|jpe?g|gif|svg)\b")
#: Prompts with such words at least, and their share of the rows.
_SEVERAL: Final = 3
_SHARE: Final = 0.01
#: Share of the rows that name a picture at most, if others are questions without one, keys of them, and such a name.
_FEW: Final = 0.5
_PICTURE: Final = lazy_pattern(r"(?i)(?:^|[\W_])(?:image|picture|figure|img)$")
_KEY: Final = 40
_CODE: Final = lazy_pattern(r"[^\W_][\w. -]{2,60}")


def missing_pictures(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on prompts that speak of a picture that no row has, or name one; empty for none."""
    if shape.kind not in ("sft", "rl", "evaluation") or len(first) > MOST_KEYS:
        return ""
    some, found = 0, []
    named: dict[str, list[str]] = {}
    for row in islice(rows, ROWS):
        some += 1
        media = {key: value for key, value in row.items() if value and _may_show(key, value)}
        if any(names_media(key) or not _is_name(value) for key, value in media.items()):
            return ""
        for key, value in media.items():
            named.setdefault(key, []).append(value)
        if any(map(_may_mention, row.values())):
            mention = next((words for text in _asked(row, shape) if (words := _mention(text))), "")
            found += [mention] if mention else []
    least = max(_SEVERAL, _SHARE * some)
    if named:
        key, names = max(named.items(), key=lambda item: len(item[1]))
        shown = f'"{excerpt(key, 40)}" ("{excerpt(names[0], 40)}")'
        said = f"{len(names)} {of_rows(some)} name a picture under {shown}, and it is not read"
        return said if some >= LEAST and least <= len(names) <= _FEW * some else ""
    if some < LEAST or len(found) < least:
        return ""
    said = f'the prompts of {len(found)} {of_rows(some)} speak of a picture ("{excerpt(found[0], 40)}")'
    return f"{said}, and no row has one"


def _may_show(key: str, value: object) -> bool:
    """Return whether a key has a picture or a recording, or names one."""
    return names_media(key) or is_media(value) or (_PICTURE.search(key[-_KEY:]) is not None and _is_name(value))


def _is_name(value: object) -> bool:
    """Return whether a value is the name of a picture, and no picture or address of one."""
    return isinstance(value, str) and _CODE.fullmatch(value.strip()) is not None and _GIVEN.search(value) is None


def _may_mention(value: object) -> bool:
    """Whether a text, or one in a list of messages, has letters of a word for a picture."""
    if isinstance(value, str):
        letters = _LITERALS if value.isascii() else (*_LITERALS, *_SIGNS)
        return any(each in value for each in letters)
    items = value if isinstance(value, list) else []
    return any(_may_mention(text) for item in items if isinstance(item, dict) for text in item.values())


def _asked(row: Mapping[str, Any], shape: Shape) -> Iterator[str]:
    """Yield what is asked in a row, if it has no picture of its own."""
    sink = Sink()
    sink.begin(0)
    shape.read(dict(row), sink)
    if "media" not in sink.features:
        yield from sink.asked


def _mention(text: str) -> str:
    if not _may_mention(text):
        return ""
    found = [match for pattern in (_ENGLISH, _CHINESE) if (match := pattern.search(text))]
    return "" if not found or _GIVEN.search(text) else min(found, key=lambda match: match.start())[0]
