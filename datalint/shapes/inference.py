"""What the keys of rows of no known shape mean, guessed from their names and from sampled values.

A guess is clear if one key alone can be the prompt and one the response (or one the text), and what they hold agrees.
Everything else is a proposal for the user, since a wrong guess is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.names import (
    BETTER,
    OPTION,
    WORSE,
    are_numbered,
    are_opposites,
    has_word,
    is_about,
    is_beside,
    is_learned,
    is_numbered,
    is_side,
    named_as,
    stands_out,
)  # fmt: skip
from datalint.shapes.sampled import LEAST_ROWS, LONG, Column, Holds, columns_of, has_answer_key, is_unnamed
from datalint.support.column_names import Strength, fold, strength
from datalint.support.spelling import EXPECTED, misspelled

#: Meanings in the order in which ``--columns`` is written.
_ORDER: Final = ("system", "messages", "prompt", "context", "response", "chosen", "rejected", "text", "category")
#: A key that the option can carry.
_USABLE: Final = re.compile(r"[\w(?](?:[\w .?/()&+-]{0,58}[\w.?)+])?")
#: Most keys of a row that are names; more are data themselves.
_MOST_KEYS: Final = 64
#: Mean characters from which on the only text of rows is more than a label or a name.
_PASSAGE: Final = 200
#: Names of what may be learned, where nothing is named a response.
_LATE: Final = ("summary", "translation", "highlights", "truth", "code", "cypher", "explanation", "rationale")
_READABLE: Final = (Holds.TEXT, Holds.LABEL)
#: Columns of numbers from which on a table holds measures, and not texts with their labels.
_MEASURES: Final = 3
#: Share of distinct values from which on a column of texts is one of examples, and up to which labels repeat.
_VARIED: Final = 0.5
_REPEATED: Final = 0.2
#: Texts that a label may be about.
_MOST_TEXTS: Final = 4


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


def _is_turn(columns: Sequence[Column]) -> bool:
    """Whether rows are single messages: a role and a content are no prompt and response."""
    keys = {each.key for each in columns}
    return {"role", "content"} <= keys or {"from", "value"} <= keys


# All rows of a table have the same keys, and values of the same kinds. Few are kept, for keys may be large.
@lru_cache(maxsize=64)
def _of_columns(columns: tuple[Column, ...], rows: int) -> Guess | None:
    chats = [each.key for each in columns if each.holds is Holds.CHAT and each.answered and not is_side(each)]
    sides = _sides(columns)
    if chats:
        guess: Guess | None = _guess({"messages": chats[0]}, clear=len(chats) == 1, basis="values")
    elif sides is not None:
        guess = _guess(sides[0], clear=sides[1] and rows >= LEAST_ROWS, basis="names")
    else:
        guess = _texts(columns, rows)
    if guess is None:
        return None
    found = dict(guess.columns)
    categories = [*named_as(columns, "category"), *named_as(columns, "group")]
    return _guess(found | _category(categories, found), clear=guess.clear, basis=guess.basis)


def _guess(found: Mapping[str, str], *, clear: bool = False, basis: str = "") -> Guess:
    pairs = tuple((meaning, found[meaning]) for meaning in _ORDER if meaning in found)
    return Guess(pairs, clear=clear, basis=basis if clear else "")


def _slips(row: Mapping[str, Any], plain: Collection[str]) -> bool:
    """Whether a key is that of a known shape but for a slip; capitals may be meant, and so may names in ``plain``."""
    return any(key.lower() != meant and key not in plain for key, meant in misspelled(row, "row"))


def _texts(columns: Sequence[Column], rows: int) -> Guess | None:
    """Return the guess about rows that are neither messages nor preferences."""
    if has_answer_key(columns):
        return _guess({"prompt": columns[0].key, "response": columns[-1].key}, clear=True, basis="values")
    pair = _numbered_pair(columns, rows)
    if pair is not None:
        return pair
    system = _first(_candidates(columns, "system"))
    columns = [each for each in columns if each.key not in system.values()]
    responses = [
        each for each in _candidates(columns, "response", numbers=True) if not has_word(each.key, (*WORSE, *OPTION))
    ]
    prompts = [each for each in _candidates(columns, "prompt") if each not in responses[:1]]
    free = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    if prompts and responses:
        prompt, response = prompts[0], _longest(responses, "response")
        found = {"prompt": prompt.key, "response": response.key}
        clear = stands_out(prompts, "prompt") and stands_out(responses, "response") and _is_varied(prompt, rows)
        clear = clear and not any(has_word(each.key, (*WORSE, *OPTION)) for each in columns)
        if is_numbered(response, responses):
            return None
        return _guess(system | found, clear=clear, basis="names")
    if rows >= LEAST_ROWS and _are_prompts(columns, free):
        asked = {"prompt": next(each.key for each in free if not _is_tag(each))}
        return _guess(system | asked, clear=True, basis="names")
    spoken = [each for each in free if each.spoken]
    if len(spoken) == 1 and not _responses_in(free):
        return _guess(system | {"text": spoken[0].key}, clear=True, basis="values")
    labelled = _labelled(columns, free, rows)
    if labelled is not None or (responses and is_numbered(responses[0], responses)):
        return labelled
    return _incomplete(columns, rows, free, prompts, responses, system)


def _numbered_pair(columns: Sequence[Column], rows: int) -> Guess | None:
    """Return the guess about two texts that only a number tells apart and the one label of theirs."""
    free = [each for each in columns if each.holds in (Holds.TEXT, Holds.CHAT) and not is_about(each)]
    labels = [each for each in columns if each not in free and each.short and _repeats(each) and not is_about(each)]
    if len(free) != 2 or len(labels) != 1 or not are_numbered(free):
        return None
    if has_word(free[0].key, OPTION) or _responses_in(free):
        return None
    # Of columns without names, a question, its answer and an explanation stand in this order.
    if is_unnamed(labels[0]) and columns.index(free[0]) < columns.index(labels[0]) < columns.index(free[1]):
        return None
    return _of_several(free, labels[0], rows)


def _are_prompts(columns: Sequence[Column], free: Sequence[Column]) -> bool:
    """Whether rows are prompts without responses: one text, named so, and else only what says something about them."""
    free = [each for each in free if not _is_tag(each)]
    if len(free) != 1 or strength(free[0].key, "prompt") is not Strength.WHOLE or free[0].distinct < _VARIED:
        return False
    if any(is_learned(each) and _repeats(each) for each in columns):
        return False
    return all(
        each is free[0]
        or each.holds in (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
        or is_about(each)
        or _is_tag(each)
        or (each.holds is Holds.LABEL and strength(each.key, "group") >= Strength.HEAD)
        for each in columns
    )


def _is_tag(column: Column) -> bool:
    """Whether a column holds a few words that sort the rows that have one, by its name."""
    return column.short and any(strength(column.key, each) is Strength.HEAD for each in ("category", "group"))


def _labelled(columns: Sequence[Column], free: Sequence[Column], rows: int) -> Guess | None:
    """Return the guess about a text and its label."""
    labels = [
        each
        for each in columns
        if (each.holds is Holds.LABEL and not is_about(each))
        or (each.short and each.holds in (Holds.TEXT, Holds.NUMBER) and strength(each.key, "category") >= Strength.HEAD)
    ]
    texts = [each for each in free if each not in labels]
    if not labels or not texts or _responses_in(texts) or any(each.key == "instruction" for each in texts):
        return None
    text = _best_text(texts)
    named = [each for each in labels if strength(each.key, "category") is Strength.WHOLE]
    if not named and len(texts) > 1:
        return None
    label = named[0] if named else labels[0]
    learned = [each for each in labels if is_learned(each)]
    if len(texts) > 1:
        return _of_several(texts, learned[0] if len(learned) == 1 else label, rows)
    by_name = len(named) == 1 and strength(text.key, "text") is Strength.WHOLE
    measures = sum(each.holds is Holds.NUMBER and not is_about(each) for each in columns if each is not label)
    by_values = rows >= LEAST_ROWS and label.holds is Holds.LABEL and text.distinct >= _VARIED and measures < _MEASURES
    # A prompt may have a label that is not what is learned, such as its topic.
    asked = strength(text.key, "prompt") >= Strength.HEAD
    clear = len(labels) == 1 and len(texts) == 1 and (by_name or by_values) and not asked
    if asked and len(texts) == 1 and len(learned) == 1:
        label, by_name = learned[0], True
        clear = rows >= LEAST_ROWS and _repeats(label) and text.distinct >= _VARIED
    found = {"prompt": text.key, "response": label.key, "category": label.key}
    return _guess(found, clear=clear, basis="names" if by_name else "values")


def _of_several(texts: Sequence[Column], label: Column, rows: int) -> Guess:
    """Return the guess about several texts and a label of theirs: a pair of sentences, or a query and its document."""
    pair = are_numbered(texts)
    first = texts[0] if pair else max(texts, key=_is_main)
    others = [each for each in texts if each is not first and JOIN not in each.key]
    told = is_learned(label) and _is_main(first) > Strength.WORD and all(_is_read(each) for each in others)
    clear = (pair or told) and rows >= LEAST_ROWS and _repeats(label) and len(others) < len(texts) <= _MOST_TEXTS
    found = {
        "prompt": first.key,
        "context": JOIN.join(each.key for each in others[: _MOST_TEXTS - 1]),
        "response": label.key,
        "category": label.key,
    }
    return _guess(found, clear=clear, basis="names")


def _is_main(column: Column) -> Strength:
    """Return how clearly a column is what a label is about, by its name: a prompt before a text."""
    asked, text = strength(column.key, "prompt"), strength(column.key, "text")
    return asked if asked >= Strength.HEAD else Strength(text - 1) if text else Strength.NONE


def _is_read(column: Column) -> bool:
    """Whether a column holds what a question is about, by its name."""
    return any(strength(column.key, meaning) >= Strength.HEAD for meaning in ("text", "context", "heading"))


def _repeats(label: Column) -> bool:
    """Whether the values of a column are few, as those of a class are."""
    return label.holds is Holds.LABEL or (label.short and label.distinct <= _REPEATED)


def _incomplete(
    columns: Sequence[Column],
    rows: int,
    free: Sequence[Column],
    prompts: Sequence[Column],
    responses: Sequence[Column],
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
        return _guess({**system, "prompt": prompt.key, "response": responses[0].key})
    # What else is named a prompt is the last to be a response.
    others = [each for each in (*late, *free) if each is not prompt and not is_beside(each) and not _is_more(each)]
    others.sort(key=lambda each: (strength(each.key, "prompt") is Strength.WHOLE, each.length <= LONG))
    if prompts and prompt is not None:
        if not others or is_numbered(others[0], others):
            return None
        return _guess({**system, "prompt": prompt.key, "response": others[0].key})
    if len(free) == 1 and not late[1:]:
        only = free[0]
        alone = all(each is only or each.holds not in _READABLE or is_about(each) for each in columns)
        by_name = strength(only.key, "text") is Strength.WHOLE
        passages = len(columns) == 1 and only.length > _PASSAGE and rows > 1 and only.distinct >= _VARIED
        named = strength(only.key, "text") or late or only.length > LONG or len(columns) == 1
        clear = alone and (by_name or passages)
        return _guess({"text": only.key}, clear=clear, basis="names" if by_name else "values") if named else None
    titled = prompt is not None and strength(prompt.key, "heading") is Strength.WHOLE
    if prompt is not None and others and (titled or others[0].length > LONG or others[0] in late):
        return _guess({"prompt": prompt.key, "response": others[0].key})
    if texts:
        return _guess({"text": texts[0].key})
    if late:
        return _guess({"text": late[0].key})
    if len(free) == 2 and all(each.length > LONG for each in free):
        return _guess({"prompt": free[0].key, "response": free[1].key})
    return None


def _is_more(column: Column) -> bool:
    """Whether a column is a variant of a prompt by its name, such as ``query_with_constraints``."""
    begins = strength(fold(column.key)[0], "prompt") if len(fold(column.key)) > 1 else Strength.NONE
    return begins is Strength.WHOLE and strength(column.key, "response") < Strength.HEAD


def _candidates(columns: Sequence[Column], meaning: str, *, numbers: bool = False) -> list[Column]:
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


def _longest(candidates: Sequence[Column], meaning: str) -> Column:
    """Return the longest of the candidates whose names say their meaning as plainly as the first one's."""
    best = strength(candidates[0].key, meaning)
    return max((each for each in candidates if strength(each.key, meaning) == best), key=lambda each: each.length)


