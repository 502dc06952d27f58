"""Machine translations with an estimate of their quality: the estimate is learned instead of the translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: Names of keys of the source, of its machine translation, and of the quality of that, the best first.
_SOURCES: Final = frozenset("original source src sourcetext".split())
_MADE: Final = frozenset("translation mt hyp hypothesis target tgt machinetranslation".split())
ESTIMATES: Final = tuple("zmean meanz zscore hter mqm mqmscore da dascore damean directassessment".split())
#: Names of keys of the mean of what several people say, and of its deviation next to it.
_MEANS: Final = ("average", "mean", "avg", "meanscore", "averagescore")
_DEVIATIONS: Final = ("stdev", "stddev", "std", "sd", "standarddeviation", "stdscore")
#: Names of keys of a human translation, and of the quality of another translation next to it.
_REFERENCES: Final = frozenset(("ref", "reference"))
_SCORE: Final = "score"
#: What is said of each word of a translation, and a word of the names of what is said of the words of its source.
_RATED: Final = frozenset(("ok", "bad"))
_NUMBERS: Final = frozenset(("0", "1"))
_OF_SOURCE: Final = ("src", "source", "original")
#: Share of the rows whose words are all rated.
_NEARLY_ALL: Final = 0.9


def quality_estimates(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a source, its translation and the quality of that, as MLQE and WMT have them.

    It is a number, or a list of ``OK`` and ``BAD`` for its words. The translation of a person may be learned instead
    of a number, which is then proposed; if there is another text, None. A mean with its deviation may be that of any
    text next to its source, such as a gloss, and is proposed.
    """
    rated = [each for each in columns if rates_words(each.key, rows)]
    columns = [each for each in columns if each not in rated]
    named = [("".join(fold_name(each.key)), each) for each in columns if each.holds is Holds.TEXT and not each.listed]
    texts = {name: each for name, each in named if name in _SOURCES or not is_about(each)}
    numbers = {"".join(fold_name(each.key)): each.key for each in columns if each.holds is Holds.NUMBER}
    source = [each for name, each in texts.items() if name in _SOURCES]
    made = [each for name, each in texts.items() if name in _MADE]
    reference = [each.key for name, each in texts.items() if name in _REFERENCES]
    scores = [numbers[name] for name in (*ESTIMATES, *(_SCORE for _ in reference)) if name in numbers]
    words = [each.key for each in rated if not has_word(each.key, _OF_SOURCE)]
    if not scores and not words and (means := _with_deviation(numbers)) and len(source) == len(made) == 1:
        others = [each.key for each in texts.values() if each not in (*source, *made)]
        context = JOIN.join((made[0].key, *others))
        return (
            Guess.of({"prompt": source[0].key, "context": context, "response": means})
            if len(rows) >= LEAST_ROWS
            else None
        )
    if len(rows) < LEAST_ROWS or not len(source) == len(made) == 1 or not (scores or words):
        return None
    if made[0].length <= LONG or made[0].distinct < VARIED or (len(texts) > 2 + len(reference) and not words):
        return None
    found = {"prompt": source[0].key, "context": JOIN.join((made[0].key, *reference))}
    found |= {"labels": words[0]} if len(words) == 1 else {"response": scores[0]} if scores else {}
    return Guess.of(found, clear=len(found) > 2 and not reference, basis="names")


def _with_deviation(numbers: Mapping[str, str]) -> str:
    """Return the key of a mean that stands next to its deviation, of keys by their names; empty for none."""
    means = [numbers[name] for name in _MEANS if name in numbers]
    return means[0] if len(means) == 1 and any(name in numbers for name in _DEVIATIONS) else ""


def rates_words(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether nearly all rows have a list of ``OK`` and ``BAD`` under a key, which may be written as text.

    Tags by their name may be zeros and ones as well.
    """
    lists = [value.split() if isinstance(value, str) else value for row in rows if (value := row.get(key))]
    lists = [each for each in lists if isinstance(each, list)]
    ratings = (_RATED, _NUMBERS) if fold_name(key)[-1:] == ("tags",) else (_RATED,)
    for pair in ratings:
        # The first word of most texts says that they are none.
        rated = [{str(tag).lower() for tag in each} for each in lists if all(str(tag).lower() in pair for tag in each)]
        if len(rated) >= _NEARLY_ALL * len(rows) and set().union(*rated) == pair:
            return True
    return False
