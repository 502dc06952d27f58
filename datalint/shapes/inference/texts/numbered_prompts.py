"""Numbers of tasks or themes under the name of a prompt, next to the texts that answer these: they are no prompts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import CLASS, RELATIONS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.support.names.column_names import Strength, strength

#: Share of distinct numbers up to which texts share them: other numbers may be written out in the text next to them.
_SHARED: Final = 0.5
#: Columns of zeros and ones from which on each is a label of the text, whatever its name: ``Question``.
_FLAGS: Final = 3


def numbers_prompts(column: SampledColumn, columns: Sequence[SampledColumn], rows: int) -> bool:
    """Return whether a column holds the number of a prompt, such as that of the theme of an essay, and not its text."""
    named = strength(column.key, "prompt") is Strength.WHOLE
    if not named or column.holds is not Holds.NUMBER or column.distinct > _SHARED or rows < LEAST_ROWS:
        return False
    if column.binary and sum(each.binary for each in columns) >= _FLAGS:
        return False
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    judged = any(has_word(each.key, (*RELATIONS, *CLASS)) for each in columns)
    # Where nothing else is learned, a text may be written for a number.
    return bool(texts) and (judged or any(strength(each.key, "response") < Strength.HEAD for each in texts))
