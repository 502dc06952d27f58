"""Which of the files that are read are sides of parallel text, and are read as pairs with the file of the other side.

Two texts are, if their names say so, both have as many lines, and neither belongs to a third one. In which order they
are read, their names say too; of two languages, the order in which they are given.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

from datalint.core.errors import DatalintError
from datalint.privacy.display import file_name
from datalint.records.record import Problem
from datalint.sources.base import LINES_OF_TEXT, Source
from datalint.sources.content import Content, of_file
from datalint.sources.data_files import KNOWN, TEXT, suffix_of
from datalint.sources.local_files import LocalFiles
from datalint.sources.opening import Opening
from datalint.sources.parallel.reader import ParallelLines, read_lines
from datalint.sources.parallel.roles import Roles, roles_of
from datalint.sources.parallel.tags import ordered_three, with_tags
from datalint.sources.parallel.unrelated_lines import READ, have_other_lengths
from datalint.sources.side_names import UP, side_names
from datalint.sources.sniff import OpenSettings, text_opening
from datalint.support.named_tuple import NamedTuple

#: Texts of a dataset whose other sides are looked for at most.
_MOST: Final = 200
#: Bytes of a line, and of a text, from which on lines are read alone.
LONGEST: Final = 64 << 20
_LARGEST: Final = 4 << 30
#: Texts whose lines are read together at most.
_TOGETHER: Final = 3
#: Share of the lines of the other side that a text has at least, if it may lack some of them.
_NEARLY: Final = 0.9


#: The rows that were read and are still in use, by the files, their versions and how they are read.
_read: Final[WeakValueDictionary[tuple[object, ...], ParallelLines]] = WeakValueDictionary()


def with_pairs(sources: list[Source], named: Sequence[str], settings: OpenSettings) -> list[Source]:
    """Return the sources with one of pairs in place of each text whose other side is known, and of that side.

    ``named`` are the real paths of the files that the user named, in order.
    """
    texts = [source for source in sources if source.container == LINES_OF_TEXT and _is_file(source)]
    if not 0 < len(texts) <= _MOST:
        return sources
    pairing = _Pairing(named, settings)
    made: dict[str, ParallelLines] = {}
    for source in texts:
        if os.path.realpath(source.path) in made:
            continue
        if (found := pairing.rows_of(source)) is not None:
            made.update((os.path.realpath(path), found) for path in (found.path, *found.read_nearby))
        else:
            pairing.note_on(source)
    read = (made.get(os.path.realpath(source.path), source) if made else source for source in sources)
    return [*{id(source): source for source in read}.values()]


def read_again(source: ParallelLines, contents: Sequence[Content], label: str) -> ParallelLines:
    """Return the rows of other contents of the same files, such as those of a revision, which ``label`` names."""
    paths = (source.path, *source.read_nearby)
    sides = [
        text_opening(content, f"{label}:{path}", OpenSettings()) for content, path in zip(contents, paths, strict=True)
    ]
    return read_lines(sides, source.names, source.roles)


def files_near(path: str) -> Iterator[Path]:
    """Yield the files that may have the other side of the one at a path, by their names; none for other than texts."""
    if _is_text(path):
        yield from (Path(path).parent / name for name in _names_near(path, LocalFiles([path])))


def _is_text(path: str) -> bool:
    suffix = suffix_of(Path(path))
    return suffix in TEXT or suffix not in KNOWN


def _names_near(path: str, nearby: LocalFiles) -> list[str]:
    """Return the names of the files, from the folder of a text, that may have its other side."""
    place = Path(path)
    return [
        name
        for name in dict.fromkeys(side_names(place.name, place.absolute().parent.name))
        if (nearby.is_near(0, name) if name.startswith(UP) else nearby.has(0, name))
        and not _is_same(place.parent / name, path)
    ]


def _is_file(source: Source) -> bool:
    """Return whether a source is a file of text under its own name, not a stream or a download with one."""
    original = getattr(source, "original", None)
    is_own = original is not None and bool(original.path) and original.path == str(Path(source.path))
    return is_own and _is_text(source.path)


class _Text(NamedTuple):
    """A text, and its lines up to the last one that is not blank."""

    opening: Opening
    lines: int


class _Pairing:
    """Looks for the other sides of texts."""

    def __init__(self, named: Sequence[str], settings: OpenSettings) -> None:
        self._named = [*named]
        self._settings = settings
        self._texts: dict[str, _Text | None] = {}
        self._there: dict[str, list[str]] = {}
        self._sides: dict[str, list[str]] = {}
        self._looked_for: dict[str, bool] = {}
        self._noted: set[str] = set()

    def rows_of(self, source: Source) -> ParallelLines | None:
        """Return the rows of a text and its only other side, or its two other sides; None if it belongs to others too.

        Of three texts, one has labels. The other two have words and their tags, or are compared. Where a text belongs
        to several others, those are read with it that the user named.
        """
        sides = self._sides_of(source.path)
        found = self._together(source.path, sides)
        if found is None and len(sides) > 1 and (named := [each for each in sides if self._is_named(each)]) != sides:
            found = self._together(source.path, named, self._named)
        return found

    def _is_named(self, path: str) -> bool:
        return os.path.realpath(path) in self._named

    def _together(self, path: str, sides: Sequence[str], within: Sequence[str] | None = None) -> ParallelLines | None:
        """Return the rows of a text and its other sides, of which none belongs to another text, ``within`` some."""
        group = [path, *sides]
        if not 1 < len(group) <= _TOGETHER or any(not self._is_of(each, group, within) for each in sides):
            return None
        texts = {path: text.opening for path in group if (text := self._text(path)) is not None}
        ordered = self._ordered(texts) if len(texts) == len(group) else None
        if ordered is None:
            return None
        paths, roles = ordered
        names = [Path(os.path.relpath(path, Path(paths[0]).parent)).as_posix() for path in paths[1:]]
        # Files next to the data are opened several times before it is known what they are.
        openings = [texts[path] for path in paths]
        key = (*paths, *(each.original.version for each in openings), *roles.keys, self._settings.chunk_bytes)
        if (made := _read.get(key)) is None:
            made = _read[key] = read_lines(openings, names, roles)
            made.read_nearby, made.looked_for = tuple(paths[1:]), self._looked_for
        return made

    def _is_of(self, path: str, group: Sequence[str], within: Sequence[str] | None) -> bool:
        """Return whether a text of a group has other sides, and none outside of the group."""
        sides = {os.path.realpath(each) for each in self._sides_of(path)}
        sides = sides if within is None else sides.intersection(within)
        return bool(sides) and sides <= {os.path.realpath(each) for each in group}

    def _ordered(self, texts: Mapping[str, Opening]) -> tuple[list[str], Roles] | None:
        """Return the paths of texts in the order in which they are read, and their roles; None if these are unclear."""
        paths = [*texts]
        if len(paths) == _TOGETHER:
            return ordered_three(texts)
        roles = self._roles(*paths)
        if roles is None:
            return None
        paths = paths[::-1] if roles.swapped else paths
        return paths, with_tags(roles, *(texts[path] for path in paths))

    def note_on(self, source: Source) -> None:
        """Add a note to a text if the only other side by its name has some lines more or less."""
        there = self._there.get(source.path, [])
        if len(there) != 1 or self._sides[source.path]:
            return
        other = (Path(source.path).parent / there[0]).as_posix()
        roles, one, two = roles_of(Path(source.path), Path(other)), self._text(source.path), self._text(other)
        if roles is None or one is None or two is None or not _are_near(one.lines, two.lines):
            return
        if os.path.realpath(other) in self._noted:
            return
        self._noted.add(os.path.realpath(source.path))
        said = f"not read as pairs with {file_name(there[0])}: they have {one.lines:,} and {two.lines:,} lines"
        source.problems = (*source.problems, Problem("invalid-row", said, severity="info", is_note=True))  # type: ignore[attr-defined]

    def _roles(self, path: str, other: str) -> Roles | None:
        roles = roles_of(Path(path), Path(other))
        if roles is None or not roles.languages or not (self._is_named(path) and self._is_named(other)):
            return roles
        first, second = (self._named.index(os.path.realpath(each)) for each in (path, other))
        is_second = first > second
        return roles.reversed() if is_second != roles.swapped else roles

    def _sides_of(self, path: str) -> list[str]:
        """Return the paths of all texts that may be other sides of one."""
        if path not in self._sides:
            self._sides[path] = []
            place = Path(path)
            # What is next to a link is not next to the file.
            if os.path.realpath(place.parent) != os.path.dirname(os.path.realpath(path)):  # noqa: PTH120
                return []
            nearby = LocalFiles([path], self._settings.confine)
            there = _names_near(path, nearby)
            self._looked_for.update(nearby.looked_for)
            self._there[path] = there
            others = ((place.parent / name).as_posix() for name in there)
            self._sides[path] = [other for other in others if self._belong(path, other)]
        return self._sides[path]

    def _belong(self, path: str, other: str) -> bool:
        """Return whether two texts have as many lines, and do not seem to be about different things."""
        one, two = self._text(path), self._text(other)
        if one is None or two is None or one.lines != two.lines:
            return False
        roles = roles_of(Path(path), Path(other))
        if roles is None or not roles.languages:
            return True
        return not have_other_lengths(*(each.opening.content.read(each.opening.start, READ) for each in (one, two)))

    def _text(self, path: str) -> _Text | None:
        """Return a text with its lines; None for a file that is no text, is very large or has very long lines."""
        if path not in self._texts:
            self._texts[path] = None
            try:
                self._settings.confine.check(path)
                opening = text_opening(of_file(path), path, self._settings)
                lines = _count(opening.content, opening.start)
            except (DatalintError, OSError):
                return None
            self._texts[path] = None if lines is None else _Text(opening, lines)
        return self._texts[path]


def _count(content: Content, start: int) -> int | None:
    """Return the number of lines up to the last one that is not blank; None if there is none, or it is too much."""
    if content.size > _LARGEST:
        return None
    lines = last = run = 0
    for block in content.blocks(start):
        end = block.rfind(b"\n")
        run = run + len(block) if end < 0 else len(block) - end - 1
        if run > LONGEST:
            return None
        if text := block.rstrip():
            last = lines + text.count(b"\n") + 1
        lines += block.count(b"\n")
    return last or None


def _are_near(one: int, other: int) -> bool:
    """Return whether two texts have other numbers of lines, of which one is nearly the other."""
    return one != other and min(one, other) >= _NEARLY * max(one, other)


def _is_same(one: Path, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
