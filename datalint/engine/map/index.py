"""The index columns, which are kept for the whole run: hashes, lengths, categories and review marks, but no text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
import orjson
import polars as pl
from numpy.typing import NDArray

from datalint.core.columns import ROLE_LETTERS
from datalint.engine.map.json_texts import json_texts
from datalint.engine.map.text_pairs import hashes_of_pairs
from datalint.engine.map.token_estimate import estimated_tokens
from datalint.neardup import normalize
from datalint.neardup.text.buffers import rewritten, utf8
from datalint.neardup.text.hashing import Bytes, Rows, constant
from datalint.neardup.text.normalize import fold
from datalint.shapes.flatten import Flat
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels

#: Keys that commonly name a category, the clearest first. The strong ones count even with one value. Where rows
#: come from (`source`, `dataset`) is no category, unless `--category` names it.
CATEGORY_NAMES: Final = (
    "category", "label", "intent", "topic", "class", "sentiment", "emotion", "task", "task_type", "type", "domain",
    "subject", "skill", "genre", "tag",
)  # fmt: skip
STRONG_CATEGORY_NAMES: Final = frozenset(("category", "intent", "topic", "class", "label"))
#: Keys whose lists may be labels of a row.
LABEL_NAMES: Final = (
    *CATEGORY_NAMES, "labels", "categories", "topics", "intents", "emotions", "sentiments", "classes", "genres",
    "domains", "subjects", "skills", "tags",
)  # fmt: skip
#: Keys that say that a person has reviewed the row.
REVIEW_NAMES: Final = (
    "reviewed", "human_reviewed", "is_reviewed", "reviewed_by", "reviewer", "verified", "human_verified",
    "is_verified", "verified_by", "approved", "is_approved", "approved_by", "validated", "review_status", "review",
)  # fmt: skip
#: Characters of a response that may be a label.
LABEL_CHARS: Final = 60
_SEED: Final = 1
#: What programs write for a value that is missing or empty.
_PRINTED: Final = ("{}", "[]", "nan", "null")
#: Number of texts up to which computing each takes less time than finding runs.
_FEW: Final = 64
#: Numbers (ASCII, which takes a third of the time), runs of capitalised words, and words in double quotation marks. In
#: scripts without spaces, what stands in them, or follows a capital, may be a sentence.
_NUMBER: Final = r"[0-9]+(?:[.,:/][0-9]+)*"
_WIDE_NUMBER: Final = r"\d+(?:[.,:/]\d+)*"
_LETTER: Final = r"[\p{L}\p{M}\-'’--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]]"
_NAME: Final = rf'\b\p{{Lu}}{_LETTER}*(?: \p{{Lu}}{_LETTER}*)*|["“]{_LETTER}+["”]'
_NO: Final = frozenset(
    (
        "",
        "0",
        "false",
        "no",
        "n",
        "none",
        "null",
        "pending",
        "unreviewed",
        "todo",
        "rejected",
        "not reviewed",
        "draft",
    )
)


class Normal(NamedTuple):
    """The prompts and responses of a chunk as near-duplicates compare them, and their hashes for exact duplicates.

    ``tokens`` are estimates of the tokens that they have as they are written, and ``kernels`` is the compiled code that
    made all of this.
    """

    texts: list[pl.Series]
    hashes: list[pl.Series]
    tokens: list[NDArray[np.int64]]
    kernels: Kernels | None

    @classmethod
    def of(cls, examples: pl.DataFrame, kernels: Kernels | None = None) -> Normal:
        """Normalise the prompts and responses of ``examples`` together."""
        both = _joined(examples["prompt"], examples["response"])
        # A copy of all texts, for all kernels that read them.
        read = None if kernels is None else utf8(both)
        tokens = np.split(estimated_tokens(both, kernels, read), 2)
        texts, hashes = _normal_and_hashes(both, kernels, read)
        return cls(_halved(texts), _halved(hashes), tokens, kernels)


def _normal_and_hashes(
    texts: pl.Series, kernels: Kernels | None, read: tuple[Bytes, Rows] | None = None
) -> tuple[pl.Series, pl.Series]:
    """Return ``texts`` normalised, and a hash of each as the normalised duplicate compares them: after NFKC as well.

    NFKC costs more than all the rest, and changes few texts.
    """
    normal, others = fold(texts, kernels, read)
    hashes = normal.hash(_SEED)
    if len(others):
        hashes = hashes.scatter(others, normalize(texts.gather(others).str.normalize("NFKC")).hash(_SEED))
    return normal, hashes


def _hashes(texts: pl.Series, kernels: Kernels | None) -> pl.Series:
    return _normal_and_hashes(texts, kernels)[1]


def _answer_hashes(normal: pl.Series, hashes: pl.Series, kernels: Kernels | None) -> pl.Series:
    """Return the ``hashes`` of answers, with the same one for the same JSON; ``normal`` are the normalised answers."""
    rows, texts = json_texts(normal)
    # Scattering changes a series in place.
    return hashes.clone().scatter(rows, _hashes(texts, kernels)) if rows else hashes


def by_runs(texts: pl.Series, compute: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return ``compute(texts)``, computed once for each run of equal texts, such as a system prompt that all rows
    share."""
    if len(texts) < _FEW:
        return compute(texts)
    run = texts.rle_id().to_numpy().astype(np.int64)
    if run[-1] == len(run) - 1:
        return compute(texts)
    heads = np.flatnonzero(np.diff(run, prepend=-1))
    return compute(texts.gather(heads)).gather(run)


