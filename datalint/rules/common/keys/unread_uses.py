"""What an unread key is for by its name: people, references, right answers, or conversations."""

from __future__ import annotations

import re
from typing import Final

#: Words of the keys of a conversation.
_TALKS: Final = ("message", "conversation", "dialog", "chat")
#: Last words of keys of evaluation sets that say what a row is for.
_FOR_PEOPLE: Final = frozenset(
    """targeted tested covered purpose challenge focus why pitfall pitfalls trap justification motivation goal goals
    objective intention remark remarks note notes comment comments""".split()
)
#: First words of keys of evaluation sets that say why an answer is right: ``support_span``, ``ground_truth_context``.
_REASONS: Final = ("why", "support", "justification", "ground", "reference", "relevant")
#: An address, a path, or a checksum, and how many of a list are looked at.
_REFERENCE: Final = r"""(?ix) (?:https?|ftps?|s3|gs|hf|file|data):\S+ | (?:[\w.~:-]*[/\\])+[\w.-]+\.\w{1,8} | [0-9a-f]{8}[0-9a-f-]{8,128}
    | [\w.-]+\.(?:jpe?g|png|gif|webp|bmp|svg|mp[34]|wav|pdf|txt|json) """
_REFERENCES: Final = 50
#: Words of the keys of a right answer.
_RIGHT: Final = ("reference", "ground_truth", "gold", "expected")


def refers(text: str) -> bool:
    """Whether a text is addresses, paths or checksums, and nothing else."""
    pieces = text[: _REFERENCES * 200].split()
    return len(pieces) <= _REFERENCES and all(re.fullmatch(_REFERENCE, piece.strip("[]\"',{}")) for piece in pieces)


def is_for_people(key: str, kind: str) -> bool:
    """Whether a key says to people what a row is for: such keys are many in evaluation sets."""
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key).lower())
    if kind != "evaluation" or not words:
        return False
    return words[-1] in _FOR_PEOPLE or words[0] in _REASONS


def is_right(key: str) -> bool:
    """Whether a key names the right answer, next to which a response is that of the model under test."""
    return any(word in key.lower() for word in _RIGHT)


def names_conversation(key: str) -> bool:
    """Whether a key names conversations."""
    return any(word in key.lower() for word in _TALKS)
