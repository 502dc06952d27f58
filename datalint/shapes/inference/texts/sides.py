"""Inference of preferences: a prompt, and a better and a worse response to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.checking import describes, describes_faults
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.name_pairs import are_opposite
from datalint.shapes.evidence.named_languages import are_translations
from datalint.shapes.evidence.names import BETTER, QUESTIONS, SIDES, WORSE, has_word, is_about, named_as, stands_out
from datalint.shapes.evidence.sampled import LONG, READABLE, Holds, SampledColumn
from datalint.shapes.inference.labelled.answer_keys import is_answer_key
from datalint.support.names.column_names import Strength, fold_name, last_word, strength

_WORDS: Final = frozenset((*BETTER, "true", *WORSE))
#: A word of the name of a right text, next to one with the same name but for the other word.
_TRUTH: Final = ("true", "false")
#: Pairs of words that are used in the names of two responses alone, and stand there for better and worse.
_PAIRED: Final = (
    *(("preferred", "other"), ("chosen", "other"), ("better", "other"), ("selected", "rejected")),
    *(("accept", "reject"), ("approved", "rejected"), ("winning", "losing"), ("liked", "disliked")),
    *(("ideal", "bad"), ("ideal", "poor"), ("good", "poor"), ("desired", "undesired"), ("desirable", "undesirable")),
    *(("like", "dislike"), ("helpful", "unhelpful"), ("yw", "yl"), ("preferred", "nonpreferred")),
    ("good", "flawed"),
)
#: Words of the names of texts that match a prompt, and of texts that do not: next to a question, they may be passages.
_MATCHING: Final = (("positive", "negative"), ("pos", "neg"))
_POLES: Final = tuple({word for pair in _MATCHING for word in pair})
#: Initials of a prompt, and of the chosen and the rejected text, or of the chosen and the rejected one. The latter may
#: be those of other words, such as a context and a response.
_PROMPT: Final = ("p",)
_INITIALS: Final = (("ct", "rt"), ("c", "r"))
#: How many times as long as the other one a text of two is at most, if both may answer one prompt.
_LONGER: Final = 3
#: Last words of keys of inputs that test an answer: those to accept, and those to reject.
_TRIED: Final = frozenset("examples cases tests testcases strings".split())


def sides_of(columns: Sequence[SampledColumn]) -> tuple[dict[str, str] | None, bool]:
    """Return prompt, better and worse response of a preference, and whether no other keys may be meant."""
    usable = [each for each in columns if not (is_about(each) or _is_tried(each) or is_answer_key(each, columns))]
    usable = [each for each in usable if not (describes(each.key) or describes_faults(each.key))]
    texts = [each for each in usable if each.holds in READABLE]
    if not any(has_word(each.key, WORSE) for each in texts):
        texts += [each for each in usable if each.holds in (Holds.CHAT, Holds.OBJECT)]
    betters = [e for e in texts if (has_word(e.key, BETTER) or _is_true(e, texts)) and not has_word(e.key, WORSE)]
    worses = [each for each in texts if has_word(each.key, WORSE) and each not in betters[:1]]
    pairs = [(one, other) for one in betters for other in worses if one is not other]
    named_pairs = [(one, other) for one in texts for other in texts if _are_paired(one, other, texts)]
    pairs = named_pairs if len(named_pairs) == 1 or not pairs else pairs
    pairs = [pair for pair in pairs if not are_opposite(pair[0].key, pair[1].key)]  # two parts of one review
    pairs = [pair for pair in pairs if not _have_sibling(pair, texts)]
    if not pairs:
        return None, False
    # Of several, those whose names are the same but for these words; then those that are responses by their names.
    alike = named_pairs or [pair for pair in pairs if _rest(pair[0]) == _rest(pair[1])]
    best = max((_is_response(pair) for pair in alike), default=Strength.NONE)
    first = [pair for pair in alike if _is_response(pair) == best] or pairs
    better, worse = first[0]
    first = [first[0], *(each for each in first[1:] if not are_translations(each[0].key, better.key))]
    stated = any(has_word(better.key, (good,)) and has_word(worse.key, (bad,)) for good, bad in SIDES)
    stated = stated or (better, worse) in named_pairs
    learned = [
        each for each in texts if each not in (better, worse) and strength(each.key, "response") >= Strength.HEAD
    ]
    if learned and not stated and best < Strength.HEAD:
        return None, False  # likes and dislikes of a person, and an answer
    # A prompt that all rows share says what was asked too.
    asking = (*named_as(texts, "prompt"), *filter(_is_constant_prompt, usable), *named_as(texts, "context"))
    prompts = [each for each in dict.fromkeys(asking) if each not in (better, worse)]
    prompts = [each for each in prompts if each is prompts[0] or not are_translations(each.key, prompts[0].key)]
    if not prompts:
        others = [each for each in texts if each not in (better, worse) and each.holds is Holds.TEXT]
        prompts = [each for each in others if each.length > LONG / 2 and each.distinct >= VARIED and not each.code]
    alone = len(prompts) == 1 or (bool(prompts) and stands_out(prompts, "prompt"))
    asked = {"prompt": prompts[0].key} if prompts else {}
    named = stated or (alike and best >= Strength.HEAD and not _is_learned(worse))
    single = len(pairs) == 1 or (len(first) == 1 and best >= Strength.HEAD)
    plain = stated and alike and best >= Strength.HEAD
    long = plain or all(each.length > LONG or each.holds is Holds.CHAT for each in (better, worse))
    clear = bool(named) and single and long and alone and fold_name(better.key) != _INITIALS[-1][:1]
    # These two words leave no doubt, where the whole conversation stands on both sides.
    clear = clear or (single and long and not prompts and has_word(better.key, ("chosen",)) and stated)
    return {**asked, "chosen": better.key, "rejected": worse.key}, clear


def _is_constant_prompt(column: SampledColumn) -> bool:
    """Whether a column holds the same text in all rows and is a prompt by its whole name."""
    return column.uniform and column.length > 0 and strength(column.key, "prompt") is Strength.WHOLE


def _are_paired(one: SampledColumn, other: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether the names of two texts are the same but for a pair of words that say which is better."""
    better, worse = fold_name(one.key), fold_name(other.key)
    if worse == ("non", *better) and "preferred" in better:
        return True
    if (better, worse) == (("y", "w"), ("y", "l")) or _are_initials(one, other, texts):
        return True
    pairs = (*_PAIRED, *(_MATCHING if _is_asked(texts) else ()))
    return any(
        good in better and worse == tuple(bad if word == good else word for word in better) for good, bad in pairs
    )


