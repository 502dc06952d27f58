"""A configuration file as values, with the line of each key and list element."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from datalint.config.files import DISK, Files
from datalint.config.values import Trail, dotted
from datalint.core.errors import DatalintError, unreadable
from datalint.privacy.display import excerpt, printable
from datalint.support.classes import frozen

#: File names in order of precedence; the last counts only with a ``[tool.datalint]`` table.
NAMES: Final = (".datalint.toml", "datalint.toml", "pyproject.toml")
_TABLE: Final = ("tool", "datalint")

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^\s,\]\}#=.]+")
_ATOM = re.compile(r"[^,\]\}#\n]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")


@frozen
class ConfigDocument:
    """The values of a configuration file; ``name`` is its path in messages, ``path`` is None without a file.

    ``prefix`` is what stands before a key in the file (``tool``, ``datalint``), ``lines`` maps the whole
    trail of a key or list element to its 1-based line.
    """

    name: str
    folder: Path
    path: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    lines: dict[Trail, int] = field(default_factory=dict)

    def where(self, trail: Trail) -> str:
        """Return ``file:line`` of the nearest element on ``trail`` that has a line."""
        whole = (*self.prefix, *trail)
        for length in range(len(whole), 0, -1):
            if whole[:length] in self.lines:
                return f"{self.name}:{self.lines[whole[:length]]}"
        return self.name

    def table(self, trail: Trail) -> str:
        """Return the name of a table as the file writes it in brackets, or nothing for the file's top."""
        return dotted((*self.prefix, *trail))


def discover(start: Path, shown: Callable[[Path], str], files: Files = DISK) -> ConfigDocument | None:
    """Return the nearest configuration from the folder ``start`` upwards.

    In one folder ``.datalint.toml`` goes before ``datalint.toml``, and both before a ``pyproject.toml`` that
    has a table ``[tool.datalint]``; without the table that file is passed over.
    """
    for folder in (start, *start.parents):
        for path in (folder / name for name in NAMES):
            document = read_document(path, shown(path), files) if files.is_file(path) else None
            if document is not None:
                return document
    return None


def read_document(path: Path, name: str, files: Files = DISK) -> ConfigDocument | None:
    """Read a configuration file; None for a ``pyproject.toml`` without ``[tool.datalint]``.

    Raises:
        DatalintError: in one sentence with file and line, when it can't be read or is not TOML.
    """
    name = printable(name)
    try:
        text = files.read(path).decode("utf-8-sig")
    except OSError as error:
        raise DatalintError(unreadable(name, error)) from None
    except UnicodeDecodeError as error:
        raise DatalintError(f"{name}: is not UTF-8 at byte {error.start}") from None
    prefix = _TABLE if path.name == "pyproject.toml" else ()
    # A pyproject.toml that never speaks of datalint is not parsed: its mistakes are another tool's to report.
    if prefix and "datalint" not in text:
        return None
    values, lines = _parse(text, name)
    for key in prefix:
        if not isinstance(values, dict) or key not in values:
            return None
        values = values[key]
    document = ConfigDocument(name, path.parent, path, values, prefix, lines)
    if not isinstance(values, dict):
        raise DatalintError(f"{document.where(())}: tool.datalint must be a table")
    return document


def _parse(text: str, name: str) -> tuple[dict[str, Any], dict[Trail, int]]:
    import tomllib

    try:
        return tomllib.loads(text), scan(text)
    except RecursionError:
        raise DatalintError(f"{name}: is nested too deeply") from None
    except ValueError as error:
        raise DatalintError(_syntax(str(error), text, name)) from None


def _syntax(reason: str, text: str, name: str) -> str:
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", reason, re.DOTALL)
    if not match:
        return f"{name}: is not TOML: {excerpt(reason, 120)}"
    what, line, column = match.groups()
    place = f"{name}:{line or text.count(chr(10)) + 1}"
    ending = f" at column {column}" if column else " at the end of the file"
    return f"{place}: is not TOML: {excerpt(what[:1].lower() + what[1:], 120)}{ending}"


def scan(text: str) -> dict[Trail, int]:
    """Return the line of every table, key and list element of ``text``, which must be valid TOML."""
    return _Scanner(text.replace("\r\n", "\n")).run()


class _Scanner:
    """Scanner of TOML that tomllib has accepted, so it never fails."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Trail, int] = {}
        self.line = 1
        self.counted = 0
        self.elements: dict[Trail, int] = {}

    def run(self) -> dict[Trail, int]:
        table: Trail = ()
        while self.skip():
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def skip(self) -> bool:
        """Skip white space and comments; return False at the end."""
        self.at = self.match(_SPACE)
        return self.at < len(self.text)

    def match(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        return found.end() if found else self.at

    def mark(self, trail: Trail, at: int) -> None:
        """Record the line of ``at`` for ``trail``, and for its parents without a line."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        for length in range(1, len(trail) + 1):
            self.lines.setdefault(trail[:length], self.line)

    def header(self) -> Trail:
        start, double = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        self.skip()
        named = self.resolve(self.key())
        if double:
            self.elements[named] = self.elements.get(named, -1) + 1
            named = (*named, self.elements[named])
        self.mark(named, start)
        self.at = self.text.index("]", self.at) + (2 if double else 1)
        return named

    def resolve(self, parts: list[str]) -> Trail:
        """Turn a header's key into a trail through the arrays of tables that it passes."""
        trail: Trail = ()
        for index, part in enumerate(parts):
            trail = (*trail, part)
            if trail in self.elements and index < len(parts) - 1:
                trail = (*trail, self.elements[trail])
        return trail

    def key(self) -> list[str]:
        parts = []
        while True:
            end = self.match(_STRING)
            end = end if end > self.at else self.match(_BARE)
            parts.append(_plain(self.text[self.at : end]))
            self.at = end
            dot = self.match(_DOT)
            if dot == self.at:
                return parts
            self.at = dot

    def pair(self, table: Trail) -> None:
        start = self.at
        trail = (*table, *self.key())
        self.mark(trail, start)
        self.at = self.text.index("=", self.at) + 1
        self.value(trail)

    def value(self, trail: Trail) -> None:
        self.skip()
        opening = self.text[self.at]
        if opening == "[":
            self.group(trail, "]")
        elif opening == "{":
            self.group(trail, "}")
        else:
            end = self.match(_STRING)
            self.at = end if end > self.at else self.match(_ATOM)

    def group(self, trail: Trail, closing: str) -> None:
        """Skip a list or an inline table."""
        self.at += 1
        index = 0
        while self.skip() and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
                continue
            if closing == "}":
                self.pair(trail)
            else:
                self.mark((*trail, index), self.at)
                self.value((*trail, index))
            index += 1
        self.at += 1


def _plain(key: str) -> str:
    import tomllib

    return next(iter(tomllib.loads(f"{key} = 0"))) if key[:1] in "\"'" else key
