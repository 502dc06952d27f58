"""Rows that are turns of conversations."""

from datalint.support.names.script_keys import script_keys
from datalint.support.names.speakers import conversation_key, turn_keys

__all__ = ["conversation_key", "script_keys", "turn_keys"]
