"""One JSON object with lists of texts: what users say by intent, sentences by class, questions by topic."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from statistics import median
from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.json_layout import filled_elements
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.intents import Intents
from datalint.sources.readers.documents.json_columns import are_aligned, read_columns
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.listed_texts import are_asked
from datalint.sources.readers.documents.object_pairs import ObjectPairs, parsed_whole
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.support.text_lists import are_texts
from datalint.support.word_scripts import has_words

#: Levels of objects above the lists at most, those with names that differ, and keys of one of these objects.
_DEEPEST: Final = 6
_MOST_LEVELS: Final = 3
_MOST_KEYS: Final = 10_000
#: Lists and texts in all of them together at least, and texts of most lists.
_LEAST_LISTS: Final = 2
_LEAST: Final = 20
_LEAST_EACH: Final = 3
#: The share of texts of several words, or of so many characters that are not ASCII, which are more than names. In
#: scripts without spaces, two words count too, where a part of the texts is so long: names of one kind are all short.
_MOSTLY: Final = 0.7
_SPACELESS: Final = 6
_LONG_TOO: Final = 0.4
#: Names that are prompts: how many there are at least, with lists of any length, their words, the share that has them,
#: and how much longer their answers may be than they are.
_LEAST_PROMPTS: Final = 20
_MANY_PROMPTS: Final = 500
_WORDS: Final = 3
_NEARLY: Final = 0.9
_TIMES: Final = 4
#: Meanings of keys that are columns and no classes.
_COLUMNS: Final = ("prompt", "response", "text", "system", "written", "category")
#: Lists at most that one of these names makes columns, and two, as no table has more: others are words.
_FEW_LISTS: Final = 3
_MOST_COLUMNS: Final = 64
#: Names of the lists of sources and of their targets, in the object of each pair of languages.
_SIDES: Final = (("src", "tgt"), ("source", "target"))
#: What stands between the names of objects and of a list in them.
_BETWEEN: Final = " / "


def texts_by_name(opening: Opening, pairs: ObjectPairs) -> Document | JsonLines | None:
    """Return each text as a row with the name of its list; None for an object that holds anything else.

    Lists right below the object have the texts of a class each, so their names are labels. The names of lists that are
    deeper, after those of the objects that they are in, are topics, and questions in them are prompts. A level with one
    name, such as ``examples``, counts as none. Lists of equal length whose texts at one place are alike are columns.
    Names that are sentences, as the few texts of each list are, are prompts with these answers.
    """
    first = pairs.openers[0]
    if not pairs.closed or first not in (b"[", b"{") or {*pairs.openers} != {first} or len(pairs.keys) > _MOST_KEYS:
        return None
    whole = parsed_whole(opening)
    if whole is None:
        return None
    data, value = whole
    lists = list(_lists(value, ()))
    if (columns := _pairs(lists)) is not None:
        return read_columns(opening, columns)
    depths = {len(path) for path, _ in lists}
    answered = depths == {1} and _are_answered({path[0]: texts for path, texts in lists})
    if (
        len(depths) != 1
        or 0 in depths
        or (not answered and not _are_texts([texts for _, texts in lists]))
        or are_columns({path[-1] for path, _ in lists}, len(lists))
    ):
        return None
    depth = depths.pop()
    differing = [place for place in range(depth) if len({path[place] for path, _ in lists}) > 1]
    if len(differing) > _MOST_LEVELS:
        return None
    if depth == 1 and not answered and are_aligned([texts for _, texts in lists]):
        return read_columns(opening, {path[0]: texts for path, texts in lists})
    text, name = ("text", "label") if depth == 1 else ("prompt" if _are_asked(lists) else "text", "category")
    starts, stops = filled_elements(data, depth + 1, opening.start)
    used = [(_BETWEEN.join(path[place] for place in differing), texts) for path, texts in lists if texts]
    if len(starts) != sum(len(texts) for _, texts in used):
        return None
    first_of_each = np.cumsum([0, *(len(texts) for _, texts in used[:-1])])
    if answered:
        text, name = "response", "prompt"
    names = [b'"%b":%b' % (name.encode(), orjson.dumps(key)) for key, _ in used]
    head = b'{"%b":' % text.encode()
    heads = [b'{%b,"%b":' % (each, text.encode()) for each in names] if answered else [head] * len(used)
    tails = [b"}" if answered else b",%b}" % each for each in names]
    rows = Intents(starts[first_of_each], tuple(heads), tuple(tails))
    message = (
        f"one JSON object with {len(lists):,} lists of texts; each text is a row, with the name of its list as {name}"
    )
    problems = [*opening.problems, one_object(opening, message)]
    return Document.of(opening, starts, stops, problems, "json-object", nameless=rows)


def _lists(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the names that lead to each list, and its texts; no names for anything else."""
    if not isinstance(value, dict) or len(path) >= _DEEPEST or not 0 < len(value) <= _MOST_KEYS:
        yield (), []
        return
    for key, item in value.items():
        if are_texts(item, 0):
            yield (*path, key), item
        else:
            yield from _lists(item, (*path, key))