def _is_true(column: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether the name of a text has the word for a true one, and that of another is the same but for this word."""
    true, false = _TRUTH
    other = tuple(false if word == true else word for word in fold_name(column.key))
    return has_word(column.key, (true,)) and any(fold_name(each.key) == other for each in texts)


def _are_initials(one: SampledColumn, other: SampledColumn, texts: Sequence[SampledColumn]) -> bool:
    """Whether the names of two long texts are initials of their sides, next to a prompt that asks something."""
    named = len(texts) == 3 and (*fold_name(one.key), *fold_name(other.key)) in _INITIALS
    asked = any(fold_name(each.key) == _PROMPT and each.asks for each in texts)
    lengths = sorted((one.length, other.length))
    return named and asked and lengths[0] > LONG and lengths[1] <= _LONGER * lengths[0]


def _is_asked(texts: Sequence[SampledColumn]) -> bool:
    """Whether one of the texts is a prompt by its whole name, and no question, which passages may match."""
    named = [each.key for each in texts if strength(each.key, "prompt") is Strength.WHOLE]
    return len(named) == 1 and not has_word(named[0], (*QUESTIONS, "anchor"))


def _is_tried(column: SampledColumn) -> bool:
    """Whether a column holds examples that an answer is tried with, such as ``pos_examples``, and no answer."""
    return last_word(column.key) in _TRIED and not has_word(column.key, ("chosen", "rejected"))


def _rest(column: SampledColumn) -> tuple[str, ...]:
    """Return the words of a name without those that distinguish the sides."""
    return tuple(word for word in fold_name(column.key) if word not in _WORDS)


def _have_sibling(pair: tuple[SampledColumn, SampledColumn], texts: Sequence[SampledColumn]) -> bool:
    """Whether a third text has the name of a positive and a negative one but for that word, as several views have."""
    rest = _rest(pair[0])
    if not rest or rest != _rest(pair[1]) or not all(has_word(each.key, _POLES) for each in pair):
        return False
    others = (fold_name(each.key) for each in texts if each not in pair)
    return any(words[1:] == rest and words[0] not in _WORDS for words in others)


def _is_response(pair: tuple[SampledColumn, SampledColumn]) -> Strength:
    return strength(" ".join(_rest(pair[0])), "response")


def _is_learned(worse: SampledColumn) -> bool:
    """Whether the worse of two may be an option of a question instead, such as a wrong answer to it."""
    return has_word(worse.key, ("incorrect", "wrong", "false", "not", "hallucinated"))
