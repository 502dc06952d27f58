"""A row has more or fewer tags than tokens.

## What it does

Compares the lists of tags of a row (`ner_tags`, `pos_tags`, `labels` …) with its list of tokens, and tags that are
written as text (`O O B-LOC`, under any key) with the words of the text that has as many. A row with more or fewer tags
than tokens is reported if most rows have one for each, and one with an empty token, which leaves a tag without a word,
is a warning. A token of blanks between words is a note: tokenizers make no piece of it. Where each sign is a token of
its own, blanks are signs.

## Why it matters

A tag belongs to the token at its place. Where one is missing or too many, all tags after it are those of other tokens,
or the program that aligns them with the pieces of the tokenizer stops with an error of its index.

## Bad

```jsonl
{"tokens": ["The", "dock", "is", "full"], "ner_tags": ["O", "PLACE", "O"]}
{"tokens": ["Ask", "Anna"], "ner_tags": ["O", "PERSON"]}
```

## Good

```jsonl
{"tokens": ["The", "dock", "is", "full"], "ner_tags": ["O", "PLACE", "O", "O"]}
{"tokens": ["Ask", "Anna"], "ner_tags": ["O", "PERSON"]}
```

## What to do

Tag the rows again from their text, with the same tokens. Remove a row if its tags cannot be aligned with its tokens any
more.

## Known limits

Lists of tags next to a text that is not divided into tokens are not compared, and neither are spans. Labels of the
whole text are no tags: where fewer than half of the rows have as many of them as tokens, nothing is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    frozen,
    json_path,
    mutable,
    option,
    rule,
)
from datalint.rules.common.kept_rows import KeptRows, joined_rows, kept_rows, listed_rows
from datalint.rules.common.spans.tagged_rows import tagged_columns

#: Mean characters of tokens that are words.
_WORD: Final = 2


class _Odd(NamedTuple):
    """A row whose tags are not as many as its tokens, or with ``empty`` tokens, and the key of the tags.

    ``ends_empty`` says that the last token is empty where the tags are not as many, and ``blank`` counts tokens of
    blanks.
    """

    row: int
    key: str
    tokens: int
    tags: int
    empty: int
    ends_empty: bool = False
    blank: int = 0


@mutable
class _Partial:
    """Rows seen; the number of lists with a tag for each token, and of others, and the rows to report."""

    rows: int
    even: int
    odd: int
    found: KeptRows


@frozen
class TagCountMismatchOptions(Options):
    """When lists are tags."""

    least_share: float = option(
        0.5, "share of the lists that must have a tag for each token", source="labels of whole texts have one by chance"
    )


@rule("FMT114", "tag-count-mismatch", severity=Severity.ERROR, since="0.1", gated=True)
def tag_count_mismatch(data: Dataset, options: TagCountMismatchOptions) -> Iterator[Hit]:
    """Yield a hit for each list of tags of another length than the tokens."""
    found: _Partial | None = data.measured
    if found is None or found.even < options.least_share * (found.even + found.odd):
        return
    for each in (_Odd(*odd) for odd in listed_rows(found.found)):
        if each.empty:
            said, many = ("1 token is", "") if each.empty == 1 else ("tokens are", f": {each.empty:,}")
            message, severity = f"{said} empty, but tagged under '{each.key}'{many}", Severity.WARNING
        elif each.blank:
            said, many = ("1 token has", "") if each.blank == 1 else ("tokens have", f": {each.blank:,}")
            message, severity = f"{said} nothing but blanks under '{each.key}'{many}", Severity.INFO
        else:
            # The numbers are last: a report of several rows leaves them out, as they differ.
            more, than = ("tokens", "tags") if each.tokens > each.tags else ("tags", "tokens")
            last = ", and the last token is empty" if each.ends_empty else ""
            numbers = sorted((each.tokens, each.tags), reverse=True)
            message = f"more {more} than {than} under '{each.key}'{last}: {numbers[0]:,} and {numbers[1]:,}"
            severity = Severity.ERROR
        yield Hit(message, at=each.row, path=json_path((each.key,)), severity=severity)


@tag_count_mismatch.measure
def measure(chunk: Chunk, options: TagCountMismatchOptions) -> _Partial:
    """Compare the lists of the rows of a chunk."""
    found = _Partial(len(chunk.records), 0, 0, {})
    odd: list[_Odd] = []
    for each in tagged_columns(chunk):
        for row, mine, theirs in zip(each.rows, each.tokens, each.tags, strict=True):
            odd += _compare(found, row, each.key, mine, theirs)
    found.found = kept_rows(odd)
    return found


def _compare(found: _Partial, row: int, key: str, tokens: Any, tags: Any) -> Iterator[_Odd]:
    """Count the lists of a row, and yield what is wrong with them."""
    if not isinstance(tokens, list) or not isinstance(tags, list) or not tokens or not all(map(_is_tag, tags)):
        return
    even = len(tokens) == len(tags)
    found.even += even
    found.odd += not even
    empty = tokens.count("") if even else 0
    blank = _blanks(tokens) if even and not empty else 0
    if empty or blank or not even:
        ends_empty = not even and tokens[-1] == ""
        yield _Odd(row, key, len(tokens), len(tags), empty, ends_empty, blank)


def _blanks(tokens: list[Any]) -> int:
    """Return how many tokens have nothing but blanks, if the others are words, and not one sign each."""
    blank = sum(isinstance(each, str) and each.isspace() for each in tokens)
    if not blank:
        return 0
    words = [each for each in tokens if isinstance(each, str) and not each.isspace()]
    return blank if sum(map(len, words)) >= _WORD * len(words) > 0 else 0


def _is_tag(value: object) -> bool:
    return isinstance(value, str | int)


@tag_count_mismatch.merge
def merge(one: _Partial, other: _Partial) -> _Partial:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    found = joined_rows(one.found, other.found, one.rows)
    return _Partial(one.rows + other.rows, one.even + other.even, one.odd + other.odd, found)
