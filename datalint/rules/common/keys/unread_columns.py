"""The texts of a chunk under keys that no turn is made of, counted by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zlib import crc32

import polars as pl

from datalint.api import Alike, Chunk, is_model
from datalint.rules.common.keys.model_samples import are_model_samples, is_by_models
from datalint.rules.common.keys.reading_option import asked_keys, option_for
from datalint.rules.common.keys.reasons import gives_reasons, leads_to_answer
from datalint.rules.common.keys.reviews import are_reviews
from datalint.rules.common.keys.unread_counts import (
    LABEL_CHARS,
    Labels,
    Seen,
    UnreadCounts,
    add,
    add_labels,
    asked_of,
    bound,
)
from datalint.rules.common.keys.unread_texts import BETWEEN, SAID_CHARS, is_copy, is_said, text_of
from datalint.rules.common.keys.unread_uses import is_right, names_conversation, refers
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.spans.tagged_rows import tagged_columns
from datalint.rules.common.texts.language_keys import is_translation

#: Keys of an answer that is learned where no other one is, whatever their words are.
ANSWERS: Final = ("expected_answer", "gold_answer")
#: Shapes whose other keys are read by a reward function, and rows of which nothing is read.
_REWARDED: Final = frozenset(
    ("unknown", "prompt-only", "batch-requests", "openai-rft", "mapped-prompts", "stepwise", "pretokenized")
)
#: Shapes that a conversation is no part of.
_PROMPTS: Final = frozenset(("prompt-only", "batch-requests", "mapped-prompts"))
#: Words of keys that say which weakness of a model a row tests, that the trainer passes on in another way, that check the
#: response, that say how a row was made, or that hold another form of a text or questions like it.
_PASSED_ON: Final = (
    "weakness", "pitfall", "tool", "function", "test", "example_input", "example_output", "sample_input", "sample_output", "reward", "rubric", "verif", "image", "img", "photo", "picture", "screenshot", "video", "audio", "expected", "gold",
    "oracle", "distractor", "pred", "model", "base_", "baseline", "tuned", "original", "guideline", "rationale", "html", "embedding", "vector",
    "annot_", "metadata", "meta_", "meta data", "similar_question", "related_question", "similar_quer", "related_quer",
)  # fmt: skip
#: How words with a tag each begin, as Python writes tuples and lists of pairs.
_PAIRS: Final = lazy_pattern(r"""[\[(]{2}\s?(['"]).{1,60}?\1,\s?['"][A-Z][\w-]{0,30}['"][)\]]""")
#: A word of the names of lists of marks in a text.
_MARKS: Final = lazy_pattern(r"(?i)annotations?\b")
#: First responses of a chunk, of which one is mostly longer than a label.
_LOOKED_AT: Final = 64
#: Keys of the answer of a model.
_TESTED: Final = ("response", "output", "completion", "generation", "answer")
#: Names of the answer of a system that is tested, whatever the right one is named.
_OBTAINED: Final = lazy_pattern(
    r"(?i)(?:actual|gen(?:erated)?|rag|llm|ai|student|policy|(?:chat)?bot)[\s_-]?(?:ans(?:wers?)?|responses?|outputs?|replies|reply)|\w{1,30}[\s_-]rag"
)
_LONGEST: Final = 60


def count_unread(chunk: Chunk, most: int) -> UnreadCounts:
    """Count the characters of keys that no turn of a chunk is made of, for ``most`` keys at most."""
    found = UnreadCounts(len(chunk.records), most)
    found.answers = _labels(chunk.examples["response"])
    tags = {each.key for each in tagged_columns(chunk)}
    for group in chunk.structure.groups:
        partly = chunk.keys_of_some(group)
        sides = [(key, use == "context") for key, use in chunk.side_keys(group.keys) if key not in tags]
        keys = _texts_of(group, [*sides, *((key, use == "context") for key, use, _ in partly)])
        if keys:
            _count(found, chunk, group, keys, {key: read for key, _, read in partly})
    found.asked = asked_of(found.asked, asked_keys(chunk))
    bound(found)
    return found


def _texts_of(group: Alike, sides: Sequence[tuple[str, bool]]) -> dict[str, bool]:
    """Return those of the keys next to the turns whose texts may be missing from these: no answers of models and so on."""
    keys = {key: is_context for key, is_context in sides if len(key) <= _LONGEST and _may_lack(group, key)}
    read = [key for key in group.keys if key not in keys]
    return {
        key: is_context
        for key, is_context in keys.items()
        if not (is_translation(key, read) or are_reviews(key, column := group.column(key)) or _are_samples(column))
    }


def _labels(responses: pl.Series) -> Labels:
    """Return how many rows have each response, None if one is longer than a label."""
    # Mostly one of the first is.
    parts = (responses.head(_LOOKED_AT), responses) if len(responses) > _LOOKED_AT else (responses,)
    for some in parts:
        found: Labels = {}
        for label, rows in some.str.head(LABEL_CHARS + 1).str.strip_chars().value_counts().iter_rows():
            found = add_labels(found, {label: rows})
            if found is None:
                return None
    return found


def _count(
    found: UnreadCounts, chunk: Chunk, group: Alike, keys: dict[str, bool], partly: Mapping[str, Sequence[bool]]
) -> None:
    """Count the texts under ``keys`` of those rows of a group whose turns do not have them.

    Each of them says if it may be read next to a prompt. Those that are ``partly`` read say in which rows they are.
    """
    turns = chunk.turns.lazy().filter(pl.col("example").is_in(list(group.rows)))
    said = dict(turns.group_by("example").agg(pl.col("text").str.join(BETWEEN)).collect(engine="in-memory").iter_rows())
    shapes = chunk.examples["shape"].to_list()
    answers = chunk.examples["response"].str.head(LABEL_CHARS + 1).str.strip_chars().to_list()
    columns = {key: [text_of(value) for value in group.column(key)] for key in keys}
    for key in keys:
        rows, chars, read, first = 0, 0, 0, -1
        labels: dict[str, int] = {}
        texts: set[str] = set()
        talks = names_conversation(key)
        for i, row in enumerate(group.rows):
            text, turn = columns[key][i], said.get(row, "")
            asked = talks and shapes[row] in _PROMPTS
            if (
                not text
                or (key in partly and partly[key][i])
                or refers(text)
                or _PAIRS.match(text)
                or is_said(text, turn)
                or (shapes[row] in _REWARDED and not asked)
            ):
                continue
            if is_copy(text, turn) and not asked:  # which has the answer as well
                continue
            if any(len(each[i]) > len(text) and text[:SAID_CHARS] in each[i] for each in columns.values()):
                continue
            first = row if first < 0 else first
            texts.add(text)
            rows, chars, read = rows + 1, chars + len(text), read + len(turn)
            labels[answers[row]] = labels.get(answers[row], 0) + 1
        if rows:
            follows = key in ANSWERS or gives_reasons(key) or leads_to_answer(key)
            option = option_for(
                chunk, first, key, is_read=keys[key] or not talks, is_context=keys[key], is_answer=follows
            )
            same = crc32(next(iter(texts)).encode("utf-8", "replace")) if len(texts) == 1 else None
            add(found, key, Seen(rows, chars, first, *option, same=same), read, add_labels({}, labels))


def _may_lack(group: Alike, key: str) -> bool:
    """Whether a key may have a text that the model should read or learn, by its name and the kinds of its values."""
    if (key not in ANSWERS and any(word in key.lower() for word in _PASSED_ON)) or (
        is_model(key) or _OBTAINED.fullmatch(key) is not None or (key in _TESTED and any(map(is_right, group.keys)))
    ):
        return False
    kinds = group.kinds(key)
    if str not in kinds and _MARKS.search(key) is not None:
        return False  # what people marked in the response
    return not kinds.isdisjoint((str, list, dict))


def _are_samples(values: Sequence[Any]) -> bool:
    """Whether the first filled value is what models answered, by model, which is compared with the right answer."""
    first = next(filter(None, values), None)
    return are_model_samples(first) or is_by_models(first)
