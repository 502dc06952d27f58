"""Texts with a number for each of several offences: the share or the number of annotators who see it in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.labelled.votes import are_votes
from datalint.support.names.column_names import Strength, strength

#: Words of the names of offences, and how many of them a text is judged by at least.
_OFFENCES: Final = (
    *"""toxic toxicity obscene obscenity insult insulting threat threatening profanity hate hateful attack harassment
    abuse racism racist sexism sexist misogyny homophobia xenophobia ableism violence explicit""".split(),
)
_LEAST: Final = 3
#: The key of the whole, as the sum of its offences.
_WHOLE: Final = "target"


def offences(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and its offences, which are learned together; None for rows of no such layout.

    Their numbers are shares, as in Civil Comments, or votes, as in ToLD-Br. Other numbers are facts.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if strength(each.key, "text") >= Strength.HEAD and each.distinct >= VARIED]
    numbers = [each for each in columns if each.holds is Holds.NUMBER and has_word(each.key, _OFFENCES)]
    numbers = [each for each in numbers if not names_people(each.key)]
    shares = [each for each in numbers if each.share or each.binary]
    if len(rows) < LEAST_ROWS or len(texts) != 1 or len(numbers) < _LEAST or all(each.binary for each in numbers):
        return None
    if len(shares) < len(numbers) and not are_votes(numbers, rows):
        return None
    learned = [each for each in columns if each in numbers or (each.key == _WHOLE and each.share)]
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(e.key for e in learned)}, clear=True, basis="names")
