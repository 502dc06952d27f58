"""The parts of a workbook to which cells refer: its sheets, shared texts and formats of numbers."""

from __future__ import annotations

import re
from typing import Final

from datalint.core.errors import DatalintError
from datalint.sources.workbooks.number_text import is_date_format
from datalint.sources.workbooks.package import DamagedError, Package, place_of
from datalint.support.named_tuple import NamedTuple

#: Texts that cells share are kept in memory: bytes of all, with those that an object takes.
_MOST_TEXT: Final = 512 << 20
_OBJECT: Final = 64
#: Tags of the small parts.
_MOST_TAGS: Final = 100_000
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = range(0xD800, 0xE000)
_USUAL: Final = "xl/workbook.xml"


class SheetPart(NamedTuple):
    """A sheet with cells: its name, its part, and whether Excel hides it."""

    name: str
    part: str
    hidden: bool


class Book(NamedTuple):
    """The sheets of a workbook in their order, the parts with shared texts and styles, and its calendar."""

    sheets: tuple[SheetPart, ...]
    texts: str | None
    styles: str | None
    since_1904: bool


class _Tags:
    """The start tags of some names, with their attributes, in order."""

    def __init__(self, *wanted: str) -> None:
        self._wanted = wanted
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._wanted:
            self.found.append((name, attributes))
            if len(self.found) > _MOST_TAGS:
                raise DamagedError(f"more than {_MOST_TAGS:,} tags {name}")

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def read_book(package: Package) -> Book:
    """Return the sheets of a workbook and the parts that they need."""
    main = next((target for kind, target in _related(package, "").values() if kind == "officeDocument"), _USUAL)
    tags = _Tags("workbookPr", "sheet")
    package.read_all(main, tags)
    related = _related(package, main)
    sheets: list[SheetPart] = []
    since_1904 = False
    for name, attributes in tags.found:
        if name == "workbookPr":
            since_1904 = attributes.get("date1904") in ("1", "true", "on")
            continue
        key = next((value for given, value in attributes.items() if given.endswith(":id") or given == "id"), "")
        kind, part = related.get(key, ("", ""))
        # Others are charts and dialogs.
        if kind == "worksheet":
            sheets.append(SheetPart(attributes.get("name", ""), part, attributes.get("state", "visible") != "visible"))
    parts = dict(related.values())
    return Book(tuple(sheets), parts.get("sharedStrings"), parts.get("styles"), since_1904)


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the part of each relationship of a part, by its name."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels".lstrip("/")
    if not package.has(listed):
        return {}
    tags = _Tags("Relationship")
    package.read_all(listed, tags)
    return {
        each.get("Id", ""): (each.get("Type", "").rpartition("/")[2], place_of(each.get("Target", ""), part))
        for _, each in tags.found
        if each.get("TargetMode") != "External"
    }


def read_dates(package: Package, book: Book) -> frozenset[str]:
    """Return the styles, by their numbers as cells name them, whose numbers are dates or times."""
    if book.styles is None or not package.has(book.styles):
        return frozenset()
    # The formats of cells are those of the section cellXfs alone.
    tags = _Tags("numFmt", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles", "xf")
    package.read_all(book.styles, tags)
    codes: dict[str, str] = {}
    found: list[str] = []
    section = ""
    for name, attributes in tags.found:
        if name == "numFmt" and section != "dxfs":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and section == "cellXfs":
            found.append(attributes.get("numFmtId", "0"))
        elif name not in ("numFmt", "xf"):
            section = name
    return frozenset(
        str(place)
        for place, number in enumerate(found)
        if is_date_format(int(number) if number.isdecimal() else 0, codes.get(number))
    )


class _Texts:
    """Shared texts, which may consist of runs; how they are pronounced is no part of them."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.found: list[str] = []
        self._parts: list[str] = []
        self._is_open = False
        self._size = 0
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._is_open = not self._phonetic
        elif name == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        if name == "t":
            self._is_open = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            self.found.append(unescaped("".join(self._parts)))
            self._parts.clear()
            self._size += _OBJECT
            self._check()

    def text(self, data: str) -> None:
        if self._is_open:
            self._parts.append(data)
            self._size += len(data.encode()) if not data.isascii() else len(data)
            self._check()

    def _check(self) -> None:
        if self._size > _MOST_TEXT:
            raise DatalintError(
                f"{self._path} has more than {_MOST_TEXT >> 20} MiB of different texts: save its sheet as CSV"
            )


def read_texts(package: Package, book: Book) -> list[str]:
    """Return the texts that cells refer to by their numbers."""
    if book.texts is None or not package.has(book.texts):
        return []
    texts = _Texts(package.path)
    package.read_all(book.texts, texts)
    return texts.found


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, or that are written as ``_x000D_``."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code in _SURROGATES else chr(code)
