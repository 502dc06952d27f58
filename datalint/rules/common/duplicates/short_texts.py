"""Near-duplicates of a few words, which several people write alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from datalint.api import Dataset, Group
from datalint.languages.brief import is_brief
from datalint.rules.common.duplicates.brief import answers_mark_words, preamble

#: Different words of a prompt and its response at most, their letters in scripts without spaces, and their characters. Of 43
#: judged near-duplicates of public datasets with up to eight words, 37 % were worth an action, and of 95 longer ones with
#: a similarity of 0.85 or more 72 %.
SHORT_WORDS: Final = 8
_SPACELESS: Final = 14
_CHARS: Final = 120
#: Rows with one response from which on it says nothing about a row, as a label does.
_OFTEN: Final = 20
#: Rows that are read.
_READ: Final = 50_000


def short_members(data: Dataset, groups: Sequence[Group]) -> frozenset[int]:
    """Return the members of clusters whose prompt and response have up to eight different words.

    What all prompts begin with, a response that 20 rows or more have, and one that marks words of its prompt are not
    counted. In very large data, the first members are looked at.
    """
    members = [row for group in groups for row in group.rows[1:]]
    if not members:
        return frozenset()
    shared = data.once(preamble)
    answers = not data.once(answers_mark_words)
    examples = data.examples.select(
        own=(pl.len().over("response_hash") < _OFTEN)
        & (pl.col("prompt_chars") > 0)
        & (pl.col("response_chars") > 0)
        & answers,
        text=pl.when(pl.col("prompt_chars") > 0).then("prompt_chars").otherwise("response_chars"),
        answer="response_chars",
        media="has_media",
    )
    # The text of a row without a prompt is none below a preamble, which then is empty.
    chars = (pl.col("text").cast(pl.Int64) - len(shared)) + pl.when("own").then("answer").otherwise(0)
    brief, own = examples.select(brief=(chars <= _CHARS) & ~pl.col("media"), own="own").get_columns()
    rows = sorted(row for row, each in zip(members, brief.gather(members), strict=True) if each)[:_READ]
    answered = dict(zip(rows, own.gather(rows), strict=True))
    texts = {
        row: f"{asked} {text.response}" if answered[row] else asked or text.response
        for row, text in zip(rows, data.texts(rows) if rows else [], strict=True)
        for asked in [text.prompt.removeprefix(shared)]
    }
    return frozenset(
        row for row, text in texts.items() if is_brief(text, words=SHORT_WORDS, spaceless=_SPACELESS, different=True)
    )
