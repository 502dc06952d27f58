"""What a judge says of two answers to one prompt: which one is better, in a word, a number or the name of a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Keys of the better one; some may hold something else, which their values tell.
VERDICTS: Final = (
    *("winner", "preference", "preferred", "better", "better_response", "better_answer", "preferred_response"),
    *("human_preference", "choice", "label", "result", "chosen", "verdict", "vote", "best", "judgment", "judgement"),
    *("best_response", "best_answer", "preferred_answer", "preferred_output", "preference_label", "human_choice"),
    *("annotator_choice", "more_helpful", "selected", "ranking", "comparison"),
    *("chosen_response", "chosen_answer", "selected_response", "better_output"),
    *("ground_truth_winner", "gold_winner", "gt_winner", "true_winner", "human_winner"),
)
#: Values of a verdict: what tells the keys of an answer apart, with a word or without, or neither of the two.
_NAMED: Final = (
    r"(?:(?:model|response|answer|output|assistant|completion|option|reply|summary|conversation|candidate)[ _-]?)?"
    r"([012ab]|left|right|first|second)"
)
_NEITHER: Final = r"tie|draw|both|neither|none|equal|same|(?:tie|both)[ _(-]{0,2}(?:both)?bad\)?"
_PLACES: Final = {"a": 0, "left": 0, "first": 0, "b": 1, "right": 1, "second": 1}
_LONGEST: Final = 30
#: Half way from 1, the first answer, to 2, the second.
_TIE: Final = 1.5
#: The name of a model.
_MODEL: Final = r"[\w./:@()+-]{1,60}(?: [\w./:@()+-]{1,20}){0,3}"


def better_of(said: object, marks: tuple[str, str], verdict: str) -> int | None:
    """Return the place of the better answer that a verdict names, None if none is better."""
    word = _plain(said)
    found = re.fullmatch(_NAMED, word)
    if found is None:
        return None
    mark, folded = found[1], tuple(each.lower() for each in marks)
    if mark in folded:
        return folded.index(mark)
    # A label of two numbered answers says whether the first is better.
    if mark == "0" and verdict == "label":
        return 1
    return _PLACES.get(mark)


def _plain(said: object) -> str:
    """Return a verdict in lower case, as digits where it is a number; the better one of ``A>B``; empty for others."""
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return ""
    if isinstance(said, str):
        word = said.strip().strip("[]").lower() if len(said) <= _LONGEST else ""
        order = re.fullmatch(r"([ab12]) ?(>{1,2}|<{1,2}|=) ?([ab12])", word)
        return word if order is None else "tie" if order[2] == "=" else order[1 if ">" in order[2] else 3]
    # AlpacaEval weighs its verdict: from 1, the first answer, to 2.
    return f"{said:.0f}" if said in (0, 1, 2) or (1 < said < 2 and said != _TIE) else ""


def as_number(said: object) -> float | None:
    """Return a number, also one that a table has as text; None for anything else."""
    if isinstance(said, str) and len(said) <= _LONGEST:
        try:
            return float(said)
        except ValueError:
            return None
    return said if isinstance(said, int | float) and not isinstance(said, bool) else None


def _is_number(said: object) -> bool:
    if not isinstance(said, int | float) or isinstance(said, bool):
        return False
    return said in (-1, 0, 1, 2, 3, 0.5) or 1 < said < 2


def said_by(verdict: object) -> object:
    """Return a verdict, or the only one in the object that a judge wrote with its reasons; None for other objects."""
    if not isinstance(verdict, dict):
        return verdict
    found = [verdict[key] for key in VERDICTS if key in verdict]
    return found[0] if len(found) == 1 else None


def is_of_judge(verdict: object) -> bool:
    """Whether a judge wrote an object with one verdict in words: nothing else is of such keys."""
    said = said_by(verdict) if isinstance(verdict, dict) else None
    return isinstance(said, str) and in_words(said)


def is_of_judge_or_number(verdict: object) -> bool:
    """Whether a judge wrote an object with one verdict, which may be the number of an answer."""
    said = said_by(verdict) if isinstance(verdict, dict) else None
    return said is not None and in_words_or_numbers(said)


def in_words(said: object) -> bool:
    """Whether a verdict names an answer in words, or says that neither is better; also one that is still empty."""
    if said is None or said == "":  # The schema refuses it: a pair that has not been judged yet.
        return True
    word = _plain(said) if isinstance(said, str) else ""
    named = re.fullmatch(_NAMED, word)
    # Numbers may begin with 0 or with 1: only next to numbered answers is it clear which one they mean.
    return (named is not None and not named[1].isdigit()) or re.fullmatch(_NEITHER, word) is not None


def place_of(said: str, names: Sequence[str]) -> int | None:
    """Return the place of the only one of two models that a verdict names, perhaps without its version; else None."""
    exact = [place for place, name in enumerate(names) if name == said]
    found = exact or [place for place, name in enumerate(names) if said and name and (said in name or name in said)]
    return found[0] if len(found) == 1 else None


def is_model(said: object) -> bool:
    """Whether a verdict may be the name of a model: nothing that names an answer, and no sentence."""
    return isinstance(said, str) and not in_words(said) and re.fullmatch(_MODEL, said.strip()) is not None


def in_words_or_numbers(said: object) -> bool:
    """Whether a verdict names an answer in words or as a number, or says that neither is better."""
    named = re.fullmatch(_NAMED, _plain(said)) if isinstance(said, str) else None
    return named is not None or _is_number(said) or in_words(said)