def system_marks(systems: pl.Series) -> pl.Series:
    """Return a hash of each system prompt without its numbers and names; 0 if there is none."""
    prompt = pl.col("prompt")
    marks = pl.when(prompt != "").then(masked(prompt).hash(seed=9)).otherwise(pl.lit(0, dtype=pl.UInt64))
    return systems.alias("prompt").to_frame().select(marks).to_series()


def masked(text: pl.Expr) -> pl.Expr:
    """Replace numbers, capitalised words and quoted words, so that rows of one template become equal."""
    wide = text.str.len_bytes() != text.str.len_chars()
    beyond = pl.when(wide).then(text).otherwise(pl.lit("")).str.replace_all(_WIDE_NUMBER, "0")
    numbered = pl.when(wide).then(beyond).otherwise(text.str.replace_all(_NUMBER, "0"))
    return numbered.str.replace_all(_NAME, "N")


def _together(*hashes: str) -> pl.Expr:
    """Return one hash for several columns of hashes: the wrapping sum of their products with odd numbers."""
    expression = pl.col(hashes[0]) * pl.lit(constant(40, 0), dtype=pl.UInt64)
    for number, column in enumerate(hashes[1:], 1):
        expression = expression + pl.col(column) * pl.lit(constant(40, number), dtype=pl.UInt64)
    return expression


def without_system(contexts: pl.Series, system: str) -> pl.Series:
    """Return the ``context`` of rows with a system prompt as it is without one, if nothing else is next to the texts.

    That of other rows becomes one that no row has.
    """
    with_it, without = _hashes(pl.Series([system, ""]), None)
    difference = (without - with_it) * constant(40, 0) % (1 << 64)
    return pl.Series(contexts.name, contexts.to_numpy() + np.uint64(difference))


def key_frame(flat: Flat, normal: Normal) -> pl.DataFrame:
    """Return the index columns of a chunk, one row a record; ``normal`` are its normalised prompts and responses."""
    examples, (prompts, responses) = flat.examples, normal.hashes
    hashes = partial(_hashes, kernels=normal.kernels)
    earlier = examples["earlier"]
    if (pairs := examples["is_preference"]).any():
        earlier = earlier.set(pairs, "")  # the first side of a preference is no earlier answer
    # Most rows have neither, which the greatest text says at once.
    is_continued = bool(earlier.max())
    is_directed = bool(examples["system"].max())
    if is_continued or is_directed:
        systems, before = _halved(by_runs(_joined(examples["system"], earlier), hashes))
    else:
        systems = before = _hash_of_nothing().new_from_index(0, examples.height)
    written = _answer_hashes(normal.texts[1], responses, normal.kernels)
    answers = written
    if is_continued:
        answers = _answer_hashes(*_normal_and_hashes(examples["answer"], normal.kernels), normal.kernels)
        answers = answers.zip_with(~pairs, written)
    named = {
        "_p": prompts,
        "_q": hashes_of_pairs(flat, prompts, hashes),
        "_r": responses,
        "_s": systems,
        "_e": before,
        "_w": written,
        "_a": answers,
        "_m": templates(examples, normal.kernels),
    }
    made, columns = _columns()
    prompts_cost, answers_cost = normal.tokens
    tokens = prompts_cost + answers_cost
    if is_directed:
        estimates_of = partial(estimated_tokens, kernels=normal.kernels)
        tokens += by_runs(examples["system"], lambda texts: pl.Series(estimates_of(texts))).to_numpy()
    estimates = (pl.Series("tokens", tokens), pl.Series("response_tokens", answers_cost))
    named |= {each.name: each for each in estimates}
    return examples.with_columns(*(column.alias(name) for name, column in named.items()), *made).select(columns)


