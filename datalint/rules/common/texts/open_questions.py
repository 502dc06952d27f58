"""Questions that yes and no do not answer, for rules."""

from __future__ import annotations

from datalint.support.open_questions import is_open_question

__all__ = ["is_open_question"]
