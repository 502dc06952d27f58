"""Columns that are copies of others: as tokens or lemmas, as templates, or as what is searched."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import exact_hash
from datalint.shapes.evidence.answers_within import hold_answers
from datalint.shapes.evidence.copies import share_within
from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.relations import are_sides
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.inference.excluded_columns import COMPARED, NEARLY_ALL
from datalint.shapes.inference.marked_copies import is_tagged_prompt, says_messages
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.written_lists import parse_list

#: The beginning of a word of the names of templates, what stands for a part in one, and the parts that are looked for.
_TEMPLATE: Final = "templ"
_PLACE: Final = re.compile(r"\[[^\]\n]{1,40}\]|\{[^}\n]{1,40}\}|<[^>\n]{1,40}>")
_PARTS: Final = 50
#: Share of the rows whose text must be made of the template for it to be one.
_MADE: Final = 0.8
#: Words of the names of copies whose words are set apart by blanks.
_SEGMENTED: Final = frozenset("segmented tokenized tokenised seg tok segmentation tokenization".split())
#: The number of a word in such a copy, before the word.
_NUMBERED: Final = re.compile(r"(?<!\S)\d{1,4}(?::=|[:=/_])(?=\S)")
#: Words of the names of copies in which words have their dictionary form.
_LEMMAS: Final = frozenset("lemma lemmas lemmatized lemmatised lemmatization stemmed stems".split())
#: Words of the names of copies that are searched, which may begin with the title of their document.
_SEARCHED: Final = frozenset("retrieval retrievable embedding embeddings embed embedded search searchable bm25".split())
#: Share of the rows up to which a key is that of a few rows, and meanings that make such a key one of the layout.
_RARE: Final = 0.02
_OF_LAYOUT: Final = ("system", "prompt", "response", "context")
#: The name of a system that wrote an answer, in one word, and different ones at most.
_SYSTEM: Final = re.compile(r"[A-Za-z0-9._+-]{1,30}")
_MOST_SYSTEMS: Final = 20
#: Columns that hold such names, or texts in other data, and answers in one word.
_NAMED_SYSTEMS: Final = (("system",), ("bot",), ("chatbot",))
_YES_OR_NO: Final = frozenset("yes no true false 0 1".split())


def without_copies(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without texts that equal those of an earlier column in all rows, and templates of others.

    Columns of a few rows are left out too, if their names are no part of a layout, and so are copies whose words are
    set apart, if there is anything else that may be learned, those that are searched instead of a text, texts of
    the messages that another column holds, names of systems under ``system`` or ``bot``, which are no prompts or
    responses, and what a program judges answers by.
    """
    if len(rows) < LEAST_ROWS:
        return list(columns)
    columns = [each for each in columns if not _is_rare(each, rows)]
    columns = [each for each in columns if not _names_systems(each, rows)]
    columns = [each for each in columns if each.holds is not Holds.TEXT or not _judges(each, rows)]
    columns = [each for each in columns if not _is_template(each, columns, rows)]
    columns = [each for each in columns if not _is_segmented(each, columns, rows)]
    columns = [each for each in columns if not _is_searched(each, columns, rows)]
    columns = [each for each in columns if not says_messages(each, columns, rows)]
    plain = [each for each in columns if not is_tagged_prompt(each, columns, rows)]
    # Where prompts are made of others, these may stand under two names.
    order = plain if len(plain) == len(columns) else sorted(plain, key=lambda e: not strength(e.key, "prompt"))
    found: dict[int, SampledColumn] = {}
    kept: list[SampledColumn] = []
    for each in order:
        known = found.setdefault(exact_hash([row.get(each.key) for row in rows]), each)
        if known is each or each.holds is not Holds.TEXT or are_sides(known, each, columns):
            kept.append(each)
    return [each for each in plain if each in kept]


