"""Inference of the columns of each source from a sample of its rows, before anything is mapped."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.engine.map.accepted import without_key
from datalint.engine.reasoning import unread_reasoning
from datalint.engine.references import with_reference
from datalint.engine.sampling import sample
from datalint.privacy.display import Shown, printable
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.shapes.mapped import top_of
from datalint.shapes.side_keys import use_of
from datalint.sources.splits import evaluation_name
from datalint.support.spelling import nearest

if TYPE_CHECKING:
    from datalint.engine.plan import Plan
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess
    from datalint.sources import Source

#: Bytes of text that the sample is read from, in steps. The first bytes show whether the shape is known. Each step
#: reads more, since a chunk reports a limited number of the lines that it refuses, and these take longest.
_BYTES: Final = (1 << 13, 1 << 17, 1 << 21)
#: Share of the rows of no known shape that must have the keys of a clear guess.
_COVERED: Final = 0.9
#: Containers of texts without keys.
_TEXTS: Final = ("text", "text-blocks", "text-parts")
#: Files that a note names.
_NAMED: Final = 3


def with_guesses(plan: Plan, *sides: Sequence[Source]) -> tuple[Plan, list[Shown]]:
    """Return the plan with the inferred columns of rows of unknown shape, and a note for each inference that is used.

    Another note says that reasoning beside answers is not read. If the user maps columns, nothing is inferred. If all
    sources are evaluation sets by their names, the right answers in them are learned instead of those of the model
    under test. If the first row of a source has a known shape, only its first rows are read.
    """
    if plan.columns:
        return plan, []
    detector = Detector()
    found: dict[Guess, list[str]] = {}
    unread: dict[str, list[str]] = {}
    every = [each for side in sides for each in side]
    held = all(evaluation_name(each.path) for each in every)
    for source in every:
        rows = first_rows(source) if source.container not in _TEXTS else iter(())
        first = next(rows, None)
        if not first:
            continue
        guess = _of_rows(first, rows, detector) or (with_reference(first_rows(source), detector) if held else None)
        if guess is not None:
            same = next((each for each in found if _of_one_kind(each, guess)), guess)
            found.setdefault(same, []).append(source.path)
        shape = detector.shape(first) if guess is None else Detector(guesses=[guess]).shape(first)
        if key := unread_reasoning(first, shape):
            unread.setdefault(key, []).append(source.path)
    notes = [_note(paths, f"guessed from the {g.basis}: {g.option}") for g, paths in found.items() if g.clear]
    notes += [_note(paths, f'the reasoning under "{key}" is not read, nor learned') for key, paths in unread.items()]
    return dataclasses.replace(plan, guesses=tuple(found)), notes


def guess_columns(source: Source, detector: Detector) -> Guess | None:
    """Return the columns inferred for a source; None if its first row has a known shape or nothing can be inferred."""
    if source.container in _TEXTS:
        return None
    rows = first_rows(source)
    first = next(rows, None)
    return _of_rows(first, rows, detector) if first else None


def _of_rows(first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the columns inferred from the first row of a source and from those after it."""
    known = detector.shape(first)
    if known is not UNKNOWN:
        return _better(known, first, rows, detector)
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference import infer
    from datalint.shapes.sampled import LEAST_ROWS

    sampled = [row for row in sample(first, rows) if row]
    unknown = [row for row in sampled if detector.shape(row) is UNKNOWN]
    guess = infer(unknown)
    if guess is not None and _is_slip(guess, sampled, mixed=len(unknown) < len(sampled)):
        return None
    if guess is None and len(unknown) >= LEAST_ROWS:
        # Where many rows say nothing, a single one says no more: nothing is proposed for any of them.
        return Guess((), keys=frozenset(key for row in unknown for key in row))
    if guess is None or not guess.clear:
        return guess
    needed = frozenset(map(top_of, guess.required))
    covered = sum(needed.issubset(row) for row in unknown)
    return guess._replace(clear=covered >= _COVERED * len(unknown))


