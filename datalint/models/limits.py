"""What a chat template may use: steps, characters and time. A template comes from a stranger, and rows do too."""

from __future__ import annotations

import re
import time
from collections.abc import ItemsView, Iterable, KeysView, Mapping, ValuesView
from typing import Any, Final

from jinja2.exceptions import TemplateError

#: Bytes of a template's source. The longest of 786 published ones has 40 kB.
MOST_SOURCE: Final = 1 << 18
#: Steps of one rendering: passes of a loop, calls of a macro, and more for long bodies.
MOST_STEPS: Final = 300_000
#: Characters of a text, or of all texts of a list or object together.
MOST_LENGTH: Final = 1 << 24
#: Items of a list or object, those of the lists and objects in it included.
MOST_ITEMS: Final = 1 << 20
#: Characters that all texts of one rendering have together; an item of a list takes as much as several of them.
MOST_CHARS: Final = 1 << 28
_ITEM: Final = 16
#: Characters that a conversation is rendered to, whatever it has, and how many times its own beyond: a tokenizer takes
#: over a hundred bytes for each token, and each character may be one.
MOST_RENDERED: Final = 1 << 20
MOST_TIMES: Final = 8
#: Width that a text is padded to, and indentation.
MOST_WIDTH: Final = 10_000
#: Bits of a number.
MOST_BITS: Final = 100_000
#: Seconds of processor time for one rendering. Steps and characters end nearly all hostile templates before.
MOST_SECONDS: Final = 10.0
#: Operations after which the time is looked at. Each of them takes far under a second, whatever its values.
_ROUND: Final = 8
_WIDE: Final = re.compile(r"[0-9]{5,}|\*")
_SEQUENCES: Final = (list, tuple, KeysView, ValuesView, ItemsView)


class LimitError(TemplateError):
    """A template would take more than one rendering may."""


def check_rendered(length: int, given: object) -> None:
    """Check that a rendered text is not many times as long as what was given to the template.

    Raises:
        LimitError: if it is.
    """
    if length > MOST_RENDERED and length > MOST_TIMES * len(str(given)):
        raise LimitError(f"makes {length:,} characters, over {MOST_TIMES} times those of the conversation")


class Budget:
    """What is left of the steps, characters and time of one rendering.

    ``step`` is a property, so that compiled templates count a step by reading it, without a call.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Start a rendering."""
        self._steps = MOST_STEPS
        self._chars = MOST_CHARS
        self._round = _ROUND
        self._until: float | None = None

    @property
    def step(self) -> None:
        """Count a step.

        Raises:
            LimitError: for too many of them, or when they take too long.
        """
        self._steps -= 1
        if self._steps <= 0:
            raise LimitError(f"takes more than {MOST_STEPS:,} steps")
        self.operate()

    def operate(self) -> None:
        """Count an operation, and look at the time after some of them."""
        self._round -= 1
        if self._round:
            return
        self._round = _ROUND
        now = time.process_time()
        if self._until is None:
            self._until = now + MOST_SECONDS
        elif now > self._until:
            raise LimitError(f"takes more than {MOST_SECONDS:g} seconds")

    def spend(self, length: int) -> None:
        """Count the characters of a text that was made."""
        if length > MOST_LENGTH:
            raise LimitError(f"makes a text longer than {MOST_LENGTH:,}")
        self._chars -= length
        if self._chars < 0:
            raise LimitError(f"makes texts of more than {MOST_CHARS:,} characters together")

    def made(self, value: Any) -> Any:
        """Count a value that an operation made, and return it."""
        self.operate()
        if isinstance(value, str):
            self.spend(len(value))
        elif isinstance(value, list | tuple | dict):
            size_of(value)
            self._chars -= _ITEM * len(value)
            if self._chars < 0:
                raise LimitError(f"makes lists of more than {MOST_CHARS // _ITEM:,} items together")
        return value


def size_of(value: Any) -> tuple[int, int]:
    """Return the items and characters of a value, with those of all lists and objects in it, each time they are in it.

    Raises:
        LimitError: when there are too many.
    """
    if isinstance(value, str):
        return 0, len(value)
    items = chars = 0
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            chars += len(each)
        elif isinstance(each, _SEQUENCES):
            items += len(each)
            check_items(items)
            stack.extend(each)
        elif isinstance(each, dict):
            items += len(each)
            check_items(items)
            stack.extend(each)
            stack.extend(each.values())
        if chars > MOST_LENGTH:
            raise LimitError(f"makes a list whose texts are longer than {MOST_LENGTH:,}")
    return items, chars


def check_items(count: int) -> None:
    """Refuse a list or object with too many items."""
    if count > MOST_ITEMS:
        raise LimitError(f"makes a list longer than {MOST_ITEMS:,}")


def check_length(count: int) -> None:
    """Refuse a text with too many characters before it is made."""
    if count > MOST_LENGTH:
        raise LimitError(f"makes a text longer than {MOST_LENGTH:,}")


def check_product(left: Any, right: Any) -> None:
    """Refuse to repeat a text or list too often, and to multiply numbers too long."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int) and isinstance(other, str):
            check_length(one * len(other))
        elif isinstance(one, int) and isinstance(other, list | tuple):
            items, chars = size_of(other)
            check_items(one * max(items, len(other)))
            check_length(one * chars)
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > MOST_BITS:
        raise LimitError(f"makes a number of more than {MOST_BITS:,} bits")


def check_power(left: Any, right: Any) -> None:
    """Refuse powers of whole numbers that are too long."""
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() * max(right, 0) > MOST_BITS:
        raise LimitError(f"makes a number of more than {MOST_BITS:,} bits")


def check_widths(pattern: str, values: Iterable[Any]) -> None:
    """Refuse to pad a text too far: by a width in a format, or by a number that a format may take as one."""
    if _WIDE.search(pattern):
        if re.search(r"[0-9]{5,}", pattern):
            raise LimitError(f"pads a text to more than {MOST_WIDTH:,}")
        values = list(values)
    for value in values:
        for each in value if isinstance(value, tuple) else value.values() if isinstance(value, Mapping) else (value,):
            if isinstance(each, int) and abs(each) > MOST_WIDTH and ("*" in pattern or "{" in pattern or not pattern):
                raise LimitError(f"pads a text to more than {MOST_WIDTH:,}")


def check_format(pattern: str, sign: str, values: Iterable[Any]) -> None:
    """Refuse a format that has a value so often that the result is too long; ``sign`` begins each place of one."""
    longest = max((sum(size_of(value)) for value in values), default=0)
    check_length(len(pattern) + pattern.count(sign) * longest)


def check_replacement(text: str, old: str, new: str) -> None:
    """Refuse to replace short texts by ones so long that the result is too long."""
    if len(new) > len(old):
        found = text.count(old) if old else len(text) + 1
        check_length(len(text) + found * (len(new) - len(old)))


def check_split(text: str, separator: Any) -> None:
    """Refuse to split a text into too many parts; ``separator`` is None for white space."""
    if len(text) > MOST_ITEMS:
        signs = (separator,) if isinstance(separator, str) and separator else (" ", "\n", "\t", "\r")
        check_items(sum(text.count(sign) for sign in signs))


def check_joined(glue: str, values: list[Any] | tuple[Any, ...]) -> None:
    """Refuse to join texts that are too long together with what is between them."""
    check_length(sum(size_of(list(values))) + len(glue) * len(values))
