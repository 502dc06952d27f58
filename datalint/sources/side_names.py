"""Names of the files that may have the other side of a text: another language, a target, labels, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

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
UP: Final = "../"


def side_names(name: str, folder: str = "") -> Iterator[str]:
    """Yield the names that the other side of a text may have: ``train_en.txt`` for ``train_fr.txt``, or one of labels.

    Args:
        name: the name of the text.
        folder: the name of the folder with the text, which may be that of one side: ``../fr/train.txt``.
    """
    stem, _, suffix = name.rpartition(".")
    if not stem:
        yield from names_by_suffix(name)
        yield from _with_word(name, name)
        return
    yield from _with_locale(name, stem)
    yield from _with_word(name, stem)
    yield from _of_languages(stem, suffix)
    yield from names_by_suffix(name)
    yield from annotation_names(name)
    yield from annotated_names(stem, suffix)
    yield from (f"{each}.{suffix}" for each in compared_names(stem))
    yield from _with_language(name, stem)
    yield from _with_code(stem, suffix)
    yield from _with_number(stem, suffix)
    yield from _in_other_folder(name, folder)


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
        yield f"{UP}{each}/{name}"
        renamed = re.sub(rf"(?<![A-Za-z]){re.escape(folder)}(?![A-Za-z])", each, name)
        if renamed != name:
            yield f"{UP}{each}/{renamed}"


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
