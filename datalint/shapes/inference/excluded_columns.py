"""Columns that are left out before any is chosen: copies of others, and the names of writers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import exact_hash
from datalint.shapes.evidence.answers_within import hold_answers
from datalint.shapes.evidence.checking import is_right
from datalint.shapes.evidence.copies import share_within
from datalint.shapes.evidence.labels import VARIED, is_class, is_few
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.relations import are_sides
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, filled, is_unnamed
from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.inference.marked_copies import is_tagged_prompt, says_messages, without_marked_copies
from datalint.support.names.column_names import Strength, fold_name, strength
from datalint.support.written_lists import parse_list

#: Last words, written as one, of keys of the writer and of the recipient of a text.
_WRITERS: Final = frozenset(
    """username nickname nick screenname displayname loginname reviewer writer poster commenter contributor author
    handle profile profilename userprofile pseudo sender sendername recipient recipients""".split()
)
#: Last words of the names of texts with their markup, and of texts without.
_MARKUP: Final = frozenset(("html", "xhtml", "xml"))
#: Last word of keys of statements in first-order logic, next to the same statements in words.
_FORMAL: Final = ("fol",)
#: The end of the names of texts before they were changed.
_ORIGINAL: Final = re.compile(r"(?i)[ _.-]orig(?:inal)?$")
#: First words of the names of copies with placeholders.
_DELEXICALIZED: Final = (("delex",), ("delexicalized",), ("delexicalised",))
_PLAIN: Final = ("text", "str", "string", "plain", "txt", "plaintext", "raw")
#: The beginning of a word of the names of templates, what stands for a part in one, and the parts that are looked for.
_TEMPLATE: Final = "templ"
_PLACE: Final = re.compile(r"\[[^\]\n]{1,40}\]|\{[^}\n]{1,40}\}|<[^>\n]{1,40}>")
_PARTS: Final = 50
#: Share of the rows whose text must be made of the template for it to be one.
_MADE: Final = 0.8
#: Keys of users, who may ask as well, and mean characters of a name.
_USERS: Final = frozenset(("user", "users"))
_NAME: Final = 16
#: First words of keys of the user who wrote a post: ``fromUser``.
_POSTED: Final = frozenset("from by tweet twitter post posted posting reddit".split())
#: Last words of keys of the rating of a text, the highest value, and the least number of different values.
_RATINGS: Final = frozenset("rating ratings rate star stars point points score grade".split())
_HIGHEST: Final = 10
_LEAST_RATINGS: Final = 3


#: Share of the rows with one class that have another one as well, if these are given together.
_ABOUT: Final = 0.75
#: Words of the names of copies whose words are set apart by blanks.
_SEGMENTED: Final = frozenset("segmented tokenized tokenised seg tok segmentation tokenization".split())
#: The number of a word in such a copy, before the word.
_NUMBERED: Final = re.compile(r"(?<!\S)\d{1,4}(?::=|[:=/_])(?=\S)")
#: Words of the names of copies in which words have their dictionary form.
_LEMMAS: Final = frozenset("lemma lemmas lemmatized lemmatised lemmatization stemmed stems".split())
#: Words of the names of copies that are searched, which may begin with the title of their document.
_SEARCHED: Final = frozenset("retrieval retrievable embedding embeddings embed embedded search searchable bm25".split())
#: Rows that are compared, and the share of them whose texts are copies.
_COMPARED: Final = 50
_NEARLY_ALL: Final = 0.9
#: Share of the rows up to which a key is that of a few rows, and meanings that make such a key one of the layout.
_RARE: Final = 0.02
_OF_LAYOUT: Final = ("system", "prompt", "response", "context")
#: The name of a system that wrote an answer, in one word, and different ones at most.
_SYSTEM: Final = re.compile(r"[A-Za-z0-9._+-]{1,30}")
_MOST_SYSTEMS: Final = 20
#: Columns that hold such names, or texts in other data, and answers in one word.
_NAMED_SYSTEMS: Final = (("system",), ("bot",), ("chatbot",))
_YES_OR_NO: Final = frozenset("yes no true false 0 1".split())
#: Meanings of the names of prompts.
_ASKED: Final = ("prompt", "text", "context")
#: First words of keys of seeds, from which other texts were made, and of the texts made from them.
_SEEDS: Final = frozenset("seed initial original base raw unrefined".split())
_EVOLVED: Final = frozenset("evolved rewritten refined improved final augmented enhanced revised".split())


def without_seeds(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return columns without seeds of other prompts, such as a ``seed_instruction``, if there is a response."""
    names = [fold_name(each.key) for each in columns]
    if not any(strength(each.key, "response") >= Strength.HEAD for each in columns):
        return [*columns]
    evolved = {words[1:] for words in names if words[:1] and words[0] in _EVOLVED}
    evolved = {rest for rest in evolved if rest and strength("_".join(rest), "prompt") is Strength.WHOLE}
    pairs = zip(columns, names, strict=True)
    return [each for each, words in pairs if not (words[:1] and words[0] in _SEEDS and words[1:] in evolved)]


