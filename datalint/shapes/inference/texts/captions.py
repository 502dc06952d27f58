"""Images and recordings with a caption or a transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class, is_few
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import is_media, names_media
from datalint.support.names.column_names import fold_name

#: Last words of keys of captions and transcripts.
_CAPTIONS: Final = frozenset(
    """caption captions transcript transcripts transcription transcriptions description descriptions ocr alttext alt
    subtitle subtitles""".split()
)
#: Last words of keys of what is written in or about an image that is in the row.
_TEXTS: Final = frozenset(("text", "latex", "formula", "label", "markdown"))
#: Keys of an image in a row, as datasets write it.
_STORED: Final = frozenset(("bytes", "path"))
#: Names of series of numbers, which are described as images are.
_SERIES: Final = frozenset(("series", "timeseries", "ts", "signal"))
#: Names of the identifiers of images that are elsewhere, and what these hold.
_IMAGES: Final = (("image", "id"), ("img", "id"), ("picture", "id"), ("photo", "id"))
_NUMBERED: Final = (Holds.REFERENCE, Holds.NUMBER)
_NEARLY_ALL: Final = 0.9


def captions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about images, recordings or series of numbers and their only text; None for other rows.

    It is clear for images that are in the rows themselves, as datasets of images have them: their text may be named so.
    An image may be named by its identifier alone.
    """
    stored = [each for each in columns if names_media(each.key) and _are_stored(rows, each.key)]
    files = stored or [each for each in columns if names_media(each.key) and _are_files(rows, each.key)]
    files = files or [each for each in columns if "".join(fold_name(each.key)) in _SERIES and each.holds is Holds.LIST]
    files = files or [each for each in columns if fold_name(each.key) in _IMAGES and each.holds in _NUMBERED]
    texts = [each for each in columns if each not in files and each.holds is Holds.TEXT and not is_about(each)]
    described = stored and len(texts) == 1 and _names_caption(texts[0])
    # What is in an image, as lists of codes or places say, is learned in place of no caption.
    more = () if described else (Holds.LIST, Holds.OBJECT)
    labels = [each for each in columns if each.holds in (Holds.CHAT, Holds.LABEL, *more)]
    labels = [each for each in labels if not is_about(each) and each not in files]
    # A number may be the class of an image and the text in it.
    classes = [each for each in columns if stored and (is_class(each) or is_few(each)) and not is_about(each)]
    if len(rows) < LEAST_ROWS or len(files) != 1 or len(texts) != 1 or labels or classes:
        return None
    named = _names_caption(texts[0]) or (stored and not _TEXTS.isdisjoint(fold_name(texts[0].key)[-1:]))
    # A short text that repeats may be a class; one caption of many files is still their caption.
    if not named or (texts[0].distinct < VARIED and texts[0].length < LONG):
        return None
    return Guess.of({"prompt": files[0].key, "response": texts[0].key}, clear=bool(stored), basis="names")


def _names_caption(column: SampledColumn) -> bool:
    return not _CAPTIONS.isdisjoint(fold_name(column.key)[-1:])


def _are_files(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values are names of images or recordings."""
    return sum(isinstance(row.get(key), str) and is_media(row[key]) for row in rows) >= _NEARLY_ALL * len(rows)


def _are_stored(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values are images as objects with their bytes and the name of their file."""
    return sum(isinstance(value := row.get(key), dict) and value.keys() == _STORED for row in rows) >= (
        _NEARLY_ALL * len(rows)
    )
