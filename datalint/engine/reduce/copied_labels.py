"""Labels that are words of their own prompts, such as the option that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Different responses from which they may be spans of the prompts, and the share of them that stands in its own prompt
#: at least, and in that of another row at most.
_LEAST_SPANS: Final = 5
_OWN_SPANS: Final = 0.9
_OTHER_SPANS: Final = 0.3
#: Labels from which on half of them in their own prompts, and half as many in others, are choices that prompts offer.
_OPEN_LABELS: Final = 20
_OWN_CHOICES: Final = 0.5


def are_spans(labels: Sequence[str], prompts: Sequence[str]) -> bool:
    """Whether nearly every label stands in the prompt of its row, and most of the next rows' labels do not.

    So do half of many labels, if prompts offer choices that differ, as in a word game. A prompt that lists the labels
    to choose from has them all.
    """
    if len(labels) < _LEAST_SPANS:
        return False
    folded, texts = [label.casefold() for label in labels], [prompt.casefold() for prompt in prompts]
    own = _share_in(folded, texts)
    if own >= _OWN_SPANS and _share_in([*folded[1:], folded[0]], texts) <= _OTHER_SPANS:
        return True
    # Rows next to each other may be of one game.
    half = len(folded) // 2
    far = _share_in(folded[half:] + folded[:half], texts)
    return len(labels) >= _OPEN_LABELS and own >= _OWN_CHOICES and far <= own / 2


def _share_in(labels: Sequence[str], prompts: Sequence[str]) -> float:
    return sum(label in prompt for label, prompt in zip(labels, prompts, strict=True)) / len(labels)
