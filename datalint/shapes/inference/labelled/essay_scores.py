"""Essays and other texts with several scores, such as those of content, organization and language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import PEOPLE, VARIED, is_class
from datalint.shapes.evidence.names import REASONS, has_word, is_about, stem
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.stars import is_overall, is_review
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of the names of texts that are graded.
_ESSAYS: Final = ("essay", "composition", "writing", "speech")
#: Words of the names of scores, and of what writing is scored for.
_SCORES: Final = ("score", "scores", "grade", "mark", "marks", "points", "rating", "band", "overall", "total")
_QUALITIES: Final = (
    *"""content organization organisation structure language grammar grammaticality vocabulary lexical lexis cohesion
    coherence conventions mechanics syntax phraseology fluency style voice choice ideas argument argumentation accuracy
    achievement relevance clarity persuasiveness creativity originality spelling punctuation consistency readability
    narrativity development adherence expression pronunciation prosody completeness wording""".split(),
)
#: A word of the name of what identifies an essay, whose text may have any name.
_IDENTIFIED: Final = ("essay",)
#: Words of keys of who wrote a text, next to which a grade is that of a school.
_WRITERS: Final = ("gender", "sex", "race", "ethnicity", "age", "ell", "disability")
_GRADE: Final = (("grade",), ("grade", "level"))
#: Names of the dimensions of an emotion, and how many of them texts have at least.
_DIMENSIONS: Final = (("valence", "arousal", "dominance"), ("v", "a", "d"))
_LEAST_DIMENSIONS: Final = 2
#: Names of keys of the task of an essay.
_TOPICS: Final = (("topic",), ("theme",))
#: Words of keys of feedback on an essay.
_SAID: Final = (*REASONS, "feedback", "comment", "comments", "critique", "evaluation")
#: Words of the names of how many readers pressed a button below a text.
_REACTIONS: Final = ("useful", "helpful", "funny", "cool", "wow", "sad", "likes", "dislikes", "disagree", "upvotes")
#: Different scores under one key, at most and at least, and keys of scores, at most and at least.
_MOST_VALUES: Final = 40
_LEAST_VALUES: Final = 3
_MOST: Final = 16
#: Different ratings of one kind, at most.
_RATED: Final = 11
_LEAST: Final = 2


def essay_scores(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and its scores, which are learned together; None for rows of no such layout.

    One score is enough for an essay. The task that an essay answers is part of the prompt, and what is said of an essay
    is learned as well.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    plain = [each for each in texts if strength(each.key, "text") >= Strength.HEAD]
    essays = [each for each in texts if has_word(each.key, _ESSAYS)]
    if not essays and any(_identifies_essays(each) for each in columns):
        essays = plain
    found = essays or plain
    asked = [each for each in columns if _is_task(each) and each not in found] if essays else []
    said = [each for each in texts if each not in (*found, *asked) and essays and has_word(each.key, _SAID)]
    others = [each for each in texts if each not in (*found, *asked, *said)]
    if len(rows) < LEAST_ROWS or len(found) != 1 or len(asked) > 1 or others or found[0].distinct < VARIED:
        return None
    scores = [each for each in columns if each not in (*found, *asked) and _is_score(each, len(rows))]
    if any(has_word(each.key, _WRITERS) for each in columns):
        scores = [each for each in scores if fold_name(each.key) not in _GRADE]
    if not scores and not essays:
        scores = _standardized(columns, rows)
    stems = {stem(each.key) for each in scores}
    # The other rater may have given only two of the scores.
    scores = [each for each in columns if each in scores or (each.holds is Holds.NUMBER and stem(each.key) in stems)]
    qualities = [each for each in scores if has_word(each.key, _QUALITIES)]
    if essays and not qualities and len({stem(each.key) for each in scores}) == 1:
        scores = scores[:1]  # of several raters, the first one counts
    if not (len(scores) == 1 if essays and not qualities else _LEAST <= len(qualities) <= len(scores) <= _MOST):
        return None
    named = {word for each in qualities for word in fold_name(each.key) if word in _QUALITIES}
    if any(is_class(each) and each not in scores for each in columns) or (not essays and len(named) < _LEAST):
        return None  # how well a program found the metre and the rhyme of a poem is one quality
    learned = {"response": JOIN.join(each.key for each in columns if each in (*scores, *said))}
    learned |= {"category": scores[0].key} if len(scores) == 1 else {}
    prompt = {"prompt": asked[0].key, "context": found[0].key} if asked else {"prompt": found[0].key}
    return Guess.of(prompt | learned, clear=True, basis="names")


def emotion_scores(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text, and how pleasant, excited and strong it is, as numbers, such as in EmoBank."""
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG and not is_about(each)]
    numbers = {"".join(fold_name(each.key)): each.key for each in columns if each.holds is Holds.NUMBER}
    found = next((keys for each in _DIMENSIONS if (keys := [numbers[name] for name in each if name in numbers])), [])
    said = [each for each in columns if each.holds in (Holds.LABEL, Holds.LIST, Holds.OBJECT) and not is_about(each)]
    if len(rows) >= LEAST_ROWS and len(texts) == 1 and (strong := _intensity(columns)):
        return Guess.of({"prompt": texts[0].key} | strong, clear=True, basis="names")
    if (
        len(rows) < LEAST_ROWS
        or len(texts) != 1
        or texts[0].distinct < VARIED
        or said
        or len(found) < _LEAST_DIMENSIONS
    ):
        return None
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(found)}, clear=True, basis="names")


