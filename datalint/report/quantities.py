"""The amount that a rule found, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datalint.core.finding import Confidence, Severity
from datalint.core.findings import Findings
from datalint.core.results import RuleResult
from datalint.report.wording import tokens_in
from datalint.support.numbers import counted, percent

if TYPE_CHECKING:
    import polars as pl

#: How the message of a finding begins that is about several rows, and stands at the first of them.
_ABOUT_MANY: Final = r"^[0-9,]+ (?:of [0-9,]+ )?(?:rows?|examples|prompts|responses|short sentences?|spans?)\b"
#: What a finding of a severity is called.
NOUN: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def quantity(result: RuleResult, findings: Findings, *, tokens: bool = False, exact: bool = False) -> str:
    """Return the number of examples, lines or files at which a rule fired; with ``tokens``, that of their tokens too.

    Without ``exact`` it is an estimate.
    """
    table = findings.table.filter(findings.table["rule"] == result.code)
    if result.each is not None:
        return counted(result.count, result.each) + _less_severe(table, result)
    if result.share is None:
        return _without_rows(table)
    about_many = table["message"].str.contains(_ABOUT_MANY)
    if about_many.all():
        return counted(table.height, NOUN[result.severity])
    if about_many.any():
        return _with_many(table, result, about_many)
    text = f"{counted(result.examples, 'example')} ({percent(result.share)}){_less_severe(table, result)}"
    if result.count != result.examples:
        text += f", {result.count:,} places"
    return f"{text}, {tokens_in(result.tokens, exact=exact)}" if tokens else text


def _with_many(table: pl.DataFrame, result: RuleResult, about_many: pl.Series) -> str:
    """Return the number of examples with findings of their own, and that of findings on several rows each."""
    single, several = table.filter(~about_many), int(about_many.sum())
    examples = single["at"].n_unique()
    share = percent((result.share or 0) * examples / max(result.examples, 1))
    noun = NOUN[min((Severity(each) for each in table.filter(about_many)["severity"]), key=lambda each: each.rank)]
    more = f", and {counted(several, noun)} on several rows"
    return f"{counted(examples, 'example')} ({share}){_less_severe(single, result)}{more}"


def _less_severe(table: pl.DataFrame, result: RuleResult) -> str:
    """Return how many rows have only findings of a rule that are less severe than others; nothing for none.

    Where a finding is no single row, findings are counted.
    """
    if table["severity"].n_unique() < 2:
        return ""
    parts: list[str] = []
    seen = {None, *table.filter(table["severity"] == result.severity.value)["at"]}
    for severity in (each for each in Severity if each.rank > result.severity.rank):
        less = table.filter(table["severity"] == severity.value)["at"]
        count = len(less) if result.each is not None else len(set(less) - seen)
        seen |= set(less)
        if count:
            parts.append(f", {count:,} of them as {'a ' * (count == 1)}{NOUN[severity]}{'s' * (count > 1)}")
    return "".join(parts)


def _without_rows(table: pl.DataFrame) -> str:
    """Return the number of lines or files of findings without a record, or that they are about the dataset."""
    if table["file"].null_count():
        return "the dataset" if table.height == 1 else f"{table.height:,} findings"
    where = ["file"] if table["line"].null_count() else ["file", "line"]
    number = table.select(where).n_unique()
    text = counted(number, where[-1])
    return text if number == table.height else f"{text}, {table.height:,} findings"


def confidence_of(result: RuleResult, findings: Findings) -> str:
    """Return a rule's confidence if it is less than high, otherwise nothing.

    What a rule says of the whole dataset compares a number with a limit, and says both.
    """
    files = findings.table["file"].filter(findings.table["rule"] == result.code)
    if result.confidence in (Confidence.MEDIUM, Confidence.LOW) and files.null_count() < len(files):
        return f", {result.confidence.value} confidence"
    return ""
