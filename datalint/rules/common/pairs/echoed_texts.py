"""Responses that equal, or nearly equal, the prompt before them, unless the prompt asks for that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import polars as pl

from datalint.api import Chunk, NamedTuple, Turns, has_any, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.pairs.summaries import Part, asks_to_shorten, parts_of_texts
from datalint.rules.common.pairs.text_versions import may_be_names
from datalint.rules.common.responses.echoes import (
    CLOSING_TAGS,
    NEAR,
    TAGGED,
    Compared,
    as_compared,
    chooses_all,
    is_edited,
    is_marked,
    is_name,
    is_option,
    is_tagged,
    key_of,
    plain,
)
from datalint.rules.common.responses.endings import last_char
from datalint.rules.common.texts.label_frames import FRAME_CHARS
from datalint.rules.common.texts.turns import learned

#: Words of a sentence at least, which is no name of a product; and a word.
_SENTENCE: Final = 4
_WORD: Final = r"[^\W\d_]+"
#: The name of a class: words joined without spaces.
_CLASS: Final = r"[^\W_]+(?:[_.:/-][^\W_]+)+"
#: Prompts to which their own text may be the right response.
_COPIES: Final = (
    r"(?i)\b(?:correct|edit|re-?write|proof|gramma|spell|fix|revis|improv|translat|format|punctuat|capitali|lower|upper|remov"
    r"|replac|convert|sort|order|arrang|repeat|copy|echo|say|quot|identif|extract|re-?phras|paraphras|simplif|polish|error|mistake|pars"
    r"|transcri|output|print|tag|label|classif|mask|anonymi|normali|clean|redact|complet|detect|select|find|change|modif|restat|make|transform"
    r"|summari|shorten|verify|which|unscrambl|reformulat|decode|read|add|insert|delet|segment|restor)"
    r"|改|译|校对|润色|纠|重复|复述|排序|格式|标点|提取|替换|识别|转换|总结|断句|删"
)

#: A sentence that asks to solve something, which its own words do not answer whatever else they are.
_REQUESTED: Final = (
    r"(?i)(?:^|[.!?]\s{1,9})(?:find|calculate|compute|solve|explain|describe|write|create|generate|design|suggest) "
    r"(?:all |the |an? |out |how |why |what |me )"
)

#: Characters at both ends of a long prompt in which it says what to do with what is between them.
_ASKS: Final = 100


class Echo(NamedTuple):
    """A response that repeats its prompt, or a part of it."""

    example: int
    path: str
    #: Whether the two are equal but for case, white space and punctuation, and to the letter. Otherwise it is edited.
    same: bool = False
    exact: bool = False
    #: Whether it is the prompt with words marked by signs.
    marked: bool = False
    #: Whether it is the prompt with tags around parts of it.
    tagged: bool = False
    #: Whether the prompt is the name of something, or may be names.
    name: bool = False
    names: bool = False
    #: Whether the prompt is a sentence without a request that says what to do with it.
    alone: bool = False
    #: Whether it is a summary that is the whole text, or which part of the text it is.
    summary: bool = False
    part: Part = Part.NONE
    #: The key of the text that it repeats, if that is a part of the prompt.
    key: str = ""


#: The columns of a frame of echoes.
_SCHEMA: Final = {
    "example": pl.Int64,
    "path": pl.String,
    "same": pl.Boolean,
    "exact": pl.Boolean,
    "marked": pl.Boolean,
    "tagged": pl.Boolean,
    "name": pl.Boolean,
    "names": pl.Boolean,
    "alone": pl.Boolean,
    "summary": pl.Boolean,
    "part": pl.Int8,
    "key": pl.String,
}


def find_echoed(chunk: Chunk, *, min_chars: int, min_summary: int) -> list[pl.DataFrame]:
    """Return the frame of the echoes of a chunk, with the fields of :class:`Echo` as columns; none if there are none.

    Responses of ``min_chars`` characters are compared, and summaries of ``min_summary``.
    """
    pairs = _likely(chunk, min_chars, min_summary)
    if pairs is None:
        return []
    compared = pairs.filter("close").select("example", "path", "text", "before", "given")
    rows = [found for row in compared.iter_rows() if (found := as_compared(*row)) is not None]
    parts = parts_of_texts(chunk, pairs.filter("longer"))
    echoes = [Echo(example, path, part=part) for example, path, part in parts]
    for each in rows:
        # Another key of the row, such as code to run, may be what the prompt is about.
        if chunk.examples["surroundings"][each.example]:
            continue
        # A class may be named by what is said: "what_is_your_name".
        if re.fullmatch(_CLASS, each.text.strip()):
            continue
        echo = _echo(each, chunk.examples.row(each.example, named=True), min_chars, min_summary)
        if echo is not None:
            echoes.append(echo)
    return [pl.DataFrame(list(map(tuple, echoes)), schema=_SCHEMA, orient="row")] if echoes else []


def _likely(chunk: Chunk, min_chars: int, min_summary: int) -> pl.DataFrame | None:
    """Return the responses that are about as long as the text before them, or shorter summaries of it; None for none.

    They are ``close`` or ``longer``, and have that text as ``before`` and its path as ``given``.
    """
    before = pl.col("text").shift(1)
    marks = chunk.turns.select(_marks(min_chars, min_summary))
    likely = marks["close"] | marks["longer"]
    if not likely.any():
        return None
    given = before.alias("before"), chunk.turns["path"].shift(1).alias("given")
    pairs = chunk.turns.select("example", "path", "text", *given).hstack(marks)
    return picked(pairs, likely, *pairs.columns)


@cache
def _marks(min_chars: int, min_summary: int) -> tuple[pl.Expr, pl.Expr]:
    """Return which turns are ``close`` and ``longer``; built once, as that takes as long as a query of a few rows."""
    turns = Turns()
    before = turns.text.shift(1)
    follows = (turns.example == turns.example.shift(1)) & turns.is_prompt.shift(1)
    apart = (turns.chars.cast(pl.Int64) - turns.chars.shift(1).cast(pl.Int64)).abs()
    length = apart <= NEAR * turns.chars
    # Shorter responses that are edited prompts say what the set is meant for, too.
    said = learned(turns) & ~turns.has_tool_calls & (turns.chars >= min_chars // 2)
    longer = (turns.chars >= min_summary // 2) & (turns.chars.shift(1) > turns.chars)
    labelled = passing((said & follows & (apart <= FRAME_CHARS)).fill_null(value=False), before, _ends_in_label)
    most = TAGGED[0] * turns.chars.shift(1) + TAGGED[1]
    tags = said & follows & (turns.chars > turns.chars.shift(1)) & (turns.chars <= most)
    tagged = passing(tags.fill_null(value=False), turns.text, lambda text: has_any(text, CLOSING_TAGS))
    alike = (said & follows & length) | labelled | tagged
    return alike.alias("close"), (said & follows & longer & ~length).alias("longer")


def _ends_in_label(text: pl.Expr) -> pl.Expr:
    return last_char(text).is_in((":", "："))


def _echo(each: Compared, row: Mapping[str, Any], min_chars: int, min_summary: int) -> Echo | None:
    """Return a response as an echo of its prompt; None if it is none, or rightly is one."""
    example, path, text, prompt, given, framed = each
    if chooses_all(text, path, prompt, row["prompt"]) or is_option(row, prompt):
        return None
    if is_tagged(text, prompt):
        return Echo(example, path, tagged=True)
    same = plain(text) == plain(prompt)
    request = "\n".join((row["system"], row["prompt"]))
    if len(text) >= min_summary and text.strip() in prompt:
        # What a long text says of itself is no request.
        around = request.replace(text.strip(), " ")
        if asks_to_shorten(path, around):
            return Echo(example, path, same=True, summary=True)
        request = f"{around}\n{text[:_ASKS]}\n{text[-_ASKS:]}"
    exact = text.strip() == prompt.strip()
    is_whole = row["prompt"].strip() == prompt.strip()
    # The whole prompt, with the request in it.
    whole_prompt = is_whole and not row["system"]
    requested = exact and whole_prompt and re.search(_REQUESTED, prompt) is not None
    if same and (len(text) < min_chars or (not requested and re.search(_COPIES, request))):
        return None
    if not same and not is_edited(text, prompt):
        return None
    return Echo(
        example,
        path,
        same=same,
        exact=exact,
        marked=same and not exact and is_marked(text, prompt),
        name=is_name(prompt),
        names=may_be_names(prompt),
        alone=whole_prompt and len(re.findall(_WORD, prompt)) >= _SENTENCE,
        key="" if framed or is_whole else key_of(given),
    )
