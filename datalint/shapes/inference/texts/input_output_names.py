"""Inputs and outputs by their names, such as ``span_in`` and ``span_out``, with the text around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.inference.texts.transforms import LEAST_DISTINCT, texts_of
from datalint.support.names.column_names import fold_name

#: Words of keys of the texts around a text.
_AROUND: Final = ("ctx", "context", "before", "after", "prefix", "suffix", "left", "right", "preceding", "following")


def in_and_out(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about an input text and its output; clear if all other texts surround it by their names."""
    texts = texts_of(columns)
    named = {fold_name(each.key): each for each in texts if len(fold_name(each.key)) > 1}
    found = [
        (each, named[(*words[:-1], "out")])
        for words, each in named.items()
        if words[-1] == "in" and (*words[:-1], "out") in named
    ]
    if len(found) != 1:
        return None
    one, other = found[0]
    around = [each for each in texts if each not in found[0]]
    quiet = all(has_word(each.key, _AROUND) for each in around)
    read = {"context": JOIN.join(each.key for each in around)} if around and quiet else {}
    clear = quiet and rows >= LEAST_ROWS and one.distinct >= LEAST_DISTINCT
    return Guess.of({"prompt": one.key, **read, "response": other.key}, clear=clear, basis="names")


def are_in_and_out(one: SampledColumn, other: SampledColumn) -> bool:
    """Return whether columns hold an input and its output by what both are: ``input_sentence``, ``output_sentence``."""
    words, after = fold_name(one.key), fold_name(other.key)
    return len(words) > 1 and (words[0], after[:1]) == ("input", ("output",)) and words[1:] == after[1:]
