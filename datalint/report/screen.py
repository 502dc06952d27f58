"""The text report on one screen: every rule that fits, and as many of its places as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.core.finding import Finding, Severity
from datalint.core.findings import Findings
from datalint.core.results import Outcome, RuleResult, Verdict
from datalint.privacy.display import FileName, Shown, printable, short_names
from datalint.report import summary
from datalint.report.deciding import decides
from datalint.report.fix_step import fix_step
from datalint.report.layout import Line, clipped, cut_to_width, plain, runs, width_of
from datalint.report.next_step import next_steps, said_of
from datalint.report.option_lines import OPTION, apart, remedy_lines, said_once
from datalint.report.quantities import confidence_of, quantity
from datalint.report.remedies import concrete
from datalint.report.wording import LEGEND, has_difference, place_of_finding
from datalint.support.classes import mutable
from datalint.support.numbers import counted

#: Lines of a report, so that the command above it and the prompt below it fit on a screen of 40 lines too.
HEIGHT: Final = 38
#: Rules that get a place and a remedy before further rules get a line; places of a rule at most.
_FIRST: Final = 3
PLACES: Final = 3
#: Lines of one rule's heading, remedy and first place.
_LINES: Final = 2
#: Lines of the heading that says what the only finding of a rule is; and what a rule calls one about many rows.
_SINGLE: Final = 3
_FINDING: Final = "finding"
#: Lines of a remedy, which may have a command; and of a first place where lines are left, enough for any message.
_COMMAND: Final = 4
_WHOLE: Final = 8
#: How to see what is not shown, in the words that a line has room for.
_HINTS: Final = ("  (--full lists them all)", "  (all: --full)")
#: An excerpt whose first characters the message has already said is not repeated; it needs so many columns.
_SAID: Final = 25
_LEAST_EXCERPT: Final = 30

#: What may be the path of a file in a message.
_PATH: Final = r"[^\s:]*[/\\][^\s:]*"

SEVERITY: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


@mutable
class _Block:
    """The lines that may be shown of one rule, and how many of them are.

    ``first`` is the first place without any text left out, for where there is room, and ``start`` where it is.
    """

    rule: RuleResult
    heading: list[Line]
    places: list[list[Line]]
    first: list[Line]
    remedy: list[Line]
    #: Findings that exist, and findings that are shown.
    total: int
    shown: int = 0
    has_heading: bool = False
    has_remedy: bool = False
    start: str = ""


def screen(outcome: Outcome, width: int, limit: int | None, arguments: Sequence[str] | None) -> Iterator[Line]:
    """Yield the report in at most :data:`HEIGHT` lines of at least 80 columns.

    ``limit`` bounds the places of all rules together; ``arguments`` are those of the command.
    """
    top = [*summary.head(outcome, width), [], *summary.factors(outcome, width, full=False)]
    top += [*summary.targets(outcome, width), *summary.notes(outcome, width, full=False)]
    names = _names(outcome, width)
    counts = outcome.findings.grouped.counts()
    remedies = {code: concrete(rule.remedy, outcome, arguments) for code, rule in outcome.rules.items()}
    blocks = [
        _block(rule, outcome.findings, counts.get(code, 0), names, width, remedies[code])
        for code, rule in outcome.rules.items()
    ]
    # The end is laid out twice, since what is not shown decides how long it is; it is longest with a next command.
    end = _end(outcome, width, arguments, list(outcome.rules.values()))
    room = HEIGHT - len(top) - 1 - sum(_height(line, width) for line in end) - 1
    if any(has_difference(plain(line)) for block in blocks for lines in block.places for line in lines):
        room -= 1
    # What decides the verdict is shown whatever else has no room, and if it fails, before what is as severe.
    first = sorted(blocks, key=lambda block: not decides(outcome, block.rule))
    _fill(first, room, limit, width)
    blocks = sorted(first, key=lambda block: block.rule.severity.rank) if outcome.verdict is Verdict.FAIL else blocks
    hidden = [block.rule for block in blocks if block.shown < block.total]
    end = _end(outcome, width, arguments, hidden)
    shown = [block for block in blocks if block.has_remedy]
    once = said_once({block.rule.code: remedies[block.rule.code] for block in shown}, end, width)
    for block in shown:
        if (said := once.get(block.rule.code)) is not None:
            block.remedy = remedy_lines(f"→ {said}", width, _COMMAND, "green")
    yield from top
    if blocks:
        yield []
        yield from _rules(blocks, width)
    yield []
    yield from end


def _names(outcome: Outcome, width: int) -> dict[FileName, Shown]:
    """Return short names of the files; none of the training file where it is the only one, as the head names it.

    A long name is cut, so that the place in the file and what is wrong there have room.
    """
    names = short_names(file.path for file in outcome.files)
    names = {path: printable(summary.short_path(name, width // 2)) for path, name in names.items()}
    train = [file.path for file in outcome.files if file.split == "train"]
    if len(train) == 1:
        del names[train[0]]
    return names


def _block(
    rule: RuleResult, findings: Findings, count: int, names: dict[FileName, Shown], width: int, remedy: Shown
) -> _Block:
    listed = findings.grouped.main(rule.code, PLACES)
    heading = runs((rule.severity.value, SEVERITY[rule.severity]), (f"[{rule.code}]", "bold"), f" {rule.name}: ")
    single = listed[0] if count == 1 and listed and _is_about_all(listed[0], rule) else None
    if single is None:
        heading += runs(quantity(rule, findings), confidence_of(rule, findings))
    else:
        where = _where(single, names)
        heading += runs(_said(single, names), f" ({where})" if where else "", confidence_of(rule, findings))
    places = [] if single is not None else listed
    words = [_place(finding, names, width) for finding in places]
    return _Block(
        rule=rule,
        heading=clipped(heading, width, most=_LINES if single is None else _SINGLE),
        places=[_placed(each, width) for each in words],
        first=_placed(words[0], width, _WHOLE) if words else [],
        remedy=remedy_lines(f"→ {remedy}", width, _COMMAND, "green") if remedy else [],
        total=0 if single is not None else count,
        # The rows of one cause may be too many for the line of a heading.
        start=_where(places[0]._replace(rows=(), lines=()), names) if places else "",
    )


def _is_about_all(finding: Finding, rule: RuleResult) -> bool:
    """Whether the only finding of a rule is about the dataset or a file, so that its number says nothing.

    It can name one row of many.
    """
    of_file = finding.line is None and finding.row is None and finding.places == 1
    return of_file or rule.each == _FINDING


def _placed(words: Line, width: int, most: int = 0) -> list[Line]:
    # An option to type is of no use with an end that is missing, nor are the words on it.
    most = most or _LINES + (OPTION.search(plain(words)) is not None)
    return apart(words, width, 4, lambda part: clipped(part, width, 4, most=most))


def _where(finding: Finding, names: dict[FileName, Shown]) -> str:
    return place_of_finding(finding, names.get(finding.file)) if finding.file is not None else ""


def _said(finding: Finding, names: dict[FileName, Shown]) -> Shown:
    """Return the message of a finding, in which other files have the names that their own findings have here."""
    if not any(sign in finding.message for sign in "/\\"):
        return finding.message
    shown = {str(path): name for path, name in names.items()}
    return printable(re.sub(_PATH, lambda found: shown.get(found[0], found[0]), finding.message))


def _place(finding: Finding, names: dict[FileName, Shown], width: int) -> Line:
    where = _where(finding, names)
    words = runs((where, "cyan"), ": ") if where else []
    words += runs(_said(finding, names))
    shown = finding.excerpt if finding.excerpt and finding.excerpt.replace(r"\n", "").strip() else ""
    if shown and finding.places == 1 and shown[:_SAID] not in finding.message:
        room = width - 4 - width_of(plain(words)) - 2
        words += runs("  ", (cut_to_width(shown, room), "dim")) if room > _LEAST_EXCERPT else []
    return words


def _fill(blocks: Sequence[_Block], room: int, limit: int | None, width: int) -> None:
    """Choose what is shown: the most severe rules with a place and a remedy, then every rule, then further places.

    Where lines are left, no text of a rule's first place is cut.
    """
    left = _Room(room, limit, width)
    for block in blocks[:_FIRST]:
        if not left.heading(block, last=block is blocks[-1]):
            break
        # A line remains for the rules that get no heading.
        spare = int(len(blocks) > _FIRST)
        left.place(block, spare)
        left.remedy(block, spare)
    for block in blocks:
        if not left.heading(block, last=block is blocks[-1]):
            left.lines -= 1
            break
    for step in (left.place, left.remedy, *[left.place] * PLACES):
        for block in blocks:
            step(block)
    for block in blocks:
        left.complete(block)


class _Room:
    """Lines and places that are left."""

    def __init__(self, lines: int, places: int | None, width: int) -> None:
        self.lines = lines
        self.width = width
        self.places = places or None

    def _takes(self, lines: Sequence[Line], spare: int = 0) -> bool:
        height = sum(_height(line, self.width) for line in lines)
        fits = 0 < height <= self.lines - spare
        self.lines -= height if fits else 0
        return fits

    def heading(self, block: _Block, *, last: bool) -> bool:
        """Show a rule's heading where it fits; unless it is the last, a line remains to name the others on."""
        block.has_heading = block.has_heading or self._takes(block.heading, 0 if last else 1)
        return block.has_heading

    def remedy(self, block: _Block, spare: int = 0) -> None:
        """Show a rule's remedy where it fits and ``spare`` lines are left."""
        if block.has_heading and not block.has_remedy:
            block.has_remedy = self._takes(block.remedy, spare)

    def place(self, block: _Block, spare: int = 0) -> None:
        """Show one more place of a rule where it fits and ``spare`` lines are left."""
        more = block.has_heading and block.shown < len(block.places) and self.places != 0
        if more and self._takes(block.places[block.shown], spare):
            block.shown += 1
            self.places = None if self.places is None else self.places - 1

    def complete(self, block: _Block) -> None:
        """Show the first place of a rule without any text left out, if there is room."""
        if block.shown:
            cut, whole = (sum(_height(line, self.width) for line in lines) for lines in (block.places[0], block.first))
            if whole - cut <= self.lines:
                block.places[0] = block.first
                self.lines -= whole - cut


