"""Chats that no line of text can hold: those that WhatsApp exported, and lists of messages as programs write them.

Of WhatsApp, each line is a message after its time and writer, and nothing says what answers it.
"""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: ``[01.03.24, 08:00:00] Ana: …`` and ``3/1/24, 8:00 AM - Ana: …``, which may begin with a mark of direction.
_MESSAGE: Final = lazy_pattern(
    rb"(?:\xe2\x80[\x8e\x8f])?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}, \d{1,2}[:.]\d\d(?:[:.]\d\d)?"
    rb"(?:(?: |\xe2\x80\xaf|\xc2\xa0)[AaPp]\.? ?[Mm]\.?)?(?:\]| -) [^:\n]{1,60}: "
)
#: ``{'role': 'user', 'content': 'Hi'},`` in a list over several lines.
_WRITTEN: Final = lazy_pattern(rb"""[ \t]{0,40}\{ ?['"]role['"] ?: ?['"]\w{1,20}['"] ?, ?['"]content['"] ?:""")
#: Share of the lines that must be such messages, next to brackets and names.
_WRITTEN_SHARE: Final = 0.2
#: Lines that are looked at, and how many of them and which share begin messages at least, as some have several lines.
_LOOKED_AT: Final = 40
_LEAST: Final = 4
_SHARE: Final = 0.5


def is_exported_chat(head: bytes) -> bool:
    """Return whether most of the first lines of a text begin with the time and the writer of a message."""
    lines = [line for line in head.split(b"\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    found = sum(_MESSAGE.match(line) is not None for line in lines)
    return found >= _LEAST and found >= _SHARE * len(lines)


def are_written_messages(head: bytes) -> bool:
    """Return whether many of the first lines of a text are messages of lists in a program."""
    if b"role" not in head:
        return False
    lines = [line for line in head.split(b"\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    found = sum(_WRITTEN.match(line) is not None for line in lines)
    return found >= _LEAST and found >= _WRITTEN_SHARE * len(lines)
