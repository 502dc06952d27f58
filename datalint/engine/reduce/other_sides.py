"""Plain texts whose lines belong to those of another file: a parallel corpus, or labels in a file of their own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.files import open_regular
from datalint.core.fix import Action
from datalint.engine.reduce.unrelated_lines import are_unrelated
from datalint.sources.inflate import SUFFIXES
from datalint.sources.side_files import (
    CODES,
    annotated_names,
    annotation_names,
    compared_names,
    evaluated_words,
    names_by_suffix,
    other_languages,
    other_words,
)
from datalint.support.names.language_codes import ISO_639_1, LANGUAGES, OF_FILES, OF_PARTS, WHOLE
from datalint.support.names.locales import PATTERN, other_locales

if TYPE_CHECKING:
    from datalint.engine.plan import Active
    from datalint.records.analyses import FileFinder
    from datalint.records.record import FileFacts
    from datalint.sources import Source

#: The container whose rows are the lines of a text.
LINES: Final = "text"
_CODES: Final = tuple(sorted(code for code in LANGUAGES | WHOLE if len(code) == 2))
#: Those that are all of a name (``yue.txt``); ``id`` or ``no`` mean something else next to other words.
_NAMES: Final = tuple(sorted({*CODES, *OF_FILES}))
_PART: Final = r"[A-Za-z]+"
#: A name with the code of a language before its suffix, and one with how many lines there are, perhaps numbered itself.
_CODED: Final = r"(.+)\.([a-z]{2,3})"
_COUNTED: Final = r"([A-Za-z]+)[-_.]?(\d{2,9})(?:[-_.]\d)?"
#: Characters between the parts of a name.
_JOINTS: Final = "_-."
#: The way to a folder next to that of a text.
_UP: Final = "../"
#: Bytes of a text whose lines are counted at most.
_MOST: Final = 256 << 20


def sides_of(files: Sequence[FileFacts | Source], nearby: FileFinder | None) -> dict[int, str]:
    """Return the name of the file with the other side of each plain text that has one, by the number of the text.

    Names are relative to the folder of the text: a side in the folder of another language is ``../de/train.txt``.
    """
    if nearby is None:
        return {}
    found = {}
    lengths: dict[Path, tuple[float, float] | None] = {}
    for number, facts in enumerate(files):
        if facts.container != LINES:
            continue
        path = Path(facts.path)
        other = other_side(path.name, _finder(path, number, nearby, lengths), path.absolute().parent.name)
        if other is not None:
            found[number] = other
    return found


def annotations_of(path: Path, number: int, nearby: FileFinder | None) -> Sequence[str]:
    """Return the names of the files with a label for each line of a plain text, or with its tokens, tags and so on."""
    if nearby is None:
        return ()
    belongs = _finder(path, number, nearby, {})
    return [each for each in dict.fromkeys(annotation_names(path.name)) if belongs(each)]


def _finder(
    path: Path, number: int, nearby: FileFinder, lengths: dict[Path, tuple[float, float] | None]
) -> Callable[[str], bool]:
    """Return a function that returns whether there is a file of a name, and it has a line for each line of a text."""

    def belongs(name: str) -> bool:
        there = nearby.is_near(number, name) if name.startswith(_UP) else nearby.has(number, name)
        if not there:
            return False
        nearby.read.add(str(path.parent / name))
        return _as_long(path, path.parent / name, lengths) and not are_unrelated(path, path.parent / name)

    return belongs


def _as_long(path: Path, other: Path, known: dict[Path, tuple[float, float] | None]) -> bool:
    """Return whether two texts have as many lines; what is compressed or very large is not read for that.

    ``known`` are the numbers of lines of texts that were counted.
    """
    for each in (path, other):
        if each not in known:
            known[each] = count_lines(each)
    mine, theirs = known[path], known[other]
    return mine is None or theirs is None or any(one == two for one, two in zip(mine, theirs, strict=True))


def count_lines(path: Path) -> tuple[float, float] | None:
    """Return the number of lines of a text, and that of the lines that are not empty; None if they are not counted.

    A side of a parallel text has an empty line for what nobody translated, and may have one more at its end. A text
    that cannot be read has as many lines as no other.
    """
    lines = filled = 0
    try:
        if path.suffix.lower() in SUFFIXES or path.stat().st_size > _MOST:
            return None
        with open_regular(path) as file:
            for line in file:
                lines += 1
                filled += bool(line.strip())
    except OSError:
        return math.nan, math.nan
    return lines, filled


def other_side(name: str, belongs: Callable[[str], bool | None], folder: str = "") -> str | None:
    """Return the name of the file with the other side: ``train_en.txt`` for ``train_fr.txt``, or one of labels.

    Args:
        name: the name of a text.
        belongs: returns whether there is a file of a name, and it has a line for each line.
        folder: the name of the folder with the text, which may be that of one side: ``../fr/train.txt``.
    """
    stem, _, suffix = name.rpartition(".")
    if not stem:
        named = (names_by_suffix(name), _with_word(name, name))
        return next((each for names in named for each in names if belongs(each)), None)
    sources = (
        _with_locale(name, stem),
        _with_word(name, stem),
        _of_languages(stem, suffix),
        names_by_suffix(name),
        annotation_names(name),
        annotated_names(stem, suffix),
        (f"{each}.{suffix}" for each in compared_names(stem)),
        _with_language(name, stem),
        _with_code(stem, suffix),
        _with_number(stem, suffix),
        _in_other_folder(name, folder),
    )
    return next((each for names in sources for each in names if belongs(each)), None)


def _with_locale(name: str, stem: str) -> Iterator[str]:
    """Yield names with another language that has a region or a script: ``a.en-us.txt`` for ``a.pt-br.txt``."""
    for part in re.finditer(rf"(?<![A-Za-z])(?=({PATTERN}))", stem):
        yield from (name[: part.start()] + each + name[part.end(1) :] for each in other_languages(part[1]))


def _with_language(name: str, stem: str) -> Iterator[str]:
    """Yield names with a region or script of another language: ``a.pt-br.txt`` for ``a.en.txt``."""
    for part in re.finditer(_PART, stem):
        if part.group() in _CODES:
            yield from (name[: part.start()] + each + name[part.end() :] for each in other_languages(part.group()))


def _with_word(name: str, stem: str) -> Iterator[str]:
    """Yield names with another word for a side or a language: ``tgt-train.txt`` for ``src-train.txt``."""
    for part in re.finditer(_PART, stem):
        for each in _others(part.group()):
            yield name[: part.start()] + each + name[part.end() :]


def _with_code(stem: str, suffix: str) -> Iterator[str]:
    """Yield names with the code of another language before the suffix: ``train.br.txt`` for ``train.as.txt``."""
    found = re.fullmatch(_CODED, stem)
    if found is not None and found[2] in OF_PARTS:
        yield from (f"{found[1]}.{each}.{suffix}" for each in sorted(OF_PARTS) if each != found[2])


def _with_number(stem: str, suffix: str) -> Iterator[str]:
    """Yield names of another side with the same number: ``complex-900.txt`` for ``simp900-1.txt`` and the reverse."""
    found = re.fullmatch(_COUNTED, stem)
    for word, joint in product(_others(found[1]) if found is not None else (), ("", *_JOINTS)):
        start = f"{word}{joint}{found[2] if found is not None else ''}"
        yield from (f"{start}{end}.{suffix}" for end in ("", *(f"{each}1" for each in _JOINTS)))


def _in_other_folder(name: str, folder: str) -> Iterator[str]:
    """Yield where the other side is in a folder of its own: ``../fr/train.txt``, or ``../fr/train_fr.txt``."""
    for each in (*_others(folder), *other_locales(folder)):
        yield f"{_UP}{each}/{name}"
        renamed = re.sub(rf"(?<![A-Za-z]){re.escape(folder)}(?![A-Za-z])", each, name)
        if renamed != name:
            yield f"{_UP}{each}/{renamed}"


def _of_languages(stem: str, suffix: str) -> Iterator[str]:
    """Yield the names of other languages for a name that is a language: ``en.txt`` for ``yue.txt``."""
    code = stem.lower()
    if code in _NAMES:
        yield from (f"{each.upper() if stem.isupper() else each}.{suffix}" for each in _NAMES if each != code)


def _others(part: str) -> Sequence[str]:
    """Return what may stand in the place of a part of a name on the other side, in the case of that part."""
    # Most runs have no lines of text that repeat.
    from datalint.support.names.language_names import LANGUAGE_NAMES

    word = part.lower()
    found: Sequence[str] = [*other_words(word), *evaluated_words(word)]
    if word in _CODES or word in ISO_639_1:
        # One of both is no rare code, which may be another word.
        found = sorted(({*_CODES} | ISO_639_1 if word in _CODES else {*_CODES}) - {word})
    if word in LANGUAGE_NAMES:
        found = sorted({*LANGUAGE_NAMES} - {word})
    return [each.title() if part.istitle() else each.upper() if part.isupper() else each for each in found]


def without_removals(hits: pl.DataFrame, rules: Sequence[Active], sides: dict[int, str]) -> pl.DataFrame:
    """Return placed hits without the fixes that remove lines of one side alone: all after them would lose their own."""
    if not sides or not hits.height:
        return hits
    removing = [
        number
        for number, active in enumerate(rules)
        if active.rule.fix is not None and active.rule.fix.action in (Action.REMOVE, Action.KEEP_ONE)
    ]
    kept = ~(pl.col("rule").is_in(removing) & pl.col("file").is_in(list(sides)).fill_null(False))
    return hits.with_columns(pl.when(kept).then("fix").alias("fix"))
