"""Near leaks between lists of words or terms, of which one in another spelling is another word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.languages.brief import is_brief_line

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

#: Characters of a term and of its answer at most, words of a term, and its letters in a script without spaces.
_CHARS: Final = 40
_ANSWER_CHARS: Final = 80
_WORDS: Final = 3
_SPACELESS: Final = 5
#: Share of the rows from which on a dataset is a list of terms, and rows that are read to see this.
_SHARE: Final = 0.5
_SAMPLE: Final = 200
_NEAR: Final = ("near", "near-prompt")


def without_other_terms(leaks: Sequence[Leak], examples: pl.DataFrame, readers: tuple[Reader, Reader]) -> list[Leak]:
    """Return leaks without the near ones of which one prompt has up to three words, if most training prompts do."""
    short = examples["prompt_chars"].is_between(1, _CHARS) & examples["response_chars"].is_between(1, _ANSWER_CHARS)
    near = [leak for leak in leaks if leak.kind in _NEAR and short[leak.training]]
    rows = short.arg_true()
    if not near or len(rows) <= _SHARE * examples.height:
        return list(leaks)
    sample = rows.gather_every(max(1, len(rows) // _SAMPLE)).head(_SAMPLE).to_list()
    terms = sum(_is_term(text.prompt) for text in readers[0].texts(sample))
    if terms * len(rows) <= _SHARE * len(sample) * examples.height:
        return list(leaks)
    sides = [leak.training for leak in near], [leak.evaluation for leak in near]
    texts = zip(*(reader.texts(side) for reader, side in zip(readers, sides, strict=True)), strict=True)
    found = {leak for leak, pair in zip(near, texts, strict=True) if any(_is_term(text.prompt) for text in pair)}
    return [leak for leak in leaks if leak not in found]


def _is_term(prompt: str) -> bool:
    return is_brief_line(prompt, words=_WORDS, spaceless=_SPACELESS)
