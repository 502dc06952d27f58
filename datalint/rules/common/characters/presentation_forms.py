"""Arabic letters in presentation forms: as a font draws them, which programs that read PDF files may leave in a text."""

from __future__ import annotations

import unicodedata
from typing import Final

from datalint.api import NamedTuple
from datalint.support.lazy_pattern import lazy_pattern

#: Forms of letters, without the signs and ligatures that people type (``﴿``, ``ﷺ``), and how many make a text of them.
FORMS: Final = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufe70-\ufefc"
_WORD: Final = lazy_pattern(f"[\u0620-\u06ff{FORMS}]{{2,40}}")
_FORM: Final = lazy_pattern(f"[{FORMS}]")
_LEAST: Final = 5
#: Words in reversed order, which begin with a form that is for the end of a word.
_LEAST_WORDS: Final = 2
_LAST: Final = "<final>"
_WITHIN: Final = "<medial>"
_FIRST: Final = "<initial>"


class Forms(NamedTuple):
    """How many letters are presentation forms, where the first is, and whether they are in the order of a page."""

    letters: int
    start: int
    is_reversed: bool


def presentation_forms(text: str) -> Forms | None:
    """Return what there is of such letters in a text, None for a few."""
    letters = len(_FORM.findall(text))
    if letters < _LEAST:
        return None
    first = _FORM.search(text)
    begin = [unicodedata.decomposition(word.group()[0]) for word in _WORD.finditer(text)]
    backwards = sum(form.startswith((_LAST, _WITHIN)) for form in begin)
    # In letters that were chosen one by one for their looks, words begin with other forms too.
    forwards = sum(form.startswith(_FIRST) for form in begin)
    return Forms(letters, first.start() if first else 0, backwards >= _LEAST_WORDS and backwards > forwards)
