"""Keys that are not read and do not affect the answer, so that rows are not compared by their values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.first_rows import first_rows
from datalint.records.structure import Structure
from datalint.shapes.flatten import flatten
from datalint.shapes.side_keys import databases, is_media, names_media
from datalint.shapes.surroundings import surroundings
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector
    from datalint.sources import Source

#: Files that are looked at, and values of a key in each.
_FILES: Final = 8
_VALUES: Final = 50
#: Prompts that come with several texts next to them, of which this share has one answer where the texts decide nothing.
_PROMPTS: Final = 3
_DECIDED: Final = 0.9
#: Share of the values of a key, and how many of them at least, that are words of the answer if it depends on them.
_WITHIN: Final = 0.8
_VALUES_WITHIN: Final = 10
#: The end of the name of the right answers to a question of a crowd, which are next to those of each worker.
_GOLD: Final = "_gold"
#: Rows of a file whose values are all different ids that no name says, as databases make them, and such an id.
_IDS: Final = 20
_ID: Final = lazy_pattern(
    r"(?i)[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
#: Probability up to which the answers are not the same by chance.
_CHANCE: Final = 0.001


def idle_keys(training: Sequence[Source], others: Sequence[Source], detector: Detector) -> tuple[str, ...]:
    """Return the keys of texts that are not read and do not affect the answer; none without evidence.

    The evidence is of prompts that come with several of these texts, in one file or in two of them: if nearly all have
    one answer whatever the texts are, more of them than by chance, these are no part of what is asked. If the answers
    differ, the texts are what they are about, such as the passage of a question. The answers of workers, which stand
    next to right ones (``colour`` and ``colour_gold``), are never such texts. Images and recordings are asked about
    unless no training row has any. Nor are translations of what is read (``question_de`` next to ``question_en``). Ids
    as databases make them, and what accounts say about themselves next to a post, need no evidence.
    """
    samples, held = ([_sample(each, detector) for each in side[:_FILES]] for side in (training, others))
    seen = {key for records in samples for key in _media_in(records, detector)}
    answers: Counter[str] = Counter()
    asked: dict[tuple[Any, ...], tuple[set[int], set[str]]] = {}
    idle: dict[str, None] = {}
    unasked: set[str] = set()
    for records in (*samples, *held):
        keys = [key for key in _unread(records, detector) if key not in seen and not _has_objects(key, records)]
        keys = _not_answered(keys, records, detector)
        unasked.update(key for key in keys if _are_ids(key, records))
        unasked.update(_profiles(keys, records))
        idle |= dict.fromkeys(keys)
        for prompt, answer, said in _examples(records, detector, keys) if keys else ():
            answers[answer] += 1
            texts, given = asked.setdefault(prompt, (set(), set()))
            texts.add(said)
            given.add(answer)
    several = [given for texts, given in asked.values() if len(texts) > 1]
    alike = sum(len(given) == 1 for given in several)
    if len(several) < _PROMPTS or alike < _DECIDED * len(several):
        return tuple(sorted(unasked))
    chance = sum(count**2 for count in answers.values()) / answers.total() ** 2
    return tuple(sorted(idle if chance**alike <= _CHANCE else unasked))


def _sample(source: Source, detector: Detector) -> list[dict[str, Any]]:
    """Return the first rows of a source that has such keys; none of another one."""
    rows = first_rows(source)
    first = [*islice(rows, 1)]
    return [*first, *rows] if _unread(first, detector) else []


def _unread(records: Sequence[dict[str, Any]], detector: Detector) -> list[str]:
    """Return the unread keys of the first row by which rows are compared."""
    if not records:
        return []
    shape, keys = detector.shape(records[0]), tuple(records[0])
    # Queries that are the same in two databases are about two tables.
    marks = {*shape.marks, *databases(keys)}
    # A translation of what is read is the same example in another language, and two of them are two examples.
    marks |= set(_translations(keys, shape.turn_keys(keys)))
    # What workers of a crowd answered makes rows differ, whichever answer is learned.
    marks |= {key for key in keys if f"{key}{_GOLD}" in records[0]}
    return [key for key, _ in detector.compared_keys(keys) if key not in marks]


def _translations(keys: Sequence[str], read: Collection[str]) -> list[str]:
    """Return the keys that are named like one that is read, but for a language."""
    ends = {end for key in read for end in _ends_of(key)}
    alike = [key for key in keys if key not in read and not ends.isdisjoint(_ends_of(key))]
    if not alike:
        return []
    from datalint.shapes.evidence.named_languages import are_translations

    return [key for key in alike if any(are_translations(key, each) for each in read)]


def _ends_of(key: str) -> tuple[str, str]:
    """Return how a key begins and how it ends: one of these is the same in names that only differ in a language."""
    return f"{key[:2]}…".lower(), f"…{key[-2:]}".lower()


def _media_in(records: Sequence[dict[str, Any]], detector: Detector) -> Iterator[str]:
    """Yield the keys that are not read under which rows have an image or a recording."""
    for key in _unread(records, detector):
        values = [value for record in records if (value := record.get(key))][:_VALUES]
        if values and (names_media(key) or any(map(is_media, values))):
            yield key


def _are_ids(key: str, records: Sequence[dict[str, Any]]) -> bool:
    """Whether all rows have another id under a key, so that nobody reads it."""
    values = [record.get(key) for record in records]
    ids = {value for value in values if isinstance(value, str) and _ID.fullmatch(value)}
    return len(ids) == len(values) >= _IDS


def _profiles(keys: Sequence[str], records: Sequence[dict[str, Any]]) -> list[str]:
    """Return the keys of what accounts say about themselves."""
    if not keys:
        return []
    from datalint.support.names.account_keys import profile_keys  # most rows have no such keys

    return [key for key in profile_keys(tuple(records[0])) if key in keys]


def _has_objects(key: str, records: Sequence[dict[str, Any]]) -> bool:
    values = [value for record in records if (value := record.get(key))][:_VALUES]
    return any(isinstance(value, dict) or (isinstance(value, list) and any(map(_is_object, value))) for value in values)


def _not_answered(keys: Sequence[str], records: Sequence[dict[str, Any]], detector: Detector) -> list[str]:
    """Return the keys of which the values do not stand in the answers, as words that an answer must have do."""
    if not keys:
        return []
    responses = flatten(records, detector, hashes=False).examples["response"].to_list()
    found = []
    for key in keys:
        said = [(_words(record.get(key)), answer) for record, answer in zip(records, responses, strict=True)]
        said = [(words, answer) for words, answer in said if words]
        within = sum(all(word in answer for word in words) for words, answer in said)
        if within < max(_VALUES_WITHIN, _WITHIN * len(said)):
            found.append(key)
    return found


def _words(value: object) -> list[str]:
    """Return a text, or the texts of a list, that are more than a sign; none of any other value."""
    items = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str)]
    return texts if len(texts) == len(items) and all(len(text.strip()) > 1 for text in texts) else []


def _is_object(item: object) -> bool:
    return isinstance(item, dict | list)


def _examples(
    records: Sequence[dict[str, Any]], detector: Detector, keys: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], str, int]]:
    """Yield the prompt of each row with an answer, the answer, and a hash of all values that are compared."""
    structure = Structure(records)
    texts = flatten(records, detector, structure=structure, hashes=False).examples
    everything = surroundings(structure, len(records), detector).all
    rest = surroundings(structure, len(records), detector.without(keys)).all
    columns = texts.select("system", "prompt", "response").iter_rows()
    for (system, prompt, response), around, said in zip(columns, rest.tolist(), everything.tolist(), strict=True):
        if prompt.strip() and response.strip():
            yield (system, _plain(prompt), around), _plain(response), said


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