def _is_varied(prompt: Column, rows: int) -> bool:
    return rows < LEAST_ROWS or prompt.holds is Holds.TEXT


def _best_text(texts: Sequence[Column]) -> Column:
    return max(texts, key=lambda each: (strength(each.key, "text"), strength(each.key, "prompt"), each.length))


def _responses_in(texts: Sequence[Column]) -> bool:
    return any(strength(each.key, "response") >= Strength.HEAD for each in texts)


def _first(columns: Sequence[Column]) -> dict[str, str]:
    found = next((each for each in columns if strength(each.key, "system") >= Strength.WHOLE), None)
    return {} if found is None else {"system": found.key}


def _category(categories: Sequence[Column], found: Mapping[str, str]) -> dict[str, str]:
    """Return the category that the rows have besides."""
    free = [each for each in categories if each.key not in found.values() and not is_about(each)]
    fitting = (
        each for each in free if each.holds in (Holds.LABEL, Holds.NUMBER) or (each.short and each.holds is Holds.TEXT)
    )
    first = next(fitting, None)
    return {} if first is None or "category" in found else {"category": first.key}


def _sides(columns: Sequence[Column]) -> tuple[dict[str, str], bool] | None:
    """Return prompt, better and worse response of a preference, and whether their names are the same but for that."""
    texts = [each for each in columns if each.holds in _READABLE and not is_about(each)]
    better = next((each for each in texts if has_word(each.key, BETTER) and not has_word(each.key, WORSE)), None)
    worse = next((each for each in texts if has_word(each.key, WORSE) and each is not better), None)
    opposed = better is None or worse is None
    if better is None or worse is None:
        pairs = ((one, other) for one in texts for other in texts if are_opposites(one, other))
        better, worse = next(pairs, (None, None))
    if better is None or worse is None:
        return None
    prompt = next((each for each in named_as(texts, "prompt") if each not in (better, worse)), None)
    asked = {} if prompt is None else {"prompt": prompt.key}
    plain = opposed and prompt is not None and strength(prompt.key, "prompt") is Strength.WHOLE
    return {**asked, "chosen": better.key, "rejected": worse.key}, plain
