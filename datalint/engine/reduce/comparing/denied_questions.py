"""English questions of yes or no, to which one answer says yes and another one denies what is asked in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: The last question of a prompt, and its characters at most.
_QUESTION: Final = r"(?i)(?:do|does|is|are|can|will|has|have)\b[^?\n.!]{8,150}\?"
_LONGEST: Final = 160
#: An answer that says yes, and the negation of the first clause of one that does not begin so.
_YES: Final = r"(?i)\s*(?:yes|yeah|yep)(?:[,.;:!]|\s[—–-]\s)"
_DENIED: Final = (
    r"(?i)\b(?:(?:is|are|do|does|can|will|has|have)(?: currently)? not(?! only)"
    r"|(?:is|are|do|does|ca|wo|has|have)n['’]t|cannot|no longer)\b"
)
_CLAUSE: Final = r"[^,;.!?\n]{1,200}"
#: Letters of a word that says what is asked, words that say nothing of it, and how many are needed.
_WORD: Final = r"[a-z]{4,40}"
_EMPTY: Final = frozenset(
    """your there that this they them their with from have does will what when some many much ever also only then
    than""".split()
)
_LEAST: Final = 2
#: Letters at the end of a word that may differ: "offer" and "offered", "ticket" and "tickets".
_ENDING: Final = 2


def deny_what_is_asked(prompt: str, answers: Sequence[str]) -> bool:
    """Return whether one answer says yes, and the first clause of another denies all that the question names."""
    question = prompt.rstrip().rpartition("\n")[2].strip()
    if len(question) > _LONGEST or not re.fullmatch(_QUESTION, question):
        return False
    says_yes = [re.match(_YES, answer) is not None for answer in answers]
    if not any(says_yes) or all(says_yes):
        return False
    asked = set(re.findall(_WORD, question.lower())) - _EMPTY
    return len(asked) >= _LEAST and any(
        _denies(answer, asked) for answer, yes in zip(answers, says_yes, strict=True) if not yes
    )


def _denies(answer: str, asked: set[str]) -> bool:
    clause = re.match(_CLAUSE, answer.lstrip())
    if clause is None or re.search(_DENIED, clause[0]) is None:
        return False
    words = re.findall(_WORD, clause[0].lower())
    return all(any(word.startswith(each[: max(len(each) - _ENDING, 4)]) for word in words) for each in asked)
