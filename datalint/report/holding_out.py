"""How many rows a remedy proposes to hold out for evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from datalint.core.results import FileResult, Outcome
from datalint.privacy.display import Shown, excerpt, printable
from datalint.support.named_tuple import NamedTuple

#: Rows of an evaluation set at least, which small datasets name instead of a share.
_LEAST: Final = 50
#: Rows of an evaluation set with which a rate is known to ±3 points, however large the dataset is; and how many times
#: as many rows a dataset has of which these are less than the usual share.
_ENOUGH: Final = 1000
_MANY_TIMES: Final = 20
#: Rows below which a share of them is no evaluation set.
_FEW: Final = 20
#: Most of the rows that are held out are one in so many.
_FIFTH: Final = 5
_SHARE_OF_FIFTH: Final = "20%"
_A_FIFTH: Final = "20 % of the rows"
_FEWER: Final = "{:,} of the rows"
#: The gate that training data fails with too few rows.
_VOLUME: Final = "effective-examples"
#: What a remedy asks for, and what can be done with fewer than twice the rows that an evaluation set should have, or
#: with fewer than five times as many.
_ASKED: Final = "5 to 10 % of the rows, at least 50"
_FOR_NOW: Final = f" for now, and write more until these are {_LEAST}"
#: The shape of rows that are not read.
_UNKNOWN: Final = "unknown"
#: Remedies for an evaluation set of which no row could be read, and for one that is large as a share.
_LOOK: Final = "Check it alone to see why: `datalint check EVAL --kind evaluation`"
_LOOK_AT_EACH: Final = "Check each of its files alone, with `--kind evaluation`, to see why"
_LOOK_AT_ONE: Final = "Check {} alone, with `--kind evaluation`, to see why: the other evaluation rows are enough"
_WRITE_MORE: Final = "Write more evaluation examples: a fifth of all rows or more is held out already"
_WRITE_APART: Final = f"Write {_LEAST} examples or more for it, apart from {{}}"
_NONE_TO_SPARE: Final = "Write more examples for it, since training needs all the rows that it has"

#: What to do where a split keeps nearly all rows on one side.
_OTHER_ROWS: Final = (
    "Write examples with other texts for evaluation: {} of {} rows are connected by near-duplicates or by their prompts"
    ", so that no {}part can be held out"
)


class Pool(NamedTuple):
    """Numbers of rows: all that can be divided, and those of them that are held out now.

    ``spare`` is how many more can be held out before the training data has too few for its gate; None if it has too few
    already, or no gate limits it. ``connected`` are rows that a split keeps on one side, which is training.
    """

    rows: int
    held: int
    spare: int | None = None
    connected: int = 0

    @property
    def is_together(self) -> bool:
        """Whether too few rows for an evaluation set are left but for those that a split keeps together."""
        return self.connected > 0 and self.rows - self.connected < _FEW

    @property
    def most(self) -> int:
        """The most rows that can be held out, whatever training has too few for."""
        return self.rows - self.connected

    @property
    def asked(self) -> str | int:
        """The rows of a command that divides all of them again; 0 for none."""
        return self.proposed or min(self.held, self.most)

    @property
    def proposed(self) -> str | None:
        """The rows to hold out, as a number or a share, more than there are.

        None if these are a fifth of all, or if training can spare none, or too few for an evaluation set.
        """
        count, said = self._usual
        if not self.is_short(count):
            return said
        most = min(self.most, self.held + max(self.spare or 0, 0)) if self.spare is not None else self.most
        return str(most) if most > self.held and most >= _FEW else None

    @property
    def is_limited(self) -> bool:
        """Whether the training data would have too few rows if the usual number was held out."""
        return self.is_short(self._usual[0])

    def is_short(self, count: int) -> bool:
        """Whether the training data has too few rows if ``count`` are held out in all, or a split cannot do so."""
        return count > self.most or (self.spare is not None and count - self.held > max(self.spare, 0))

    @property
    def _usual(self) -> tuple[int, str | None]:
        """The rows to hold out, as a number and as words of a command, whatever is left for training."""
        few = 2 * _LEAST <= self.rows < 20 * _LEAST
        count = min(_LEAST, self.rows // _FIFTH) if few else -(-self.rows // 10)
        if not self.held and self.rows > _MANY_TIMES * _ENOUGH:
            return _ENOUGH, str(_ENOUGH)
        if not self.held or (count if few else self.rows // 10) > self.held:
            return count, str(count) if few else "10%"
        fifth = self.rows // _FIFTH
        return (-(-self.rows // _FIFTH), _SHARE_OF_FIFTH) if fifth > self.held else (self.held, None)


def _is_read(file: FileResult) -> bool:
    """Return whether a row of a file has a known shape."""
    return file.rows_read > 0 and file.shape != _UNKNOWN


def pool_of(outcome: Outcome, *, alone: bool = False) -> Pool:
    """Return the rows of a run; those of an evaluation file that is a copy of a training file count once.

    With ``alone``, only the training rows are divided.
    """
    train, held = _divided(outcome)
    paths = {file.sha256: file.path for file in train if file.sha256}
    own = [] if alone else [file for file in held if paths.get(file.sha256, file.path) == file.path]
    rows = sum(file.rows_read for file in own)
    trained, leaked = outcome.connected
    # What leaks from a copy of a training file is no row more.
    connected = trained + (leaked if len(own) == len(held) else 0)
    return Pool(sum(file.rows_read for file in train) + rows, rows, _spare(outcome), connected)


def _spare(outcome: Outcome) -> int | None:
    """Return how many examples training data has more than the limit under which it fails; None if it has no more."""
    gates = (gate for factor in outcome.factors.values() for gate in factor.gates if gate.measure == _VOLUME)
    gate = next(gates, None)
    if gate is None or gate.value is None or gate.fails_under is None or gate.value < gate.fails_under:
        return None
    return int(gate.value - gate.fails_under)


def advice(remedy: Shown, outcome: Outcome, *, named: bool) -> Shown:
    """Return what a remedy that asks to hold out rows says to do in this run.

    ``named`` says whether the data has a name that commands can have.
    """
    pool, (_, held) = pool_of(outcome), _divided(outcome)
    unread = [file for file in held if (file.rows_read or file.rows_refused) and not _is_read(file)]
    if unread and not any(map(_is_read, held)):
        return printable(_LOOK if len(held) == 1 else _LOOK_AT_EACH)
    if unread and sum(file.rows_read for file in held if _is_read(file)) >= _enough(pool):
        return printable(_LOOK_AT_ONE.format(excerpt(Path(unread[0].path).name, 60)))
    if not held and named and 0 < pool.rows < _FEW:
        these = f"these {pool.rows}" if pool.rows > 1 else "this one"
        return printable(_WRITE_APART.format(these))
    if pool.is_together:
        return remedy
    if pool.is_limited:
        return _limited(remedy, pool)
    if held and pool.proposed is None:
        return printable(_WRITE_MORE)
    return printable(remedy.replace(_ASKED, _amount(pool)))


def other_rows(pool: Pool) -> Shown:
    """Return what to do where a split keeps all or nearly all rows on one side."""
    larger = "" if pool.is_together else "larger "
    return printable(_OTHER_ROWS.format(f"{pool.connected:,}", f"{pool.rows:,}", larger))


def _enough(pool: Pool) -> int:
    """Return how many evaluation rows are enough next to the rows for training."""
    return max(_LEAST, min(_ENOUGH, (pool.rows - pool.held) // _MANY_TIMES))


def _limited(remedy: Shown, pool: Pool) -> Shown:
    """Return what to do where training can spare fewer rows than usual."""
    if pool.proposed is not None:
        count = int(pool.proposed)
        return printable(remedy.replace(_ASKED, f"{_FEWER.format(count)}{_FOR_NOW if count < _LEAST else ''}"))
    if pool.held and pool.most <= pool.held:
        return other_rows(pool)
    return printable(_NONE_TO_SPARE if pool.held else _WRITE_APART.format(f"these {pool.rows:,}"))


def _amount(pool: Pool) -> str:
    """Return which rows to hold out, in words."""
    if 0 < pool.rows < _FIFTH * _LEAST:
        tenth = pool.rows < 2 * _LEAST and pool.proposed == "10%"
        return f"{'10 % of the rows' if tenth else _A_FIFTH}{_FOR_NOW}"
    if pool.proposed == str(_ENOUGH):
        return _FEWER.format(_ENOUGH)
    return _A_FIFTH if pool.proposed == _SHARE_OF_FIFTH else _ASKED


def _divided(outcome: Outcome) -> tuple[list[FileResult], list[FileResult]]:
    train = [file for file in outcome.files if file.split == "train"]
    return train, [file for file in outcome.files if file.split != "train"]
