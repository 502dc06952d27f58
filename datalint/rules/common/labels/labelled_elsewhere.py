"""Empty prompts whose label is that of another text of the row, such as the subject of a mail without a body."""

from __future__ import annotations

from typing import Final

import polars as pl

#: Characters of a label, and the rows, and their share, from which on an answer is one.
LABEL_CHARS: Final = 40
_OFTEN: Final = 10
_SHARE: Final = 0.005
#: Parts of the names of keys that say what to do with the text next to them.
_ASKING: Final = "quest instruct prompt query ask task input 问 指令 질문 вопрос pregunta frage".split()


def least_of_label(examples: int) -> float:
    """Return how many of ``examples`` have an answer at least that is a label."""
    return max(_OFTEN, _SHARE * examples)


def without_accompanied(examples: pl.DataFrame, empty: pl.DataFrame) -> pl.DataFrame:
    """Return the empty prompts without those that are ``accompanied`` by a text to which the label applies.

    A question or an instruction is missed next to any text, also where its answer is a common one.
    """
    if not empty["accompanied"].any():
        return empty
    answers = examples["response_hash"]
    labels = answers.value_counts(name="rows").filter(pl.col("rows") >= least_of_label(examples.height))
    is_label = answers.is_in(labels["response_hash"].implode()) & (examples["response_chars"] <= LABEL_CHARS)
    asks = pl.col("path").str.to_lowercase().str.contains_any(_ASKING)
    return empty.filter(~(pl.col("accompanied") & is_label.gather(empty["example"]) & ~asks))