def _pairs(lists: list[tuple[tuple[str, ...], list[str]]]) -> dict[str, list[str]] | None:
    """Return the columns of sources and their targets in the objects of several languages; None for other lists."""
    groups: dict[str, dict[str, list[str]]] = {}
    for path, texts in lists:
        if len(path) != len(_SIDES[0]):
            return None
        groups.setdefault(path[0], {})[path[1]] = texts
    sides = next((each for each in _SIDES if all(group.keys() == {*each} for group in groups.values())), None)
    if not groups or sides is None or any(len({*map(len, group.values())}) > 1 for group in groups.values()):
        return None
    named = [name for name, group in groups.items() for _ in group[sides[0]]]
    return {"category": named} | {side: [text for group in groups.values() for text in group[side]] for side in sides}


def _are_texts(lists: list[list[str]]) -> bool:
    """Return whether most lists have several texts that are more than names."""
    texts = [text for each in lists for text in each]
    several = sum(len(each) >= _LEAST_EACH for each in lists)
    if len(lists) < _LEAST_LISTS or len(texts) < _LEAST or 2 * several <= len(lists):
        return False
    phrases = sum(map(is_phrase, texts))
    if phrases >= _MOSTLY * len(texts):
        return True
    return phrases >= _LONG_TOO * len(texts) and sum(has_words(text, 2) for text in texts) >= _MOSTLY * len(texts)


def _are_answered(lists: dict[str, list[str]]) -> bool:
    """Return whether names are prompts: sentences, as the texts of their lists are, of which each has few."""
    texts = {text for each in lists.values() for text in each}
    several = sum(len(each) >= _LEAST_EACH for each in lists.values())
    if len(lists) < _LEAST_PROMPTS or (2 * several > len(lists) and len(lists) < _MANY_PROMPTS):
        return False
    if sum(has_words(name, _WORDS) for name in lists) < _NEARLY * len(lists):
        return False
    if 2 * len(texts) < len(lists) or sum(map(is_phrase, texts)) < _MOSTLY * len(texts):
        return False  # labels of the texts that are their names
    return median(map(len, texts)) <= _TIMES * median(map(len, lists))  # else paragraphs under their headings


def is_phrase(text: str) -> bool:
    """Return whether a text is more than a name: it has a blank, or several signs of another script."""
    return " " in text.strip() or (len(text) >= _SPACELESS and not text.isascii())


def are_columns(names: Collection[str], lists: int) -> bool:
    """Return whether a number of lists with these names are columns of rows: prompts and responses, or few of a column.

    Among many, ``Summary`` or ``Poetry`` is a task or a topic, unless it comes in every object.
    """
    from datalint.support.names.column_names import Strength, strength

    found = {meaning for meaning in _COLUMNS for name in names if strength(name, meaning) >= Strength.WHOLE}
    again = len(names) < lists
    both = {"prompt", "response"} <= found and (again or lists <= _MOST_COLUMNS)
    return both or (bool(found) and (again or lists <= _FEW_LISTS))


def _are_asked(lists: list[tuple[tuple[str, ...], list[str]]]) -> bool:
    return are_asked([text for _, texts in lists for text in texts])
