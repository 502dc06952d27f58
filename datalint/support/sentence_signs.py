"""Signs at the ends of sentences and questions."""

from __future__ import annotations

from typing import Final

QUESTION_MARKS: Final = ("?", "？", "؟", "՞")
SENTENCE_ENDS: Final = (".", "!", "?", "。", "！", "？")
