"""Suggestions for misspelled keys."""

from datalint.support.spelling import DISPENSABLE, misspelled

__all__ = ["DISPENSABLE", "misspelled"]
