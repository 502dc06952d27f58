"""Tables of facts about things, which are read as no examples: price lists, alphabets, and glossaries by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import DESCRIPTIONS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.language_codes import LANGUAGES

#: Words of the names of prices, and last words of those of the things that have one.
_PRICES: Final = ("price", "prices")
_THINGS: Final = frozenset("name title product item dish article".split())
#: Beginnings of the names of words with the same meaning, in several languages: ``synonymes``, ``sinónimos``.
_SYNONYMS: Final = ("synonym", "sinonim", "sinónim", "sinônim")
#: First and last words of the names of flags of what a program can see in a text: ``has_html``.
_WHETHER: Final = frozenset(("has", "contains", "is"))
_SEEN: Final = frozenset("html markup markdown url urls link links placeholder placeholders".split())
#: Characters of a letter with its marks.
_SIGN: Final = 2
#: How many times as long as its term a definition is, and rows that are looked at.
_LONGER: Final = 3
_ROWS: Final = 50


def without_registers(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess, but for one that asks for the facts of a list of prices, or the signs of an alphabet: none.

    In a glossary, where it asks for the class of a definition, or for what synonyms mean, the proposal is to define the
    term. Where it asks for the languages of a translation that is missing, or for the markup of a text, the text alone
    is proposed.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or len(rows) < LEAST_ROWS:
        return guess
    answers = keys_of("response", found["response"])
    columns = columns_of(rows)
    if _asks_for_signs(guess, answers, rows) or (len(answers) > 1 and _lists_prices(found["prompt"], columns)):
        return None
    alone = guess.basis == "values" and len(answers) == 1
    if alone and (_says_markup(answers[0]) or _are_directions(answers[0], rows)):
        return Guess.of({"prompt": found["prompt"]})
    return _glossary(found, columns) or guess


def _asks_for_signs(guess: Guess, answers: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each row has a sign of its own, which no name calls an answer, such as a letter of an alphabet."""
    if guess.basis != "values" or len(answers) != 1:
        return False
    signs = [row.get(answers[0]) for row in rows[:_ROWS]]
    return all(isinstance(sign, str) and 0 < len(sign) <= _SIGN for sign in signs) and len({*signs}) == len(signs)


def _says_markup(key: str) -> bool:
    """Whether a key is that of a flag of what a program can see in a text."""
    words = fold_name(key)
    return {*words[:1]} <= _WHETHER and {*words[-1:]} <= _SEEN and len(words) > 1


def _are_directions(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all values are codes of two languages, such as ``en-fr``."""
    codes = [str(row.get(key)).lower().replace("_", "-").split("-") for row in rows[:_ROWS]]
    return all(len(pair) == 2 and pair[0] in LANGUAGES and pair[1] in LANGUAGES for pair in codes)


def _lists_prices(prompt: str, columns: Sequence[SampledColumn]) -> bool:
    """Whether a description is one of the facts about a thing with a name and a price, such as a dish of a menu."""
    prices = any(has_word(each.key, _PRICES) and each.holds is Holds.NUMBER for each in columns)
    return prices and has_word(prompt, DESCRIPTIONS) and any(last_word(each.key) in _THINGS for each in columns)


def _glossary(found: Mapping[str, str], columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for the term and its definition, if its synonyms are asked, or its class is learned."""
    asked = _names_synonyms(found["prompt"])
    sorts = found["response"] == found.get("category") and strength(found["prompt"], "prompt") < Strength.WHOLE
    if not asked and not (sorts and any(_names_synonyms(each.key) for each in columns)):
        return None
    definition = found["response" if asked else "prompt"]
    place = next((number for number, each in enumerate(columns) if each.key == definition), 0)
    terms = [each for each in columns[:place] if each.holds is Holds.TEXT and each.distinct >= VARIED]
    terms = [each for each in terms if _LONGER * each.length < columns[place].length]
    terms = [each for each in terms if not _names_synonyms(each.key)]
    if len(terms) != 1 or not can_be_typed(terms[0].key):
        return None
    return Guess.of({"prompt": terms[0].key, "response": definition})


def _names_synonyms(key: str) -> bool:
    return "".join(fold_name(key)).startswith(_SYNONYMS)