def _intensity(columns: Sequence[SampledColumn]) -> dict[str, str]:
    """Return how strong a feeling is, and which one, as the affect dimension of a tweet; nothing without both."""
    felt = [each for each in columns if has_word(each.key, ("dimension",)) and each.holds in (Holds.LABEL, Holds.OTHER)]
    strong = [each for each in columns if has_word(each.key, ("intensity",)) and each.holds is Holds.NUMBER]
    return {"context": felt[0].key, "response": strong[0].key} if len(felt) == len(strong) == 1 else {}


def possible_ratings(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for one text and several numbers of few values, which may be ratings of it.

    Nothing else is said of the text in words or numbers.
    """
    used = [each for each in columns if each.holds is not Holds.NOTHING and not is_about(each)]
    used = [each for each in used if each.holds is not Holds.NUMBER or not has_word(each.key, _REACTIONS)]
    texts = [each for each in used if each.holds is Holds.TEXT]
    rates = [each for each in used if each.holds is Holds.NUMBER and not each.binary and not each.share]
    few = [
        each for each in rates if _LEAST_VALUES <= each.distinct * len(rows) <= _RATED and use_of(each.key) == "unknown"
    ]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(few) < _LEAST or len(few) + 1 != len(used):
        return None
    text = texts[0]
    if text.length <= LONG or text.distinct < VARIED or strength(text.key, "text") < Strength.HEAD:
        return None
    if all(map(is_class, few)):
        return None  # classes by their names, as those in words are
    whole = [each.key for each in few if is_overall(each)]
    if len(whole) == 1 and is_review(text):
        # Ratings of parts of a thing are facts next to that of all of it.
        return Guess.of({"prompt": text.key, "response": whole[0], "category": whole[0]}, clear=True, basis="names")
    return Guess.of({"prompt": text.key, "response": JOIN.join(each.key for each in few)})


def _is_task(column: SampledColumn) -> bool:
    """Whether a column holds the task of an essay by its name; a few tasks may recur."""
    named = strength(column.key, "prompt") is Strength.WHOLE or fold_name(column.key) in _TOPICS
    return column.holds in READABLE and named


def _is_score(column: SampledColumn, rows: int) -> bool:
    """Whether a column holds few numbers that grade a text by their name, and not those of one of several raters."""
    few = _LEAST_VALUES - 0.5 <= column.distinct * rows <= _MOST_VALUES
    if column.holds is not Holds.NUMBER or column.binary or column.sparse or not few:
        return False
    return has_word(column.key, (*_SCORES, *_QUALITIES)) and not has_word(column.key, PEOPLE) and not _is_set(column)


def _standardized(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the scores of qualities that are not rounded, each above and below 0, if no other numbers are there.

    What programs measure of the texts of a corpus has other names next to it, and is hardly below 0.
    """
    numbers = [each for each in columns if each.holds is Holds.NUMBER and not is_about(each)]
    values = {each.key: [row.get(each.key) for row in rows] for each in numbers}
    both = all(any(map(_is_below, values[each.key])) and not all(map(_is_below, values[each.key])) for each in numbers)
    return numbers if both and all(has_word(each.key, _QUALITIES) for each in numbers) else []


def _is_below(value: object) -> bool:
    """Whether a number, which a table may have as text, is below 0."""
    return value < 0 if isinstance(value, int | float) else str(value).startswith("-")


def _identifies_essays(column: SampledColumn) -> bool:
    """Whether a column identifies essays by its name, such as ``essay_id``."""
    return has_word(column.key, _IDENTIFIED) and fold_name(column.key)[-1:] == ("id",)


def _is_set(column: SampledColumn) -> bool:
    """Whether numbers are those of sets or places by the last word of their name."""
    return fold_name(column.key)[-1:] in (("set",), ("id",), ("index",), ("count",), ("length",), ("number",))
