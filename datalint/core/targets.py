"""What a target, a trainer or provider, does with rows: outcomes, and the result for a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from datalint.core.finding import Severity
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.display import Shown

#: What a target does with a row that it does not take as it is, the worst first. ``alters``: it trains on something
#: else than the row says.
RowOutcome: TypeAlias = Literal["rejects", "drops", "truncates", "alters"]
OUTCOMES: Final[tuple[RowOutcome, ...]] = get_args(RowOutcome)
#: Outcomes after which nothing of the row is trained on.
LOST: Final[frozenset[RowOutcome]] = frozenset(("rejects", "drops"))


class Reason(NamedTuple):
    """Why a target does something with rows, and with how many."""

    outcome: RowOutcome
    says: Shown
    rows: int


class BrokenLimit(NamedTuple):
    """A limit of a target on files or numbers of rows that the dataset breaks; ``file`` is an index of its files."""

    says: Shown
    severity: Severity
    file: int | None = None


class TargetResult(NamedTuple):
    """What a target does with a dataset.

    ``rows`` are the rows read and those that could not be read, ``accepted`` the rows that it would train on if each
    were judged by itself. ``refused`` says that it trains on none, because it refuses the files as a whole or stops at
    the first row that it rejects. ``reasons`` are those of the rows that it does not take as they are, the most
    frequent first. ``note`` is what could not be judged.
    """

    name: Shown
    title: Shown
    rows: int
    accepted: int
    refused: bool = False
    reasons: tuple[Reason, ...] = ()
    broken: tuple[BrokenLimit, ...] = ()
    note: Shown | None = None

    @property
    def trained(self) -> int:
        """Rows that the target trains on."""
        return 0 if self.refused else self.accepted
