"""Rows that are read as columns: those of one shape whose turns are a role and a text each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, compress
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.shapes.base import Shape
from datalint.shapes.sink import Role, role_of
from datalint.support.classes import frozen

Rows = npt.NDArray[np.int64]


@frozen
class Plain:
    """Rows of one shape whose turns are a role and a text each.

    ``rows`` are indices of records, ascending within a group; ``counts`` how many turns each has, ``groups`` numbers
    that are equal for rows with the same keys and types; ``texts`` are those of all turns, and ``spoken`` are their
    speakers, as numbers of ``roles``. ``path`` is that of each turn's text, or a single one with ``{}`` in the place of
    the turn's number, unless ``paths`` has that of every turn.
    """

    shape: Shape
    path: tuple[str, ...]
    rows: list[int]
    counts: list[int]
    groups: list[int]
    roles: list[str | Role]
    spoken: Rows
    texts: pl.Series
    paths: pl.Series | None = None

    @classmethod
    def joined(cls, plains: Sequence[Plain]) -> Plain:
        """Return rows of the same shape and path as one; ValueError for none."""
        first = plains[0]
        if len(plains) == 1:
            return first
        lists = zip(*(each._lists() for each in plains), strict=True)
        rows, counts, groups, roles = (list(chain.from_iterable(each)) for each in lists)
        starts = accumulate((len(each.roles) for each in plains), initial=0)
        spoken = np.concatenate([each.spoken + start for each, start in zip(plains, starts, strict=False)])
        texts = pl.concat([each.texts for each in plains])
        paths = [each.paths for each in plains if each.paths is not None]
        return cls(
            first.shape, first.path, rows, counts, groups, roles, spoken, texts, pl.concat(paths) if paths else None
        )

    def only(self, chosen: npt.NDArray[np.bool_]) -> Plain:
        """Return the rows that are ``chosen``."""
        if chosen.all():
            return self
        turns = np.flatnonzero(np.repeat(chosen, self.counts))
        rows, counts, groups = (list(compress(each, chosen.tolist())) for each in (self.rows, self.counts, self.groups))
        return Plain(
            self.shape, self.path, rows, counts, groups, self.roles, self.spoken[turns], self.texts.gather(turns)
        )

    def of(self, shape: Shape) -> Plain:
        """Return these rows as ones of another shape."""
        return Plain(shape, self.path, self.rows, self.counts, self.groups, self.roles, self.spoken, self.texts)

    def refused(self, chosen: npt.NDArray[np.bool_]) -> Plain:
        """Return these rows with the assistant's turns at the end of the ``chosen`` ones as a rejected side."""
        meanings = [role_of(role) if isinstance(role, str) else role for role in self.roles]
        is_answer = np.array([meaning.name == "assistant" for meaning in meanings], np.bool_)[self.spoken]
        counts = np.array(self.counts, np.int64)
        turns = np.arange(len(self.spoken))
        # The last turn of another in or before each row is found from the left.
        others = np.append(np.maximum.accumulate(np.where(is_answer, -1, turns)), -1)
        at_end = turns > np.repeat(others[np.cumsum(counts) - 1], counts)
        at_end &= np.repeat(chosen, counts)
        roles = [*self.roles, *(meaning._replace(side="rejected") for meaning in meanings)]
        spoken = np.where(at_end, self.spoken + len(meanings), self.spoken)
        return Plain(self.shape, self.path, self.rows, self.counts, self.groups, roles, spoken, self.texts, self.paths)

    def _lists(self) -> tuple[list[Any], ...]:
        return self.rows, self.counts, self.groups, self.roles
