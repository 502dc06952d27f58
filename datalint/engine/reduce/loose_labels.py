"""Labels that may differ for one text without a contradiction: scores, grades, where a text is from or what it is
about, and the parts of speech of a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.engine.reduce.scores import CLOSE, GRADES, agree, key_words, most_apart, scale_of
from datalint.support.sentence_signs import QUESTION_MARKS

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import Reader
    from datalint.records.analyses import Group

#: Words of the names of keys with the source of a text.
_ORIGINS: Final = frozenset(
    "domain source genre register author speaker site website corpus language lang dialect".split()
)
#: Words of the names of keys of what a text is about, which may be several.
_SUBJECTS: Final = frozenset("ticker tickers symbol symbols stock stocks".split())
#: When a text is from: a year, a date or years.
_DATED: Final = r"(?:1[5-9]|20)\d\d(?:\s?[-–/.]\s?\d{1,4}){0,2}"
#: Characters and words of a text that may be from anywhere, and how many grades are looked at.
_CHARS: Final = 30
_WORDS: Final = 3
_MOST: Final = 10
_ROWS_PER_DATE: Final = 4
#: Different answers of a scale on which neighbours are alike: of fewer, each is a class.
_SCALE: Final = 4


def without_loose(groups: list[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return groups of rows with one prompt without those whose answers two people may give.

    These are scores up to a fifth of their scale apart, grades of one text that differ by one, where a text of few
    words is from, when a text that is no question is from, companies by their codes, and parts of speech of a word.
    """
    if not groups:
        return groups
    chars = examples["response_chars"].gather([group.rows[0] for group in groups])
    if (chars > _CHARS).all():
        return groups
    dated = examples["answer"].n_unique() * _ROWS_PER_DATE <= examples.height
    groups = [group for group in groups if not _may_be_several(group, reader, dated=dated)]
    if not groups:
        return groups
    if apart := most_apart(examples, reader):
        texts_of = ([text.response for text in reader.texts(group.rows[:_MOST])] for group in groups)
        return [group for group, texts in zip(groups, texts_of, strict=True) if not agree(texts, apart)]
    words = key_words(key_of_answer(groups[0].rows[0], reader))
    if not words.isdisjoint(GRADES) and examples["response_hash"].n_unique() >= _SCALE:
        apart = CLOSE * scale_of(examples, reader)
        rows = sorted({row for group in groups for row in group.rows[:_MOST]})
        answers = dict(zip(rows, (text.response for text in reader.texts(rows)), strict=True))
        given = [(group, [answers.get(row, "") for row in group.rows]) for group in groups]
        return [group for group, some in given if not (_are_neighbours(some) or agree(some, apart))]
    if not words.isdisjoint(_SUBJECTS):
        return []
    if not words.isdisjoint(_ORIGINS):
        rows = [group.rows[0] for group in groups if examples["prompt_chars"][group.rows[0]] <= _CHARS]
        texts = zip(rows, reader.texts(rows), strict=True)
        brief = {row for row, text in texts if len(text.prompt.split()) <= _WORDS}
        return [group for group in groups if group.rows[0] not in brief]
    return groups


def _may_be_several(group: Group, reader: Reader, *, dated: bool) -> bool:
    """Return whether all answers are parts of speech of a word or, if they may be dates, say when a text is from."""
    from datalint.sources.readers.tagged.word_classes import CLASSES

    texts = reader.texts(group.rows[:_MOST])
    answers, prompt = [text.response.strip() for text in texts], texts[0].prompt.strip()
    if not any(map(str.isspace, prompt)) and CLASSES.issuperset(answers):
        return True
    return dated and not prompt.endswith(QUESTION_MARKS) and all(re.fullmatch(_DATED, answer) for answer in answers)


def key_of_answer(row: int, reader: Reader) -> str:
    """Return the path of a row's first answer, empty without one."""
    turns = reader.turns([row]).filter(pl.col("role") == "assistant")
    return turns["path"][0] if turns.height else ""


def _are_neighbours(answers: Sequence[str]) -> bool:
    if not all(re.fullmatch(r"-?[0-9]{1,3}(?:\.0)?", answer.strip()) for answer in answers):
        return False
    grades = list(map(float, answers))
    return max(grades) - min(grades) <= 1
