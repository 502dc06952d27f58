"""Information that one text has and another lacks: words are weighted by how few rows of the dataset have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum, log2
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.value_words import COMMON
from datalint.engine.reduce.comparing.word_counts import is_number
from datalint.engine.reduce.comparing.word_difference import MOST_OWN
from datalint.engine.reduce.comparing.word_forms import own_words
from datalint.engine.reduce.comparing.word_sequences import words_in

# The limits are the best for 323 judged pairs of 128 files, if a right pair counts as much as three wrong or six
# arguable ones. Without the files of any one repository they are the same, for all but three of 116.

#: Share of what a text of up to so many words says beyond which it says something else, if the other one does too.
_OWN: Final = 0.1
_WORDS: Final = 40
#: The share in longer texts, in texts with one answer that is no label, and in answers.
_MOSTLY: Final = 0.15
#: Number of texts without any word that are added to the count: in few rows, words of most rows are informative too.
_UNSEEN: Final = 16

#: Bits of a word in one of thirty rows, and how many bits fewer than an unseen word a word in one of three rows has.
_RARE: Final = 5.0
_FEW: Final = 2.0


class Information:
    """Information of words in a dataset, in bits."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count the words of some texts of the dataset."""
        counts = Counter(word for text in texts for word in words_in(text))
        self._most = log2(len(texts) + _UNSEEN)
        self._bits = {word: (self._most - log2(count + 1)) * _weight(word) for word, count in counts.items()}
        self._whole: dict[int, float] = {}

    def of(self, words: Iterable[str]) -> float:
        """Return the information of words."""
        bits = self._bits
        # Words of a set come in any order, so the sum must not depend on it.
        return fsum(bits[word] if word in bits else self._most * _weight(word) for word in words)

    def has_rare(self, words: Iterable[str]) -> bool:
        """Return whether one of the words is in so few rows that no instruction of the dataset has it."""
        return max((self.of((word,)) for word in words), default=0.0) >= min(_RARE, self._most - _FEW)

    def of_text(self, text: Words) -> float:
        """Return the information of a text."""
        if text.order not in self._whole:
            self._whole[text.order] = self.of(text.counts)
        return self._whole[text.order]

    def own_share(self, found: Difference) -> float:
        """Return the share of information that only one of two texts has, for the one with less information of its own.

        Words that are the same but for their form or spelling say the same, and so do "show" and "give", which ask for
        an answer. In the place of any other word, these say something too: "show" and "remove".
        """
        if not all(found.only) or len(found.words) > MOST_OWN:
            return 0.0
        telling = [own.union(filter(is_number, only)) for own, only in zip(found.own, found.only, strict=True)]
        if not any(telling):
            return 0.0
        mine, theirs = (
            own | own_words(COMMON.intersection(here), there, common=frozenset())
            for own, here, there in zip(telling, found.only, found.only[::-1], strict=True)
        )
        if not mine or not theirs:
            return 0.0
        return min(self.of(mine), self.of(theirs)) / max(self.of_text(found.one), self.of_text(found.other), 1.0)

    def are_two_examples(self, found: Difference, *, same_answer: bool, whole: bool = True) -> bool:
        """Return whether two texts, or their answers, each say something that the other one does not.

        Two texts with the ``same_answer``, one that few rows have, may say it in other words. Of texts that are not
        ``whole``, the answers are compared.
        """
        if whole and self.own_share(found) > (_MOSTLY if same_answer or found.size > _WORDS else _OWN):
            return True
        return not same_answer and self.own_share(Difference(found.one.reply, found.other.reply)) > _MOSTLY


def _weight(word: str) -> float:
    """Return 1, or half for a single character of a script without spaces."""
    return 1.0 if len(word) > 1 or word.isascii() else 0.5
