"""Two or more texts with one label: a pair of sentences, or a query and its document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.aims import is_aspect
from datalint.shapes.evidence.checking import demands, is_right
from datalint.shapes.evidence.inputs import is_other_label, is_remark
from datalint.shapes.evidence.labels import VARIED, before_words, is_class, is_code, is_few, is_label, scores_of
from datalint.shapes.evidence.name_pairs import are_pair
from datalint.shapes.evidence.named_languages import in_language_of
from datalint.shapes.evidence.names import (
    EXPLAINS,
    INFERENCE,
    OPTION,
    has_word,
    is_about,
    is_language,
    is_numbered,
    pair_stem,
)
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: How many times as long as the other one a text of a pair without names is at most.
_UNLIKE: Final = 5
#: How many times as long as a title the text below it is at least.
_LONGER: Final = 2
#: Last words of the names of what an article says in brief, above its text.
_BRIEF: Final = (("description",),)
#: Words of the names of what was made of texts in a formal notation, such as a graph of their concepts.
_FORMAL: Final = ("graph", "graphs", "amr", "parse", "triples", "logic", "fol")
#: Words of the names of comments, and of the names of what somebody comments on.
COMMENTS: Final = ("comment", "comments")
_COMMENTED_ON: Final = frozenset("context parent post submission thread article title headline".split())
#: Texts that a label may be about.
_MOST_TEXTS: Final = 4


def text_pair(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about two texts under one name but for a number or letter, and the label of both."""
    texts = [each for each in columns if each.holds in (Holds.TEXT, Holds.CHAT) and not is_about(each)]
    labels = [each for each in columns if each not in texts and each.short and is_few(each) and not is_about(each)]
    labels = [each for each in labels if not is_code(each) or is_label(each, rows)]
    classes = list(filter(is_class, labels))
    labels = before_words(texts, classes if len(classes) == 1 else labels, rows)
    # How alike two texts are is no fact about the row.
    scores = [] if labels else scores_of(texts, columns)
    labels = labels or scores
    if len(texts) > 2:
        plain = [each for each in texts if not each.listed and not has_word(each.key, EXPLAINS)]
        paired = [each for each in plain if any(o is not each and _are_numbered((each, o)) for o in plain)]
        asked = [each for each in plain if each not in paired and strength(each.key, "prompt") is Strength.WHOLE]
        if len(paired) == 2 and len(labels) == len(classes) == len(asked) == 1 and asked[0].distinct >= VARIED:
            # Two answers of which one is better, or two texts that a question is about.
            read = {"prompt": asked[0].key, "context": JOIN.join(each.key for each in paired)}
            found = read | {"response": labels[0].key, "category": labels[0].key}
            return Guess.of(found, clear=rows >= LEAST_ROWS, basis="names")
        texts = paired if len(paired) == 2 and classes else [each for each in texts if not each.within]
    if len(texts) == 2 and len(labels) > 1 and _are_numbered(texts) and (votes := _votes(labels, rows)):
        found = {"prompt": texts[0].key, "context": texts[1].key}
        return Guess.of(found | {"response": JOIN.join(each.key for each in votes)})
    if len(texts) != 2 or len(labels) != 1 or not _are_numbered(texts):
        return None
    if has_word(texts[0].key, OPTION) or responses_in(texts):
        return None
    if not is_class(labels[0]) and not scores and are_pair(texts[0].key, texts[1].key):
        return None  # a source and its target, which are sorted
    shorter, longer = sorted(each.length for each in texts)
    if is_unnamed(texts[0]) and longer > _UNLIKE * shorter:
        return None  # a name and a document
    if is_unnamed(texts[0]) and any(each.within for each in texts):
        return None  # a part of a text, and the text
    # Of columns without names, a question, its answer and an explanation stand in this order.
    first, label, last = (columns.index(each) for each in (texts[0], labels[0], texts[1]))
    if is_unnamed(labels[0]) and first < label < last:
        return None
    guess = of_several(texts, labels[0], rows)
    return guess._replace(clear=rows >= LEAST_ROWS, basis="names") if scores else guess


def _votes(labels: Sequence[SampledColumn], rows: int) -> list[SampledColumn]:
    """Return the labels that each say which of two texts it is, by its number; none next to labels of another kind.

    What is known of each text, such as ``source1`` and ``source2``, is no label of both.
    """
    votes = [each for each in labels if each.holds is Holds.NUMBER and 1.5 < each.distinct * rows < 2.5]
    rest = [each for each in labels if each not in votes and not is_numbered(each, labels)]
    return votes if rows >= LEAST_ROWS and len(votes) > 1 and not rest else []


def _are_numbered(texts: Sequence[SampledColumn]) -> bool:
    """Whether the names of texts are the same but for a number or letter."""
    named = pair_stem if pair_stem(texts[0].key) else fold_name
    return bool(fold_name(texts[0].key)) and len({named(each.key) for each in texts}) == 1


