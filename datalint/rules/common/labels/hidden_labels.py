"""Evaluation sets without their labels."""

from __future__ import annotations

from datalint.records.hidden_labels import hidden_labels

__all__ = ["hidden_labels"]
