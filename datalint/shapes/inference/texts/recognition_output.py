"""Output of OCR or speech recognition, and the correct text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.labelled.scored_pairs import are_alike
from datalint.shapes.inference.texts.speech_transcripts import TRANSCRIPTS
from datalint.support.names.column_names import fold_name

#: Words of keys of recognised texts, and of programs that recognise them in transcripts.
_RECOGNISED: Final = ("ocr", "asr", "htr", "stt", "whisper", "hypothesis")
_PROGRAMS: Final = ("model", "predicted", "prediction", "machine", "automatic")
#: Words of the names of what is right: a transcript by itself, or one of these, or the two words ground truth.
_RIGHT: Final = (*TRANSCRIPTS, "groundtruth", "gt", "reference", "gold")
_TRUTH: Final = frozenset(("ground", "truth"))
#: How long another text is at most, of the length of the right one.
_SHORTER: Final = 0.5


def recognition_output(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a recognised text and the right one, which is learned; None for other rows.

    Next to a class, that may be learned, of either text.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    found = [each for each in texts if _is_recognised(each.key)]
    right = [each for each in texts if each not in found and _is_right(each.key)]
    if len(rows) < LEAST_ROWS or len(found) != 1 or len(right) != 1 or right[0].distinct < VARIED:
        return None
    pair = (found[0], right[0])
    if any(each.length > _SHORTER * right[0].length for each in texts if each not in pair):
        return None
    if any(map(is_class, columns)) or not are_alike(pair, rows):
        return None
    return Guess.of({"prompt": found[0].key, "response": right[0].key}, clear=True, basis="names")


def _is_recognised(key: str) -> bool:
    return has_word(key, _RECOGNISED) or (has_word(key, _PROGRAMS) and has_word(key, TRANSCRIPTS))


def _is_right(key: str) -> bool:
    return has_word(key, _RIGHT) or _TRUTH.issubset(fold_name(key))
