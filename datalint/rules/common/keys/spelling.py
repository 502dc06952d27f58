"""Suggestions for misspelled keys and roles."""

from datalint.support.names.spelling import DISPENSABLE, misspelled, misspelled_role

__all__ = ["DISPENSABLE", "misspelled", "misspelled_role"]
