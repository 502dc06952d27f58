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
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from datalint.config.files import DISK, Files
from datalint.config.paths import BASELINE
from datalint.core.errors import DatalintError, unreadable
from datalint.privacy.display import Shown, excerpt, printable
from datalint.privacy.escapes import escape_json

if TYPE_CHECKING:
    import polars as pl

    from datalint.core.finding import Finding

NAME: Final = BASELINE
#: The reason of an entry that nobody gave one.
LEGACY_REASON: Final = "there before the baseline"

_KEYS: Final = ("file", "rule", "fingerprint", "kind", "reason")
_RULE: Final = re.compile(r"[A-Z]{2,8}[0-9]{3}")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}")
_LONGEST_REASON: Final = 500
#: Bytes of a baseline; an entry takes some 150.
_MOST_BYTES: Final = 1 << 30


class Kind(StrEnum):
    """Why an entry is in the baseline."""

    LEGACY = "legacy"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One known finding.

    ``file`` is where it was found, from the baseline's folder on; a row that moves to another file is still
    covered. ``fingerprint`` is the finding's.
    """

    file: str
    rule: str
    fingerprint: str
    kind: Kind = Kind.LEGACY
    reason: str = LEGACY_REASON

    @property
    def key(self) -> tuple[str, str]:
        """The key on which an entry and a finding must agree."""
        return self.rule, self.fingerprint


def find(folder: Path) -> Path | None:
    """Return the path of the baseline in ``folder``, or None if there is none."""
    path = folder / NAME
    return path if path.is_file() else None


def read(path: Path, files: Files = DISK) -> list[Entry]:
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


def _entry(line: bytes, where: str) -> Entry:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise DatalintError(f"{where}: a merge conflict; keep the lines of both sides and delete the markers")
    try:
        values = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise DatalintError(f"{where}: not a JSON object ({error.msg})") from None
    texts = isinstance(values, dict) and all(isinstance(value, str) for value in values.values())
    if not texts or set(values) != set(_KEYS):
        raise DatalintError(f"{where}: an entry has the texts {', '.join(_KEYS)} and nothing else")
    if not _RULE.fullmatch(values["rule"]) or not _FINGERPRINT.fullmatch(values["fingerprint"]):
        raise DatalintError(f"{where}: rule or fingerprint is none; run datalint baseline to write it again")
    if values["kind"] not in tuple(Kind):
        raise DatalintError(f"{where}: kind is {excerpt(values['kind'], 20)!r}, not legacy or accepted")
    return Entry(**values | {"kind": Kind(values["kind"])})


def dump(entries: Iterable[Entry]) -> bytes:
    """Return a baseline as bytes: one entry per line, sorted."""
    lines = ({key: getattr(entry, key) for key in _KEYS} for entry in sorted(entries))
    return escape_json(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines))


def place_of(path: str, folder: Path) -> str:
    """Return a path as entries store it: relative to the baseline's folder, with slashes; other names unchanged."""
    if "://" in path or path.startswith("<"):
        return path
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def entries_of(findings: Iterable[Finding], folder: Path, reason: str = LEGACY_REASON) -> list[Entry]:
    """Return a legacy entry for each finding in a file; findings about the whole dataset get none."""
    return [
        Entry(place_of(finding.file, folder), finding.rule, finding.fingerprint, reason=reason)
        for finding in findings
        if finding.file is not None and _RULE.fullmatch(finding.rule) and finding.rule != "INT001"
    ]


