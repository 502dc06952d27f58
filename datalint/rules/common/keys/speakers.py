"""Rows that are turns of conversations."""

from datalint.support.names.script_keys import script_keys
from datalint.support.names.speakers import are_sent, conversation_key, turn_keys

__all__ = ["are_sent", "conversation_key", "script_keys", "turn_keys"]
