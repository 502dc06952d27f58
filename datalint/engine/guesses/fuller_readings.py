"""Guesses that read more of rows than the known shape that fits them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from statistics import mean
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.answered_texts import answered_texts, is_answered
from datalint.engine.guesses.conversations import SPOKEN, fuller_conversation
from datalint.engine.guesses.expected_answers import may_expect, with_expected
from datalint.engine.guesses.misleading_names import may_lack_prompt, promptless
from datalint.engine.guesses.named_labels import is_label_name
from datalint.engine.guesses.other_readings import ASKING, OTHERS
from datalint.engine.guesses.partly_labelled import LABELLED, partly_labelled
from datalint.engine.guesses.rated_pairs import may_rate, rated_pair
from datalint.engine.guesses.sampling import ROWS, sample
from datalint.engine.guesses.sides_labels import labels_of_sides, may_judge_sides
from datalint.engine.guesses.statuses import are_labelled, may_be_labelled
from datalint.engine.guesses.topics import may_have_topic, with_topic
from datalint.engine.guesses.transcripts import holds_text
from datalint.engine.guesses.unread_passages import below_title, passage_of, with_passage
from datalint.shapes.detect import Detector
from datalint.shapes.formats.text_label import LABELS
from datalint.shapes.key_paths import top_of
from datalint.shapes.side_keys import use_of
from datalint.support.word_scripts import has_words

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess


def fuller_guess(
    known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess that reads more of rows than their known shape does, None for none that is clear.

    Rows with texts instead of lists of messages fit no known shape, so any guess about them counts.
    """
    ahead = _Ahead(rows)
    if may_rate(known, first) and (rated := rated_pair(known, (first, *ahead.head(_FEW_ROWS)))) is not None:
        return _over_both(rated, known, first, detector)
    if may_judge_sides(known, first) and (judged := labels_of_sides((first, *ahead.head(ROWS - 1)))) is not None:
        return _over_both(judged, known, first, detector)
    if may_lack_prompt(known, first):
        proposed = promptless(known, [row for row in sample(first, ahead) if row])
        return proposed and _over_both(proposed, known, first, detector)
    for may_be, guessed in OTHERS:
        if may_be(known, first):
            alike = [row for row in sample(first, ahead) if row and detector.shape(row).name == known.name]
            if (guess := guessed(known, alike)) is not None:
                return guess._replace(over=guess.over | {detector.by_keys(first)} if guess.over else guess.over)
            ahead = _Ahead(iter(alike[1:]))
    if known.name in ASKING and _JUDGED.isdisjoint(first):
        if passage := passage_of(first):
            return with_passage(known, passage, first, ahead, detector)
        if known.name == "question-answer":
            return below_title(known, first, ahead, detector)
    if holds_text(known, first) or known.name in SPOKEN:
        return fuller_conversation(known, first, ahead, detector)
    if known.name == "text-label" and "category" in first:
        few = (first, *ahead.head(_FEW_ROWS))
        if (whole := answered_texts(few)) is not None:
            return whole
        if any(map(may_expect, few)) and (expected := with_expected(first, ahead.all(), detector)) is not None:
            return expected
    return _inferred(known, first, ahead, detector)


class _Ahead:
    """An iterator over rows, the next of which can be looked at before they are taken."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self

    def __next__(self) -> dict[str, Any]:
        return next(self._rows)

    def head(self, most: int | None) -> list[dict[str, Any]]:
        """Return the next rows, at most so many, without taking them; all for None."""
        found = list(islice(self._rows, most))
        self._rows = chain(found, self._rows)
        return found

    def all(self) -> Iterator[dict[str, Any]]:
        """Return an iterator over all rows, which takes none."""
        return iter(self.head(None))


def _over_both(guess: Guess, known: Shape, first: dict[str, Any], detector: Detector) -> Guess:
    """Return a guess that is used for rows of the known shape, and of the one that the keys of the first row fit."""
    return guess._replace(over=frozenset((known.name, detector.by_keys(first))))


def _inferred(known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess from names and values of all keys, if the known shape may leave out what is learned or asked."""
    unlabelled = known.name in LABELLED and not _LABEL_KEYS.isdisjoint(first)
    about = may_have_topic(known, first)
    if not unlabelled and not about and not _may_lack(known, first):
        return None
    from datalint.shapes.inference.translated_keys import infer

    sampled = [row for row in sample(first, rows) if row]
    if unlabelled and (partly := partly_labelled(sampled, rows, detector)) is not None:
        return partly
    alike = [row for row in sampled if detector.shape(row).name == known.name]
    if about and (topical := with_topic(alike)) is not None:
        return topical
    guess = infer(alike) if _may_lack(known, first) else None
    if guess is None:
        return None
    if known.name == "text" and is_answered(guess, alike):
        guess = guess._replace(clear=True, basis="names")
    if not guess.clear:
        # It is no text: the user says what is learned.
        return guess._replace(over=frozenset((known.name,))) if _proposes(guess, known, alike) else None
    return _if_better(guess, known, first, alike, detector)


