"""Plain texts whose lines belong to those of another file: a parallel corpus, or labels in a file of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.core.fix import Action
from datalint.sources.data_files import SIDES
from datalint.sources.side_files import CODES
from datalint.support.language_codes import LANGUAGES, OF_FILES, WHOLE

if TYPE_CHECKING:
    from datalint.engine.plan import Active
    from datalint.records.analyses import FileFinder
    from datalint.records.record import FileFacts
    from datalint.sources import Source

#: The container whose rows are the lines of a text.
LINES: Final = "text"
#: Words for texts, and for what another file has for each of them.
_TEXTS: Final = (
    "text", "texts", "sentence", "sentences", "sent", "sents", "tweet", "tweets", "review", "reviews", "comment",
    "comments", "data", "tokens", "words",
)  # fmt: skip
_LABELS: Final = ("label", "labels", "tag", "tags")
#: Names of the two sides of pairs of files, besides those of languages.
_SIDES: Final = (
    ("src", "tgt"), ("src", "trg"), ("in", "out"), ("source", "target"), ("article", "summary"),
    ("articles", "summaries"), ("question", "answer"), ("questions", "answers"), *product(_TEXTS, _LABELS),
)  # fmt: skip
_CODES: Final = tuple(sorted(code for code in LANGUAGES | WHOLE if len(code) == 2))
#: Those that are all of a name (``yue.txt``); ``id`` or ``no`` mean something else next to other words.
_NAMES: Final = tuple(sorted({*CODES, *OF_FILES}))
_PART: Final = r"[A-Za-z]+"
#: Characters between the name of a file and a word for its labels.
_JOINTS: Final = "_-."
#: Bytes of a text whose lines are counted at most.
_MOST: Final = 256 << 20


def sides_of(files: Sequence[FileFacts | Source], nearby: FileFinder | None) -> dict[int, str]:
    """Return the name of the file with the other side of each plain text that has one, by the number of the text."""
    if nearby is None:
        return {}
    found = {}
    for number, facts in enumerate(files):
        path = Path(facts.path)
        other = other_side(path.name, partial(nearby.has, number)) if facts.container == LINES else None
        if other is not None and _as_long(path, path.with_name(other)):
            found[number] = other
    return found


def _as_long(path: Path, other: Path) -> bool:
    """Return whether two texts have as many lines; what is compressed or very large is not read for that."""
    try:
        counted = path.name.endswith(".txt") or path.suffix[1:].lower() in CODES
        if not counted or max(path.stat().st_size, other.stat().st_size) > _MOST:
            return True
        return any(mine == theirs for mine, theirs in zip(_lines(path), _lines(other), strict=True))
    except OSError:
        return False


def _lines(path: Path) -> tuple[int, int]:
    """Return the number of lines of a text, and that of the lines that are not empty.

    A side of a parallel text has an empty line for what nobody translated, and may have one more at its end.
    """
    lines = filled = 0
    with path.open("rb") as file:
        for line in file:
            lines += 1
            filled += bool(line.strip())
    return lines, filled


def other_side(name: str, exists: Callable[[str], bool | None]) -> str | None:
    """Return the name of the file with the other side: ``train_en.txt`` for ``train_fr.txt``, or one of labels."""
    stem, _, suffix = name.rpartition(".")
    if not stem:
        return None
    for part in re.finditer(_PART, stem):
        word = part.group()
        for each in _others(word.lower()):
            each = each.title() if word.istitle() else each.upper() if word.isupper() else each
            other = name[: part.start()] + each + name[part.end() :]
            if exists(other):
                return other
    others = _others(suffix) if f".{suffix}" in SIDES else _languages_but(suffix.lower())
    sides = (f"{stem}.{each}" for each in others)
    names = (*_of_languages(stem, suffix), *sides, *_of_labels(stem, suffix))
    return next((each for each in names if exists(each)), None)


def _of_languages(stem: str, suffix: str) -> Iterator[str]:
    """Yield the names of other languages for a name that is a language: ``en.txt`` for ``yue.txt``."""
    code = stem.lower()
    if code in _NAMES:
        yield from (f"{each.upper() if stem.isupper() else each}.{suffix}" for each in _NAMES if each != code)


def _languages_but(code: str) -> Sequence[str]:
    """Return the codes of languages but for one; none if it is none."""
    return [each for each in CODES if each != code] if code in CODES else ()


def _others(part: str) -> Sequence[str]:
    """Return what may stand in the place of a part of a name on the other side."""
    # Most runs have no lines of text that repeat.
    from datalint.shapes.evidence.names import LANGUAGE_NAMES

    for names in (_CODES, LANGUAGE_NAMES):
        if part in names:
            return sorted({*names} - {part})
    return [other for pair in _SIDES for mine, other in (pair, pair[::-1]) if mine == part]


def _of_labels(stem: str, suffix: str) -> Iterator[str]:
    """Yield the names of labels of a text, ``train_labels.txt`` for ``train.txt``, and the other way round."""
    for joint, word in product(_JOINTS, _LABELS):
        yield f"{stem}{joint}{word}.{suffix}"
        bare = stem.removesuffix(f"{joint}{word}")
        if bare and bare != stem:
            yield f"{bare}.{suffix}"


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
