"""Rows that are turns of conversations."""

from datalint.support.names.speakers import conversation_key

__all__ = ["conversation_key"]