def without_markup(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without texts with markup, such as ``body_html``, next to the same text without it.

    Left out too are copies of a text in which placeholders stand for values, such as ``delex_text``, or entities are
    marked, and next to a class those in first-order logic, such as ``conclusion-FOL``, and texts before they were
    changed, such as ``sentence_original``.
    """
    columns = without_marked_copies(columns, rows)
    names = {fold_name(each.key) for each in columns}
    if any(is_class(each) for each in columns):
        columns = [e for e in columns if not (fold_name(e.key)[-1:] == _FORMAL and fold_name(e.key)[:-1] in names)]
        columns = [each for each in columns if not _is_original(each, columns)]
    columns = [each for each in columns if not (_is_delexicalized(each) and fold_name(each.key)[1:] in names)]
    plain = {_stem(each) for each in columns if each.holds is Holds.TEXT and _MARKUP.isdisjoint(fold_name(each.key))}
    return [each for each in columns if _MARKUP.isdisjoint(fold_name(each.key)) or _stem(each) not in plain]


def _is_original(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column holds a text as it was before it was made the one that is classified, by its name."""
    plain = _ORIGINAL.sub("", column.key) if column.holds is Holds.TEXT else column.key
    return plain != column.key and any(each.key == plain and each.holds is Holds.TEXT for each in columns)


def _is_delexicalized(column: SampledColumn) -> bool:
    return fold_name(column.key)[:1] in _DELEXICALIZED


def _stem(column: SampledColumn) -> tuple[str, ...]:
    """Return the words of a name without the last one, if that names a format of texts."""
    words = fold_name(column.key)
    return words[:-1] if len(words) > 1 and words[-1] in (*_MARKUP, *_PLAIN) else words


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
    pairs = [(row.get(key), row.get(text)) for row in rows[:_COMPARED]]
    found = [(one, other) for one, other in pairs if isinstance(one, str) and isinstance(other, str)]
    alike = sum(_letters(one) == _letters(other) for one, other in found)
    return bool(found) and alike >= _NEARLY_ALL * len(found)


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
    return any(share_within(rows, each.key, column.key) >= _NEARLY_ALL for each in texts if each is not column)


def _is_rare(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether hardly any row has a value in a column, such as a remark, and its name is of no part of an example."""
    if not column.sparse or any(strength(column.key, each) >= Strength.HEAD for each in _OF_LAYOUT):
        return False
    return sum(row.get(column.key) not in (None, "", [], {}) for row in rows) <= _RARE * len(rows)


def without_pieces(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without lists of objects whose texts, put together, are a text of nearly all rows."""
    texts = [each.key for each in columns if each.holds is Holds.TEXT]
    lists = [each for each in columns if each.holds is Holds.OBJECT]
    copies = [each for each in lists if len(rows) >= LEAST_ROWS and any(_are_pieces(rows, each.key, k) for k in texts)]
    return [each for each in columns if each not in copies]


def _are_pieces(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    values = ((row.get(key), row.get(text)) for row in rows[:_COMPARED])
    pairs = [(items, whole) for items, whole in values if isinstance(items, list) and items]
    alike = sum("".join(_text_of(item) for item in items) == whole for items, whole in pairs)
    return bool(pairs) and alike >= _NEARLY_ALL * len(pairs)


def _text_of(item: object) -> str:
    return str(item.get("text", "")) if isinstance(item, dict) else str(item)


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


def without_writers(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns without the names of the writers of the text next to them."""
    writers = [each for each in columns if _is_writer(each, columns)]
    return [each for each in columns if each not in writers]


def rated_by_writers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts that their writers rated with few numbers, which are learned."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if not _is_writer(each, columns)]
    ratings = [each for each in columns if _RATINGS.intersection(fold_name(each.key)[-1:]) and is_few(each)]
    ratings = [each for each in ratings if _is_rating(rows, each.key)]
    plain = [each for each in ratings if len(fold_name(each.key)) == 1]
    ratings = plain if len(plain) == 1 else ratings
    if len(texts) != 1 or len(ratings) != 1 or len(rows) < LEAST_ROWS or any(map(is_class, columns)):
        return None
    text, rating = texts[0], ratings[0].key
    named = strength(text.key, "text") is Strength.WHOLE
    if not named or text.distinct < VARIED or not any(_is_writer(each, columns) for each in columns):
        return None
    return Guess.of({"prompt": text.key, "response": rating, "category": rating}, clear=True, basis="names")


def _is_writer(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether short values are names of writers, by the name of their column and a text next to it."""
    words = fold_name(column.key)
    named = not _WRITERS.isdisjoint((*words[-1:], "".join(words), "".join(words[-2:])))
    texts = [each for each in columns if each is not column and each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if strength(each.key, "response") < Strength.HEAD]
    if not named:
        # A user may ask too, but not next to a text that nobody answers.
        answered = any(strength(each.key, "response") >= Strength.HEAD for each in columns)
        texts = [each for each in texts if strength(each.key, "text") is Strength.WHOLE and each.length > LONG / 2]
        of_post = len(words) == 2 and words[-1] in _USERS and words[0] in _POSTED
        of_user = not _USERS.isdisjoint(words) if words[:1] == words else of_post
        named = of_user and column.length <= _NAME and not answered
    return named and bool(texts) and column.short and column.holds in (Holds.TEXT, Holds.LABEL, Holds.REFERENCE)


def _is_rating(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all values are numbers from 0 to a highest one, and more than two different ones."""
    try:
        values = {float(row[key]) for row in rows if row.get(key) not in (None, "")}
    except (TypeError, ValueError):
        return False
    return len(values) >= _LEAST_RATINGS and all(0 <= value <= _HIGHEST for value in values)


def is_missing(column: SampledColumn) -> bool:
    """Return whether a column holds too little to be a prompt or a response, and is not plainly named so."""
    named = strength(column.key, "prompt") is Strength.WHOLE or strength(column.key, "response") >= Strength.HEAD
    return column.sparse and not (named or (is_right(column.key) and column.holds is Holds.LABEL))


def without_missing(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without those that hold too little, but for a class in about as many rows as another one."""
    classes = [filled(rows, each.key) for each in columns if not each.sparse and is_class(each)]
    most = min(classes, default=0)
    return [
        each
        for each in columns
        if not is_missing(each) or (most and is_class(each) and filled(rows, each.key) >= _ABOUT * most)
    ]


def _is_plain_log(column: SampledColumn) -> bool:
    """Whether a column holds logs by its name, such as ``log``, ``logs`` or ``raw_log``."""
    return {*fold_name(column.key)} <= {"raw", "log", "logs"} and fold_name(column.key) != ("raw",)


def is_rival(logged: SampledColumn, guess: Guess, columns: Sequence[SampledColumn]) -> bool:
    """Return whether a ``raw`` or ``log`` may be the prompt: nothing else is named one, or only labels are learned."""
    found = dict(guess.columns)
    prompt = next((each for each in columns if each.key == found.get("prompt")), None)
    answers = [each for each in columns if each.key in keys_of("response", found.get("response", ""))]
    if prompt is None and "text" in found:
        return _is_plain_log(logged) and logged.holds is Holds.TEXT and logged.length > LONG
    if fold_name(logged.key)[-1:] not in (("raw",), ("log",), ("logs",)) or prompt is None or not answers:
        return False
    if _is_plain_log(logged) and all(strength(prompt.key, each) < Strength.HEAD for each in _ASKED):
        return logged.holds is Holds.TEXT and logged.length > prompt.length / 2
    if fold_name(logged.key) not in (("raw",), ("log",)):
        return False
    alike = prompt.length / 2 < logged.length < 2 * prompt.length
    return alike and logged.holds is Holds.TEXT and all(each.holds is Holds.LABEL for each in answers)