def _judges(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether objects that are written as text have right answers in them, and no name says that they are learned."""
    named = any(strength(column.key, each) >= Strength.HEAD for each in ("response", "written", "prompt", "text"))
    return not named and hold_answers(rows, column.key)


def _is_segmented(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column is named as the words of a text, and has those of another one with more blanks between them.

    If rows have nothing else, the blanks are learned.
    """
    named = not _SEGMENTED.isdisjoint(fold_name(column.key)) or (is_unnamed(column) and column.listed)
    if column.holds is not Holds.TEXT or not (named or not _LEMMAS.isdisjoint(fold_name(column.key))):
        return False
    if not named:
        return _is_lemmatized(column, columns)
    others = [each for each in columns if each is not column and each.holds not in (Holds.NOTHING, Holds.REFERENCE)]
    texts = [each for each in others if each.holds is Holds.TEXT and _SEGMENTED.isdisjoint(fold_name(each.key))]
    return len(others) > 1 and any(_are_set_apart(rows, column.key, each.key) for each in texts)


def _is_lemmatized(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column is named as the dictionary forms of the words of another text, next to a label or an answer."""
    name = tuple(word for word in fold_name(column.key) if word not in _LEMMAS)
    others = [each for each in columns if each is not column]
    texts = [each for each in others if each.holds is Holds.TEXT and each.length > LONG / 2]
    learned = any(is_class(each) or strength(each.key, "category") is Strength.WHOLE for each in others)
    return learned and any(fold_name(each.key) == (name or fold_name(each.key)) for each in texts)


def _are_set_apart(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    pairs = [(row.get(key), row.get(text)) for row in rows[:COMPARED]]
    found = [(one, other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    alike = sum(_letters(one) == _letters(other) for one, other in found)
    return bool(found) and alike >= NEARLY_ALL * len(found)


def _letters(text: str) -> str:
    """Return a text without blanks, capitals and numbers of words; that of the words in a list or an object."""
    found = parse_list(text) if text.startswith(("{", "[")) else None
    tokens = found.get("tokens") if isinstance(found, dict) else found
    text = " ".join(map(str, tokens)) if isinstance(tokens, list) else _NUMBERED.sub("", text)
    return "".join(text.split()).casefold()


def _names_systems(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column named as a system prompt or a bot holds one of a few names, such as those of who wrote."""
    if fold_name(column.key) not in _NAMED_SYSTEMS or not column.short:
        return False
    found = [value for row in rows if (value := row.get(column.key)) not in (None, "")]
    names = {value for value in found if isinstance(value, str) and _SYSTEM.fullmatch(value)}
    if {name.casefold() for name in names} <= _YES_OR_NO:
        return False
    return len(names) <= _MOST_SYSTEMS and all(isinstance(value, str) and value in names for value in found)


def _is_searched(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column is named as what is searched, and its texts have those of another one in them."""
    if column.holds is not Holds.TEXT or column.length <= LONG or _SEARCHED.isdisjoint(fold_name(column.key)):
        return False
    texts = [each for each in columns if each.holds is Holds.TEXT and 2 * each.length > column.length]
    return any(share_within(rows, each.key, column.key) >= NEARLY_ALL for each in texts if each is not column)


def _is_rare(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether hardly any row has a value in a column, such as a remark, and its name is of no part of an example."""
    if not column.sparse or any(strength(column.key, each) >= Strength.HEAD for each in _OF_LAYOUT):
        return False
    return sum(row.get(column.key) not in (None, "", [], {}) for row in rows) <= _RARE * len(rows)


def _is_template(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column is named as a template, and another one has its texts with something in each place."""
    if column.holds is not Holds.TEXT or not any(word.startswith(_TEMPLATE) for word in fold_name(column.key)):
        return False
    others = [each for each in columns if each is not column and each.holds is Holds.TEXT]
    return any(
        sum(_is_made(row.get(column.key), row.get(each.key)) for row in rows) >= _MADE * len(rows) for each in others
    )


def _is_made(template: object, text: object) -> bool:
    """Whether a text has all parts of a template, in their order."""
    if not isinstance(template, str) or not isinstance(text, str):
        return False
    place, said = 0, text.casefold()
    for part in _PLACE.split(template.casefold())[:_PARTS]:
        place = said.find(part.strip(), place)
        if place < 0:
            return False
        place += len(part.strip())
    return bool(template.strip())
