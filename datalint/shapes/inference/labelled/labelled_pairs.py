"""Two texts with a label of zeros and ones: whether one is right for the other is learned, and neither text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_few, names_people
from datalint.shapes.evidence.name_pairs import are_opposite, are_pair
from datalint.shapes.evidence.names import CLASS, OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.shapes.inference.labelled.judged_sides import judged_sides
from datalint.shapes.inference.labelled.text_matching import MATCHES
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of such labels, and words of the names of texts that say the same as another one, whatever a label says.
_LABELS: Final = (("label",), ("labels",), ("target",), ("is", "correct"), ("correct",), ("is", "positive"))
_SAME: Final = ("summary", "summaries", "translation", "translated", "paraphrase", "explanation", "rationale", "title")
#: Names of the two texts of which one may follow from the other.
_INFERRED: Final = (("premise",), ("hypothesis",))
#: First words of the names of flags, words of the names of judgements of a document, and of documents that are asked
#: about. A question does not lead to one of these.
_FLAGS: Final = (("is",), ("has",), ("contains",), ("should",))
_JUDGEMENTS: Final = tuple(
    """compliant compliance complies violation violations violates vulnerable vulnerability malicious buggy defective
    faulty anomalous anomaly fraudulent fraud breach infringing infringement plagiarized plagiarism answerable
    unanswerable supported entailed eligible qualified suitable decision decided verdict""".split()
)
_DOCUMENTS: Final = tuple(
    """contract clause policy resume cv log logs diff patch transcript email mail snippet file source page document
    manuscript invoice filing regulation guideline""".split()
)
#: Words of the names of flags about a row.
_MARKS: Final = tuple(
    """verified reviewed approved checked synthetic generated translated augmented edited deleted train training test
    valid validation public active duplicate english code image images html markdown""".split()
)
#: Words of the names of what sorts the pairs of an inference.
_SORTS: Final = ("genre", "domain", "topic", "subject", "corpus", "source", "phenomenon", "difficulty")
#: Characters of a long text, on average, and the values of a label that say yes or no.
_LONG: Final = 60
_YES_OR_NO: Final = ({"0", "1"}, {"0.0", "1.0"}, {"true", "false"}, {"yes", "no"}, {"y", "n"})
#: Share of the rows that have the rarer label, at least.
_RARER: Final = 0.02


def of_labelled_pair(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess about a text and its answer, or if a label says which answers are right, about that label.

    It is clear unless the answer is one by its name, or says the same as the text: then the label may be of the text
    alone, or the right answers may be learned.
    """
    if guess is not None and (judged := judged_sides(dict(guess.columns), columns, rows)) is not None:
        return judged
    guess = _of_any_name(guess, columns, rows)
    found = {} if guess is None else dict(guess.columns)
    labels = [each for each in columns if each.binary and not each.sparse and _is_label(each)]
    label = labels[0].key if len(labels) == 1 else ""
    answer = next((each for each in columns if each.key == found.get("response")), None)
    if not labels and answer is not None and (asked := _asked_about(found, answer, columns, rows)) is not None:
        return asked
    if guess is None or answer is None or not label or len(rows) < LEAST_ROWS or "prompt" not in found:
        return guess
    if answer is labels[0] or answer.holds is not Holds.TEXT or answer.distinct < VARIED:
        return guess
    counts = Counter(str(row.get(label)) for row in rows if row.get(label) not in (None, ""))
    if len(counts) < 2 or min(counts.values()) < _RARER * len(rows):
        return guess
    read = [key for key in keys_of("context", found.get("context", "")) if key]
    found |= {"context": JOIN.join((*read, answer.key)), "response": label, "category": label}
    named = strength(answer.key, "response") >= Strength.HEAD or has_word(answer.key, _SAME)
    return Guess.of(found, clear=guess.clear and not named, basis="values")


