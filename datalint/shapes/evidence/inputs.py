"""Inputs of a short answer: all texts that an answer of a word or two is about, under any names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from datalint.shapes.evidence.aims import ASPECTS
from datalint.shapes.evidence.checking import demands, is_right
from datalint.shapes.evidence.names import CLASS, EXPLAINS, OUTPUTS, QUESTIONS, has_word, is_about
from datalint.shapes.evidence.sampled import LONG, READABLE, Holds, SampledColumn
from datalint.support.names.column_names import Strength, fold_name, strength

#: Characters of an answer of a word or two, on average.
_WORD: Final = 20
#: Share of distinct values of texts that are of one row each.
_VARIED: Final = 0.5
#: Last words of keys of cases that a question after them is about.
_CASES: Final = frozenset(
    """case cases vignette scenario scenarios situation facts excerpt extract story dilemma circumstances""".split()
)
#: Words of keys of right answers.
RIGHT: Final = ("gold", "golden", "expected", "target", "truth")
#: Words of keys of texts that lead to an answer, and so contain it.
_LEADING: Final = ("steps", "step", "working", "workings", "derivation")
#: Names of headings of a text; a topic, or the name of an article, is no heading.
_TITLES: Final = frozenset(("title", "subject", "heading", "headline"))
#: Meanings, by their names, of columns that are no inputs.
_ASIDE: Final = ("response", "remark", "test", "system", "prompt")
#: Characters of a remark, on average, and the share of distinct remarks at most.
_REMARK: Final = 24
_REPEATED: Final = 0.5
#: Names of keys of premises, from which an answer follows.
_PREMISES: Final = (("fact",), ("facts",), ("rule",), ("rules",))


def inputs(columns: Sequence[SampledColumn], taken: Collection[str], response: str) -> list[str]:
    """Return the keys of all other texts, if the response is an answer by its name and a word or two in all rows.

    A decision about texts is about all of them. So is the name of a thing that one of the texts describes.
    """
    answer = next((each for each in columns if each.key == response), None)
    if answer is None or not answer.short or answer.length > _WORD:
        return []
    decided = strength(response, "act") is Strength.WHOLE or is_right(response)
    if not decided and strength(response, "response") < Strength.HEAD:
        return []
    free = [each for each in columns if each.key not in taken and each.holds is Holds.TEXT and not each.sparse]
    free = [
        each
        for each in free
        if each.distinct >= _VARIED and not has_word(each.key, (*EXPLAINS, *OUTPUTS, *RIGHT, *_LEADING))
    ]
    free = [each for each in free if not any(strength(each.key, meaning) >= Strength.HEAD for meaning in _ASIDE)]
    found = [each for each in free if not (is_about(each) or demands(each.key)) and each.length > LONG]
    firsts = {words[0] for each in found if len(words := fold_name(each.key)) > 1}
    return [
        each.key
        for each in free
        if each in found or (fold_name(each.key)[-1:] == ("name",) and fold_name(each.key)[0] in firsts)
    ]


#: The first word of the name of a text that another one replies to.
_PARENT: Final = "parent"


def is_premise(column: SampledColumn, found: Mapping[str, str]) -> bool:
    """Return whether a column holds facts or rules from which the answer to a question follows.

    So is a claim next to its label, and the parent of a text that is labelled: ``parent_comment`` next to ``comment``.
    """
    prompt, response = found.get("prompt", ""), found.get("response", "")
    if fold_name(column.key) == (_PARENT, *fold_name(prompt)) and column.holds is Holds.TEXT:
        return has_word(response, CLASS)
    if fold_name(column.key) == ("claim",) and column.holds is Holds.TEXT and has_word(response, CLASS):
        return True
    asked = strength(prompt, "prompt") is Strength.WHOLE and has_word(prompt, QUESTIONS)
    stated = fold_name(column.key) in _PREMISES and column.holds in READABLE
    return asked and stated and strength(response, "response") is Strength.WHOLE


def is_remark(column: SampledColumn) -> bool:
    """Return whether a ``context`` next to a text and its label holds remarks of few words, most of which repeat.

    Such remarks describe a usage ("idiom", "casual"), and are no text that the label is about.
    """
    short = column.holds in READABLE and column.short and column.length <= _REMARK
    return short and column.distinct <= _REPEATED and fold_name(column.key)[-1:] == ("context",)


def is_title(column: SampledColumn) -> bool:
    """Whether a column holds titles by its name."""
    named = strength(column.key, "heading") is Strength.WHOLE and not _TITLES.isdisjoint(fold_name(column.key))
    return named and column.holds is Holds.TEXT and not is_about(column)


def is_other_label(column: SampledColumn) -> bool:
    """Return whether a column next to a label holds another label by its name, and not the aim of the first one."""
    return column.short and has_word(column.key, CLASS) and not has_word(column.key, ASPECTS)


def is_case(column: SampledColumn, asked: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column holds cases or stories by its name, and the column ``asked`` after it asks about them."""
    named = not _CASES.isdisjoint(fold_name(column.key)[-1:]) or fold_name(column.key)[:1] == ("case",)
    return named and asked.asks and columns.index(column) < columns.index(asked)


def is_more(column: SampledColumn) -> bool:
    """Whether a column is a variant of a prompt by its name, such as ``query_with_constraints``."""
    begins = strength(fold_name(column.key)[0], "prompt") if len(fold_name(column.key)) > 1 else Strength.NONE
    return begins is Strength.WHOLE and strength(column.key, "response") < Strength.HEAD
