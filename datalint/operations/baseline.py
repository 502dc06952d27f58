"""The baseline: known findings that are not reported again, with the reason for each.

The file holds one JSON object a line: the rule, the fingerprint of the row, the file it was found in, whether it is
there for lack of time or on purpose, and the reason. No text of a row is in it. Lines are sorted, so that two
branches which add entries merge.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from datalint.config.files import DISK, Files
from datalint.config.paths import BASELINE
from datalint.core.accepted import Kind
from datalint.core.errors import DatalintError, unreadable
from datalint.privacy.display import excerpt, printable
from datalint.privacy.escapes import escape_json
from datalint.records.acceptance import LONGEST_REASON, is_date
from datalint.support.days import today as current_day

if TYPE_CHECKING:
    import polars as pl

    from datalint.core.finding import Finding

NAME: Final = BASELINE
#: The reason of an entry that nobody gave one.
LEGACY_REASON: Final = "there before the baseline"

_KEYS: Final = ("file", "rule", "fingerprint", "kind", "reason")
#: The last day on which an entry covers its finding; most have none.
_UNTIL: Final = "until"
_RULE: Final = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}")
#: Bytes of a baseline; an entry takes some 150.
_MOST_BYTES: Final = 1 << 30


@dataclass(frozen=True, slots=True, order=True)
class BaselineEntry:
    """One known finding.

    ``file`` is where it was found, from the baseline's folder on; a row that moves to another file is still
    covered. ``fingerprint`` is the finding's. ``until`` is the last day on which it is (ISO 8601), empty for always.
    """

    file: str
    rule: str
    fingerprint: str
    kind: Kind = Kind.LEGACY
    reason: str = LEGACY_REASON
    until: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The key on which an entry and a finding must agree."""
        return self.rule, self.fingerprint


def is_fingerprint(text: str) -> bool:
    """Return whether a text is a fingerprint: 16 hex digits."""
    return _FINGERPRINT.fullmatch(text) is not None