def with_hypothesis(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess about one text of an inference with the other one, if a label of the two is learned.

    A guess that learns the other one becomes the proposal of the only label of the two, whatever its name is.
    """
    found = {} if guess is None else dict(guess.columns)
    texts = [each.key for each in columns if each.holds is Holds.TEXT and fold_name(each.key) in _INFERRED]
    answer = next((each for each in columns if each.key == found.get("response")), None)
    if guess is None or len(texts) != 2 or found.get("prompt") not in texts or answer is None:
        return guess
    if answer.key in texts and len(labels := [each.key for each in columns if _relates(each)]) == 1:
        return Guess.of({"prompt": texts[0], "context": texts[1], "response": labels[0], "category": labels[0]})
    if not is_few(answer):
        return guess
    if any(key in guess.named for key in texts if key != found["prompt"]) or "context" in found:
        return guess
    read = {"prompt": texts[0], "context": texts[1]}
    return Guess.of(found | read, clear=guess.clear, basis=guess.basis)


def _relates(column: SampledColumn) -> bool:
    """Whether a column of few values may be how two texts are related: it is not about the row by its name."""
    sorts = has_word(column.key, _SORTS) or any(strength(column.key, e) >= Strength.HEAD for e in ("group", "heading"))
    about = is_about(column) or names_people(column.key) or use_of(column.key) == "metadata"
    return column.holds is Holds.LABEL and not (column.sparse or column.uniform or sorts or about)


def _asked_about(
    found: Mapping[str, str],
    answer: SampledColumn,
    columns: Sequence[SampledColumn],
    rows: Sequence[Mapping[str, Any]],
) -> Guess | None:
    """Return the proposal for a question about a document or a program, and the only flag that answers it."""
    flags = [each for each in columns if each.short and not each.sparse and each is not answer]
    flags = [each for each in flags if each.binary or _says_yes_or_no(each, rows)]
    judged = [each for each in flags if has_word(each.key, _JUDGEMENTS)]
    if not judged and has_word(answer.key, _DOCUMENTS):
        judged = [each for each in flags if fold_name(each.key)[:1] in _FLAGS and not has_word(each.key, _MARKS)]
    if len(judged) != 1 or answer.holds is not Holds.TEXT or answer.length <= _LONG or found.keys() & {"messages"}:
        return None
    if "prompt" not in found or strength(answer.key, "response") >= Strength.HEAD or has_word(answer.key, _SAME):
        return None
    label, read = judged[0].key, [key for key in keys_of("context", found.get("context", "")) if key]
    found = {**found, "context": JOIN.join((*read, answer.key)), "response": label, "category": label}
    return Guess.of(found)


def _of_any_name(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the proposal for the only two texts and the only label of yes and no, whatever their names are.

    Else the guess as it is: where it is clear, one text is an answer or made of the other by its name, or rows have
    other labels.
    """
    if len(rows) < LEAST_ROWS or (guess is not None and guess.clear):
        return guess
    texts = [e for e in columns if e.holds is Holds.TEXT and not (is_about(e) or has_word(e.key, CLASS))]
    if len(texts) > 2:  # the name of a thing is no third text
        texts = [each for each in texts if each.length > _LONG]
    labels = [each for each in columns if each.holds is Holds.LABEL or (each.binary and each.holds is Holds.NUMBER)]
    labels = [e for e in labels if not (is_about(e) or use_of(e.key) == "metadata" or strength(e.key, "heading"))]
    if len(texts) != 2 or len(labels) != 1 or labels[0].sparse:
        return guess
    one, other = texts
    if max(one.distinct, other.distinct) < VARIED or one.within or other.within or one.edits or other.edits:
        return guess
    if any(map(_is_learned, texts)) or is_unnamed(one) or any(each.spoken or each.code for each in texts):
        return guess
    if are_pair(one.key, other.key) or are_pair(other.key, one.key) or are_opposite(one.key, other.key):
        return guess
    counts = Counter(str(row.get(labels[0].key)) for row in rows if row.get(labels[0].key) not in (None, ""))
    if {each.casefold() for each in counts} not in _YES_OR_NO or min(counts.values()) < _RARER * len(rows):
        return guess
    label = labels[0].key
    return Guess.of({"prompt": one.key, "context": other.key, "response": label, "category": label})


def _says_yes_or_no(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all values of a column are one of two words for yes and no."""
    said = {str(row.get(column.key)).casefold() for row in rows if row.get(column.key) not in (None, "")}
    return bool(said) and any(said <= pair for pair in _YES_OR_NO)


def _is_learned(column: SampledColumn) -> bool:
    """Whether a text is an answer by its name, or says the same as another one."""
    return strength(column.key, "response") >= Strength.HEAD or has_word(column.key, (*_SAME, *OUTPUTS))


def _is_label(column: SampledColumn) -> bool:
    return fold_name(column.key) in _LABELS or has_word(column.key, MATCHES)
