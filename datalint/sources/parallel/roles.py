"""What each of two texts with a line for each line is, by the words in which their names differ."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from datalint.sources.side_files import DIRECTED, LABELS, MARKS, compared_names
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.language_codes import ISO_639_1, OF_PARTS
from datalint.support.names.locales import PATTERN, is_locale

#: Keys of a pair, of a text with its label or with a tag for each word, and of a translation whose languages have names
#: rather than codes.
PAIR: Final = ("prompt", "response")
LABELLED: Final = ("text", "label")
TAGGED: Final = ("tokens", "tags")
_TRANSLATED: Final = ("source", "target")
#: A language with a region or a script, or a word.
_WORD: Final = rf"(?<![A-Za-z]){PATTERN}|[A-Za-z]+"
#: Codes that rows may have as keys of a translation.
_CODE: Final = r"[a-z]{2,3}([-_][A-Za-z]{2,4})?"
#: Words for a label of a text, rather than a tag of each token.
_CLASSES: Final = (*LABELS, "intent", "intents", "classes")
#: Words for what is inferred from and what may follow.
_PREMISES: Final = ("premise", "premises", "pre")
_INFERRED: Final = ({"premise", "hypothesis"}, {"premises", "hypotheses"}, {"pre", "hyp"})
_ENGLISH: Final = ("en", "eng", "english")


class Roles(NamedTuple):
    """The keys of the texts of a row, that of the prompt first.

    ``swapped`` says that the second of both files is the prompt. ``languages`` are those of both sides, of which each
    may be translated to the other; none for other texts. ``nested`` says that the keys are those of ``translation``.
    """

    keys: tuple[str, ...]
    swapped: bool = False
    languages: tuple[str, ...] = ()
    nested: bool = False

    def reversed(self) -> Roles:
        """Return the roles with the other file as the prompt."""
        keys = self.keys[::-1] if self.nested else self.keys
        return self._replace(keys=keys, swapped=not self.swapped, languages=self.languages[::-1])


def roles_of(one: Path, other: Path) -> Roles | None:
    """Return the roles of two texts by their names; None if these do not say which one answers the other.

    One is the prompt of the other by a pair of words (``src`` and ``tgt``), or the other one has its labels. Of two
    languages, English comes first, else the one that comes first in the alphabet.
    """
    found = _differing(_words(one), _words(other))
    if found is None:
        return None
    mine, theirs = found
    if (mine, theirs) in DIRECTED or (theirs in MARKS and mine not in MARKS):
        return Roles(LABELLED if theirs in _CLASSES else PAIR)
    if (theirs, mine) in DIRECTED or (mine in MARKS and theirs not in MARKS):
        return Roles(LABELLED if mine in _CLASSES else PAIR, swapped=True)
    return _of_languages(mine, theirs) if _is_language(mine) and _is_language(theirs) else None


def roles_of_three(one: Path, other: Path) -> Roles | None:
    """Return the roles of two texts that are compared, and of a third one with a label for each pair; None for others.

    The keys of ``premise.txt`` and ``hypothesis.txt`` are their names, and those of others are ``sentence1`` and
    ``sentence2``.
    """
    stem, _, suffix = one.name.rpartition(".")
    if one.parent.resolve() != other.parent.resolve() or other.name not in (
        f"{each}.{suffix}" for each in compared_names(stem)
    ):
        return None
    found = _differing(_words(one), _words(other))
    if found is not None and {*found} in _INFERRED:
        return Roles(("premise", "hypothesis", "label"), swapped=found[0] not in _PREMISES)
    return Roles(("sentence1", "sentence2", "label"), swapped=other.name < one.name)


def _of_languages(mine: str, theirs: str) -> Roles:
    nested = all(re.fullmatch(_CODE, each) for each in (mine, theirs))
    found = Roles((mine, theirs) if nested else _TRANSLATED, languages=(mine, theirs), nested=nested)

    def rank(name: str) -> tuple[bool, str]:
        return name.partition("_")[0] not in _ENGLISH, name

    return found if rank(mine) <= rank(theirs) else found.reversed()


def _words(path: Path) -> list[str]:
    """Return the words of the name of a file and of its folder; a language with a region is one word."""
    found = []
    for each in re.findall(_WORD, f"{path.absolute().parent.name}/{path.name}"):
        one = re.fullmatch(PATTERN, each) is None or is_locale(each)
        found += [each.replace("-", "_")] if one else re.split("[-_]", each)
    return [each if "_" in each else each.lower() for each in found]


def _differing(ones: list[str], others: list[str]) -> tuple[str, str] | None:
    """Return the word in which two names differ, perhaps in several places; None if they differ in more."""
    if len(ones) == len(others):
        pairs = {pair for pair in zip(ones, others, strict=True) if pair[0] != pair[1]}
        if len(pairs) == 1:
            return pairs.pop()
    while ones and others and ones[0] == others[0]:
        ones, others = ones[1:], others[1:]
    while ones and others and ones[-1] == others[-1]:
        ones, others = ones[:-1], others[:-1]
    # What is labelled may have any name next to its labels.
    return ("_".join(ones), "_".join(others)) if ones or others else None


def _is_language(word: str) -> bool:
    from datalint.support.names.language_names import LANGUAGE_NAMES

    return word in OF_PARTS or word in ISO_639_1 or word in LANGUAGE_NAMES or is_locale(word)
