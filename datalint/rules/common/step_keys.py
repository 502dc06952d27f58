"""Keys of steps and of their marks, for rules."""

from __future__ import annotations

from datalint.support.names.step_keys import steps_with_marks

__all__ = ["steps_with_marks"]