def of_several(texts: Sequence[SampledColumn], label: SampledColumn, rows: int) -> Guess:
    """Return the guess about several texts and a label of theirs: a pair of sentences, or a query and its document."""
    texts = [each for each in texts if each is not label]
    pair = _are_numbered(texts)
    texts = [each for each in texts if pair or not has_word(each.key, _FORMAL)] or texts
    comment = comment_of(texts)
    first = texts[0] if pair else comment or _below_title(max(texts, key=_is_main), texts)
    others = [each for each in texts if each is not first and JOIN not in each.key]
    if not pair:  # what only a language tells from the text, or small changes, is the same text
        others = [each for each in others if _without_language(each) != _without_language(first)]
        others = [each for each in others if each.edits != first.key or has_word(each.key, INFERENCE)]
    stated = is_class(label) and _is_main(first) > Strength.WORD and all(map(is_read, others))
    stated |= is_class(label) and all(has_word(each.key, INFERENCE) for each in texts)
    stated |= is_class(label) and _are_parts(texts)
    stated |= is_class(label) and first is comment
    inferred = is_class(label) and _are_inferred(texts)
    stated |= inferred
    # The same premises with the same few hypotheses are different pairs.
    varied = inferred or sum(each.distinct for each in texts) >= VARIED
    clear = (pair or stated) and varied and rows >= LEAST_ROWS and is_few(label)
    # Remarks, labels of many values, and what a right answer has, are no texts that a label is about.
    kept = [e.key for e in others[: _MOST_TEXTS - 1] if not (is_remark(e) or is_other_label(e) or _is_kept_back(e.key))]
    kept = kept if pair else in_language_of(first.key, kept)
    read = {"context": JOIN.join(kept)} if kept else {}
    # What several people said on average is one of many numbers, and sorts nothing.
    found = {"prompt": first.key, **read, "response": label.key, **({} if label.mean else {"category": label.key})}
    return Guess.of(found, clear=clear and 0 < len(others) < len(texts) <= _MOST_TEXTS, basis="names")


def of_own_label(
    texts: Sequence[SampledColumn], label: SampledColumn, labels: Sequence[SampledColumn], rows: int
) -> Guess:
    """Return the guess about several texts and a label, or the label that is named after the text that it is about.

    ``sentence_label`` is that of ``sentence``, and ``context_label`` that of the ``context`` next to it.
    """
    guess = of_several(texts, label, rows)
    about = {fold_name(each.key): each for each in texts}
    own = [each for each in labels if fold_name(each.key)[:-1] == fold_name(dict(guess.columns)["prompt"])]
    if len(own) == 1 and own[0] is not label and fold_name(label.key)[:-1] in about:
        return of_several(texts, own[0], rows)
    return guess


def comment_of(texts: Sequence[SampledColumn]) -> SampledColumn | None:
    """Return the comment that a label is about: it is on the only other texts, by their names; None for none.

    A comment next to any other text may be a remark on the label, and so may one of few words, or one in some rows.
    """
    said = [each for each in texts if has_word(each.key, COMMENTS) and fold_name(each.key)[0] != "parent"]
    others = [each for each in texts if each not in said]
    if len(said) != 1 or not others or any(_COMMENTED_ON.isdisjoint(fold_name(each.key)) for each in others):
        return None
    whole = not (said[0].sparse or said[0].within) and said[0].length > LONG and said[0].distinct >= VARIED
    return said[0] if whole else None


def _below_title(first: SampledColumn, texts: Sequence[SampledColumn]) -> SampledColumn:
    """Return the text that a label is about, or the longest one if that is a title, or a description of an article."""
    longest = max(texts, key=lambda each: each.length)
    whole = strength(first.key, "text") is Strength.WHOLE
    titled = strength(first.key, "heading") is Strength.WHOLE and strength(first.key, "text") is Strength.NONE
    brief = whole and fold_name(first.key)[-1:] in _BRIEF and strength(longest.key, "text") is Strength.WHOLE
    return longest if (titled or brief) and longest.length > _LONGER * first.length else first


def _is_kept_back(key: str) -> bool:
    """Whether a key holds what only who checks an answer sees, such as ``expected_matched_skills``."""
    return is_right(key) or demands(key)


def _are_parts(texts: Sequence[SampledColumn]) -> bool:
    """Whether two texts are a title and what is below it, such as ``issue_body``, or both are texts by their names."""
    names = [fold_name(each.key) for each in texts]
    if len(names) != 2 or any(len(name) < 2 for name in names):
        return False
    titled = names[0][:-1] == names[1][:-1] and "title" in (names[0][-1], names[1][-1])
    return titled or all(name[-1] == "text" for name in names)


def _are_inferred(texts: Sequence[SampledColumn]) -> bool:
    """Whether two texts are a hypothesis by its name and what it may follow from: a premise or a context."""
    follows = [has_word(each.key, INFERENCE) or strength(each.key, "context") is Strength.WHOLE for each in texts]
    return len(texts) == 2 and all(follows) and any(has_word(each.key, INFERENCE) for each in texts)


def _without_language(column: SampledColumn) -> tuple[str, ...]:
    return tuple(word for word in fold_name(column.key) if not is_language(word))


def _is_main(column: SampledColumn) -> Strength:
    """Return how clearly a column is what a label is about, by its name: a prompt before a text, ``ques_opt`` last."""
    asked, text = strength(column.key, "prompt"), strength(column.key, "text")
    begun = Strength.WORD if asked and strength(fold_name(column.key)[0], "prompt") else Strength.NONE
    return asked if asked >= Strength.HEAD else max(Strength(max(text - 1, 0)), begun)


def is_read(column: SampledColumn) -> bool:
    """Whether a column holds what a label is about as well, by its name."""
    named = any(strength(column.key, meaning) >= Strength.HEAD for meaning in ("text", "context", "heading"))
    return named or is_aspect(column)


def responses_in(texts: Sequence[SampledColumn]) -> bool:
    """Whether one of the texts is a response by its name."""
    return any(strength(each.key, "response") >= Strength.HEAD for each in texts)
