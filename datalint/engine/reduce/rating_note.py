"""A note on ratings of answers that are not read, so that bad answers are learned like good ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.core.kind import SFT, TEXT
from datalint.privacy.display import excerpt
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.support.names.ascii_words import ascii_words

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.records.dataset import Dataset

#: Rows that are read, spread over the dataset, and the share of them that has a value at least.
_SAMPLE: Final = 40
_LEAST: Final = 20
_MOSTLY: Final = 0.9
#: Names of ratings: English, Chinese, Japanese, Korean, German, French, Spanish, Portuguese, Italian, Russian,
#: Vietnamese, Turkish, Indonesian, Polish. Words next to them that leave them ratings of an answer.
_RATINGS: Final = frozenset(
    """score scores rating ratings grade grades reward rewards helpfulness correctness verdict judgement judgment
    faithfulness groundedness relevance relevancy truthfulness harmlessness coherence completeness conciseness
    feedback vote thumb thumbs reaction
    评分 分数 得分 評分 評価 スコア 点数 評点 점수 평점 bewertung punktzahl notation puntuacion puntaje calificacion
    pontuacao avaliacao punteggio valutazione оценка балл рейтинг điem diem puan skor ocena""".split()
)
_BESIDE: Final = frozenset(
    """quality human answer response output overall final total average avg mean judge gpt llm model reward user
    annotator expert the of""".split()
)
#: Words of the names of what a text is written about.
_ASKED: Final = frozenset("topic theme tema thema sujet 主题 題目 题目 主題 お題 テーマ 주제 тема".split())
#: Names of keys that say with yes or no whether an answer is right.
_RIGHT: Final = frozenset(("correct", "iscorrect", "isright", "iscorrectanswer", "accepted", "isaccepted", "isgood"))
#: Characters of a label, and the share of the best rating from which on all answers are good.
_LABEL: Final = 40
_ALIKE: Final = 0.8
#: Values of a rating in words at most, and their characters.
_MOST_WORDS: Final = 6
_WORD: Final = 20


def rating_note(dataset: Dataset, plan: Plan) -> str | None:
    """Return a note on a key that rates the answers and is not read; None if there is none.

    Keys that are mapped, or were guessed to mean something, are read. Only a few rows are looked at.
    """
    read: Collection[str] = plan.mapping.values()
    if dataset.kind not in (SFT, TEXT) or dataset.size < _LEAST or not _are_texts(dataset.examples):
        return None
    named = {key for each in read for key in (each, *each.split("+"))}  # several may have one meaning
    used = {each.partition(".")[0] for each in named} | ({dataset.category.key} if dataset.category else set())
    first = dataset.records([0])[0]
    keys = [key for key, value in first.items() if key not in used and _may_rate(key, value)]
    # The score of a text alone may be the stars of a review, unless the text was asked for.
    asked = dataset.kind == SFT or any(not _ASKED.isdisjoint(_words(key)) for key in first)
    keys = [key for key in keys if asked or not _BESIDE.isdisjoint(_words(key))]
    if not keys:
        return None
    if not plan.columns and any("".join(_words(key)) in _RIGHT for key in keys) and _is_noted(dataset, first, plan):
        return None
    step = max(dataset.size // _SAMPLE, 1)
    records = dataset.records(list(range(0, dataset.size, step))[:_SAMPLE])
    for key in keys:
        shown = _values(key, records)
        if shown is not None:
            texts = "texts" if dataset.kind == TEXT else "answers"
            return (
                f'"{excerpt(key, 40)}" ({shown}) is not read: if it rates the {texts}, bad ones are learned like good '
                "ones; keep the good ones, or make pairs of them"
            )
    return None


def _is_noted(dataset: Dataset, first: dict[str, Any], plan: Plan) -> bool:
    """Whether the note on wrong responses, which is of the first rows, says it already."""
    from datalint.engine.guesses.notes.sampling import ROWS
    from datalint.engine.guesses.notes.wrong_responses import wrong_responses

    shape = Detector(plan.columns, plan.guesses).shape(first)
    return wrong_responses(first, shape, dataset.records([*range(min(dataset.size, ROWS))])) != ""


def _words(key: str) -> tuple[str, ...]:
    """Return the words of a key in its language."""
    if key.isascii():
        return tuple(ascii_words(key))
    from datalint.support.names.translated_names import pieces_of

    return pieces_of(key)


def _are_texts(examples: pl.DataFrame) -> bool:
    """Whether most rows are read, and most responses longer than a label: next to one, a number may be its stars."""
    short = ((examples["response_chars"] <= _LABEL) | (examples["shape"] == UNKNOWN.name)).sum()
    return 2 * short < examples.height


def _may_rate(key: str, value: object) -> bool:
    """Whether a key is named as a rating of an answer, and holds a number or a word."""
    if not isinstance(value, int | float | str) or (isinstance(value, str) and len(value) > _WORD):
        return False
    words = _words(key)
    if "".join(words) in _RIGHT:
        return not isinstance(value, str)
    return not _RATINGS.isdisjoint(words) and (_RATINGS | _BESIDE).issuperset(words)


def _values(key: str, records: Iterable[Mapping[str, object]]) -> str | None:
    """Return the values of a rating in words; None if the key is no rating, or has the same value in all rows."""
    rows = list(records)
    given = [row[key] for row in rows if _may_rate(key, row.get(key))]
    if len(given) < _MOSTLY * len(rows):
        return None
    numbers = [float(each) for each in given if isinstance(each, int | float)]
    if "".join(_words(key)) in _RIGHT:
        return "yes and no" if set(numbers) == {0.0, 1.0} else None
    if len(numbers) == len(given):
        return f"{min(numbers):g} to {max(numbers):g}" if min(numbers) < _ALIKE * max(numbers) else None
    words = sorted({str(each) for each in given})
    return ", ".join(excerpt(each, _WORD) for each in words) if 1 < len(words) <= _MOST_WORDS else None
