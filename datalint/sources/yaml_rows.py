"""Distinguish YAML files with examples from settings, by the names of the keys of the objects in their lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.core.files import open_regular
from datalint.support.names.column_names import Strength, strength

#: Bytes of a file that are read, and the events of them that are looked at.
_HEAD: Final = 1 << 14
_EVENTS: Final = 600
#: Pairs of meanings that the keys of an example have, and keys that are those of an example without another one.
_PAIRS: Final = (("prompt", "response"), ("prompt", "written"), ("text", "category"))
_CHATS: Final = frozenset(("messages", "conversations", "conversation", "dialog", "dialogue", "dialogs", "dialogues"))
_KNOWN_PAIRS: Final = (frozenset(("chosen", "rejected")), frozenset(("intent", "examples")))


def may_have_rows(path: Path) -> bool:
    """Return whether a file has an object in a list, or is one with its conversations, whose keys are an example's."""
    try:
        with open_regular(str(path)) as file:
            head = file.read(_HEAD)
    except (OSError, DatalintError):
        return False
    return any(_is_example(keys) for keys in _objects(head))


def _objects(head: bytes) -> Iterator[set[str]]:
    """Yield the keys of the objects in lists and of the outer one, as far as the beginning of a file says them."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    #: Of each open list, None; of an object, whether it counts, its keys, and whether a key is next.
    levels: list[tuple[bool, set[str], list[bool]] | None] = []
    try:
        for number, event in enumerate(yaml.parse(head, Loader=loader)):
            if number > _EVENTS:
                break
            above = levels[-1] if levels else None
            if isinstance(event, yaml.CollectionEndEvent):
                closed = levels.pop()
                if closed is not None and closed[0]:
                    yield closed[1]
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            is_key = above is not None and above[2][0]
            if above is not None:
                above[2][0] = not is_key
                if is_key and isinstance(event, yaml.ScalarEvent):
                    above[1].add(event.value)
            if isinstance(event, yaml.MappingStartEvent):
                levels.append((above is None, set(), [True]))
            elif isinstance(event, yaml.SequenceStartEvent):
                levels.append(None)
    except (yaml.YAMLError, ValueError):
        pass
    # The beginning of a file may be cut.
    yield from (level[1] for level in levels if level is not None and level[0])


def _is_example(keys: set[str]) -> bool:
    if not _CHATS.isdisjoint(keys) or any(pair <= keys for pair in _KNOWN_PAIRS):
        return True
    for one, other in _PAIRS:
        named = [{key for key in keys if strength(key, each) is Strength.WHOLE} for each in (one, other)]
        if all(named) and len(named[0] | named[1]) > 1:
            return True
    return False
