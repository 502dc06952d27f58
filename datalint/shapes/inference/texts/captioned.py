"""Images and recordings with a caption or a transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import is_media, names_media
from datalint.support.names.column_names import fold_name

#: Last words of keys of captions and transcripts.
_CAPTIONS: Final = frozenset(
    """caption captions transcript transcripts transcription transcriptions description descriptions ocr alttext alt
    subtitle subtitles""".split()
)
#: Names of series of numbers, which are described as images are.
_SERIES: Final = frozenset(("series", "timeseries", "ts", "signal"))
_NEARLY_ALL: Final = 0.9


def captioned(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for images, recordings or series of numbers and their only text; None for other rows."""
    files = [each for each in columns if names_media(each.key) and _are_files(rows, each.key)]
    files = files or [each for each in columns if "".join(fold_name(each.key)) in _SERIES and each.holds is Holds.LIST]
    texts = [each for each in columns if each not in files and each.holds is Holds.TEXT and not is_about(each)]
    labels = [each for each in columns if each.holds in (Holds.CHAT, Holds.LABEL, Holds.LIST, Holds.OBJECT)]
    labels = [each for each in labels if not is_about(each) and each not in files]
    if len(rows) < LEAST_ROWS or len(files) != 1 or len(texts) != 1 or labels:
        return None
    if not _CAPTIONS.intersection(fold_name(texts[0].key)[-1:]) or texts[0].distinct < VARIED:
        return None
    return Guess.of({"prompt": files[0].key, "response": texts[0].key})


def _are_files(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values are names of images or recordings."""
    return sum(isinstance(row.get(key), str) and is_media(row[key]) for row in rows) >= _NEARLY_ALL * len(rows)
