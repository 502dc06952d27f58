"""Tags of tokens that are known: those of spans, and classes of words."""

from __future__ import annotations

import re
from typing import Final

#: Tags of named entities and other spans, in the encodings that begin, continue and end a span.
TAG: Final = re.compile(r"O|[BIESLU][-_][^\s]{1,60}")
#: Classes of words in Universal Dependencies and in the Penn Treebank.
CLASSES: Final = frozenset(
    """ADJ ADP ADV AUX CCONJ CONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X CC CD DT EX FW IN JJ JJR JJS
    LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB""".split()
)
