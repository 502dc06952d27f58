"""The report for people: one screen, every finding, or the rules with their number of findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from datalint.core.results import Outcome
from datalint.report.layout import Line, plain, safe
from datalint.report.listing import listing, statistics
from datalint.report.screen import screen
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from rich.console import Console

#: Columns without a terminal: wide enough for a table row, narrow enough for a CI log.
WIDTH: Final = 110


class View(NamedTuple):
    """What the text report shows: one screen unless it is ``full`` or ``statistics``.

    ``max_findings`` bounds the places on one screen, None and 0 do not. ``arguments`` are those of the command, for
    the one that is proposed next.
    """

    full: bool = False
    statistics: bool = False
    max_findings: int | None = None
    arguments: Sequence[str] | None = None


_SCREEN: Final = View()


def to_text(outcome: Outcome, shown: View = _SCREEN, *, width: int = WIDTH) -> str:
    """Return the report as plain text, without colours, at most ``width`` columns wide except for commands."""
    return "".join(f"{plain(line).rstrip()}\n" for line in _lines(outcome, shown, width))


def render(outcome: Outcome, console: Console, shown: View = _SCREEN) -> None:
    """Print the report in the console's colours and width."""
    from rich.text import Text

    for line in _lines(outcome, shown, console.width):
        text = Text.assemble(*line)
        text.rstrip()
        console.print(text, soft_wrap=True)


def _lines(outcome: Outcome, shown: View, width: int) -> Iterator[Line]:
    if shown.statistics:
        lines = statistics(outcome, width)
    elif shown.full:
        lines = listing(outcome, width, shown.arguments)
    else:
        lines = screen(outcome, width, shown.max_findings, shown.arguments)
    return (safe(line, width) for line in lines)
