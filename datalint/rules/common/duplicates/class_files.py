"""Copies in files of several classes, such as ``pos.txt`` and ``neg.txt``: one text that has two labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePath
from typing import Final

from datalint.api import Dataset, Group, Hit, NamedTuple, Places, Severity, counted, excerpt, listed, others
from datalint.languages.brief import is_brief
from datalint.rules.common.duplicates.brief import BRIEF_WORDS
from datalint.support.names.class_names import CLASSES, named_like_class, without_class

#: The shape of the lines of a text, which have no label but the name of their file.
_LINES: Final = "text"
_SPACELESS: Final = 5
_SHOWN: Final = 3
#: Texts that are shown or looked at, the first ones: each is read again.
_READ: Final = 10_000


class _Class(NamedTuple):
    """The class of a file, and what its name is without it, which other classes of the set share."""

    name: str
    of: tuple[str, ...]


def without_class_files(data: Dataset, groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return groups of rows with one text in two parts: the others, and those in files of several classes."""
    classes = data.once(_classes) if groups else {}
    if not classes:
        return list(groups), []
    files, shapes = data.examples["file"], data.examples["shape"]
    parts: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        mine = {classes.get(files[row]) for row in group.rows}
        several = len(mine) > 1 and None not in mine and len({each.of for each in mine if each is not None}) == 1
        parts[several and shapes[group.rows[0]] == _LINES].append(group)
    return parts


def class_conflicts(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for each text that is in files of several classes, and one note for those of a few words."""
    found = sorted(
        chain(*(without_class_files(data, groups)[1] for groups in (data.exact, data.normalized))), key=_last
    )
    if not found:
        return
    places, classes, files = Places(data), data.once(_classes), data.examples["file"]
    texts = [text.response for text in data.texts([_last(group) for group in found[:_READ]])]
    brief = {
        _last(group): text
        for group, text in zip(found, texts, strict=False)
        if is_brief(text, words=BRIEF_WORDS, spaceless=_SPACELESS)
    }
    for group in found:
        last = _last(group)
        if last not in brief:
            here = classes[files[last]].name
            first = next(row for row in group.rows if classes[files[row]].name != here)
            there = f'"{classes[files[first]].name}" ({places.of(first, last)})'
            rest = [row for row in group.rows if row != last]
            yield Hit(f'one text in files of two classes: "{here}" here, {there}', at=last, related=others(rest))
    if brief:
        named = [f'"{excerpt(text, 30)}"' for text in list(brief.values())[:_SHOWN]]
        first, *rest = sorted(brief)
        yield Hit(
            f"{counted(len(brief), 'text')} of up to {BRIEF_WORDS} words in files of several classes, as people may mean "
            f"either: {listed(named, len(brief), _SHOWN)}",
            at=first,
            related=others(rest),
            severity=Severity.INFO,
            key="brief classes",
        )


def _last(group: Group) -> int:
    return max(group.rows)


def _classes(data: Dataset) -> dict[int, _Class]:
    """Return the classes of the files that are named by one, or whose folder is and which are one text each."""
    rows = data.examples["file"].value_counts()
    counts = dict(zip(rows["file"], rows["count"], strict=True))
    found = {}
    for file, count in sorted(counts.items()):
        path = PurePath(data.files[file].path)
        folder = path.parent.name.lower()
        if name := named_like_class(path.name):
            found[file] = _Class(name, (str(path.parent), *without_class(path.name)))
        elif folder in CLASSES and count == 1:
            found[file] = _Class(folder, (str(path.parent.parent),))
    return found if len({each.name for each in found.values()}) > 1 else {}
