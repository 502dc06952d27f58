"""What a target does with one row: why it does not take it as it is, and what of it the target ignores."""

from __future__ import annotations

from datalint.core.targets import LOST, OUTCOMES, RowOutcome
from datalint.support.named_tuple import NamedTuple


class Fault(NamedTuple):
    """A reason why a target does not take a row as it is.

    ``reason`` is the number of the reason among those of the target, from 1. ``says`` is the reason in words and
    ``what`` the case at hand. ``rule`` names the rule that reports it, where that is not the rule of the outcome.
    ``form`` is that which tool arguments are to have (``string``, ``object``), where they are at fault and all targets
    agree on it.
    """

    outcome: RowOutcome
    reason: int
    says: str
    path: str | None = None
    what: str = ""
    rule: str = ""
    form: str = ""


class Ignored(NamedTuple):
    """A key of a row that a target does not read, and what that means."""

    key: str
    path: str
    says: str


class Treatment(NamedTuple):
    """What a target does with a row; without faults it trains on it."""

    target: str
    faults: tuple[Fault, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @property
    def worst(self) -> Fault | None:
        """The fault with the worst outcome, the first of these."""
        return min(self.faults, key=lambda fault: OUTCOMES.index(fault.outcome), default=None)

    @property
    def is_lost(self) -> bool:
        """Whether nothing of the row is trained on."""
        return any(fault.outcome in LOST for fault in self.faults)
