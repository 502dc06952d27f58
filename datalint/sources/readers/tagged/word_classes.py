"""Tags of tokens that are classes of words."""

from __future__ import annotations

from typing import Final

#: Classes of words in Universal Dependencies and in the Penn Treebank.
CLASSES: Final = frozenset(
    """ADJ ADP ADV AUX CCONJ CONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X CC CD DT EX FW IN JJ JJR JJS
    LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB""".split()
)
