"""Tags of tokens that are classes of words, and tokens that are words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Classes of words in Universal Dependencies and in the Penn Treebank.
CLASSES: Final = frozenset(
    """ADJ ADP ADV AUX CCONJ CONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X CC CD DT EX FW IN JJ JJR JJS
    LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB""".split()
)
#: The share of tokens that are single words, and different words at least.
_SINGLE: Final = 0.95
_LEAST_WORDS: Final = 6


def are_words(tokens: Sequence[str]) -> bool:
    """Return whether nearly all texts are single words or signs, and several have a letter."""
    single = sum(len(token.split()) == 1 for token in tokens)
    return single >= _SINGLE * len(tokens) and len({t for t in tokens if any(map(str.isalpha, t))}) >= _LEAST_WORDS
