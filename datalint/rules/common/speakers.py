"""Rows that are turns of conversations."""

from datalint.support.speakers import are_turns

__all__ = ["are_turns"]