def _proposes(guess: Guess, known: Shape, alike: Sequence[dict[str, Any]]) -> bool:
    """Whether an unclear guess shows that rows are no plain texts, or no texts with a label."""
    from datalint.shapes.inference.labelled.flattened_lists import is_flattened

    if known.name in ("text", "text-label") and _are_parts(guess, alike):
        return True
    return known.name == "text" and (are_labelled(guess, alike) or is_flattened(guess) or _are_marked(guess, alike))


def _if_better(
    guess: Guess, known: Shape, first: dict[str, Any], alike: Sequence[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return a clear guess if it reads more of the rows than their known shape does, None otherwise."""
    found = dict(guess.columns)
    if known.name == "prompt-only" and found.get("messages") == _TURNS:
        # Lists of user turns alone come with a number and a category; those with the turns of both speakers are longer.
        sizes = [len(row[_TURNS]) for row in alike if isinstance(row.get(_TURNS), list)]
        are_two = _NUMBERED.isdisjoint(first) and sum(sizes) >= _LEAST_TURNS * len(alike)
        return guess._replace(over=frozenset((known.name,))) if are_two else None
    wanted = ("prompt",) if "labels" in found else _WEAK[known.name]
    if known.name == "prompt-only" and "chosen" in found:
        wanted = _WEAK["preference"]
    if _is_known_better(known, found, alike) or not all(meaning in found for meaning in wanted):
        return None
    # The first row may be one of few without a key.
    needed = {*map(top_of, guess.required)}
    if 2 * sum(needed <= row.keys() for row in alike) <= len(alike):
        return None
    # Its keys may be those of another shape too, which its values are not.
    return _over_both(guess, known, first, detector)


def _may_lack(known: Shape, first: dict[str, Any]) -> bool:
    """Whether a known shape may leave out the response or the prompt, by the keys of the first row."""
    if known.name not in _WEAK or known.name == "question-answer":
        return known.name in _WEAK
    if known.name == "preference":
        return _ASKED.isdisjoint(first)
    if known.name == "text-label" and any(_are_objects(first.get(key)) for key in LABELS):
        return True
    if isinstance(first.get("text"), dict):
        return True
    if known.name == "prompt-only" and _NUMBERED.isdisjoint(first) and isinstance(first.get(_TURNS), list):
        return True
    if known.name == "text" and sum(map(_may_be_votes, first.values())) >= _LEAST_VOTED:
        return True
    if known.name == "text" and may_be_labelled(first):
        return True
    return any(
        use_of(key) != "metadata" or is_label_name(key) or _are_objects(value) or _are_tags(key, value)
        for key, value in first.items()
        if key not in known.keys
    )


def _are_marked(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a guess learns objects that mark words of the prompt, such as events, so that no row is a plain text."""
    from datalint.shapes.inference.spans.placed_notes import marks_words

    found = dict(guess.columns)
    return {"prompt", "response"} <= found.keys() and marks_words(rows, found["prompt"], found["response"])


def _are_parts(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each text is an object, such as one with a text for each language, of which a guess reads a part."""
    found = dict(guess.columns)
    inner = found.get("prompt", "").startswith("text.") and "response" in found
    return inner and all(isinstance(row.get("text"), dict) for row in rows)


def _is_known_better(known: Shape, found: Mapping[str, str], rows: Sequence[dict[str, Any]]) -> bool:
    """Whether the known shape reads rows better than the guess ``found``, which maps meanings to keys."""
    from datalint.shapes.evidence.checking import is_right
    from datalint.shapes.evidence.names import names_class
    from datalint.shapes.guess import keys_of
    from datalint.support.names.column_names import Strength, strength

    response = found.get("response", "")
    aside = max(strength(response, each) for each in ("heading", "test"))
    if aside >= Strength.HEAD and "labels" not in found and not names_class(response):
        return True
    if known.name == "prompt-only":
        # Neither the category of a question is an answer, nor the few words that a reward compares with.
        compared = all(map(is_right, keys_of("response", response))) and not _is_written(rows, response)
        return compared or found.get("category") == response in known.keys
    if known.name == "text-label" and "labels" not in found:
        of_label = "category" in found and response in (*known.keys, found["category"])
        # A label of several texts is one of the text too.
        return of_label and not ("context" in found and response in known.keys)
    if known.name == "text":
        if response != "text" and _is_within(rows, response, "text"):
            return True  # the text is what a tuner made of the other columns
        # A corpus to continue, whose documents are sorted.
        sorted_by = "category" in found and _GENERATED not in response.lower()
        return sorted_by and sum(len(str(row["text"])) for row in rows) > _LONG * len(rows)
    if known.name == "translation":
        return _is_translation(rows, known)
    return known.name == "question-answer" and response not in _JUDGED


def _is_written(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether the texts of a key are those of an answer that is written out."""
    texts = [text for row in rows if isinstance(text := row.get(key), str) and text]
    return bool(texts) and mean(len(text) for text in texts) >= _ANSWERING


def _are_objects(value: object) -> bool:
    """Whether a value is a list of objects or lists, which may be places in a text with labels, or an empty one.

    Tables write such a list as text.
    """
    if isinstance(value, str):
        return re.match(_WRITTEN, value) is not None
    return isinstance(value, list) and (not value or isinstance(value[0], dict | list))


def _may_be_votes(value: object) -> bool:
    """Whether a value is a small whole number, such as the number of annotators who chose a label."""
    if isinstance(value, str):
        return re.fullmatch(_VOTES, value) is not None
    return isinstance(value, int | float) and value in range(_MOST_VOTES)


def _are_tags(key: str, value: object) -> bool:
    """Whether a value is a list of texts that is named as tags of words, or a text of such tags."""
    if isinstance(value, str):
        from datalint.shapes.evidence.tag_lists import spells_tags

        return spells_tags(value)
    return isinstance(value, list) and not _TAGS.isdisjoint(re.split(r"[\W_\d]+", key.lower()))


#: Known shapes that may leave texts unread, and the meanings that a guess must have to be used instead.
_WEAK: Final = {
    "text": ("prompt", "response"),
    "prompt-only": ("prompt", "response"),
    "text-label": ("prompt", "response"),
    "translation": ("prompt", "response"),
    "preference": ("prompt", "chosen", "rejected"),
    "question-answer": ("prompt", "context", "response"),
}
#: Numbers of annotators who chose a label, as tables write them, their limit, and the least number of labels.
_VOTES: Final = r"\d(?:\.0)?"
_MOST_VOTES: Final = 10
_LEAST_VOTED: Final = 3
#: The keys of labels.
_LABEL_KEYS: Final = frozenset(LABELS)
#: Mean characters from which on texts with a category are documents.
_LONG: Final = 2_000
#: Mean characters from which on what is expected is an answer that is written out.
_ANSWERING: Final = 100
#: Rows that are looked at for an expected answer, or for ratings.
_FEW_ROWS: Final = 50
#: A word of the name of a label that says whether a model wrote a text. It is learned, however long the text is.
_GENERATED: Final = "generated"
#: Keys that say whether an answer is right, next to a question.
_JUDGED: Final = frozenset(
    """label target match is_match relevance relevant is_relevant correct is_correct correctness""".split()
)
#: The beginning of a list of objects or lists that is written as text, or an empty one.
_WRITTEN: Final = r"\s{0,9}\[\s{0,9}[\[{\]]"
#: The key of turns that are texts, keys of a set of questions, and turns of a row, on average, at least.
_TURNS: Final = "turns"
_NUMBERED: Final = frozenset(("question_id", "prompt_id", "query_id", "instruction_id", "category", "reference"))
_LEAST_TURNS: Final = 3
#: Words of the names of tags of words.
_TAGS: Final = frozenset(("ner", "pos", "bio", "iob"))
#: Keys of the prompt of a preference that is one.
_ASKED: Final = frozenset(("prompt", "question", "instruction", "input", "messages", "conversations"))


def _is_within(rows: Sequence[dict[str, Any]], key: str, other: str) -> bool:
    """Whether the longer texts under a key are mostly a part of those under another."""
    pairs = [(row.get(key), row.get(other)) for row in rows]
    texts = [(one, two) for one, two in pairs if isinstance(one, str) and isinstance(two, str) and has_words(one, 2)]
    return sum(one.strip() in two for one, two in texts) * 2 > len(texts)


def _is_translation(rows: Sequence[dict[str, Any]], known: Shape) -> bool:
    """Whether the first key of a translation holds texts, and not where they are from."""
    from datalint.shapes.evidence.sampled import Holds
    from datalint.shapes.evidence.sampling import columns_of

    source = next(key for key in known.keys if key in rows[0])
    return any(each.key == source and each.holds in (Holds.TEXT, Holds.OBJECT) for each in columns_of(rows))
