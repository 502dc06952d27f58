"""Evaluation sets without their labels."""

from __future__ import annotations

from datalint.records.hidden_labels import are_hidden

__all__ = ["are_hidden"]
