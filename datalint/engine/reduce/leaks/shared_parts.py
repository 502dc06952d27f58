"""A part of many evaluation prompts, such as a paragraph, that training prompts have too: rows of one group."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.leaks.shared_keys import key_of_pairs, share_of_key, spread
from datalint.privacy.display import excerpt
from datalint.records.leaks import SharedPart
from datalint.support.numbers import percent

if TYPE_CHECKING:
    from datalint.engine.execute.row_reader import PromptPart, Reader

#: Rows of the evaluation set that are read first, to see whether prompts have parts; rows of both splits that are
#: read, evenly spaced; and rows that are read at a time.
_FIRST: Final = 64
_HELD: Final = 2_000
_TRAINED: Final = 10_000
_ROWS: Final = 1_000
#: Bytes of a text that is more than the name of something.
_LONG: Final = 40
#: Characters of a title, which is the name of one thing where most evaluation rows have one of their own.
_TITLE: Final = 4
_OWN: Final = 0.5
#: Share of the evaluation rows with a part that training has too from which on a note says so, and texts at least.
_MANY: Final = 0.2
_LEAST: Final = 10
#: Rows of one text at most, on average, and share of the rows with a line that belongs to the template.
_EACH: Final = 10
_TEMPLATE: Final = 0.05
#: Endings of the names of titles.
_HEADING: Final = r"(?i)(?:title|heading|headline)[\W_]*$"
#: What names a line of a prompt, as in ``Question: …``.
_LABEL: Final = r"^[^\s:：]{1,20}[:：]\s{0,9}(?=\S)"
#: The path of a text under a key of the row, perhaps within objects.
_KEY: Final = r"\$((?:\.[^.\[\]]+)+)"
#: The name of a line of a prompt that has only one part.
_LINE: Final = ""


def find_shared_part(
    readers: tuple[Reader, Reader], sizes: tuple[int, int], leaked: Collection[int], named: Collection[str]
) -> SharedPart | None:
    """Return the part of the prompts that many evaluation rows have in common with training rows; None for few.

    Where rows with a line in common have a key in common too, it is that key; none if the key has a class.

    Args:
        readers: read the rows of training and of the evaluation set.
        sizes: their numbers of rows.
        leaked: evaluation rows that are in training as a whole or nearly, which other rules report.
        named: keys whose values are compared anyway.
    """
    first = readers[1].prompt_parts(spread(sizes[1], _FIRST))
    if not all(sizes) or not any(_may_share(row) for row in first):
        return None
    rows = spread(sizes[1], _HELD)
    held = readers[1].prompt_parts(rows)
    template = _template(held)
    titles = _titles(held)
    theirs = [
        set() if row in leaked else {*_parts(parts, template, titles, every=True)}
        for row, parts in zip(rows, held, strict=True)
    ]
    wanted = set().union(*theirs)
    if not wanted:
        return None
    shared: dict[tuple[str, str], int] = {}
    for row, parts in _trained(readers[0], sizes[0]):
        for part in _parts(parts, template, titles):
            if part in wanted:
                shared.setdefault(part, row)
    counts = Counter(key for parts in theirs for key in {key for key, _ in parts & shared.keys()})
    texts = Counter(key for key, _ in shared)
    for key, count in counts.most_common():
        if count <= _MANY * len(rows):
            break
        if key not in named and texts[key] >= max(_LEAST, count / _EACH):
            name, share = key, count / len(rows)
            if key == _LINE and (common := key_of_pairs(readers, _pairs(rows, theirs, shared))):
                if (found := share_of_key(readers, sizes, common)) is None:
                    return None
                name, share = common, found
            if name in named:
                return None
            return SharedPart(name, share, sampled=max(sizes[0] - _TRAINED, sizes[1] - _HELD) > 0)
    return None


def _pairs(
    rows: Sequence[int], theirs: Sequence[set[tuple[str, str]]], shared: Mapping[tuple[str, str], int]
) -> list[tuple[int, int]]:
    """Return pairs of a training row and an evaluation row that have a line in common, the first one for each."""
    common = [
        (row, [shared[part] for part in parts if part[0] == _LINE and part in shared])
        for row, parts in zip(rows, theirs, strict=True)
    ]
    return [(min(found), row) for row, found in common if found]


def shared_part_note(part: SharedPart) -> str:
    """Return the note on such a part, with the option that keeps its rows in one split."""
    share = f"{'at least ' if part.sampled else ''}{percent(part.share)} of the evaluation rows"
    if part.key == _LINE:
        return (
            f"{share} have the longest line of a training prompt, with something else around it: write that line "
            "under a key and name the key with --group-by"
        )
    return (
        f'{share} have the "{excerpt(part.key, 40)}" of a training row: to keep its rows in one split, try --group-by '
        f"{shlex.quote(part.key)}"
    )


def _trained(reader: Reader, size: int) -> Iterator[tuple[int, Sequence[PromptPart]]]:
    """Yield training rows, spread over all, with the parts of their prompts."""
    training = spread(size, _TRAINED)
    for start in range(0, len(training), _ROWS):
        some = training[start : start + _ROWS]
        yield from zip(some, reader.prompt_parts(some, opening=True), strict=True)


def _may_share(parts: Sequence[PromptPart]) -> bool:
    return len(parts) > 1 or any("\n" in each.text.strip() for each in parts)


def _template(rows: Sequence[Sequence[PromptPart]]) -> set[str]:
    """Return the lines that many prompts have."""
    counts = Counter(line for parts in rows if len(parts) == 1 for line in {*_lines(parts[0].text)})
    return {line for line, count in counts.items() if count > max(_TEMPLATE * len(rows), 2)}


def _titles(rows: Sequence[Sequence[PromptPart]]) -> frozenset[str]:
    """Return the keys of titles, by their names, of which most prompts have one of their own."""
    texts: dict[str, list[str]] = {}
    for each in (each for parts in rows if len(parts) > 1 for each in parts):
        key = re.fullmatch(_KEY, each.path)
        if key is not None and re.search(_HEADING, key[1]) is not None:
            texts.setdefault(key[1][1:], []).append(each.text)
    return frozenset(key for key, said in texts.items() if len(set(said)) >= max(_OWN * len(said), _LEAST))


def _parts(
    parts: Sequence[PromptPart], template: set[str], titles: Collection[str], *, every: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the long parts and titles of a prompt with their keys, or the longest line of one with no other part.

    With ``every``, all long lines are yielded: documents next to a question may be longer than that.
    """
    if len(parts) == 1:
        lines = [line for line in _lines(parts[0].text) if line not in template]
        for line in lines if every else (max(lines, key=len, default=""),):
            if _is_long(line) and line != parts[0].text.strip():
                yield _LINE, line
        return
    for each in parts:
        key = re.fullmatch(_KEY, each.path)
        if key is not None and (_is_long(each.text) or (key[1][1:] in titles and len(each.text) >= _TITLE)):
            yield key[1][1:], each.text


def _lines(text: str) -> list[str]:
    """Return the lines of a text that are not blank, long ones without the word and colon before them."""
    lines = [line for each in text.splitlines() if (line := each.strip())]
    return [rest if _is_long(rest := re.sub(_LABEL, "", line)) else line for line in lines]


def _is_long(text: str) -> bool:
    return len(text.encode(errors="replace")) >= _LONG
