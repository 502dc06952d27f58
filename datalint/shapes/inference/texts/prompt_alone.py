"""Inference of prompts without responses: one text that asks, and facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import checks, is_right, locates, states_facts
from datalint.shapes.evidence.labels import VARIED, is_class, is_few
from datalint.shapes.evidence.names import BETTER, CLASS, PASSAGES, QUESTIONS, WORSE, has_word, is_about
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.model_names import is_model

#: Words of the names of labels that sort prompts which test a model, such as those of an attack.
_SORTS_TESTS: Final = tuple(
    "technique techniques method strategy tactic attack jailbreak severity risk harm style tone".split()
)
#: Last words of the names of prompts of a kind, such as ``test_prompt``, which a category next to them sorts.
_PROMPTS: Final = ("prompt", "prompts")
#: Words of keys of the contents of an answer, next to other data that checks it.
_FOUND_BY: Final = ("keyword", "keywords")
#: Names of keys of lists of next prompts: one of these words, and perhaps one for their kind.
_NEXT: Final = ("followup", "followups", "next", "nextturn", "subsequent", "later", "additional")
_ASKED: Final = ("", "s", "prompts", "questions", "turns", "messages", "queries", "userturns", "usermessages")
#: Last words of names of messages, and words before them that say that nobody has answered these.
_MESSAGES: Final = ("messages", "conversation", "turns")
_OF_PROMPTS: Final = frozenset(("prompt", "input", "context", "request"))
#: Names of keys of the head of a requested program.
_HEADS: Final = (("starter", "code"), ("code", "stub"), ("code", "skeleton"))
#: Columns of what models answer from which on these are compared, and none is learned.
_MODELS: Final = 3
#: How much longer than its title a prompt is at least.
_TITLES: Final = 3


def only_prompt(columns: Sequence[SampledColumn], free: Sequence[SampledColumn], rows: int) -> SampledColumn | None:
    """Return the prompt of rows without responses: one text, named so, and else only what says something about them."""
    asking = [each for each in free if not _is_tag(each) and strength(each.key, "prompt") is Strength.WHOLE]
    asking = asking or [each for each in columns if is_chat_prompt(each) and each.asked]
    asking = asking or [each for each in free if each.composed] or _tested(free, columns)
    if any(strength(each.key, "category") is Strength.WHOLE for each in columns):
        asking = asking or [each for each in free if last_word(each.key) in _PROMPTS and not _is_tag(each)]
    if len(asking) != 1 or any(is_class(each) or (each.sparse and is_right(each.key)) for each in columns):
        return None
    if asking[0].holds is Holds.TEXT and asking[0].distinct < VARIED:
        return None
    prompt = asking[0]
    tests = [each for each in columns if _sorts_tests(each) and has_word(prompt.key, ("prompt", "prompts"))]
    columns = [each for each in columns if each not in tests]
    others = [each for each in columns if each is not prompt and each.holds is not Holds.NOTHING]
    answers = [each for each in others if each.holds is Holds.TEXT and is_model(each.key)]
    if len(answers) >= _MODELS:
        others = [each for each in others if each not in answers]
    if any(has_word(each.key, PASSAGES) and not checks(each.key) for each in columns):
        return None
    files = [each for each in columns if each.holds is Holds.REFERENCE]
    if all(any(has_word(each.key, words) for each in files) for words in (BETTER, WORSE)):
        return None  # two images of which one is better
    sorting = len(tests) + sum(is_about(each) or _sorts(each) for each in others)
    if any(is_next(each) for each in others):
        # The prompts of later turns, which nobody answers either, and what few rows say of who asks.
        others = [each for each in others if not (is_next(each) or (each.sparse and each.short))]
    flags = [each for each in others if each.holds is Holds.LABEL and not (is_about(each) or _sorts(each))]
    flags = [each for each in flags if not locates(each.key)]
    if sorting:
        others = [each for each in others if not _is_code(each)]
        flags = [each for each in flags if not _is_code(each)]
    alone = not sorting or (len(flags) == 1 and prompt.holds is not Holds.CHAT)
    alone = alone and not any(states_facts(each.key) for each in columns)
    if flags and (alone or any(map(_is_stated, flags))):
        return None  # what one column of few values says of a prompt may be learned
    if any(checks(each.key) for each in others):
        # Next to what checks an answer, lists and objects are more of it.
        stated = [each for each in others if _is_stated(each) and not has_word(each.key, _FOUND_BY)]
        others = [each for each in others if each.holds not in (Holds.LIST, Holds.OBJECT) or each in stated]
        # So are short texts, such as the document that the answer is in.
        others = [each for each in others if not each.short or each in (*stated, *flags) or is_class(each)]
    # Data that checks an answer shows that a category is that of the prompt.
    several = sorting > 1 or any(checks(each.key) for each in columns)
    if any(_is_result(each, prompt, columns) for each in others):
        return None
    quiet = all(each in flags or _says_of(each, prompt, rows, several=several) for each in others)
    return prompt if quiet else None


def _tested(free: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the only text next to tests of programs, which asks for one, unless it is a program."""
    tests = [each for each in columns if strength(each.key, "test") >= Strength.HEAD and _holds_tests(each)]
    texts = [each for each in free if each not in tests and not is_head(each)]
    return texts if tests and len(texts) == 1 and not texts[0].code else []


