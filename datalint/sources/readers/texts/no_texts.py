"""Files of text whose lines are no texts to learn: exported chats, parts of a program, and names of something else."""

from __future__ import annotations

from typing import Final

from datalint.sources.readers.texts.exported_chats import are_written_messages, is_exported_chat
from datalint.sources.readers.texts.listed_names import listed_names

#: Bytes in which a chat is looked for.
_HEAD: Final = 1 << 12


def why_no_texts(head: bytes, *, cut: bool) -> str:
    """Return why the lines of a file that begins with ``head`` are no texts, and what to do; empty for texts.

    The last line may be ``cut`` off.
    """
    if is_exported_chat(head[:_HEAD]):
        what = 'write each question and what answers it as a row of its own, with a list "messages"'
        return f"each line is a message of WhatsApp: {what}"
    if are_written_messages(head[:_HEAD]):
        what = 'write each as a row of JSON Lines, with a list "messages"'
        return f"lists of messages as a program writes them, in several lines: {what}"
    if named := listed_names(head, cut=cut):
        return f"each line is {named}, not a text: leave the file out, or write texts instead"
    return ""
