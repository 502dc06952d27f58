"""Tables of recorded speech: the transcript of each recording, its speaker and its equipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, READABLE, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.side_keys import is_media
from datalint.support.names.column_names import fold_name, last_word

#: Names of what was said, and those of texts that need the file of the recording next to them.
TRANSCRIPTS: Final = ("transcript", "transcripts", "transcription", "transcriptions")
_SAID: Final = frozenset("sentence utterance text normalizedtext normalisedtext".split())
#: Last words of keys of the speaker and the equipment, and of other facts about speakers in such tables.
_RECORDED: Final = frozenset(
    """device phone smartphone microphone mic headset recorder recording session speaker spk talker client duration
    samplerate samplingrate audio wav""".split()
)
_SPEAKER: Final = frozenset("gender sex age accent accents dialect variant nationality segment snr noise room".split())
#: Rows that are looked at for files, and the share of them whose value is one.
_SAMPLED: Final = 20
_NEARLY_ALL: Final = 0.9


def speech_transcripts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that transcripts of recordings are plain texts; None for other rows.

    All other columns say something about the recording or its speaker, so that a text of one word is no label.
    """
    if len(rows) < LEAST_ROWS:
        return None
    named = [each for each in columns if each.holds in READABLE]
    texts = [each for each in named if _name(each) in TRANSCRIPTS]
    known = any(last_word(each.key) in _RECORDED for each in columns)
    if not texts:
        texts = [each for each in named if _name(each) in _SAID]
        known = any(_are_recordings(rows, each.key) for each in columns)
    if len(texts) != 1 or not known:
        return None
    others = [each for each in columns if each is not texts[0] and each.holds not in FACTS]
    if not all(
        is_about(each) or not (_RECORDED | _SPEAKER).isdisjoint((last_word(each.key), _name(each))) for each in others
    ):
        return None
    return Guess.of({"text": texts[0].key}, clear=True, basis="names")


def _name(column: SampledColumn) -> str:
    return "".join(fold_name(column.key))


def _are_recordings(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all values are names of files of sound or video."""
    values = [value for row in rows[:_SAMPLED] if isinstance(value := row.get(key), str)]
    return bool(values) and sum(map(is_media, values)) >= _NEARLY_ALL * len(values)
