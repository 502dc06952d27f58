"""Labels that responses end with, such as "Label:", with nothing behind them where others have a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from datalint.api import Dataset, NamedTuple, excerpt
from datalint.rules.common.frames import picked
from datalint.rules.common.kept_rows import KeptRows, kept_rows, listed_rows

_SIGNS: Final = (":", "：")
#: What may stand behind the label.
_BEHIND: Final = " \t\r\n*"
#: Characters at the end of a response in which a label stands, and the label alone on the last line, perhaps in bold or
#: behind a mark of a list.
_TAIL: Final = 60
_ALONE: Final = r"\n[ \t]*(?:[-*#>]{1,4} ?)?(\**[^\W\d_][\w ]{0,29}\**[:：]\**)\s*\Z"
#: Other rows that are read to see whether they have a value, with their share.
_READ: Final = 200
_VALUED: Final = 0.9
#: Share of the rows up to which some are odd.
_FEW: Final = 0.2


class Unfilled(NamedTuple):
    """A response that ends with a label, and its path."""

    at: int
    path: str
    label: str


def unfilled_of(turns: pl.DataFrame) -> KeptRows:
    """Return the responses that end with a label, of a frame with ``example``, ``path`` and ``text``."""
    text = pl.col("text")
    # The last character says of most responses that they do not.
    may = turns.select(text.str.tail(1).is_in((*_SIGNS, *_BEHIND))).to_series()
    if not may.any():
        return {}
    tails = picked(turns, may, "example", "path", "text").select(
        "example", "path", tail=text.str.strip_chars_end(_BEHIND).str.tail(_TAIL)
    )
    ends = pl.any_horizontal(pl.col("tail").str.ends_with(sign) for sign in _SIGNS)
    some = picked(tails, tails.select(ends).to_series(), *tails.columns)
    found = ((at, path, re.search(_ALONE, tail)) for at, path, tail in some.iter_rows())
    return kept_rows(Unfilled(at, path, match[1]) for at, path, match in found if match is not None)


def unfilled_labels(data: Dataset, kept: KeptRows, responses: int) -> Iterator[list[Unfilled]]:
    """Yield the responses that end with a label, for each label behind which nearly all others have a value."""
    found = [Unfilled(*each) for each in listed_rows(kept)]
    by_label: dict[str, list[Unfilled]] = {}
    for each in found:
        by_label.setdefault(each.label, []).append(each)
    odd = {each.at for each in found}
    for label, rows in by_label.items():
        if len(rows) > _FEW * responses:
            continue
        step = max(data.size // _READ, 1)
        others = [at for at in range(0, data.size, step) if at not in odd][:_READ]
        pattern = rf"\n[^\n]{{0,6}}{re.escape(label)}[ \t*]*[^\s*][^\n]*\s*\Z"
        valued = sum(re.search(pattern, text.response) is not None for text in data.texts(others))
        if others and valued >= _VALUED * len(others):
            yield rows


def described_unfilled(rows: Sequence[Unfilled], responses: int) -> str:
    """Return words on responses that end with a label."""
    end = "ends" if len(rows) == 1 else "end"
    return f'{len(rows):,} of {responses:,} responses {end} with "{excerpt(rows[0].label, 40)}", behind which nearly all others have a value'
