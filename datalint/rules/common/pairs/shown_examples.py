"""Answers that stand in their own prompts, which ask for a new text and show them as its example."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Characters and words of an answer, and characters of its prompt: a longer one may have the text that it is about.
_LEAST: Final = 30
_MOST: Final = 300
_WORDS: Final = 4
_PROMPT: Final = 600
#: Requests for a text that is to be written, and what they show one with.
_NEW: Final = lazy_pattern(r"(?i)\b(?:generate|create|write|compose|craft|invent|come up with|produce|draft|make up)\b")
_SHOWS: Final = lazy_pattern(
    r"(?i)\b(?:similar|style|like|such as|examples?|inspired|based on|akin|version|resembl\w+|mimic\w*|vein|tone of)\b"
)
#: Requests whose answer is, or may be, a part of the prompt.
_PART: Final = lazy_pattern(
    r"(?i)\b(?:extract|find|quot|repeat|copy|choose|select|pick|identify|highlight|locate|correct|edit|rewrit|rephrase"
    r"|paraphras|translat|proofread|simplif|summar|shorten|punctuat|fix|improve|polish|complet|continu|convert|format"
    r"|remove|delete|sort|say|print|echo|output|return|type|note|remind|message|tweet|task|event|alarm|calendar"
    r"|appointment|meeting|start|begin|end|which|verbatim|exactly)"
)
#: Signs around a text that is quoted.
_QUOTES: Final = " .\"'“”‘’«»`"
_SEED: Final = 15


class ShownExamples(NamedTuple):
    """Examples, those whose answer is shown in their prompt, the first of these, and hashes of the answers."""

    rows: int = 0
    shown: int = 0
    first: int | None = None
    texts: frozenset[int] = frozenset()


def shown_examples(chunk: Chunk) -> ShownExamples:
    """Return the rows of a chunk whose answer is the example that their prompt of one line asks to write another of."""
    rows = chunk.examples.height
    prompt, answer = pl.col("prompt"), pl.col("answer")
    short = (answer.str.len_bytes() >= _LEAST) & (answer.str.len_bytes() <= 4 * _MOST)
    fits = chunk.examples.select(
        short & (prompt.str.len_bytes() > answer.str.len_bytes()) & (prompt.str.len_bytes() <= 4 * _PROMPT)
        & ~pl.col("is_preference")
    ).to_series()  # fmt: skip
    if not fits.any():
        return ShownExamples(rows)
    texts = picked(chunk.examples, fits, "prompt", "answer").with_columns(
        answer.str.strip_chars(_QUOTES + "\r\n\t"), at=fits.arg_true().cast(pl.Int64)
    )
    found = texts.filter(prompt.str.contains(answer, literal=True))
    kept = [(at, said) for asked, said, at in found.iter_rows() if _is_example(asked, said)]
    hashes = pl.Series([said for _, said in kept], dtype=pl.String).hash(_SEED).to_list()
    return ShownExamples(rows, len(kept), kept[0][0] if kept else None, frozenset(hashes))


def joined_shown_examples(one: ShownExamples, other: ShownExamples) -> ShownExamples:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    later = None if other.first is None else other.first + one.rows
    first = later if one.first is None else one.first
    return ShownExamples(one.rows + other.rows, one.shown + other.shown, first, one.texts | other.texts)


def _is_example(prompt: str, answer: str) -> bool:
    """Whether the rest of a prompt of one line asks for a new text like the answer, and for no part of the prompt."""
    if not _LEAST <= len(answer) <= _MOST or len(answer.split()) < _WORDS:
        return False
    if len(prompt) > _PROMPT or "\n" in prompt.strip():
        return False
    rest = prompt.replace(answer, " ")
    return all(each.search(rest) is not None for each in (_NEW, _SHOWS)) and _PART.search(rest) is None
