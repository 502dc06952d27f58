"""The common prefix of two texts, for rules."""

from __future__ import annotations

from datalint.support.common_prefix import common_prefix

__all__ = ["common_prefix"]
