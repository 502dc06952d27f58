"""What a model says of a text that it was to translate, where a program saved that as the answer to a question."""

from __future__ import annotations

from typing import Any, Final

from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.asked import is_asked

#: Characters in which such a remark has one of the literals.
HEAD: Final = 300
SIGNS: Final = ("translat", "transcri")
#: A translation of some kind.
_TRANSLATION: Final = r"an? (?:[a-z]{2,20},? ){0,3}translation\b"
_LACKS: Final = lazy_pattern(
    rf"I(?:['’]m| am) (?:unable|not able) to (?:provide|produce|give|create|offer) (?:you )?{_TRANSLATION}"
    rf"|I (?:can['’]t|cannot) (?:provide|produce|give|create|offer) (?:you )?{_TRANSLATION}"
    r"|I (?:don['’]t|do not) have enough (?:text|content|material)\b[^.!?\n]{0,20} to translate\b"
    r"|Please (?:provide|share|send|paste) the transcript(?:ion)? (?:that )?you(?:['’]d| would)? (?:like|want) me to\b"
)
#: A text that cannot be read, which was to be translated if the answer says so.
_GARBLED: Final = lazy_pattern(
    r"(?:I can see (?:that )?|I appreciate [^.!?\n]{1,40}, but |I['’]m sorry, but )?[Tt]h(?:is|e) (?:transcript(?:ion)?|text) "
    r"(?:you (?:shared|provided) )?(?:is|appears to be|seems to be) "
    r"(?:(?:too|very|so|quite|heavily|severely|badly|highly|extremely) ){0,2}"
    r"(?:garbled|corrupted|fragmented|incoherent|unintelligible)\b[\s\S]{0,400}\btranslation\b"
)
#: Prompts about a text, a recording or a language, which a person may have asked to be translated.
_ASKED: Final = (
    r"(?i)translat|transcri|recording|audio|\btexts?\b|passage|rewrit|rephras|paraphras|summar|language|\bsentence"
    r"|\b(?:in|into|to|from) (?:english|chinese|french|german|spanish|japanese|korean|italian|portuguese|russian|arabic)\b"
    r"|übersetz|traduc|traduire|traduz|tłumacz|перев[её]|翻[译譯]|[译譯][成为為]|訳|번역"
)


def is_refused_input(text: str, row: dict[str, Any]) -> bool:
    """Return whether a response speaks of a text to translate, and the prompt is about none."""
    if not row["prompt"].strip() or not (_LACKS.match(text) or _GARBLED.match(text)):
        return False
    return not is_asked(_ASKED, row)
