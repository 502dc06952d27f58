"""Rows that are turns of conversations."""

from datalint.support.names.speakers import conversation_key, turn_keys

__all__ = ["conversation_key", "turn_keys"]