def _is_slip(guess: Guess, rows: Sequence[dict[str, Any]], *, mixed: bool) -> bool:
    """Whether a guessed key is the misspelling of one that other rows have: then rows are mistaken, not of a layout.

    If the rows are ``mixed``, others have a known shape, so that its key need not be among them.
    """
    keys = {key for row in rows for key in row}
    return any((right := nearest(key, "row")) is not None and (mixed or right in keys) for key in guess.required)


def _better(known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that reads more of rows than their known shape does, None for none that is clear."""
    if known.name not in _WEAK:
        return None
    if known.name == "question-answer":
        if _JUDGED not in first:
            return _with_passage(known, first, rows, detector) if _PASSAGE in first else None
    elif known.name == "preference":
        if not _ASKED.isdisjoint(first):
            return None
    elif all(
        use_of(key) == "metadata" and not _is_label(key) and not _are_objects(value) and not _are_tags(key, value)
        for key, value in first.items()
        if key not in known.keys
    ):
        return None
    from datalint.shapes.guess import keys_of
    from datalint.shapes.inference import infer
    from datalint.shapes.names import is_right
    from datalint.support.column_names import Strength, strength

    alike = [row for row in sample(first, rows) if row and detector.shape(row).name == known.name]
    guess = infer(alike)
    if guess is None or not guess.clear:
        return None
    found = dict(guess.columns)
    if known.name == "prompt-only" and found.get("messages") == _TURNS:
        # What the user says turn by turn has a number and a category; what two say is longer.
        sizes = [len(row[_TURNS]) for row in alike if isinstance(row.get(_TURNS), list)]
        are_two = _NUMBERED.isdisjoint(first) and sum(sizes) >= _LEAST_TURNS * len(alike)
        return guess._replace(over=frozenset((known.name,))) if are_two else None
    wanted = ("prompt",) if "labels" in found else _WEAK[known.name]
    response = found.get("response", "")
    if strength(response, "heading") >= Strength.HEAD or strength(response, "test") >= Strength.HEAD:
        return None
    if known.name == "prompt-only" and all(map(is_right, keys_of("response", response))):
        return None  # what a reward compares with
    of_label = "category" in found and response in (*known.keys, found["category"])
    if known.name == "text-label" and of_label and not ("context" in found and response in known.keys):
        return None  # a label of several texts is one of the text too
    if known.name == "text" and response != "text" and _is_within(alike, response, "text"):
        return None  # the text is what a tuner made of the other columns
    if (
        known.name == "text"
        and "category" in found
        and sum(len(str(row["text"])) for row in alike) > _LONG * len(alike)
    ):
        return None  # a corpus to continue, whose documents are sorted
    if known.name == "translation" and _is_translation(alike, known):
        return None
    if known.name == "question-answer" and response != _JUDGED:
        return None
    if not all(meaning in found for meaning in wanted) or not {*map(top_of, guess.required)} <= first.keys():
        return None
    return guess._replace(over=frozenset((known.name,)))


def _with_passage(
    known: Shape, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess about questions and answers with the text that they are about; None for texts of both."""
    from datalint.shapes.guess import Guess

    if known.fields is None:
        return None
    sides = {field.part: field.key for field in known.fields(tuple(first))}
    alike = [row for row in sample(first, rows) if row and detector.shape(row).name == known.name]
    if "context" in sides or not {"prompt", "response"} <= sides.keys():
        return None
    asked, answered = sides["prompt"], sides["response"]
    texts = [(row.get(_PASSAGE), row.get(asked)) for row in alike]
    apart = [isinstance(a, str) and isinstance(b, str) and b not in a and a not in b for a, b in texts]
    if sum(apart) < _COVERED * len(alike):
        return None
    found = {"prompt": asked, "context": _PASSAGE, "response": answered}
    guess = Guess.of(found, clear=True, basis="names")
    return guess._replace(keys=frozenset(key for row in alike for key in row), over=frozenset((known.name,)))


def _are_objects(value: object) -> bool:
    """Whether a value is a list of objects, which may be places in a text with their labels, or an empty one."""
    return isinstance(value, list) and (not value or isinstance(value[0], dict))


def _are_tags(key: str, value: object) -> bool:
    """Whether a value is a list of texts that is named as tags of words."""
    return isinstance(value, list) and not _TAGS.isdisjoint(re.split(r"[\W_\d]+", key.lower()))


#: Known shapes that may read less than there is, and the meanings that a guess must have to be used instead.
_WEAK: Final = {
    "text": ("prompt", "response"),
    "prompt-only": ("prompt", "response"),
    "text-label": ("prompt", "response"),
    "translation": ("prompt", "response"),
    "preference": ("prompt", "chosen", "rejected"),
    "question-answer": ("prompt", "context", "response"),
}
#: Mean characters from which on texts with a category are documents.
_LONG: Final = 2_000
#: The key of a text that a question is about, or of an example as a template writes it.
_PASSAGE: Final = "text"
#: The key that says whether an answer is right, next to a question.
_JUDGED: Final = "label"
#: The key of turns that are texts, keys of a set of questions, and turns of a row, on average, at least.
_TURNS: Final = "turns"
_NUMBERED: Final = frozenset(("question_id", "prompt_id", "query_id", "instruction_id", "category", "reference"))
_LEAST_TURNS: Final = 3
#: Words of the names of tags of words.
_TAGS: Final = frozenset(("ner", "pos", "bio", "iob"))
#: Words of the names of labels, next to which a text is a prompt.
_LABELS: Final = frozenset(
    (
        *("label", "labels", "class", "category", "sentiment", "emotion", "intent", "stance", "polarity"),
        *("expected", "gold", "golden", "positive", "negative", "toxic", "toxicity", "spam", "hate", "offensive"),
        *("sarcastic", "sarcasm", "fake", "relation"),
    )
)
#: Keys of the prompt of a preference that is one.
_ASKED: Final = frozenset(("prompt", "question", "instruction", "input", "messages", "conversations"))


def _is_label(key: str) -> bool:
    return not _LABELS.isdisjoint(word.removeprefix("is") for word in re.split(r"[\W_\d]+", key.lower()))


def _is_within(rows: Sequence[dict[str, Any]], key: str, other: str) -> bool:
    """Whether the longer texts under a key are mostly a part of those under another."""
    pairs = [(row.get(key), row.get(other)) for row in rows]
    texts = [(one, two) for one, two in pairs if isinstance(one, str) and isinstance(two, str) and " " in one.strip()]
    return sum(one.strip() in two for one, two in texts) * 2 > len(texts)


def _is_translation(rows: Sequence[dict[str, Any]], known: Shape) -> bool:
    """Whether the first key of a translation holds texts, and not where they are from."""
    from datalint.shapes.sampled import Holds, columns_of

    source = next(key for key in known.keys if key in rows[0])
    return any(each.key == source and each.holds in (Holds.TEXT, Holds.OBJECT) for each in columns_of(rows))


def _of_one_kind(one: Guess, other: Guess) -> bool:
    return one._replace(keys=frozenset()) == other._replace(keys=frozenset())


def first_rows(source: Source) -> Iterator[dict[str, Any]]:
    """Yield the first rows of a source that can be read."""
    for record in _first_rows(source):
        yield from without_key([record])


def _first_rows(source: Source) -> Iterator[dict[str, Any]]:
    if not hasattr(source, "chunk_bytes"):
        yield from _of_table(source)
        return
    seen = done = 0
    for size in _BYTES:
        if size <= seen:
            continue
        chunks = dataclasses.replace(source, chunk_bytes=size).chunks(0)  # type: ignore[type-var]
        chunk = next(chunks, None)
        if chunk is None:
            return
        loaded = chunk.load()
        yield from islice(loaded.records, done, None)
        if next(chunks, None) is None:
            return
        seen, done = loaded.facts.size, len(loaded.records)


def _of_table(source: Source) -> Iterator[dict[str, Any]]:
    try:
        yield from source.fetch([0])
        for chunk in source.chunks(0):
            yield from islice(chunk.load().records, 1, None)
            return
    except DatalintError:
        return  # reading the whole of it says what is wrong


def _note(paths: Sequence[str], text: str) -> Shown:
    names = [re.split(r"[/\\]", path)[-1] for path in paths[:_NAMED]]
    shown = ", ".join(names) + (f" and {len(paths) - _NAMED} more files" if len(paths) > _NAMED else "")
    return printable(f"{shown}: {text}")
