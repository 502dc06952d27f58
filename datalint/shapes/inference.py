"""What the keys of rows of no known shape mean, guessed from their names and from sampled values.

A guess is clear if one key alone can be the prompt and one the response (or one the text), and what they hold agrees.
Everything else is a proposal for the user, since a wrong guess is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.shapes.guess import Guess
from datalint.shapes.labelled import VARIED, chosen_option, is_class, labelled, responses_in, text_pair
from datalint.shapes.names import (
    BETTER,
    OPTION,
    SIDES,
    WORSE,
    has_word,
    is_about,
    is_beside,
    is_numbered,
    is_side,
    named_as,
    stands_out,
)  # fmt: skip
from datalint.shapes.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, columns_of, has_answer_key, is_unnamed
from datalint.support.column_names import Strength, fold_name, strength
from datalint.support.spelling import EXPECTED, misspelled

#: A key that the option can carry.
_USABLE: Final = re.compile(r"[\w(?](?:[\w .?/()&+-]{0,58}[\w.?)+])?")
#: Most keys of a row that are names; more are data themselves.
_MOST_KEYS: Final = 64
#: Mean characters from which on the only text of rows is more than a label or a name.
_PASSAGE: Final = 200
#: Names of what may be learned, where nothing is named a response.
_LATE: Final = ("summary", "translation", "highlights", "truth", "code", "cypher", "explanation", "rationale")
#: Names of what may be written, but for a context of a question.
_WRITTEN: Final = ("story", "poem", "essay")
_READABLE: Final = (Holds.TEXT, Holds.LABEL)


def infer(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return what the keys of rows mean; None where nothing is learned from them, as far as can be told.

    ``rows`` have the same keys, or nearly so; the more rows, the more their values say.
    """
    columns = tuple(each for each in columns_of(rows) if _USABLE.fullmatch(each.key))
    guess = _of_columns(columns, len(rows)) if len(columns) <= _MOST_KEYS and not _is_turn(columns) else None
    if guess is None:
        return None
    # Next to a key that trainers expect, a plural is a slip; where there is none, names are not theirs.
    theirs = any(key in EXPECTED["row"] for _, key in guess.columns)
    sides = [pair for pair in guess.columns if pair[0] in ("prompt", "response") and not theirs]
    plain = {key for meaning, key in sides if strength(key, meaning) is Strength.WHOLE}
    clear = guess.clear and not any(_slips(row, plain) for row in rows)
    return guess._replace(keys=frozenset(key for row in rows for key in row), clear=clear)


def propose(row: Mapping[str, Any]) -> Guess | None:
    """Return what the keys of a single row mean, the same for all rows with such values."""
    if len(row) > _MOST_KEYS:
        return None
    columns = tuple(each.coarse for each in columns_of([row]) if _USABLE.fullmatch(each.key))
    return None if _is_turn(columns) else _of_columns(columns, 1)


def _is_turn(columns: Sequence[SampledColumn]) -> bool:
    """Whether rows are single messages: a role and a content are no prompt and response."""
    keys = {each.key for each in columns}
    return {"role", "content"} <= keys or {"from", "value"} <= keys


# All rows of a table have the same keys, and values of the same kinds. Few are kept, for keys may be large.
@lru_cache(maxsize=64)
def _of_columns(columns: tuple[SampledColumn, ...], rows: int) -> Guess | None:
    chats = [each.key for each in columns if each.holds is Holds.CHAT and each.answered and not is_side(each)]
    sides, paired = _sides(columns)
    if chats:
        guess: Guess | None = Guess.of({"messages": chats[0]}, clear=len(chats) == 1, basis="values")
    elif sides is not None:
        guess = Guess.of(sides, clear=paired, basis="names")
    else:
        guess = _texts(columns, rows)
    if guess is None:
        return None
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    return Guess.of(found | _category(categories, found), clear=guess.clear, basis=guess.basis)


def _slips(row: Mapping[str, Any], plain: Collection[str]) -> bool:
    """Whether a key is that of a known shape but for a slip; capitals may be meant, and so may names in ``plain``."""
    return any(key.lower() != meant and key not in plain for key, meant in misspelled(row, "row"))


