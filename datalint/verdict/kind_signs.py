"""Signs of the kind of a dataset in a few of its rows, where its shape and the names of its files do not say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from datalint.core.kind import EVALUATION, RL, SFT, TEXT, Kind
from datalint.privacy.display import excerpt, file_name
from datalint.records.analyses import RowReader
from datalint.records.shape_counts import shapes_of
from datalint.shapes import mapped
from datalint.shapes.formats import multiple_choice, prompt_only
from datalint.sources.name_hints import is_for_inference, is_for_prompts, is_for_reinforcement, may_be_training
from datalint.sources.named_path import is_any_name
from datalint.support.chat_texts.recognized import are_conversations
from datalint.support.named_tuple import NamedTuple
from datalint.support.sentence_signs import SENTENCE_ENDS
from datalint.support.word_scripts import has_words
from datalint.verdict.evaluation_hint import ASKED, agreeing_key, has_weak_sign, other_use
from datalint.verdict.evaluation_keys import NEARLY_ALL, evaluation_keys
from datalint.verdict.kinds import kind_of, name_note, shape_kinds
from datalint.verdict.split_rows import held_out_key

#: Rows that are read, spread over the dataset.
_SAMPLE: Final = 40
#: Rows up to which keys are looked at: golden sets are written by hand.
_GOLDEN: Final = 5_000
#: Keys of answers that may be texts instead of results, how many there are at least, and their words; and the same
#: where all are of so many characters.
_ANSWERS: Final = ("answer", "solution")
_LEAST_ANSWERS: Final = 10
_WORDS: Final = 6
_LEAST_LONG: Final = 5
_LONG: Final = 100
#: Prompts that nobody answers, at least.
_LEAST_ASKED: Final = 10
#: Shapes of a prompt and its answer, which is no turn where it is an empty list.
_PAIRS: Final = ("question-answer", "prompt-completion", "prompt-answer", "request-response")
#: Shapes of conversations whose answers are turns.
_CHATS: Final = ("openai-chat", "sharegpt", "message-list", "gemini", "bedrock-converse")
#: Lines of an answer from which on it is written out, and what marks a result in one; JSON is one.
_LEAST_LINES: Final = 3
_RESULT: Final = r"(?i)\A\s{0,9}[\[{]|####|\\boxed|<answer>|answer\s{0,3}(?:is|:)|答案"
#: What marks a result in a solution, which may have headings in Markdown.
_SOLVED: Final = r"(?i)\A\s{0,9}[\[{]|####\s{0,3}[-$\d]|\\boxed|<answer>|(?:the|final) answer\s{0,3}(?:is|:)|答案"
#: Letters of scripts that have no full stop.
_UNSTOPPED: Final = "[\u0e00-\u0eff]"
#: Rows from which on those with right answers may be for training.
_MANY: Final = 500
#: Rows for each different answer from which on answers are labels.
_ROWS_PER_LABEL: Final = 4
#: Shapes of prompts that nobody answers, with nothing to compare an answer with.
_PROMPTS: Final = (prompt_only.SHAPE.name, mapped.PROMPTS)
#: Words on what suggests that data for training may be an evaluation set.
_STATED: Final = "a README suggests that this is an evaluation set"
_NAMED: Final = "a name or key suggests that this is an evaluation set"
_ALONE: Final = "prompts alone may be an evaluation set"
_CHOSEN: Final = "a few questions with options may be an evaluation set"
#: Characters of a key that a note shows.
_KEY_CHARS: Final = 40


class Signs(NamedTuple):
    """The kind of data, and the words of a note on what decided it; empty where shape or names did."""

    kind: Kind
    words: str = ""


def find_kind(
    given: Kind | None,
    examples: pl.DataFrame,
    paths: Sequence[str],
    columns: Mapping[str, str],
    rows: RowReader,
    *,
    alone: bool,
    card: str = "",
) -> Signs:
    """Return the kind of data: what the user says (``given``), otherwise what names, shapes and a few rows show.

    ``columns`` are those mapped by the user, or inferred. ``alone`` is true if there is no evaluation set next to it.
    ``card`` is the README that says that the data is for evaluation, empty for none.
    """
    if given is not None:
        return Signs(given)
    kinds = shape_kinds(columns)
    found = kind_of(examples, paths, kinds, alone=alone)
    asked = (found == SFT and _are_asked_alone(examples)) or (found == RL and all(map(is_for_inference, paths)))
    if asked and alone and has_weak_sign(paths, ()):
        words = (
            "checked as an evaluation set because no row has an answer, and because of the names of files or folders"
        )
        return Signs(EVALUATION, f"{words}; if these are prompts for training: --kind rl")
    names = [re.split(r"[/\\]", path)[-1] for path in paths]
    if asked and found == SFT and names and all(map(is_for_prompts, names)):
        words = "judged as prompts because no row has an answer, and because of the names of files"
        return Signs(RL, f"{words}; if the answers are missing: --kind sft")
    if found == SFT and _are_asked_alone(examples, _PAIRS):
        words = "judged as prompts because no row has an answer"
        return Signs(RL, f"{words}; if the answers are missing: --kind sft")
    if found != EVALUATION:
        signs = refine_kind(found, examples, rows, alone=alone, training=is_for_training(*paths))
        if alone and signs.kind not in (EVALUATION, TEXT) and 0 < examples.height <= _GOLDEN:
            because = _agreed(signs.kind, examples.height, paths, rows, card)
            if because:
                words = f"checked as an evaluation set because {because}; if it is training data: --kind {signs.kind}"
                return Signs(EVALUATION, words)
        return signs
    otherwise = refine_kind(kind_of(examples, paths, kinds, alone=False), examples, rows, alone=False)
    return Signs(EVALUATION, name_note(paths, otherwise.kind))


def _agreed(kind: Kind, size: int, paths: Sequence[str], rows: RowReader, card: str) -> str:
    """Return why rows that have another ``kind`` by their shape are an evaluation set, empty where nothing says it.

    A README says it, or all rows, or the names of the files and a key for the right answer agree. A reward function
    compares answers with such a key too. A name for training goes before what rows say.
    """
    if card:
        return f"{file_name(card)} says that it is for evaluation"
    if not is_for_training(*paths):
        split, said = held_out_key(_each(rows, size))
        if split:
            return f"'{split}' is '{said}' in all rows"
    key = agreeing_key(paths, map(str, rows.records([0])[0])) if kind == SFT else ""
    return f"of the key {excerpt(key, _KEY_CHARS)} and of the names of files or folders" if key else ""


def _each(rows: RowReader, size: int) -> Iterator[Mapping[str, object]]:
    """Yield the first row, and then the other ones, which are read only where they are asked for."""
    yield from rows.records([0])
    yield from rows.records(list(range(1, size)))


def why_unclear(
    kind: Kind, examples: pl.DataFrame, paths: Sequence[str], keys: Sequence[str], *, card: str = ""
) -> str:
    """Return words on why data of a ``kind`` for training may be an evaluation set, or for something else.

    They are empty where nothing suggests it.

    A README (``card``), a key, or the name of a file, a folder or the repository says so. Or all rows are prompts with
    nothing to compare an answer with, or a few questions with options, and no name has a word for training; "prompts"
    is none, as tests have them too.
    Or they are passages to retrieve, or seeds (:func:`~datalint.verdict.evaluation_hint.other_use`).
    """
    if card or has_weak_sign(paths, keys if kind == SFT else ()):
        return _STATED if card else _NAMED
    # Who classifies texts asks nothing of a system, and generates nothing from them.
    is_labelled = kind == SFT and examples["answer"].n_unique() * _ROWS_PER_LABEL <= examples.height
    other = "" if is_labelled else other_use(kind, examples.height, paths, keys)
    # What tests a system is a question with or without an answer. Chats are written for those who train.
    if other and (other != ASKED or not shapes_of(examples) <= {*_CHATS}):
        return other
    if _has_word_for_training(paths) or is_for_reinforcement(*paths):
        return ""
    if kind == RL and examples["shape"].is_in(_PROMPTS).all():
        return _ALONE
    # Hundreds of them teach a model little, and are what benchmarks have for each subject.
    chosen = examples.height < _MANY and (examples["shape"] == multiple_choice.SHAPE.name).all()
    return _CHOSEN if kind == SFT and chosen else ""


def _are_asked_alone(examples: pl.DataFrame, shapes: Sequence[str] = _CHATS) -> bool:
    """Return whether rows are of ``shapes`` and nobody but a system and a user says something, ten at least."""
    if examples.height < _LEAST_ASKED or not shapes_of(examples) <= {*shapes}:
        return False
    asked = examples["roles"].str.contains("u", literal=True) & (examples["roles"].str.strip_chars("su") == "")
    return bool(asked.all())


def refine_kind(kind: Kind, examples: pl.DataFrame, rows: RowReader, *, alone: bool, training: bool = False) -> Signs:
    """Return the kind that a few rows show, where the others say ``kind``.

    Prompts whose answers are sentences of their own, or the prompts with additions, are no prompts for a reward
    function that compares answers. Plain texts that are conversations, written out with the markers of a template, are
    what instruction tuning learns from. Questions with the right answer and with what it is to be grounded in or judged
    by are an evaluation set, if none is next to them (``alone``), and so are rows with a canary, and a few with a
    ``ground_truth``, or with what several models answer, unless a name says ``training``.
    """
    size = examples.height
    step = max(size // _SAMPLE, 1)
    if kind == TEXT:
        sample = list(range(0, size, step))[:_SAMPLE]
        if are_conversations([text.response for text in rows.texts(sample)]):
            return Signs(SFT, "the texts are conversations with the markers of a template, and are judged as such")
    elif kind == RL and size >= _LEAST_LONG and (key := _answered_by(rows.records([0])[0])):
        sample = list(range(0, size, step))[:_SAMPLE]
        texts = rows.texts(sample)
        answers = [text.response for text in texts]
        enough = size >= _LEAST_ANSWERS or min(map(len, answers)) >= _LONG
        if enough and _are_edited([(text.prompt, text.response) for text in texts]):
            return Signs(SFT, "the answers are their prompts with additions: judged as instruction tuning")
        if enough and _are_prose(answers, marked=key == _ANSWERS[0]):
            return Signs(
                SFT,
                "the answers are sentences or code, which no reward compares: judged as instruction tuning",
            )
    elif (kind == SFT or (kind == RL and not training)) and alone and 0 < size <= _GOLDEN:
        # The other rows are read only where the first one has such keys.
        sample = list(range(0, size, step))[:_SAMPLE]
        few = size < _MANY and not training
        if evaluation_keys(rows.records([0]), kind, few=few):
            found = evaluation_keys(rows.records(sample), kind, few=few)
            if found:
                words = "key" if len(found) == 1 else "keys"
                words = f"checked as an evaluation set because of the {words} {' and '.join(found[:2])}; "
                return Signs(EVALUATION, f"{words}if it is training data: --kind {kind}")
    return Signs(kind)


def is_for_training(*paths: str) -> bool:
    """Return whether the name of one of these files, or of the folder that it is in, has a word for training or a
    method of it."""
    return _has_word_for_training(paths) or is_for_prompts(*paths)


def _has_word_for_training(paths: Sequence[str]) -> bool:
    return is_any_name(paths, 2, lambda name: may_be_training([name]))


def _answered_by(record: Mapping[str, object]) -> str:
    """Return the key of answers that may be texts instead of results; empty without any."""
    return next((key for key in _ANSWERS if key in record), "")


def _are_prose(answers: Sequence[str], *, marked: bool) -> bool:
    """Return whether nearly all answers are sentences of some words, and no two are the same.

    Unless ``marked``, none marks a result in its sentences: a ``solution`` that does is compared by it.
    """
    plain = [each for each in answers if _is_prose(each) and (marked or re.search(_SOLVED, each) is None)]
    given = [each for each in answers if each.strip()]
    return len(plain) >= NEARLY_ALL * len(answers) and len(set(given)) == len(given)


def _are_edited(pairs: Sequence[tuple[str, str]]) -> bool:
    """Return whether nearly all answers have the characters of their prompts in the same order, and others as well.

    Annotated, segmented or punctuated texts do. No two are the same, and none marks a result.
    """
    bare = [("".join(prompt.split()), "".join(answer.split())) for prompt, answer in pairs]
    edited = [
        answer
        for prompt, answer in bare
        if prompt and prompt != answer and re.search(_RESULT, answer) is None and _is_within(prompt, answer)
    ]
    return len(edited) >= NEARLY_ALL * len(pairs) and len(set(edited)) == len(edited)


def _is_within(text: str, other: str) -> bool:
    """Return whether the characters of a text are those of another one in the same order, some of which it may lack."""
    rest = iter(other)
    return all(char in rest for char in text)


def _is_prose(answer: str) -> bool:
    """Return whether an answer is sentences of some words, or several lines without a marked result, such as code."""
    text = answer.rstrip()
    if not has_words(text, _WORDS):
        return False
    if text.endswith(SENTENCE_ENDS) or re.search(_UNSTOPPED, text) is not None:
        return True
    return text.count("\n") >= _LEAST_LINES - 1 and re.search(_RESULT, text) is None
