"""Pairs of words in the names of two texts, one of which is made from the other or answers it."""

from __future__ import annotations

from functools import cache
from typing import Final

from datalint.support.names.column_names import fold_name

#: Pairs of words: in the name of a text, and in that of a text made from it. One word alone has no such meaning.
MADE: Final = (
    ("source src", "target tgt translation corrected correction simplified simplification paraphrase paraphrased "
     "rewritten rewrite"),
    ("original orig", "simplified simplification simple corrected correction rewritten rewrite paraphrase paraphrased "
     "translated translation summary fixed improved edited revised converted response clean cleaned reframed"),
    ("complex normal standard everyday expert difficult technical hard legal",
     "simple simplified simplification easy plain layman"),
    ("informal casual", "formal"),
    ("formal", "informal casual"),
    ("ill", "well"),
    ("incorrect wrong ungrammatical erroneous error noisy", "correct corrected correction grammatical clean fixed"),
    ("buggy defective broken bug vulnerable bad", "fixed repaired correct patched secure fix"),
    ("disfluent", "original fluent cleaned"),
    ("vague", "optimized optimised improved specific clear refined enhanced"),
    ("noisy dirty raw messy", "clean cleaned normalized processed formatted structured"),
    ("toxic offensive impolite rude", "neutral detoxified civil polite nontoxic"),
    ("ancient classical old", "modern contemporary new"),
    ("before draft", "after final revision revised"),
    ("scrambled shuffled jumbled unordered", "ordered reordered unscrambled original"),
    ("unpunctuated lowercase stripped", "punctuated restored cased"),
    ("nl description docstring intent natural language", "code bash cmd sql sparql cypher regex snippet formula"),
    ("docstring", "body implementation"),
    ("term word concept phrase metaphor idiom proverb", "definition meaning explanation interpretation"),
    ("ingredients dish", "recipe instructions directions preparation"),
    ("goal objective task", "steps plan procedure"),
    ("text sentence message", "rewrite rewritten rephrased reworded"),
    ("passage paragraph context document chunk article", "generated"),
    ("dialogue dialogues dialog conversation conversations messages transcript meeting article document",
     "summary summaries summarization summarizations minutes"),
    ("symptoms symptom complaint case", "diagnosis treatment disease advice prescription"),
)  # fmt: skip
#: Such pairs for two speakers.
SPOKEN: Final = (
    ("patient", "doctor therapist psychologist physician assistant"),
    ("client", "counselor counsellor therapist psychologist"),
    ("customer", "agent support representative assistant"),
    ("student", "teacher tutor"),
    ("seeker asker", "response supporter helper responder answerer"),
    ("user human", "bot ai assistant gpt model machine agent character"),
)
#: Such pairs for two texts that may both belong to something else that is learned.
WRITTEN: Final = (
    ("log logs stacktrace traceback", "diagnosis cause resolution remediation fix remedy"),
    ("prefix beginning", "infill middle"),
    ("diff patch hunk", "message msg commit review comment"),
    ("code snippet function", "des desc docstring comment explanation summary description"),
    ("context", "greeting"),
    ("persona", "synthesized dialogue response"),
    ("article body news content", "headline summary"),
    ("abstract abst", "title"),
    ("topic theme title keywords keyword", "essay poem poetry story lyrics rap song script joke blog post speech"),
)  # fmt: skip
#: Last words of keys of the advantages and of the disadvantages of a thing.
_OPPOSITES: Final = (
    {("pros",), ("cons",)}, {("pro",), ("con",)}, {("strengths",), ("weaknesses",)}, {("benefits",), ("drawbacks",)},
    {("advantages",), ("disadvantages",)},
)  # fmt: skip
#: Words by which the names of both parts of a review differ, and words that these have as well.
_SIDES: Final = {"positive": "negative", "negative": "positive"}
_REVIEWS: Final = frozenset("review reviews comment comments feedback opinion opinions points aspects remarks".split())


def are_opposite(one: str, other: str) -> bool:
    """Return whether two names are those of the advantages and the disadvantages of a thing."""
    left, right = fold_name(one), fold_name(other)
    if {left[-1:], right[-1:]} in _OPPOSITES:
        return True
    turned = tuple(_SIDES.get(word, word) for word in left)
    return left != right == turned and not _REVIEWS.isdisjoint(left)


def are_pair(one: str, other: str) -> bool:
    """Return whether two names are those of a text and of a text made from it, or of two speakers."""
    left, right = (frozenset(fold_name(each)) for each in (one, other))
    return any(a & left and b & right and not b & left for each in (MADE, SPOKEN, WRITTEN) for a, b in folded(each))


def shared_words(one: str, other: str) -> frozenset[str]:
    """Return the words of two names that begin with the same one, ``qa_question`` and ``qa_answer``; else none."""
    left, right = fold_name(one), fold_name(other)
    same = len(left) > 1 and len(right) > 1 and left[0] == right[0] and left != right
    return frozenset((*left, *right)) if same else frozenset()


@cache
def folded(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return pairs of names as sets of their words."""
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in pairs)
