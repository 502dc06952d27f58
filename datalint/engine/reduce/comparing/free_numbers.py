"""Numbers in answers that anybody may choose: arguments of a command that a prompt asks for, and examples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.engine.reduce.comparing.json_answers import STRUCTURED

#: A command of a program in capitals before its arguments, verbs that it has not, and requests for one.
_COMMAND: Final = r"\s*([A-Z]{3,24})\s+[^\s\d]"
_VERB: Final = r"\b(?:is|are|was|were|has|have|had|costs?|needs?|takes?)\b"
_ASKS: Final = r"(?i)\b(?:commands?|quer(?:y|ies)|statements?|syntax)\b"
#: What is named as an example, up to the end of its clause.
_EXAMPLE: Final = r"(?i)(?:\be\.\s?g\.|\b(?:such as|like|for example|for instance)\b)[^.;!?\n]{0,80}"
#: Characters of a text that are looked at.
_READ: Final = 2_000


def are_commands(answers: Sequence[str], prompt: str) -> bool:
    """Return whether answers are one command with its arguments, and the prompt asks for a command or names it."""
    found = [re.match(_COMMAND, answer) for answer in answers]
    names = {each[1] for each in found if each is not None}
    if len(names) != 1 or None in found or any(re.search(_VERB, answer[:_READ]) for answer in answers):
        return False
    return re.search(_ASKS, prompt[:_READ]) is not None or names <= {*prompt[:_READ].split()}


def without_examples(answer: str) -> str:
    """Return an answer without what it names as an example; JSON and other structured text as it is."""
    return answer if answer.lstrip().startswith(STRUCTURED) else re.sub(_EXAMPLE, " ", answer[:_READ])
