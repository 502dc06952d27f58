"""The tags between which the texts of a conversation contain tool calls, results and lists of tools."""

from __future__ import annotations

from typing import Final

#: The opening and the closing tag of a call: Hermes', which Qwen has as well, and Glaive's, which need not be closed.
CALL_TAGS: Final = {"<tool_call>": "</tool_call>", "<functioncall>": "</functioncall>"}
#: The tags around the tools that a system prompt lists.
TOOLS_TAGS: Final = ("<tools>", "</tools>")
