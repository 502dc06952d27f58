"""Fixes that rules offer: what is changed, and whether a row means the same afterwards."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.display import Shown

#: The way to a value in a parsed row: keys of objects and indices of lists.
Steps: TypeAlias = tuple[str | int, ...]


class Safety(StrEnum):
    """Whether a fix changes what the model learns: ``safe`` ones do not."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Action(StrEnum):
    """What a fix does."""

    #: Removes the row, or the line without a row, that the finding points at.
    REMOVE = "remove"
    #: Removes all but one of a cluster: the rows that findings point at and the first row related to them.
    KEEP_ONE = "keep-one"
    #: Changes values of the row, as the rule's function says.
    EDIT = "edit"
    #: Removes a byte-order mark at the beginning of the file or of a line.
    BYTE_ORDER_MARK = "bom"
    #: Removes blank lines.
    BLANK_LINES = "blank-lines"
    #: Ends every line in LF.
    LINE_ENDINGS = "line-endings"
    #: Writes every row on a line of its own.
    ONE_LINE = "one-line"
    #: Writes UTF-8.
    ENCODING = "encoding"
    #: Writes rows as JSON whose text is none, but was read.
    JSON = "json"


#: Actions on a file as a whole, which none of its rows changes by.
Layout = Literal["bom", "blank-lines", "line-endings", "one-line", "encoding"]


class Fix(NamedTuple):
    """The fix of a rule; made by :meth:`edit`, :meth:`removal`, :meth:`copies` or :meth:`layout`."""

    safety: Safety
    action: Action

    @classmethod
    def edit(cls, *, safe: bool) -> Fix:
        """Return a fix that changes values of the row, as the function decorated with ``repair`` says."""
        return cls(_safety(safe), Action.EDIT)

    @classmethod
    def removal(cls) -> Fix:
        """Return a fix that removes the row or line that a finding points at; unsafe."""
        return cls(Safety.UNSAFE, Action.REMOVE)

    @classmethod
    def copies(cls, *, safe: bool) -> Fix:
        """Return a fix that keeps one row of a cluster: each finding points at a member, and first at its anchor."""
        return cls(_safety(safe), Action.KEEP_ONE)

    @classmethod
    def layout(cls, action: Layout, *, safe: bool = True) -> Fix:
        """Return a fix that writes the file in another way, with the same rows."""
        return cls(_safety(safe), Action(action))


class Replace(NamedTuple):
    """Puts ``value`` (of JSON) in the place of the value at ``path``, which exists."""

    path: Steps
    value: Any


class Rename(NamedTuple):
    """Gives the key at the end of ``path``, which exists, another name that its object does not have."""

    path: Steps
    key: str


Edit: TypeAlias = Replace | Rename


class ShownEdit(NamedTuple):
    """What a fix changes at one place, as reports show it.

    ``op`` is ``replace`` for a value, ``rename`` for a key, ``remove`` for a row or a line without one, and ``rewrite``
    for the file as a whole, whose rows stay the same. ``path`` is the JSON path of a value or key in the row, ``old``
    and ``new`` are what stands there before and after, or the paths of a renamed key; None for the other two.
    """

    op: Literal["replace", "rename", "remove", "rewrite"]
    line: int | None = None
    row: int | None = None
    path: Shown | None = None
    old: Shown | None = None
    new: Shown | None = None


def _safety(safe: bool) -> Safety:
    return Safety.SAFE if safe else Safety.UNSAFE
