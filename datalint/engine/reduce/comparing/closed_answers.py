"""Detection of contradictions between closed answers: labels, numbers, option letters, yes and no."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Final

from datalint.engine.reduce.comparing.calculations import have_one_result
from datalint.engine.reduce.comparing.differing import MOST_OWN, Difference
from datalint.engine.reduce.comparing.free_numbers import are_commands, without_examples
from datalint.engine.reduce.comparing.json_answers import values_in
from datalint.engine.reduce.comparing.plain_words import has_plain_word
from datalint.engine.reduce.comparing.tagged_answers import have_other_tags, mark_others
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.verbatim import has_call, has_code
from datalint.records.difference import shared_turns
from datalint.support.common_prefix import differing_parts
from datalint.support.word_scripts import runs_of_letters, spaceless_letters

#: A label has at most this many characters and words; of a script without spaces, this many characters.
MOST_CHARS: Final = 40
#: Several labels that are joined to one answer, a line for each, have at most this many characters together.
MOST_JOINED: Final = 1_000
_MOST_WORDS: Final = 4
_MOST_SPACELESS: Final = 8
# Patterns are compiled on first use, since few datasets have closed answers.
_NUMBER: Final = r"[-+]?(?:[$€£¥₹]\s?)?\d+(?:[.,]\d+)*\s?%?"
_OPTION: Final = r"[(\[]?([A-Ha-h])[)\].:]?"
#: Two words or more joined without spaces, as names of intents and classes are; words with a slash are alternatives.
_IDENTIFIER: Final = r"[A-Za-z][A-Za-z0-9]*(?:[_.:-][A-Za-z0-9]+)+|[A-Z]{2,}[0-9]*"
#: What stands between several labels, and between the parts of one that is a path.
_PARTED: Final = r"[,;/|:>&+\n]"
#: Words that are answers to a closed question if they are the complete response.
_CLOSED: Final = (
    frozenset(("yes", "no", "ja", "nein", "oui", "non", "sí", "si", "да", "нет")),
    frozenset(("是", "否", "不是", "是的", "对", "不对", "错")),
    frozenset(("true", "false", "correct", "incorrect", "right", "wrong", "正确", "错误")),
    frozenset(("positive", "negative", "neutral", "mixed", "正面", "负面", "中性", "积极", "消极")),
    frozenset(("entailment", "contradiction", "neutral", "not entailment")),
    frozenset(("spam", "ham", "not spam")),
    frozenset(("acceptable", "unacceptable", "offensive", "not offensive", "toxic", "not toxic")),
)  # fmt: skip
#: The kinds of answers that are such words.
_WORDS: Final = "words "
#: Fields of JSON that are the same at least, where one other field makes two answers a conflict.
_SAME_FIELDS: Final = 3
#: Share of the words of two texts in JSON below which they say something else.
_ALIKE: Final = 0.25
#: How a call of a tool begins: another value makes another call, which may be as good.
_TOOL_CALL: Final = (
    r'\s*+(?:<\w{1,40}>\s*+)?+(?:\[\s*+)?+\{\s*+"(?:name|function|tool|tool_name|action)"\s*:\s*"[^"]{1,100}"\s*,'
    r'\s*"(?:arg|param|action_in)'
)
#: Most words of answers of which each word counts.
_FEW_WORDS: Final = 8
#: Least ratio of all words to those of only one answer, where answers differ in numbers; and the characters compared.
_SAME_WORDS: Final = 5
_READ: Final = 2_000
#: Values of JSON that are true or false, and numbers that stand for them.
_TRUTH: Final = frozenset(("true", "false"))
_BITS: Final = {"0": "false", "1": "true"}
#: Beginnings of answers that say yes or no. "No problem" and "Si vous …" say neither.
_YES: Final = r"(?:yes|yeah|yep|sí|oui|ja|да|是的|对)"
_NO: Final = r"(?:no|nope|non|nein|нет|不是|不)"
_STOPS: Final = r"(?:[,.;:!，。；：！]|\s[—–-]\s)"
_BEGINNING: Final = 100


def contradict(answers: Sequence[str], *, labelled: bool, labels: Collection[int] = (), few: bool = False) -> bool:
    """Return whether two of the answers to one prompt cannot both be right.

    Args:
        answers: the different answers.
        labelled: whether the rows are texts with a label, so that every short answer is one.
        labels: positions of answers that are labels of the dataset, as others have them; few: if these are all answers.
    """
    bare = [_bare(answer) for answer in answers]
    if len(labels) == len(answers):
        # Of a closed set, "sarcastic" is not what "non-sarcastic" contains, but another label.
        return (few or all(map(_is_short, answers))) and _are_others(answers)
    if labelled:
        return all(_is_short(answer) for answer in answers) and _exclude(bare)
    kinds = [_kind(answer, text) for answer, text in zip(answers, bare, strict=True)]
    if kinds[0] is None or len(set(kinds)) > 1:
        return False
    return _are_others(answers) if kinds[0].startswith(_WORDS) else _exclude(bare)


def are_other_labels(answers: Sequence[str]) -> bool:
    """Return whether answers are several labels each, a ``key: label`` line for each, and two have different ones."""
    read = [_joined(answer) for answer in answers]
    return all(read) and all(each.keys() == read[0].keys() for each in read) and any(each != read[0] for each in read)


def _joined(answer: str) -> dict[str, str]:
    """Return the labels of an answer by their keys; nothing if it is not made of two or more short ones."""
    parts = [line.partition(": ") for line in answer.split("\n")]
    if len(parts) < 2 or not all(colon and _is_short(label) for _, colon, label in parts):
        return {}
    return {key: _bare(label) for key, _, label in parts}


class Told:
    """Parts of an answer that may contradict another answer: its beginning, numbers, or the values of JSON by path."""

    def __init__(self, answer: str) -> None:
        self.values: dict[int, set[str]] = {}
        self.texts: dict[int, set[str]] = {}
        for each in values_in(answer):
            if each.is_text:
                self.texts.setdefault(each.path, set()).update(each.value.split())
            else:
                self.values.setdefault(each.path, set()).add(each.value)
        self.answer = "" if self.values or self.texts else answer[:_READ]

    @cached_property
    def numbers(self) -> set[str]:
        """The numbers of an answer that is no JSON and not a number alone, as :func:`_bare` gives them."""
        if not re.search(r"[^\W\d_]", self.answer):
            return set()
        return set(map(_bare, re.findall(r"\d[\d.,]*\d|\d", self.answer)))

    @cached_property
    def words(self) -> Words:
        """The words of an answer that is no JSON."""
        return Words(self.answer)

    def contradicts(self, other: Told) -> bool:
        """Return whether one answer says yes and the other no, or they state other numbers, tags or values of JSON."""
        if self.values and other.values:
            return _states_opposites(self.values, other.values)
        if have_other_tags([self.answer, other.answer]):
            return True
        return are_yes_and_no([each.answer[: 2 * _BEGINNING] for each in (self, other)]) or _renumbers(self, other)

    def differs(self, other: Told) -> bool:
        """Return whether the answer contradicts another one, or says something different.

        JSON says something different if one value differs, or a text in it has little in common with the other one. A
        text of few words does if one word differs, and prose if names or numbers differ.
        """
        if self.contradicts(other) or mark_others(self.answer, other.answer):
            return True
        if self.answer or other.answer:
            if has_plain_word(self.answer, other.answer, least=_FEW_WORDS + 1):
                return False
            return _replaces_word(self.words, other.words) or _name_others(self, other) or _opposes(self, other)
        return _state_another(self.values, other.values) or any(
            len(words & other.texts[path]) < _ALIKE * len(words | other.texts[path])
            for path, words in self.texts.items()
            if path in other.texts
        )


def _state_another(mine: Mapping[int, set[str]], theirs: Mapping[int, set[str]]) -> bool:
    """Return whether all values are the same but one, which is missing or does not contain the other one."""
    differing = [path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path)]
    if len(differing) != 1:
        return False
    here, there = (" ".join(sorted(values.get(differing[0], ()))) for values in (mine, theirs))
    return not here or not there or _exclude((here, there))


def _name_others(one: Told, other: Told) -> bool:
    """Return whether two answers, which are no code, differ in names or numbers alone, of which each has some."""
    if has_call(one.answer) or has_call(other.answer) or not (one.answer and other.answer):
        return False
    found = Difference(one.words, other.words)
    return bool(found.words) and found.is_of_values()


def _opposes(one: Told, other: Told) -> bool:
    """Return whether two answers differ in words with opposite meanings alone."""
    found = Difference(one.words, other.words)
    return 0 < len(found.words) <= MOST_OWN and found.words <= found.opposed


def _replaces_word(one: Words, other: Words) -> bool:
    """Return whether two texts of few words differ in one, which is no other form of the other one."""
    found = Difference(one, other)
    return found.size <= _FEW_WORDS and all(len(words) == 1 for words in (*found.only, *found.own))


def are_yes_and_no(answers: Sequence[str]) -> bool:
    """Return whether one answer begins with yes and another one with no."""
    begin = shared_turns(answers)
    return all(
        any(re.match(rf"(?i)\s*{word}{_STOPS}", answer[begin : begin + _BEGINNING]) for answer in answers)
        for word in (_YES, _NO)
    )


def state_opposites(answers: Sequence[str]) -> bool:
    """Return whether answers are JSON, and the first one states the opposite of another one for a key of both."""
    first, *rest = (Told(answer).values for answer in answers)
    is_call = all(re.match(_TOOL_CALL, answer) for answer in answers)
    return any(_states_opposites(first, other, is_call=is_call) for other in rest)


def state_other_numbers(answers: Sequence[str], prompt: str = "") -> bool:
    """Return whether the first of the answers has other numbers than another one and the same words; not in code."""
    if are_commands(answers, prompt):
        return False
    first, *rest = map(Told, map(without_examples, answers))
    return not has_code(first.answer) and any(
        _renumbers(first, other) and not any(Difference(first.words, other.words).own) for other in rest
    )


def _renumbers(one: Told, other: Told) -> bool:
    """Return whether two answers differ in numbers, and only one of them may have more than one word of its own.

    If four of five words are no longer the same, they are several answers.
    """
    # Numbers of their own stand where they differ.
    if not all(any(map(str.isdecimal, part)) for part in differing_parts(one.answer, other.answer)):
        return False
    if one.numbers <= other.numbers or other.numbers <= one.numbers or have_one_result(one.answer, other.answer):
        return False
    if has_call(one.answer) or has_call(other.answer):
        return False
    found = Difference(one.words, other.words)
    if not found.renumbered or len(found.words) > MOST_OWN:
        return False
    fewer, more = sorted(map(len, found.own))
    return fewer <= 1 and _SAME_WORDS * (fewer + more) <= found.size


def _states_opposites(mine: Mapping[int, set[str]], theirs: Mapping[int, set[str]], *, is_call: bool = False) -> bool:
    """Return whether a value is the opposite and no more other values differ than agree, or only one value differs.

    Answers of which most other values differ too are several answers, such as examples of made-up people.
    """
    paths = mine.keys() | theirs.keys()
    other = {path for path in paths if mine.get(path) != theirs.get(path)}
    if not is_call and len(other) == 1 and len(paths) > _SAME_FIELDS and other <= mine.keys() & theirs.keys():
        return True  # all is the same but one short value
    opposite = {path for path in other if _are_opposite(mine.get(path, set()), theirs.get(path, set()))}
    return bool(opposite) and len(other - opposite) <= len(paths - other)


def _are_opposite(mine: set[str], theirs: set[str]) -> bool:
    """Return whether two values are one closed answer each, and exclude each other; 0 is false and 1 true."""
    if len(mine) != 1 or len(theirs) != 1:
        return False
    [here], [there] = mine, theirs
    if _TRUTH.isdisjoint((here, there)):
        return any(here in words and there in words for words in _CLOSED) and _exclude((here, there))
    return _BITS.get(here, here) != _BITS.get(there, there) and {here, there} <= _TRUTH | _BITS.keys()


def _is_short(answer: str) -> bool:
    spaceless = spaceless_letters(answer, hangul=True)
    return len(answer) <= MOST_CHARS and len(answer.split()) <= _MOST_WORDS and spaceless <= _MOST_SPACELESS


def _kind(answer: str, bare: str) -> str | None:
    """Return the kind of a closed answer; None if it is an open one."""
    text = answer.strip()
    for number, words in enumerate(_CLOSED):
        if bare in words:
            return f"{_WORDS}{number}"
    if re.fullmatch(_NUMBER, text.rstrip(".")):
        return "number"
    if re.fullmatch(_OPTION, text):
        return "option"
    return "identifier" if re.fullmatch(_IDENTIFIER, text) and len(text) <= MOST_CHARS else None


def _bare(answer: str) -> str:
    """Return the answer without case and punctuation; a number by its value."""
    text = answer.strip().rstrip(".")
    if re.fullmatch(_NUMBER, text):
        digits = re.sub(r"[^\d.+-]", "", re.sub(r",(?=\d{3})", "", text).replace(",", "."))
        try:
            return f"{float(digits):g}" + "%" * text.endswith("%")
        except ValueError:
            return digits
    return " ".join(runs_of_letters(answer.casefold()))


def _are_others(labels: Sequence[str]) -> bool:
    """Return whether one of the labels is another one than the first, and neither is a part of a list or path."""
    first, *rest = map(_parts, labels)
    return any(not first <= other and not other <= first for other in rest)


def _parts(label: str) -> frozenset[str]:
    """Return the labels of a list ("joy, pride") or the names of a path ("sport/football"), as letters and digits."""
    if re.fullmatch(_NUMBER, label.strip()):
        return frozenset((_bare(label),))
    found = (_letters(part) or part.strip() for part in re.split(_PARTED, label))
    return frozenset(part for part in found if part)


def _letters(label: str) -> str:
    return "".join(runs_of_letters(label.casefold())).replace("_", "")


def _exclude(bare: Sequence[str]) -> bool:
    """Return whether one of the answers neither contains the first one nor is contained in it."""
    first = bare[0]
    return any(f" {first} " not in f" {other} " and f" {other} " not in f" {first} " for other in bare[1:])
