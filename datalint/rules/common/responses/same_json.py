"""Answers that are the same JSON, for rules."""

from __future__ import annotations

from datalint.records.canonical import is_same_json as is_same_json
