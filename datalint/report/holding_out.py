"""How many rows a remedy proposes to hold out for evaluation."""

from __future__ import annotations

from typing import Final

from datalint.core.results import FileResult, Outcome
from datalint.privacy.display import Shown, printable
from datalint.support.named_tuple import NamedTuple

#: Rows of an evaluation set at least, which small datasets name instead of a share.
_LEAST: Final = 50
#: Rows below which a share of them is no evaluation set.
_FEW: Final = 20
#: Most of the rows that are held out are one in so many.
_FIFTH: Final = 5
_SHARE_OF_FIFTH: Final = "20%"
_A_FIFTH: Final = "20 % of the rows"
#: What a remedy asks for, and what can be done with fewer than twice the rows that an evaluation set should have, or
#: with fewer than five times as many.
_ASKED: Final = "5 to 10 % of the rows, at least 50"
_TENTH_FOR_NOW: Final = f"10 % of the rows for now, and write more until these are {_LEAST}"
_FIFTH_FOR_NOW: Final = f"{_A_FIFTH} for now, and write more until these are {_LEAST}"
#: Remedies for an evaluation set of which no row could be read, and for one that is large as a share.
_LOOK: Final = "Check it alone to see why: `datalint check EVAL --kind evaluation`"
_LOOK_AT_EACH: Final = "Check each of its files alone, with `--kind evaluation`, to see why"
_WRITE_MORE: Final = "Write more examples for it, which has a fifth of the rows already"


class Pool(NamedTuple):
    """Numbers of rows: all that can be divided, and those of them that are held out now."""

    rows: int
    held: int

    @property
    def proposed(self) -> str | None:
        """The rows to hold out, as a number or a share, more than there are; None if these are a fifth of all."""
        few = 2 * _LEAST <= self.rows < 20 * _LEAST
        count = min(_LEAST, self.rows // _FIFTH) if few else self.rows // 10
        if not self.held or count > self.held:
            return str(count) if few else "10%"
        return _SHARE_OF_FIFTH if self.rows // _FIFTH > self.held else None


def pool_of(outcome: Outcome) -> Pool:
    """Return the rows of a run; those of an evaluation file that is a copy of a training file count once."""
    train, held = _divided(outcome)
    paths = {file.sha256: file.path for file in train if file.sha256}
    own = [file for file in held if paths.get(file.sha256, file.path) == file.path]
    rows = sum(file.rows_read for file in own)
    return Pool(sum(file.rows_read for file in train) + rows, rows)


def advice(remedy: Shown, outcome: Outcome, *, named: bool) -> Shown:
    """Return what a remedy that asks to hold out rows says to do in this run.

    ``named`` says whether the data has a name that commands can have.
    """
    pool, (_, held) = pool_of(outcome), _divided(outcome)
    if held and not any(file.rows_read for file in held) and any(file.rows_refused for file in held):
        return printable(_LOOK if len(held) == 1 else _LOOK_AT_EACH)
    if not held and named and 0 < pool.rows < _FEW:
        these = f"these {pool.rows}" if pool.rows > 1 else "this one"
        return printable(f"Write {_LEAST} examples or more for it, apart from {these}")
    if held and pool.proposed is None:
        return printable(_WRITE_MORE)
    if 0 < pool.rows < _FIFTH * _LEAST:
        tenth = pool.rows < 2 * _LEAST and pool.proposed == "10%"
        return printable(remedy.replace(_ASKED, _TENTH_FOR_NOW if tenth else _FIFTH_FOR_NOW))
    return printable(remedy.replace(_ASKED, _A_FIFTH)) if pool.proposed == _SHARE_OF_FIFTH else remedy


def _divided(outcome: Outcome) -> tuple[list[FileResult], list[FileResult]]:
    train = [file for file in outcome.files if file.split == "train"]
    return train, [file for file in outcome.files if file.split != "train"]
