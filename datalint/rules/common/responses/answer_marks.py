r"""Marks of a final answer in responses, such as ``\boxed{`` or ``Final Answer``."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

#: Marks of a final answer: GSM8K, MATH, DeepSeek-R1's format reward, FLAN's chain of thought, and others.
MARKS: Final = {
    "####": ("#### ",),
    "\\boxed": ("\\boxed{", "\\boxed {"),
    "<answer>": ("</answer>",),
    "the answer is": ("he answer is", "he final answer is"),
    "Final Answer": ("Final Answer",),
}
#: What the marks hold: three bytes, and words, which tell most texts apart at memory speed.
_SIGNS: Final = ("#### ", "\\boxed", "</answer>")
_WORDS: Final = (" answer is", "Final Answer", "final answer")
#: Characters at the end of a response in which most marks stand.
_TAIL: Final = 400
#: Marks that figures and remarks may follow.
_ANYWHERE: Final = ("\\boxed",)


def may_be_marked(text: pl.Expr) -> pl.Expr:
    """Return whether a text has what marks hold."""
    return pl.any_horizontal(text.str.contains_any(list(_SIGNS)), *(text.str.contains_any([words]) for words in _WORDS))


def marked_turns(turns: pl.DataFrame, is_marked: npt.NDArray[np.bool_]) -> dict[str, npt.NDArray[np.bool_]]:
    """Return for each format which turns have its mark; ``is_marked`` are those that may have any."""
    text = pl.col("text")
    ends = {name: text if name in _ANYWHERE else text.str.tail(_TAIL) for name in MARKS}
    some = turns[np.flatnonzero(is_marked)].select(
        ends[name].str.contains_any(list(signs)).alias(name) for name, signs in MARKS.items()
    )
    found = {}
    for name in MARKS:
        found[name] = is_marked.copy()
        found[name][is_marked] = some[name].to_numpy()
    return found