class Coverage:
    """Decides which findings of a run a baseline covers; each entry covers one finding of its rule and fingerprint.

    It is used up as it is called, hits in the order of the rows; the first ones are covered.
    """

    def __init__(self, entries: Iterable[Entry], folder: Path) -> None:
        self._folder = folder
        self._open: dict[tuple[str, str], list[Entry]] = {}
        # What is accepted on purpose is met first: it is the legacy that should shrink.
        for entry in sorted(entries, key=lambda each: each.kind is Kind.ACCEPTED):
            self._open.setdefault(entry.key, []).append(entry)
        self.used: list[Entry] = []

    def __call__(self, found: pl.DataFrame) -> pl.Series:
        """Return which of the hits in ``found`` (``rule``, ``path``, ``fingerprint``) are covered."""
        import polars as pl

        rows = zip(found["rule"], found["path"], found["fingerprint"], strict=True)
        return pl.Series([path is not None and self.take((rule, mark)) for rule, path, mark in rows], dtype=pl.Boolean)

    def take(self, key: tuple[str, str]) -> bool:
        """Consume one entry of a rule and fingerprint; return whether there was one."""
        waiting = self._open.get(key)
        if not waiting:
            return False
        self.used.append(waiting.pop())
        return True

    def unused(self, files: Collection[str], rules: Collection[str]) -> list[Entry]:
        """Return the entries that match nothing.

        Entries of rules that did not run are no such, nor are those of files that were not read, as long as the
        file is there.
        """
        read_ = {place_of(path, self._folder) for path in files}
        rest = (entry for waiting in self._open.values() for entry in waiting)
        return sorted(
            entry
            for entry in rest
            if entry.rule in rules and (entry.file in read_ or _is_gone(entry.file, self._folder))
        )

    def summary(self) -> Shown | None:
        """Return ``12 findings in the baseline (3 accepted, 9 legacy)``, and what that means; None for no finding."""
        if not self.used:
            return None
        kinds = Counter(entry.kind for entry in self.used)
        parts = ", ".join(f"{kinds[kind]:,} {kind.value}" for kind in (Kind.ACCEPTED, Kind.LEGACY) if kinds[kind])
        count = f"{len(self.used):,} {'finding' if len(self.used) == 1 else 'findings'}"
        return printable(f"{count} in the baseline ({parts}); gates that count findings ignore them")


def _is_gone(file: str, folder: Path) -> bool:
    return "://" not in file and not file.startswith("<") and not (folder / file).exists()


def unused_words(count: int) -> str:
    """Return the warning about entries that match no finding."""
    which = "entry matches" if count == 1 else "entries match"
    return f"{count:,} baseline {which} nothing; run datalint baseline --prune"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Findings to accept on purpose: all of a rule, or one by its fingerprint, with the reason."""

    rule: str
    fingerprint: str | None
    reason: str

    def covers(self, entry: Entry) -> bool:
        """Return whether the acceptance covers an entry."""
        return entry.rule == self.rule and self.fingerprint in (None, entry.fingerprint)


def accept(entries: Iterable[Entry], current: Iterable[Entry], acceptance: Acceptance) -> tuple[list[Entry], int]:
    """Mark entries of the baseline and ``current`` findings as accepted if the acceptance covers them.

    Returns the new entries, and how many of them the acceptance covers.
    """
    out: list[Entry] = []
    marked = 0
    found = [entry for entry in current if acceptance.covers(entry)]
    fresh = Counter(entry.key for entry in found)
    for entry in entries:
        covered = acceptance.covers(entry)
        fresh[entry.key] -= covered
        marked += covered
        out.append(replace(entry, kind=Kind.ACCEPTED, reason=acceptance.reason) if covered else entry)
    for entry in found:
        if fresh[entry.key] > 0:
            fresh[entry.key] -= 1
            marked += 1
            out.append(replace(entry, kind=Kind.ACCEPTED, reason=acceptance.reason))
    return out, marked


def fresh(entries: Iterable[Entry], current: Iterable[Entry]) -> list[Entry]:
    """Return those of the ``current`` findings that the baseline does not cover."""
    covered = Counter(entry.key for entry in entries)
    out = []
    for entry in current:
        if covered[entry.key] > 0:
            covered[entry.key] -= 1
        else:
            out.append(entry)
    return out


def shrunk(entries: Iterable[Entry], unused: Iterable[Entry], *, keep_accepted: bool) -> list[Entry]:
    """Return the entries without the ``unused`` ones; ``keep_accepted`` keeps entries that were accepted on purpose."""
    gone = Counter(entry for entry in unused if not (keep_accepted and entry.kind is Kind.ACCEPTED))
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
    if len(text) > _LONGEST_REASON:
        raise DatalintError(f"--reason has {len(text)} characters, more than {_LONGEST_REASON}; say it shorter")
    return text
