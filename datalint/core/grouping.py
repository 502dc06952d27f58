"""One finding for each cause: places of a file of which a rule says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

#: Numbers in a message, such as a column or a byte, except in quotes, which hold text of rows, and in names.
_NUMBERS: Final = r"""("[^"]*"|'[^']*'|`[^`]*`|UTF-\d+|GB18030|cp949|cp125[0124])|0x[0-9A-F]+|\d+(?:[.,]\d+)*"""
#: The same, except in words such as ``base64`` and ``column-2`` and in indices of paths.
_ALONE: Final = (
    r"""("[^"]*"|'[^']*'|`[^`]*`)|(?<!\w)(?<![^\W\d]-)(?<!\d[.,])(?<![\w\]]\[)"""
    r"""(?:0x[0-9A-F]+|\d++(?:[.,]\d++)*+)(?![^\W_])"""
)
#: Words on a place in a text, and on how many more there are, that say nothing without their numbers.
_WITHOUT: Final = (
    (r"\b(and|holds) … more\b", r"\1 more"),
    (r" \((?:turns?|lines?|columns?) …(?:(?: and |, |–)…)*\)", ""),
    (r",? (?:at|on|in) (?:column|character|byte|line) …(?:(?: of |, column )…)?(?! of\b)", ""),
    (r" after … (?:characters|bytes)\b", ""),
    (r"\bspan … to …", "a span"),
    (r", which has … characters", ""),
    (r": … and …$", ""),
    (r"; … of … (?:span|answer|mention)s (?:have some|do not fit the text|are not)", ""),
    (r"… times on this line\b", "several times on each line"),
    (r"… times\b", "several times"),
    (r"^… steps have … (\w+)$", r"steps and their \1 differ in number"),
    (r"^byte … (of the \w+ )?\(…\) ", r"a byte \1"),
)
#: A range of rows that are copied one by one.
_RANGE: Final = r"\b(?:lines|rows) \d+–\d+\b.*, in the same order"
#: The end of a message on a file most of whose rows are elsewhere too, each in a place of its own.
_MOSTLY: Final = " are in training"
#: Indices in paths, of which findings under one key have several.
INDICES: Final = r"\[\d+\]"
#: The columns of ranges, and those that they are the ranges of.
_RANGES: Final = (("rows", "row"), ("lines", "line"))
#: Rules whose messages count columns, lines and turns. In messages of other rules a number is what was found.
_COUNTING: Final = "FMT"


def group(table: pl.DataFrame) -> pl.DataFrame:
    """Return the first place of each cause, in order, with ``count``, ``rows`` and ``lines``.

    Places have one cause if they are in the same file, and the rule, the severity, the fix, the message, the path and
    the related rows are the same. Indices of paths make no difference, and neither do numbers outside quotes in
    messages on the format; where they differ, the path has ``[*]``, and the message no words on the place, or it is an
    example. If the message names a range of rows, or says that most rows of a file are elsewhere, they may be any.

    ``count`` is the number of places. ``rows`` and ``lines`` are the ranges of their records and of their lines, each
    with its first and its last, or null if no place has any.
    """
    import numpy as np
    import polars as pl

    if table.height < 2:
        # One place is one cause; most small files have no more, and the queries below take milliseconds.
        single = pl.Series("count", [1] * table.height, dtype=pl.Int64)
        return table.hstack([single, *(_single(table[column]).alias(name) for name, column in _RANGES)])
    counting = pl.col("rule").str.starts_with(_COUNTING)
    anywhere = pl.col("message").str.contains(_RANGE) | pl.col("message").str.ends_with(_MOSTLY)
    places = table.with_row_index("_place").with_columns(
        pl.col("path").str.replace_all(INDICES, "[*]").alias("_path"),
        pl.when(counting).then(pl.col("message").str.replace_all(_NUMBERS, "$1…")).otherwise("message").alias("_said"),
        pl.when(anywhere).then(pl.lit(0, dtype=pl.UInt64)).otherwise(pl.col("related").hash()).alias("_related"),
    )
    causes = places.group_by("file", "rule", "severity", "fix", "_path", "_said", "_related", maintain_order=True).agg(
        pl.col("_place"),
        pl.len().cast(pl.Int64).alias("count"),
        (pl.col("path").n_unique() > 1).alias("_paths"),
        (pl.col("message").n_unique() > 1).alias("_messages"),
    )
    # The first place of each cause is where its messages and paths are taken from.
    found = table[causes["_place"].list.first()]
    found = found.with_columns(
        causes["count"],
        pl.when(causes["_paths"]).then(causes["_path"]).otherwise("path").alias("path"),
        _shown(table["message"], causes),
    )
    members = causes["_place"].list
    cause = np.empty(table.height, np.int64)
    cause[causes["_place"].explode(empty_as_null=False).to_numpy()] = np.repeat(np.arange(found.height), members.len())
    return found.with_columns(_ranges(cause, table[column], found.height).alias(name) for name, column in _RANGES)


def _shown(messages: pl.Series, causes: pl.DataFrame) -> pl.Series:
    """Return the message of the first place of each cause; where messages differ, without their numbers."""
    shown = messages[causes["_place"].list.first()]
    where = causes["_messages"].arg_true()
    of_causes = (messages[places] for places in causes["_place"][where])
    return shown.scatter(where, [_said_of_all(each) for each in of_causes]).alias("message")


def _said_of_all(messages: pl.Series) -> str:
    """Return the message of several places without the numbers, or that of the first where it is of no use so."""
    first: str = messages[0]
    said = _without_numbers(first)
    general = said
    for words, instead in _WITHOUT:
        general = re.sub(words, instead, general)
    # A row may hold an ellipsis too.
    if general.count("…") > first.count("…"):
        return f"for example, {first}"
    # All messages have the same words, so that the names of one have numbers where those of another have some.
    if re.sub(_NUMBERS, r"\1", said) != said and any(_without_numbers(each) != said for each in messages):
        return f"for example, {first}"
    return general


def _without_numbers(message: str) -> str:
    return re.sub(_ALONE, lambda match: match[1] or "…", message)


def _single(column: pl.Series) -> pl.Series:
    """Return for each place alone what :func:`_ranges` returns for causes."""
    import polars as pl

    ranges = [None if number is None else [[number, number]] for number in column.to_list()]
    return pl.Series("ranges", ranges, dtype=pl.List(pl.Array(pl.Int64, 2)))


def _ranges(causes: NDArray[np.int64], column: pl.Series, size: int) -> pl.Series:
    """Return for each of ``size`` causes the ranges of a column's numbers, each with its first and its last."""
    import numpy as np
    import polars as pl

    given = column.is_not_null().to_numpy()
    number, cause = column.drop_nulls().cast(pl.Int64).to_numpy(), causes[given]
    order = np.lexsort((number, cause))
    number, cause = number[order], cause[order]
    same = cause[1:] == cause[:-1]
    begins = np.append(True, ~(same & (number[1:] <= number[:-1] + 1)))[: len(number)]
    ends = np.append(begins[1:], True)[: len(number)]
    pairs = pl.Series("ranges", np.column_stack((number[begins], number[ends])), dtype=pl.Array(pl.Int64, 2))
    found = pl.DataFrame({"cause": cause[begins], "ranges": pairs}).group_by("cause", maintain_order=True).agg("ranges")
    if found.height == size:
        return found["ranges"]
    every = pl.DataFrame({"cause": pl.int_range(size, dtype=pl.Int64, eager=True)})
    return every.join(found, on="cause", how="left", maintain_order="left")["ranges"]
