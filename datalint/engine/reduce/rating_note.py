"""Notes on ratings of answers that are not read, so that bad answers are learned like good ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from datalint.core.kind import SFT, TEXT
from datalint.privacy.display import excerpt
from datalint.shapes.detect import Detector
from datalint.support.names.ascii_words import ascii_words

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.records.dataset import Dataset

#: Rows that are read, spread over the dataset, and the share of them that has a value at least.
_SAMPLE: Final = 40
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
#: The share of the best rating from which on all answers are good.
_ALIKE: Final = 0.8
#: Values of a rating in words at most, and their characters.
_MOST_WORDS: Final = 6
_WORD: Final = 20
#: Spellings of yes and no, and characters of the longest.
YES_OR_NO: Final = tuple(map(frozenset, (("0", "1"), ("0.0", "1.0"), ("true", "false"), ("yes", "no"), ("y", "n"))))
_FLAG: Final = 5


def rating_note(dataset: Dataset, plan: Plan, first: dict[str, Any]) -> str | None:
    """Return a note on a key that rates the answers and is not read; None if there is none."""
    used = mapped_keys(plan) | ({dataset.category.key} if dataset.category else set())
    keys = [key for key, value in first.items() if key not in used and _may_rate(key, value)]
    # The score of a text alone may be the stars of a review, unless the text was asked for.
    asked = dataset.kind == SFT or any(not _ASKED.isdisjoint(_words(key)) for key in first)
    keys = [key for key in keys if asked or not _BESIDE.isdisjoint(_words(key))]
    if not keys:
        return None
    if not plan.columns and any("".join(_words(key)) in _RIGHT for key in keys) and is_noted(dataset, first, plan):
        return None
    records = some_records(dataset)
    for key in keys:
        shown = _values(key, records)
        if shown is not None:
            texts = "texts" if dataset.kind == TEXT else "answers"
            return (
                f'"{excerpt(key, 40)}" ({shown}) is not read: if it rates the {texts}, bad ones are learned like good '
                "ones; keep the good ones, or make pairs of them"
            )
    return None


def may_be_flag(value: object) -> bool:
    """Return whether a value is yes or no, or nothing."""
    if value is None or isinstance(value, str):
        said = (value or "").lower() if len(value or "") <= _FLAG else "?"
        return not said or any(said in words for words in YES_OR_NO)
    return isinstance(value, int | float) and value in (0, 1)


def mapped_keys(plan: Plan) -> set[str]:
    """Return the top-level keys that are mapped, or were guessed to mean something."""
    read: Collection[str] = plan.mapping.values()
    named = {key for each in read for key in (each, *each.split("+"))}  # several may have one meaning
    return {each.partition(".")[0] for each in named}


def some_records(dataset: Dataset) -> list[dict[str, Any]]:
    """Return a few rows, spread over the dataset."""
    step = max(dataset.size // _SAMPLE, 1)
    return dataset.records(list(range(0, dataset.size, step))[:_SAMPLE])


def is_noted(dataset: Dataset, first: dict[str, Any], plan: Plan) -> bool:
    """Return whether the note on wrong responses, which is of the first rows, says it already."""
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