def read_baseline(path: Path, files: Files = DISK) -> list[BaselineEntry]:
    """Read a baseline.

    Raises:
        DatalintError: in one sentence with file and line, when it can't be read or a line is no entry.
    """
    try:
        data = files.read(path, most=_MOST_BYTES)
    except OSError as error:
        raise DatalintError(unreadable(printable(str(path)), error)) from None
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return [_entry(line, f"{printable(str(path))}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _entry(line: bytes, where: str) -> BaselineEntry:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise DatalintError(f"{where}: a merge conflict; keep the lines of both sides and delete the markers")
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DatalintError(f"{where}: not a JSON object ({error.msg})") from None
    texts = isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
    if not texts or set(values) - {_UNTIL} != set(_KEYS):
        raise DatalintError(f"{where}: an entry has the texts {', '.join(_KEYS)}, perhaps {_UNTIL}, and nothing else")
    if not _RULE.fullmatch(values["rule"]) or not _FINGERPRINT.fullmatch(values["fingerprint"]):
        raise DatalintError(f"{where}: rule or fingerprint is not valid; run datalint baseline to write it again")
    if values["kind"] not in tuple(Kind):
        raise DatalintError(f"{where}: kind is {excerpt(values['kind'], 20)!r}, not one of {', '.join(Kind)}")
    if not is_date(values.get(_UNTIL, "2027-01-31")):
        raise DatalintError(f"{where}: until is {excerpt(values[_UNTIL], 20)!r}, not a date such as 2027-01-31")
    return BaselineEntry(**values | {"kind": Kind(values["kind"])})


def dump(entries: Iterable[BaselineEntry]) -> bytes:
    """Return a baseline as bytes: one entry per line, sorted."""
    lines = (
        {key: getattr(entry, key) for key in _KEYS} | ({_UNTIL: entry.until} if entry.until else {})
        for entry in sorted(entries)
    )
    return escape_json(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines))


def stored_path(path: str, folder: Path) -> str:
    """Return a path as entries store it: relative to the baseline's folder, with slashes; other names unchanged."""
    if "://" in path or path.startswith("<"):
        return path
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def entries_of(findings: Iterable[Finding], folder: Path, reason: str = LEGACY_REASON) -> list[BaselineEntry]:
    """Return a legacy entry for each finding in a file; findings about the whole dataset get none."""
    return [
        BaselineEntry(stored_path(finding.file, folder), finding.rule, finding.fingerprint, reason=reason)
        for finding in findings
        if finding.file is not None and _RULE.fullmatch(finding.rule) and finding.rule != "INT001"
    ]


class Coverage:
    """Decides which findings of a run a baseline covers; each entry covers one finding of its rule and fingerprint.

    It is used up as it is called, hits in the order of the rows; the first ones are covered.
    """

    def __init__(self, entries: Iterable[BaselineEntry], folder: Path, today: str | None = None) -> None:
        self._folder = folder
        self._today = today or current_day()
        self._open: dict[tuple[str, str], list[BaselineEntry]] = {}
        # What is accepted on purpose is met first, since the legacy should shrink; what has expired covers nothing.
        for entry in sorted(entries, key=lambda each: (self._is_valid(each), each.kind is not Kind.LEGACY)):
            self._open.setdefault(entry.key, []).append(entry)

    def __call__(self, found: pl.DataFrame) -> pl.DataFrame:
        """Return, for hits (``rule``, ``path``, ``fingerprint``), ``kind``, ``reason`` and ``until`` of their entries.

        All are null for a hit that is not covered; that of an entry which has expired has ``until`` alone.
        """
        import polars as pl

        rows = zip(found["rule"], found["path"], found["fingerprint"], strict=True)
        entries = [None if path is None else self.take((rule, mark)) for rule, path, mark in rows]
        values = [
            (None, None, None)
            if each is None
            else (each.kind.value, each.reason, each.until or None)
            if self._is_valid(each)
            else (None, None, each.until)
            for each in entries
        ]
        schema = dict.fromkeys(("kind", "reason", "until"), pl.String)
        return pl.DataFrame(values, schema=schema, orient="row")

    def take(self, key: tuple[str, str]) -> BaselineEntry | None:
        """Consume one entry of a rule and fingerprint, and return it; None if there is none."""
        waiting = self._open.get(key)
        return waiting.pop() if waiting else None

    def _is_valid(self, entry: BaselineEntry) -> bool:
        return not entry.until or entry.until >= self._today

    def unused(self, files: Collection[str], rules: Collection[str]) -> list[BaselineEntry]:
        """Return the entries that match nothing.

        Entries of rules that did not run are no such, nor are those of files that were not read, as long as the
        file is there.
        """
        read_ = {stored_path(path, self._folder) for path in files}
        rest = (entry for waiting in self._open.values() for entry in waiting)
        return sorted(
            entry
            for entry in rest
            if entry.rule in rules and (entry.file in read_ or _is_gone(entry.file, self._folder))
        )


def _is_gone(file: str, folder: Path) -> bool:
    return "://" not in file and not file.startswith("<") and not (folder / file).exists()


def unused_words(count: int) -> str:
    """Return the warning about entries that match no finding."""
    which = "entry matches" if count == 1 else "entries match"
    return f"{count:,} baseline {which} nothing; run datalint baseline --prune"


@dataclass(frozen=True, slots=True)
class AcceptRequest:
    """Findings to accept on purpose: all of a rule, or one by its fingerprint, with the reason and the last day."""

    rule: str
    fingerprint: str | None
    reason: str
    until: str = ""

    def applied(self, entry: BaselineEntry) -> BaselineEntry:
        """Return an entry as accepted."""
        return replace(entry, kind=Kind.ACCEPTED, reason=self.reason, until=self.until)

    def covers(self, entry: BaselineEntry) -> bool:
        """Return whether the acceptance covers an entry."""
        return entry.rule == self.rule and self.fingerprint in (None, entry.fingerprint)


def accept(
    entries: Iterable[BaselineEntry], current: Iterable[BaselineEntry], acceptance: AcceptRequest
) -> tuple[list[BaselineEntry], int]:
    """Mark entries of the baseline and ``current`` findings as accepted if the acceptance covers them.

    Returns the new entries, and how many of them the acceptance covers.
    """
    out: list[BaselineEntry] = []
    marked = 0
    found = [entry for entry in current if acceptance.covers(entry)]
    fresh = Counter(entry.key for entry in found)
    for entry in entries:
        covered = acceptance.covers(entry)
        fresh[entry.key] -= covered
        marked += covered
        out.append(acceptance.applied(entry) if covered else entry)
    for entry in found:
        if fresh[entry.key] > 0:
            fresh[entry.key] -= 1
            marked += 1
            out.append(acceptance.applied(entry))
    return out, marked


def fresh(entries: Iterable[BaselineEntry], current: Iterable[BaselineEntry]) -> list[BaselineEntry]:
    """Return those of the ``current`` findings that the baseline does not cover."""
    covered = Counter(entry.key for entry in entries)
    out = []
    for entry in current:
        if covered[entry.key] > 0:
            covered[entry.key] -= 1
        else:
            out.append(entry)
    return out


def shrunk(
    entries: Iterable[BaselineEntry], unused: Iterable[BaselineEntry], *, keep_accepted: bool
) -> list[BaselineEntry]:
    """Return the entries without the ``unused`` ones; ``keep_accepted`` keeps entries that were accepted on purpose."""
    gone = Counter(entry for entry in unused if not (keep_accepted and entry.kind is not Kind.LEGACY))
    out = []
    for entry in entries:
        if gone[entry] > 0:
            gone[entry] -= 1
        else:
            out.append(entry)
    return out


def checked_reason(text: str) -> str:
    """Return the reason as one line; raises DatalintError if it is empty or too long."""
    text = printable(" ".join(text.split()))
    if not text:
        raise DatalintError("--reason is empty; say why the findings are accepted")
    if len(text) > LONGEST_REASON:
        raise DatalintError(f"--reason has {len(text)} characters, more than {LONGEST_REASON}; shorten it")
    return text
