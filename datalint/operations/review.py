"""Review tasks: findings with their rows for a person to judge, and what the verdicts come to.

A file of tasks is JSON Lines. A person, or a tool for labelling, fills in ``verdict``, and ``reason`` if need be:

- ``right``: the finding is right, and stays;
- ``remove``: it is right, and the row is to go;
- ``accepted``: it is right, and the row stays as it is on purpose, for the reason given;
- ``wrong``: it is a false alarm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from datalint.core.accepted import Kind
from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.operations.baseline import BaselineEntry, is_fingerprint, stored_path
from datalint.privacy.display import excerpt, printable
from datalint.privacy.redaction import hide
from datalint.records.acceptance import LONGEST_REASON, is_date
from datalint.report.inert import inert_json
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.core.finding import Finding
    from datalint.core.results import Outcome
    from datalint.sources import Source

#: Characters of a text of a row, texts and values of it, and levels, that a task shows.
_LONGEST_TEXT: Final = 4_000
_MOST_VALUES: Final = 500
_DEEPEST: Final = 20
#: Rows that are read again at a time, and bytes of a file of tasks.
_BLOCK: Final = 1_000
_MOST_BYTES: Final = 1 << 30
_FALSE_ALARM: Final = "false alarm"
_NAMES: Final = ("file", "rule", "fingerprint")


class Judgement(StrEnum):
    """What a person says of a finding."""

    RIGHT = "right"
    REMOVE = "remove"
    ACCEPTED = "accepted"
    WRONG = "wrong"


class Judged(NamedTuple):
    """A finding with a verdict; ``file`` is named as entries of the baseline name it."""

    file: str
    rule: str
    fingerprint: str
    verdict: Judgement
    reason: str
    until: str = ""


def tasks(outcome: Outcome, sources: Sequence[Source], folder: Path, limit: int | None = None) -> Iterator[bytes]:
    """Yield a task for each finding in a row or line, as a line of JSON; of each rule at most ``limit``.

    ``folder`` is that of the baseline, from which files are named. Texts of the row are redacted, then cut.
    """
    waiting: dict[str, list[Finding]] = defaultdict(list)
    taken: Counter[str] = Counter()
    for finding in outcome.findings:
        if finding.file is None or (finding.line is None and finding.row is None):
            continue
        taken[finding.rule] += 1
        if limit is None or taken[finding.rule] <= limit:
            waiting[finding.file].append(finding)
    by_name = {file.path: source for file, source in zip(outcome.files, sources, strict=False)}
    for name, findings in waiting.items():
        for start in range(0, len(findings), _BLOCK):
            block = findings[start : start + _BLOCK]
            yield from _of_file(block, by_name.get(block[0].file), stored_path(name, folder))  # type: ignore[arg-type]


def _of_file(findings: Sequence[Finding], source: Source | None, place: str) -> Iterator[bytes]:
    rows = sorted({each.row for each in findings if each.row is not None})
    records = source.fetch([row - 1 for row in rows]) if source is not None and rows else []
    shown = {row: redacted_row(record) for row, record in zip(rows, records, strict=False)}
    for each in findings:
        task = {
            "rule": each.rule,
            "name": each.name,
            "severity": each.severity.value,
            "message": each.message,
            "file": place,
            "line": each.line,
            "row": each.row,
            "path": each.path,
            "related": [{"file": other.file, "line": other.line, "row": other.row} for other in each.related],
            "fingerprint": each.fingerprint,
            "record": None if each.row is None else shown.get(each.row),
            "verdict": None,
            "reason": "",
        }
        yield inert_json(orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE))


def redacted_row(record: Any) -> Any:
    """Return a row without secrets and personal data, its long texts, and what is nested deeply, cut."""
    left = [_MOST_VALUES]

    def shown(value: Any, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0 or depth > _DEEPEST:
            return "…"
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, dict):
            return {_text(str(key)): shown(each, depth + 1) for key, each in list(value.items())[: left[0] + 1]}
        if isinstance(value, list):
            return [shown(each, depth + 1) for each in value[: left[0] + 1]]
        if value is None or isinstance(value, bool) or (isinstance(value, int) and value.bit_length() < 64):
            return value
        return value if isinstance(value, float) else _text(str(value))

    return shown(record, 0)


def _text(text: str) -> str:
    hidden = hide(text, 0, _LONGEST_TEXT) if len(text) > _LONGEST_TEXT else hide(text)
    return f"{hidden[:_LONGEST_TEXT]}…" if len(text) > _LONGEST_TEXT else hidden


def read_tasks(path: str, codes: Mapping[str, str]) -> list[Judged]:
    """Return the tasks of a file that have a verdict; ``codes`` are those of all rules, by code and name.

    Raises:
        DatalintError: in one sentence with file and line, when it can't be read or a line is no task.
    """
    try:
        data = read_regular(path, _MOST_BYTES)
    except OSError as error:
        raise DatalintError(unreadable(printable(path), error)) from None
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    name = printable(path)
    found = (_judged(line, f"{name}:{number}", codes) for number, line in enumerate(lines, 1) if line.strip())
    return [each for each in found if each is not None]


def _judged(line: bytes, where: str, codes: Mapping[str, str]) -> Judged | None:
    try:
        task = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DatalintError(f"{where}: not a JSON object ({error.msg})") from None
    if not isinstance(task, dict):
        raise DatalintError(f"{where}: not a JSON object")
    if task.keys().isdisjoint(("verdict", *_NAMES)):
        raise DatalintError(f"{where}: not a task; `datalint review export` writes tasks")
    verdict, reason, until = task.get("verdict"), task.get("reason") or "", task.get("until") or ""
    if verdict in (None, ""):
        return None
    if verdict not in tuple(Judgement):
        raise DatalintError(f"{where}: verdict is {excerpt(str(verdict), 20)!r}, not one of {', '.join(Judgement)}")
    file, rule, mark = (each if isinstance(each := task.get(key), str) else "" for key in _NAMES)
    if not file or not is_fingerprint(mark) or rule not in codes:
        raise DatalintError(f"{where}: file, rule or fingerprint is not valid; export the tasks again")
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
        raise DatalintError(f"{where}: reason is not a text of at most {LONGEST_REASON} characters")
    if verdict == Judgement.ACCEPTED and not reason.strip():
        raise DatalintError(f"{where}: reason is missing; say why the finding is accepted")
    if until and not is_date(until):
        raise DatalintError(f"{where}: until is {excerpt(str(until), 20)!r}, not a date such as 2027-01-31")
    return Judged(file, codes[rule], mark, Judgement(verdict), printable(" ".join(reason.split())), until)


def with_verdicts(entries: Iterable[BaselineEntry], judged: Iterable[Judged]) -> list[BaselineEntry]:
    """Return the entries of a baseline with those that verdicts ask for.

    A verdict takes the place of an entry about the same finding, so that the same verdicts change nothing twice.
    """
    kept: dict[tuple[str, str], list[BaselineEntry]] = defaultdict(list)
    for entry in entries:
        kept[entry.key].append(entry)
    done: dict[tuple[str, str], list[BaselineEntry]] = defaultdict(list)
    for each in judged:
        key = (each.rule, each.fingerprint)
        if each.verdict in (Judgement.ACCEPTED, Judgement.WRONG):
            kind = Kind.ACCEPTED if each.verdict is Judgement.ACCEPTED else Kind.FALSE_ALARM
            done[key].append(BaselineEntry(each.file, *key, kind, each.reason or _FALSE_ALARM, each.until))
    for key, fresh in done.items():
        kept[key] = [*fresh, *sorted(kept[key])[len(fresh) :]]
    return sorted(entry for each in kept.values() for entry in each)