def _texts(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about rows that are neither messages nor preferences."""
    if rows >= LEAST_ROWS and _are_sides(columns):
        return Guess.of({"prompt": columns[0].key, "response": columns[1].key}, clear=True, basis="values")
    if has_answer_key(columns):
        return Guess.of({"prompt": columns[0].key, "response": columns[-1].key}, clear=True, basis="values")
    system = _first(_candidates(columns, "system"))
    columns = [each for each in columns if each.key not in system.values()]
    responses = [
        each for each in _candidates(columns, "response", numbers=True) if not has_word(each.key, (*WORSE, *OPTION))
    ]
    prompts = [each for each in _candidates(columns, "prompt") if each not in responses[:1]]
    free = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    option = chosen_option(columns, [each for each in _candidates(columns, "prompt") if not has_word(each.key, OPTION)])
    if option is not None:
        return option
    if prompts and responses:
        prompt, response = prompts[0], _longest(responses, "response")
        found = {"prompt": prompt.key, "response": response.key}
        clear = stands_out(prompts, "prompt") and _is_varied(prompt, rows)
        clear = clear and stands_out(_without_short(responses), "response")
        clear = clear and not any(has_word(each.key, (*WORSE, *OPTION)) for each in columns)
        if is_numbered(response, responses):
            return None
        return Guess.of(system | found, clear=clear, basis="names")
    if rows >= LEAST_ROWS and _are_prompts(columns, free):
        asked = {"prompt": next(each.key for each in free if not _is_tag(each))}
        return Guess.of(system | asked, clear=True, basis="names")
    spoken = [each for each in free if each.spoken]
    if len(spoken) == 1 and not responses_in(free):
        return Guess.of(system | {"text": spoken[0].key}, clear=True, basis="values")
    guess = text_pair(columns, rows) or labelled(columns, free, rows)
    if guess is not None or (responses and is_numbered(responses[0], responses)):
        return guess
    return _incomplete(columns, rows, free, prompts, responses, system)


def _are_sides(columns: Sequence[SampledColumn]) -> bool:
    """Whether a table without names has two columns of texts: an input and its output, in this order."""
    varied = (each.holds is Holds.TEXT and each.distinct >= VARIED for each in columns)
    return len(columns) == 2 and all(map(is_unnamed, columns)) and all(varied)


def _are_prompts(columns: Sequence[SampledColumn], free: Sequence[SampledColumn]) -> bool:
    """Whether rows are prompts without responses: one text, named so, and else only what says something about them."""
    free = [each for each in free if not _is_tag(each)]
    if (
        any(map(is_class, columns))
        or len(free) != 1
        or strength(free[0].key, "prompt") is not Strength.WHOLE
        or free[0].distinct < VARIED
    ):
        return False
    return all(
        each is free[0]
        or each.holds in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
        or is_about(each)
        or _is_tag(each)
        or (each.holds is Holds.LABEL and strength(each.key, "group") >= Strength.HEAD)
        for each in columns
    )


def _is_tag(column: SampledColumn) -> bool:
    """Whether a column holds a few words that sort the rows that have one, by its name."""
    return column.short and any(strength(column.key, each) is Strength.HEAD for each in ("category", "group"))


def _incomplete(
    columns: Sequence[SampledColumn],
    rows: int,
    free: Sequence[SampledColumn],
    prompts: Sequence[SampledColumn],
    responses: Sequence[SampledColumn],
    system: Mapping[str, str],
) -> Guess | None:
    """Return the guess about rows in which no name tells prompt, or response, or either."""
    late = [
        each for each in columns if each.holds in _READABLE and each not in prompts[:1] and has_word(each.key, _LATE)
    ]
    headings = [
        each
        for each in named_as(columns, "heading")
        if each.holds in _READABLE and each not in responses and not is_about(each)
    ]
    texts = [each for each in (*named_as(free, "text"), *named_as(free, "context")) if each not in responses]
    asked = [*prompts, *headings, *texts]
    prompt = asked[0] if asked else None
    if responses:
        if prompt is None:
            return None
        return Guess.of({**system, "prompt": prompt.key, "response": responses[0].key})
    # What else is named a prompt is the last to be a response.
    others = [each for each in (*late, *free) if each is not prompt and not is_beside(each) and not _is_more(each)]
    others = others or [each for each in free if each is not prompt and has_word(each.key, _WRITTEN)]
    others.sort(key=lambda each: (strength(each.key, "prompt") is Strength.WHOLE, each.length <= LONG))
    if prompts and prompt is not None:
        if not others or is_numbered(others[0], others):
            return None
        # What is long and varied beside a prompt is its response, if there is nothing else that may be.
        long = [each for each in others if each.length > LONG]
        clear = rows >= LEAST_ROWS and len(long) == len(others) == 1 and long[0].distinct >= VARIED
        clear = (
            clear and stands_out(prompts, "prompt") and prompts[0].distinct >= VARIED and long[0].holds is Holds.TEXT
        )
        return Guess.of({**system, "prompt": prompt.key, "response": others[0].key}, clear=clear, basis="values")
    if len(free) == 1 and not late[1:]:
        only = free[0]
        alone = all(each is only or each.holds not in _READABLE or is_about(each) for each in columns)
        by_name = strength(only.key, "text") is Strength.WHOLE
        passages = len(columns) == 1 and only.length > _PASSAGE and rows > 1 and only.distinct >= VARIED
        named = strength(only.key, "text") or late or only.length > LONG or len(columns) == 1
        clear = alone and (by_name or passages)
        return Guess.of({"text": only.key}, clear=clear, basis="names" if by_name else "values") if named else None
    titled = prompt is not None and strength(prompt.key, "heading") is Strength.WHOLE
    if prompt is not None and others and (titled or others[0].length > LONG or others[0] in late):
        return Guess.of({"prompt": prompt.key, "response": others[0].key})
    if texts:
        return Guess.of({"text": texts[0].key})
    if late:
        return Guess.of({"text": late[0].key})
    if len(free) == 2 and all(each.length > LONG for each in free):
        return Guess.of({"prompt": free[0].key, "response": free[1].key})
    return None


def _is_more(column: SampledColumn) -> bool:
    """Whether a column is a variant of a prompt by its name, such as ``query_with_constraints``."""
    begins = strength(fold_name(column.key)[0], "prompt") if len(fold_name(column.key)) > 1 else Strength.NONE
    return begins is Strength.WHOLE and strength(column.key, "response") < Strength.HEAD


def _candidates(columns: Sequence[SampledColumn], meaning: str, *, numbers: bool = False) -> list[SampledColumn]:
    """Return the columns that may hold ``meaning`` by their names, the plainest first; equals by the better name."""
    allowed = (*_READABLE, Holds.NUMBER) if numbers else _READABLE
    fitting = [each for each in columns if each.holds in allowed and not is_about(each)]
    # A short value under a name like `answer_type` says something of the answer.
    return [
        each
        for each in named_as(fitting, meaning)
        if strength(each.key, meaning) > Strength.WORD
        or each.length > LONG
        or strength(each.key, "group") < Strength.HEAD
    ]


def _longest(candidates: Sequence[SampledColumn], meaning: str) -> SampledColumn:
    """Return the longest of the candidates whose names say their meaning as plainly as the first one's."""
    best = strength(candidates[0].key, meaning)
    return max((each for each in candidates if strength(each.key, meaning) == best), key=lambda each: each.length)


def _without_short(candidates: Sequence[SampledColumn]) -> Sequence[SampledColumn]:
    """Return the candidates without short ones whose names end with another word for a response than long ones do."""
    ends = {fold_name(each.key)[-1] for each in candidates if each.length > LONG}
    plain = (each.length > LONG or strength(each.key, "response") is Strength.WHOLE for each in candidates)
    kept = [
        each for each, is_plain in zip(candidates, plain, strict=True) if is_plain or fold_name(each.key)[-1] in ends
    ]
    return kept or candidates


def _is_varied(prompt: SampledColumn, rows: int) -> bool:
    return rows < LEAST_ROWS or prompt.holds is Holds.TEXT


def _first(columns: Sequence[SampledColumn]) -> dict[str, str]:
    found = next((each for each in columns if strength(each.key, "system") >= Strength.WHOLE), None)
    return {} if found is None else {"system": found.key}


def _category(categories: Sequence[SampledColumn], found: Mapping[str, str]) -> dict[str, str]:
    """Return the category that the rows have besides."""
    free = [each for each in categories if each.key not in found.values() and not is_about(each)]
    fitting = (
        each for each in free if each.holds in (Holds.LABEL, Holds.NUMBER) or (each.short and each.holds is Holds.TEXT)
    )
    first = next(fitting, None)
    return {} if first is None or "category" in found else {"category": first.key}


def _sides(columns: Sequence[SampledColumn]) -> tuple[dict[str, str] | None, bool]:
    """Return prompt, better and worse response of a preference, and whether no other keys may be meant."""
    texts = [each for each in columns if each.holds in _READABLE and not is_about(each)]
    betters = [each for each in texts if has_word(each.key, BETTER) and not has_word(each.key, WORSE)]
    worses = [each for each in texts if has_word(each.key, WORSE) and each not in betters[:1]]
    if not betters or not worses:
        return None, False
    better, worse = betters[0], worses[0]
    prompts = [each for each in named_as(texts, "prompt") if each not in (better, worse)]
    asked = {"prompt": prompts[0].key} if prompts else {}
    named = any(has_word(better.key, (good,)) and has_word(worse.key, (bad,)) for good, bad in SIDES)
    alike = betters[1:] == worses[1:] == [] and better.length > LONG and worse.length > LONG
    clear = named and alike and bool(prompts) and stands_out(prompts, "prompt")
    return {**asked, "chosen": better.key, "rejected": worse.key}, clear