def _holds_tests(column: SampledColumn) -> bool:
    """Whether a column named tests holds programs, or lists or objects; one test may be one of a laboratory."""
    several = fold_name(column.key)[-1:] in (("tests",), ("cases",)) and column.holds is Holds.TEXT
    return column.code or several or column.holds in (Holds.LIST, Holds.OBJECT, Holds.CHAT)


def is_head(column: SampledColumn) -> bool:
    """Whether a column holds the head of a requested program, by its name."""
    return fold_name(column.key) in _HEADS


def _is_result(column: SampledColumn, prompt: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether the only column next to a question may be learned: a class in numbers, or a type of something else.

    Next to the numbers of the rows, its name says that it is the class of the question; a category may sort a set.
    """
    saying = [each for each in columns if each.holds is not Holds.NUMBER or each.distinct < VARIED]
    if len(saying) != 2 or not has_word(prompt.key, QUESTIONS) or not is_few(column) or column.uniform:
        return False
    if len(columns) > len(saying):
        return is_class(column)
    words = fold_name(column.key)
    other = len(words) > 1 and not set(words).intersection(fold_name(prompt.key))
    coded = column.holds is Holds.NUMBER and strength(column.key, "category") is Strength.WHOLE
    return coded or (other and strength(column.key, "group") is Strength.HEAD)


def _says_of(column: SampledColumn, prompt: SampledColumn, rows: int, *, several: bool) -> bool:
    """Whether a column says something about a prompt, and is no response to it; ``several`` that more than one does."""
    if is_head(column):
        return True
    if column.spoken and strength(column.key, "context") >= Strength.HEAD:
        return True  # what was said before
    if column.holds in (Holds.NUMBER, Holds.REFERENCE) or is_about(column) or _is_tag(column) or checks(column.key):
        return True
    if column.holds is Holds.OBJECT and use_of(column.key) == "metadata":
        return True
    if _sorts(column) and (column.distinct * rows < 1.5 or column.holds is Holds.LIST):
        return True
    if column.holds is Holds.LABEL:
        return strength(column.key, "group") >= Strength.HEAD or (several and _sorts(column))
    if prompt.holds is Holds.CHAT and column.listed:
        return True  # an object that is written as text
    if prompt.composed and strength(column.key, "prompt") >= Strength.HEAD:
        return True  # one of those that it is written of
    named = strength(column.key, "prompt") < Strength.HEAD and (
        (column.short and strength(column.key, "heading") >= Strength.HEAD)
        or strength(column.key, "group") >= Strength.HEAD
    )
    longer = prompt.holds is Holds.CHAT or prompt.length > _TITLES * column.length
    return column.holds is Holds.TEXT and named and longer


def is_next(column: SampledColumn) -> bool:
    """Whether a column holds lists of what is asked next, by its name."""
    words = "".join(fold_name(column.key))
    return column.holds is Holds.LIST and any(words == f"{each}{more}" for each in _NEXT for more in _ASKED)


def _is_stated(column: SampledColumn) -> bool:
    """Whether a column's name says that it is written."""
    return any(strength(column.key, each) >= Strength.HEAD for each in ("response", "written", "test", "act"))


def _is_code(column: SampledColumn) -> bool:
    """Whether a column holds codes of a catalogue, such as ``AB-12``, that nothing says are learned."""
    return column.codes and not (_is_stated(column) or is_right(column.key) or is_class(column))


def _sorts(column: SampledColumn) -> bool:
    """Whether a column sorts rows by its name."""
    named = ("category", "group", "heading") if column.holds is Holds.LABEL else ("category", "group")
    return any(strength(column.key, each) >= Strength.HEAD for each in named)


def _sorts_tests(column: SampledColumn) -> bool:
    """Whether a column holds a few words that sort prompts which test a model, by its name."""
    return column.short and has_word(column.key, _SORTS_TESTS) and not has_word(column.key, CLASS)


def _is_tag(column: SampledColumn) -> bool:
    """Whether a column holds a few words that sort the rows that have one, by its name."""
    group = strength(column.key, "group") >= Strength.HEAD and strength(column.key, "prompt") < Strength.HEAD
    return column.short and (group or strength(column.key, "category") is Strength.HEAD)


def is_chat_prompt(column: SampledColumn) -> bool:
    """Return whether a column holds lists of messages and is named a prompt, or messages of one that the user ends."""
    if column.holds is not Holds.CHAT:
        return False
    named = strength(column.key, "prompt")
    *first, last = fold_name(column.key) or ("",)
    told = named is Strength.HEAD or (last in _MESSAGES and not _OF_PROMPTS.isdisjoint(first))
    return named is Strength.WHOLE or (column.asked and told)
