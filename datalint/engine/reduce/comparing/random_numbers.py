"""Rows that are equal except for random or serial numbers in their prompts, which make generated copies look new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.comparing.choices import Choices
from datalint.engine.reduce.comparing.text_words import Words
from datalint.records.analyses import Text
from datalint.support.distinct import evenly_spaced
from datalint.support.duplicates import first_alike
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader, Readers

_Texts = Callable[[Sequence[int]], list[Text]]
#: UUIDs, and runs of eight hexadecimal digits or more with both letters and digits; these are random, and numbers of
#: seven digits or more, but for dates such as 20240131.
_HEXADECIMAL: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{8,}"
_WITH_LETTERS: Final = lazy_pattern(rf"(?<![^\W_])(?:{_HEXADECIMAL})(?![^\W_])")
_DATE: Final = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
#: The number of a row, before its prompt ("question 17: ") or behind it ("(variation 3)", "? #12"). Elsewhere, and
#: after other words, such as those for a part of a book, a number is what is asked about.
_NUMBERED: Final = (
    "question|query|prompt|example|sample|item|exercise|problem|scenario|case|variation|variant|frage|beispiel|aufgabe|variante"
    "|pregunta|ejemplo|ejercicio|exemple|pergunta|exemplo|domanda|esempio|вопрос|пример|вариант|问题|例子|变体|質問|질문"
)
_SERIAL: Final = (
    rf"^(?:(?:{_NUMBERED}|q) ?|(?=[#(\[]))[#(\[]{{0,2}}[0-9]{{1,6}}[)\]]?(?:[:：.)] ?| [-–—] )(?=[^\W\d_])"
    rf"|[(（\[](?:(?:{_NUMBERED}|version|v|copy|repeat|repetition|attempt|iteration|no\.|nr\.) ?#?|#)[0-9]{{1,6}}"
    r"[)）\]](?=[.?!]?$)"
    r"|(?:(?<=[.?!]) ?#|(?:, | [-–—] )(?:variation|variant|copy|repetition|iteration) ?#?)[0-9]{1,6}$"
)
_RANDOM: Final = lazy_pattern(rf"(?<![^\W_])(?:{_HEXADECIMAL}|(?!{_DATE})[0-9]{{7,}})(?![^\W_])|{_SERIAL}")
#: Characters of a response from which it may be no label, and letters of the beginning of a prompt from which
#: it is a text.
_TELLING: Final = 20
_LETTERS: Final = 10
_BEGINNING: Final = 1_000
#: The columns of examples that :func:`text_keys` needs.
KEY_COLUMNS: Final = (
    "normalized", "template", "templated", "identity", "system_hash", "response_hash", "prompt_chars", "response_chars",
    "is_preference", "shape",
)  # fmt: skip
#: Rows that are read, evenly spaced, to see whether some have such numbers, and those that are read at a time.
_SAMPLE: Final = 64
_AT_A_TIME: Final = 4_096
#: Combines two hashes into one.
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


def text_keys(examples: pl.DataFrame, reader: Reader | Readers, view: str = "pair") -> NDArray[np.uint64]:
    """Return a key for the texts of each row: the same for copies, and for rows that are copies but for such numbers.

    So it is for questions that differ in the order of their options, with the same one as the answer. Random and
    serial numbers are in the prompts; the response is the same, and no label. If rows with one prompt have several
    such responses, the number may decide which; in preferences it decides nothing. Only rows with the response of
    another prompt are read, and but for a sample none if that has no such numbers, or ``view`` is another one than that
    of prompt and response.
    """
    # Copies may be JSON in two forms, whose texts are not the same.
    keys = examples["normalized"].to_numpy() + examples["response_hash"].to_numpy() * _ODD
    if view != "pair":
        return keys
    return _choice_keys(examples, _numbered_keys(examples, keys, reader.texts), Choices(examples, reader))


def _choice_keys(examples: pl.DataFrame, keys: NDArray[np.uint64], choices: Choices) -> NDArray[np.uint64]:
    """Return the keys of rows, the same for questions that differ in the order of their options alone."""
    identity = examples["identity"].to_numpy() ^ examples["system_hash"].to_numpy()
    first: dict[int, int] = {}
    changed = keys.copy()
    for batch in choices.batches():
        for row, choice in batch.items():
            changed[row] = keys[first.setdefault(hash((choice, int(identity[row]))), row)]
    return changed


def _numbered_keys(examples: pl.DataFrame, keys: NDArray[np.uint64], texts: _Texts) -> NDArray[np.uint64]:
    """Return the keys, the same for rows that are copies but for random numbers."""
    long = examples.select((pl.col("prompt_chars") >= _LETTERS) & (pl.col("response_chars") >= _TELLING))
    rows = _with_one_response(
        examples, np.flatnonzero(long.to_series().to_numpy()), examples["response_hash"].to_numpy()
    )
    if not any(_WITH_LETTERS.search(text.prompt.lower()) for text in texts(_sample(rows))):
        # Without letters in their numbers, such rows are of one template, which few others are.
        templates = examples["template"].fill_null(0).to_numpy()
        rows = _with_one_response(examples, rows, examples["response_hash"].to_numpy() * _ODD + templates)
        if _masked(_sample(rows), texts).is_empty():
            return keys
    masked = pl.concat([_masked(rows[at : at + _AT_A_TIME].tolist(), texts) for at in range(0, len(rows), _AT_A_TIME)])
    columns = ("identity", "system_hash", "response_hash", "is_preference")
    found = masked.with_columns(examples.select(columns)[masked["row"]])
    same = ("prompt", "identity", "system_hash")
    decided = ~pl.col("is_preference") & (pl.col("response_hash").n_unique().over(same) > 1)
    found = found.filter(~decided).select("row", pl.struct(*same, "response_hash").hash(seed=12).alias("key"))
    numbered = found["row"].to_numpy()
    changed = keys.copy()
    changed[numbered] = keys[numbered[first_alike(found["key"].to_numpy())]]
    return changed


def _with_one_response(
    examples: pl.DataFrame, rows: NDArray[np.int64], responses: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return those of ``rows``, which may have no label, whose value in ``responses`` is that of a row with another
    prompt."""
    first = rows[first_alike(responses[rows])]
    prompts = examples["templated"].to_numpy()
    several = np.zeros(len(prompts), np.bool_)
    several[first[prompts[first] != prompts[rows]]] = True
    return rows[several[first]]


def _sample(rows: NDArray[np.int64]) -> list[int]:
    """Return some of the rows, evenly spaced."""
    some: list[int] = rows[evenly_spaced(len(rows), _SAMPLE)].tolist()
    return some


def _masked(rows: list[int], texts: _Texts) -> pl.DataFrame:
    """Return the rows with random numbers, and no label as response, and hashes of their prompts without these."""
    found: dict[int, str] = {}
    for row, text in zip(rows, texts(rows), strict=True):
        masked, count = _RANDOM.subn("0", " ".join(text.prompt.lower().split()))
        if count and sum(map(str.isalpha, masked[:_BEGINNING])) >= _LETTERS and not Words("", text.response).is_label:
            found[row] = masked
    prompts = pl.Series("prompt", [*found.values()], dtype=pl.String)
    return pl.DataFrame([pl.Series("row", [*found], dtype=pl.Int64), prompts.hash(seed=11)])