def _rules(blocks: Sequence[_Block], width: int) -> Iterator[Line]:
    explained = False
    for block in blocks:
        if not block.has_heading:
            continue
        lines = [*_located(block, width), *(line for lines in block.places[: block.shown] for line in lines)]
        explained = explained or any(has_difference(plain(line)) for line in lines)
        yield from lines
        yield from block.remedy if block.has_remedy else []
    rest = [block.rule for block in blocks if not block.has_heading]
    if rest:
        named = [f"{rule.code} {rule.name} ({rule.count:,})" for rule in rest]
        start = f"… and {counted(len(rest), 'more rule')} (--statistics): "
        yield from clipped(runs((f"{start}{_fitting(named, width - width_of(start))}", "dim")), width)
    if explained:
        yield from clipped(runs((LEGEND, "dim")), width)


def _fitting(names: Sequence[str], width: int) -> str:
    """Return the first names that fit, with an ellipsis for the others; the first one in any case."""
    most = len(names)
    while most > 1 and width_of(", ".join(names[:most])) + (3 if most < len(names) else 0) > width:
        most -= 1
    return ", ".join([*names[:most], *(["…"] if most < len(names) else [])])


def _located(block: _Block, width: int) -> list[Line]:
    """Return the heading of a rule, with its first place if there is no room for a line that shows one."""
    *first, last = block.heading
    if block.shown or not block.places:
        return block.heading
    place = [*last, *runs((f", first at {block.start}", "dim"))] if block.start else last
    return [*first, place if width_of(plain(place)) <= width else last]


def _height(line: Line, width: int) -> int:
    """Return the lines that a terminal takes for a line."""
    return max(1, -(-width_of(plain(line)) // width))


def _end(outcome: Outcome, width: int, arguments: Sequence[str] | None, hidden: Sequence[RuleResult]) -> list[Line]:
    totals = summary.totals(outcome)
    room = width - width_of(plain(totals))
    hint = next((hint for hint in _HINTS if width_of(hint) <= room), _HINTS[-1]) if hidden else ""
    lines = clipped([*totals, *runs((hint, "dim"))], width, most=_LINES)
    # Commands are not wrapped: the terminal does it, so that what is copied from two of its lines is one command.
    lines += [fixable] if (fixable := fix_step(outcome, command=False)) else []
    lines += clipped(summary.verdict(outcome), width, most=_LINES)
    for number, step in enumerate(next_steps(outcome, arguments, hidden)):
        why = f"  ({said})" if (said := said_of(step, arguments)) else ""
        lines.append(runs(("next: " if not number else "      ", "dim"), (step, "bold"), (why, "dim")))
    return lines
