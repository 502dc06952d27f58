"""The rows of a chunk, as rules that measure see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

from datalint.records.structure import Alike, Structure
from datalint.support.classes import mutable

if TYPE_CHECKING:
    import polars as pl


#: What a rule sees of a chunk or a dataset.
Seen = TypeVar("Seen")


@mutable
class Chunk:
    """One chunk's columns, as a dataset rule's measure function sees them.

    ``examples`` and ``turns`` hold the columns of :class:`~datalint.core.columns.Examples` and
    :class:`~datalint.core.columns.Turns`; ``records`` the parsed rows (dicts) in the same order as ``examples``.
    """

    examples: pl.DataFrame
    turns: pl.DataFrame
    records: Sequence[dict[str, Any]]
    _structure: Structure | None = None
    _seen: dict[Callable[[Chunk], Any], Any] = field(default_factory=dict)
    _side_keys: Callable[..., Sequence[tuple[str, str]]] | None = None
    _uncertain_keys: Callable[[tuple[str, ...]], Sequence[tuple[str, str, Any]]] | None = None
    _schema_types: Callable[[], Sequence[Mapping[str, frozenset[str]]]] | None = None

    def once(self, look: Callable[[Chunk], Seen]) -> Seen:
        """Return ``look(chunk)``, computed once for all rules that ask for it."""
        if look not in self._seen:
            self._seen[look] = look(self)
        found: Seen = self._seen[look]
        return found

    def side_keys(self, keys: tuple[str, ...], *, about: bool = False) -> Sequence[tuple[str, str]]:
        """Return those of a row's ``keys`` that its turns are not made of, each with its use by its name.

        The use is ``context``, ``learned`` or ``unknown``, and ``metadata`` if ``about`` asks for keys that say
        something about the row as well. None are known of unknown shapes.
        """
        return () if self._side_keys is None else self._side_keys(keys, about=about)

    def keys_of_some(self, group: Alike) -> Sequence[tuple[str, str, list[bool]]]:
        """Return the keys that the turns of some rows of a group are made of, as their values say.

        Each has its use by its name, and whether the turns of each row are made of it; of others, it is a side key.
        """
        found = () if self._uncertain_keys is None else self._uncertain_keys(group.keys)
        tested = [(key, use, [(group.column(each), test) for each, test in tests]) for key, use, tests in found]
        rows = range(len(group.rows))
        return [(key, use, [any(test(values[i]) for values, test in each) for i in rows]) for key, use, each in tested]

    def schema_types(self) -> Sequence[Mapping[str, frozenset[str]]]:
        """Return for each row the JSON types that the schema of its shape allows, by top-level key.

        Another type under one of these keys is a format error of the row. Rows of one shape share the mapping.
        """
        return () if self._schema_types is None else self._schema_types()

    @property
    def structure(self) -> Structure:
        """The rows by their keys, as columns."""
        if self._structure is None:
            self._structure = Structure(self.records)
        return self._structure
