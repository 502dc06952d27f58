"""The rows of a chunk as targets treat them, and the results for a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.core.finding import Severity
from datalint.core.targets import LOST, OUTCOMES, BrokenLimit, Reason, TargetResult
from datalint.privacy.display import printable
from datalint.records.treatment import Treatment
from datalint.support.numbers import counted, percent
from datalint.targets.judge import Judge, reasons_of
from datalint.targets.spec import Target

if TYPE_CHECKING:
    from datalint.records.record import FileFacts
    from datalint.records.rendering import Rendering
    from datalint.shapes.flatten import Flat

#: Reasons that a report gives of one target.
_MOST_REASONS: Final = 8


class RowTargets:
    """Treats the rows of chunks as targets do; a process has one."""

    def __init__(self, targets: Sequence[Target], max_length: int | None) -> None:
        agreed = len({target.arguments for target in targets} & {"string", "object"}) < 2
        self.judges = [Judge(target, max_length, agreed=agreed) for target in targets]
        self._needs_texts = any(judge.needs_texts for judge in self.judges)

    def treat(
        self, records: Sequence[dict[str, Any]], flat: Flat, renderings: Sequence[tuple[Rendering, ...]]
    ) -> list[tuple[Treatment, ...]]:
        """Return what each target does with each row."""
        return [self.of_row(value, flat, row, renderings) for row, value in enumerate(records)]

    def of_row(
        self, value: dict[str, Any], flat: Flat, row: int, renderings: Sequence[tuple[Rendering, ...]] = ()
    ) -> tuple[Treatment, ...]:
        """Return what each target does with one row of a chunk."""
        turns = flat.words(row) if self._needs_texts else ()
        made = renderings[row] if renderings else ()
        return tuple(judge.treat(value, turns, made) for judge in self.judges)


def column(number: int) -> str:
    """Return the name of the column with the reason of the target with this number, null where it takes the row."""
    return f"target_{number}"


def target_columns(rows: Sequence[tuple[Treatment, ...]], targets: int) -> pl.DataFrame:
    """Return a column for each target, with the number of the reason for which it does not take the row as it is."""
    return pl.DataFrame([pl.Series(column(n), [_reason(row[n]) for row in rows], pl.UInt8) for n in range(targets)])


def _reason(treatment: Treatment) -> int | None:
    worst = treatment.worst
    return None if worst is None else worst.reason


def is_notable(row: tuple[Treatment, ...]) -> bool:
    """Return whether there is something that a record rule may report."""
    return any(each.faults or each.ignored for each in row)


def results(
    targets: Sequence[Target],
    examples: pl.DataFrame,
    files: Sequence[FileFacts],
    evaluation: Sequence[FileFacts] | None,
    *,
    max_length: int | None,
    has_tokens: bool,
) -> tuple[TargetResult, ...]:
    """Return what each target does with the dataset; ``has_tokens`` says whether a model counted tokens."""
    found = []
    for number, target in enumerate(targets):
        reasons = _reasons(target, examples[column(number)], max_length)
        unread = sum(facts.rows_refused for facts in files)
        if unread:
            reasons.append(Reason("rejects", printable("no JSON object"), unread))
        reasons.sort(key=lambda reason: (-reason.rows, OUTCOMES.index(reason.outcome), reason.says))
        lost = sum(reason.rows for reason in reasons if reason.outcome in LOST)
        broken = (*_broken(target, files, evaluation), *_mixed(target, examples))
        rejected = target.stops and any(reason.outcome == "rejects" for reason in reasons)
        rows = examples.height + unread
        refused = rejected or any(limit.severity is Severity.ERROR for limit in broken)
        note = _note(target, max_length) if not has_tokens else None
        found.append(
            TargetResult(
                name=printable(target.name),
                title=printable(target.title),
                rows=rows,
                accepted=rows - lost,
                refused=refused,
                reasons=tuple(reasons[:_MOST_REASONS]),
                broken=broken,
                note=None if note is None else printable(note),
            )
        )
    return tuple(found)


def _reasons(target: Target, numbers: pl.Series, max_length: int | None) -> list[Reason]:
    known = reasons_of(target, max_length)
    counts = numbers.drop_nulls().value_counts()
    return [Reason(known[n - 1][0], printable(known[n - 1][1]), count) for n, count in counts.iter_rows()]


def _note(target: Target, max_length: int | None) -> str | None:
    limit = max_length or target.length.tokens
    return None if limit is None else f"tokens were not counted; it reads {limit:,} of a row: add --model"


def _broken(
    target: Target, files: Sequence[FileFacts], evaluation: Sequence[FileFacts] | None
) -> Iterator[BrokenLimit]:
    limits = target.limits
    rows = sum(facts.rows_read for facts in files)
    yield from _range("training", rows, limits.min_rows, limits.max_rows)
    held = sum(facts.rows_read for facts in evaluation or ())
    yield from _range("training and evaluation", rows + held, limits.min_all_rows, None)
    if limits.advised_rows is not None and rows < limits.advised_rows:
        advice = f"{counted(rows, 'training row')}: {limits.advised_rows:,} or more are advised"
        yield _broken_by(advice, Severity.WARNING)
    for index, facts in enumerate(files):
        if limits.max_bytes is not None and facts.size > limits.max_bytes:
            yield _broken_by(f"a file of {facts.size:,} bytes: at most {limits.max_bytes:,} are accepted", file=index)
        yield from _of_file(target, facts, index)
    if evaluation is not None:
        yield from _of_evaluation(target, files, evaluation)


def _of_file(target: Target, facts: FileFacts, index: int) -> Iterator[BrokenLimit]:
    limits = target.limits
    suffix = PurePath(facts.path).suffix.lower()
    if limits.extensions and suffix and suffix not in limits.extensions:
        yield _broken_by(f"a {suffix} file: only {' and '.join(limits.extensions)} are accepted", file=index)


def _of_evaluation(target: Target, files: Sequence[FileFacts], held: Sequence[FileFacts]) -> Iterator[BrokenLimit]:
    limits = target.limits
    if limits.evaluation == "refused":
        yield _broken_by("an evaluation file, which it does not take", Severity.WARNING)
        return
    rows, size = (sum(getattr(facts, name) for facts in held) for name in ("rows_read", "size"))
    yield from _range("evaluation", rows, limits.min_evaluation_rows, limits.max_evaluation_rows)
    if limits.max_evaluation_bytes is not None and size > limits.max_evaluation_bytes:
        yield _broken_by(f"an evaluation set of {size:,} bytes: at most {limits.max_evaluation_bytes:,} are accepted")
    share, trained = limits.max_evaluation_share, sum(facts.size for facts in files)
    if share is not None and trained and size > share * trained:
        most = percent(share)
        yield _broken_by(f"an evaluation set of {percent(size / trained)} of the training files: at most {most}")


def _mixed(target: Target, examples: pl.DataFrame) -> Iterator[BrokenLimit]:
    """Yield a finding for each file with rows of several of the formats of a target that takes one."""
    if target.mixed == "accepts":
        return
    names = {each.shape: each.name for each in target.formats}
    counts = examples.group_by("file", "shape").len().filter(pl.col("shape").is_in(list(names)))
    for (file,), found in counts.sort("file", "len", "shape", descending=[False, True, False]).group_by(
        "file", maintain_order=True
    ):
        if found.height > 1:
            each = ", ".join(f"{rows:,} of {names[shape]}" for _, shape, rows in found.iter_rows())
            yield _broken_by(f"rows of several formats in a file: {each}; all need to have one", file=int(file))


def _range(split: str, rows: int, least: int | None, most: int | None) -> Iterator[BrokenLimit]:
    if least is not None and rows < least:
        yield _broken_by(f"{counted(rows, f'{split} row')}: at least {least:,} are needed")
    if most is not None and rows > most:
        yield _broken_by(f"{counted(rows, f'{split} row')}: at most {most:,} are accepted")


def _broken_by(says: str, severity: Severity = Severity.ERROR, file: int | None = None) -> BrokenLimit:
    return BrokenLimit(printable(says), severity, file)