@cache
def _hash_of_nothing() -> pl.Series:
    return _hashes(pl.Series("text", [""]), None)


def templates(examples: pl.DataFrame, kernels: Kernels | None) -> pl.Series:
    """Return the masked prompt of each example, or the masked response if there is no prompt."""
    prompt, response = pl.col("prompt"), pl.col("response")
    texts = examples.select(pl.when(prompt != "").then(prompt).otherwise(response).alias("text")).to_series()
    return _masks(texts) if kernels is None else rewritten(texts, kernels.mask_texts, _masks)[0]


def _masks(texts: pl.Series) -> pl.Series:
    return texts.to_frame().select(_masked_text()).to_series()


@cache
def _masked_text() -> pl.Expr:
    return masked(pl.col("text"))


def _joined(first: pl.Series, second: pl.Series) -> pl.Series:
    """Return two series as one: each query has a fixed cost, however short it is."""
    return pl.concat([first.alias("text"), second.alias("text")])


def _halved(both: pl.Series) -> list[pl.Series]:
    size = len(both) // 2
    return [both.head(size), both.slice(size)]


@cache
def _columns() -> tuple[list[pl.Expr], list[pl.Expr]]:
    """Return the expressions that are added to an example's columns, and then the index columns."""
    made = [
        pl.col("roles").hash(_SEED).alias("_t"),
        *(pl.col(text).str.len_chars().alias(f"{text}_chars") for text in ("system", "prompt", "response")),
    ]
    # A prompt of white space alone, such as that of messages that are all empty, is none. Neither is an empty value
    # that was printed, except one that a system prompt is about, a response ("[]" says that nothing was found), and a
    # sentence of tokens, which nothing answers.
    nothing, *printed = normalize(pl.Series(["", *_PRINTED])).hash(_SEED)
    answered = pl.col("roles").str.contains_any([ROLE_LETTERS["assistant"]]) & (pl.col("system_chars") == 0)
    prompt_chars, response_chars = (
        pl.when((pl.col(text) == pl.lit(nothing, dtype=pl.UInt64)) | (may_be_printed & pl.col(text).is_in(printed)))
        .then(0)
        .otherwise(pl.col(chars))
        .cast(pl.UInt32)
        .alias(chars)
        for text, chars, may_be_printed in (
            ("_p", "prompt_chars", answered),
            ("_r", "response_chars", pl.col("roles") == ROLE_LETTERS["text"]),
        )
    )
    has_prompt, has_response = prompt_chars > 0, response_chars > 0
    columns = [
        *map(pl.col, ("shape", "roles", "exact", "identity")),
        # Rows without a prompt and a response, such as messages without content, may differ in everything else.
        pl.when(has_prompt | has_response)
        .then(_together("_t", "_s", "_q", "_w") ^ pl.col("identity"))
        .otherwise(pl.col("exact"))
        .alias("normalized"),
        (_together("_s", "_q", "_e") ^ pl.col("surroundings")).alias("context"),
        pl.col("_a").alias("answer"),
        pl.when(has_prompt | has_response).then(pl.col("_m").hash(seed=4)).alias("template"),
        pl.when(has_prompt).then(pl.col("_p")).otherwise(pl.col("_r")).alias("templated"),
        pl.col("_r").alias("response_hash"),
        pl.col("_p").alias("prompt_hash"),
        # As they are written, where they may be labels.
        pl.when(pl.col("response_chars") <= LABEL_CHARS).then(pl.col("response").hash(seed=10)).alias("spelling"),
        pl.col("system").hash(seed=8).alias("system_hash"),
        (pl.col("system_chars") > 0).alias("has_system"),
        prompt_chars,
        response_chars,
        *map(pl.col, ("tokens", "response_tokens")),
        *map(pl.col, ("has_tools", "has_tool_calls", "has_media", "is_preference")),
    ]
    return made, columns


def is_reviewed(column: pl.Expr) -> pl.Expr:
    """Return whether a review field's value means yes: not empty, not "no", and not "still to be done"."""
    return column.is_not_null() & ~column.str.strip_chars().str.to_lowercase().is_in(list(_NO))


def content_hash(*parts: str | int | None) -> str:
    """Return 16 hex digits over the parts; the fingerprint of findings."""
    data = orjson.dumps(parts)
    return blake2b(data, digest_size=8).hexdigest()
