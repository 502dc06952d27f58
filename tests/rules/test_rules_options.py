"""Lists of objects are known to be no options, so that the rows with them, as of messages, are not parsed for it."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from datalint.records.structure import Alike
from datalint.rules.common.labels.answered_questions import right_places


class Unread(Alike):
    """Rows with a list of objects, as compiled code reads them: it knows what is in the lists without making them."""

    def column(self, key: str) -> list[Any]:
        """Fail: the values would be made by parsing each row."""
        raise AssertionError(key)

    def kinds(self, key: str) -> Set[type]:
        """Return what is under the only key."""
        return {list}

    def items(self, key: str) -> Alike:
        """Return the objects in the lists."""
        return Alike(("content",), [0], [{"content": "Hello"}])


def test_messages_are_not_read_as_options() -> None:
    assert not any(right_places(Unread(("messages",), [0], [{"messages": []}])))
