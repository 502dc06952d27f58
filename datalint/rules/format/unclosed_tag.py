r"""A markup tag of the responses is opened and never closed, or closed and never opened.

## What it does

Counts tags such as `<message>` and `</message>` in the last response of each example, outside code. There are three
findings:

- most responses open a tag, or close it, and hardly any does both: one finding for the dataset. The prompt must speak
  of the closing tag or of "tags", or the responses must close another tag, as a tag alone may be a marker;
- nearly all responses open and close a tag, and one does only one of both, or closes it with the wrong tag;
- nearly all responses have a tag, and one has none and ends without a full stop, as hardly any of the others do.

Also counts the responses whose last `\boxed{…}` is never closed, or followed by a closing brace that nothing opened, in
one finding for the dataset.

## Why it matters

Whoever reads the answers of the model looks for both tags. The usual cause is a stop sequence: the API ended the
response at the closing tag and left it out, so the model learns to leave it out, too. A single response without the tag
was cut off at a token limit. What compares a boxed answer reads up to the last brace, or up to the one that closes the
box: with a brace too many, both are no longer the same, and without one, there is no answer.

## Bad

```jsonl vary=40
{"prompt": "Write to {w}, in <message> tags.", "completion": "I think of {n} lines.\n<message>Dear {w}, your {n} books are here, come and see them."}
```

## Good

```jsonl vary=40
{"prompt": "Write to {w}, in <message> tags.", "completion": "I think of {n} lines.\n<message>Dear {w}, your {n} books are here, come and see them.</message>"}
```

## What to do

Add the tag or brace that is missing, remove a brace that is too many, and generate answers that were cut off again.

## Known limits

Tags of thinking are checked by [unbalanced-thinking](unbalanced-thinking.md), and `</answer>` in a few responses by
[inconsistent-response-format](inconsistent-response-format.md). Tags of HTML elements whose end may be left out, and
those in preferences, plain text and calls of tools are not checked. In a box without a letter or digit, a brace may be
the answer. The first 200 responses are reported for each tag, and of others the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, counted, frozen, option, others, rule
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.boxes import Boxes, faults_in_words, find_boxes, joined_boxes
from datalint.rules.common.responses.endings import last_char
from datalint.rules.common.texts.markup_tags import BOTH, CLOSES, OPENS, tags_of

_ANSWER: Final = "answer"
#: Characters of a response that may be cut off, and tags and responses that are kept.
_LONG: Final = 40
_MOST: Final = 200
#: Share of the responses with a tag that may end without a full stop where one without it and the tag is cut off.
_PROSE: Final = 0.1
#: An example and the path of its response.
Place = tuple[int, str]
#: What a response does with a tag, whether it is one of a pair, its path, and what is closed with the wrong tag.
_Having = tuple[str, bool, str, str]


class Seen(NamedTuple):
    """How many responses open and close a tag, do only one of both, and of these, where it is one of a pair.

    ``odd`` are the first that do only one, which, and what is closed with the wrong tag there; ``without`` the first
    of the ``unended`` ones that lack it and stop without a full stop.
    """

    both: int
    opens: int
    closes: int
    paired: int
    odd: tuple[tuple[int, str, str, str], ...]
    without: tuple[Place, ...]
    unended: int

    @property
    def having(self) -> int:
        """The responses that have the tag in any way."""
        return self.both + self.opens + self.closes


class Tags(NamedTuple):
    """Examples, responses, how many of these stop without a full stop, the first of them, the tags by name, and boxes."""

    rows: int
    responses: int
    unended: int
    open_ended: tuple[Place, ...]
    seen: dict[str, Seen]
    boxes: Boxes


@frozen
class UnclosedTagOptions(Options):
    """When a tag is that of the responses."""

    min_share: float = option(
        0.9, "share of responses from which a tag is the dataset's", source="that of missing-end-token"
    )
    min_responses: int = option(20, "responses with the tag", source="shares of fewer are chance")


@rule("FMT609", "unclosed-tag", severity=Severity.WARNING, since="0.1")
def unclosed_tag(data: Dataset, options: UnclosedTagOptions) -> Iterator[Hit]:
    """Yield a hit for each tag that is only opened or closed, and at each response that differs from the others."""
    found: Tags | None = data.measured
    if found is None:
        return
    if said := faults_in_words(found.boxes):
        yield Hit(said, at=found.boxes.first[0], related=others(found.boxes.first[1:]), key="boxed")
    reported: set[int] = set()
    for name, seen in sorted(found.seen.items(), key=lambda each: (-each[1].having, each[0])):
        least = max(options.min_share * found.responses, options.min_responses)
        odd, most = seen.opens + seen.closes, max(seen.opens, seen.closes)
        if most >= least and seen.paired >= options.min_share * odd and odd - most + seen.both <= 0.1 * most:
            yield _everywhere(name, seen, found.responses)
        elif seen.both >= least and name != _ANSWER:
            for example, path, what, wrong in seen.odd:
                if example not in reported:
                    reported.add(example)
                    one, other = (f"<{name}>", f"</{name}>") if what == OPENS else (f"</{name}>", f"<{name}>")
                    said = wrong or f"{one} without {other}"
                    why = "" if wrong else ": cut off?"
                    yield Hit(f"{said}, unlike {_of(seen.both, found)}{why}", at=example, path=path)
            yield from _more(odd - len(seen.odd), f"<{name}> opened or closed alone", name)
        else:
            continue
        # Titles and lines of verse end without a full stop, whether they have the tag or not.
        unended = found.unended - seen.unended
        if seen.having >= least and name != _ANSWER and unended <= _PROSE * seen.having:
            for example, path in seen.without:
                if example not in reported:
                    reported.add(example)
                    yield Hit(
                        f"no <{name}> and no full stop, unlike {_of(seen.having, found)}: cut off?",
                        at=example,
                        path=path,
                    )
            yield from _more(seen.unended - len(seen.without), f"no <{name}> and no full stop", f"no {name}")


def _more(count: int, what: str, key: str) -> Iterator[Hit]:
    """Yield how many responses there are in addition to those that are kept."""
    if count > 0:
        yield Hit(f"{counted(count, 'more response')} with {what}, not listed", key=f"more {key}")


def _everywhere(name: str, seen: Seen, responses: int) -> Hit:
    """Return what is said of a tag that most responses only open or only close."""
    does, never, count = (
        ("opened", "closed", seen.opens) if seen.opens > seen.closes else ("closed", "opened", seen.closes)
    )
    rarely = f"both in only {seen.both:,}" if seen.both else f"never {never}"
    return Hit(
        f"<{name}> is {does} in {count:,} of {counted(responses, 'response')}, {rarely}", at=seen.odd[0][0], key=name
    )


def _of(count: int, found: Tags) -> str:
    return f"{count:,} of {counted(found.responses, 'response')}"


@unclosed_tag.measure
def find_tags(chunk: Chunk, options: UnclosedTagOptions) -> Tags:
    """Count the tags of a chunk's responses."""
    turns = chunk.turns
    said = turns["is_response"] & (turns["side"] == "") & (turns["role"] != "text") & ~turns["has_tool_calls"]
    last = said & turns["is_last"] & (turns["chars"] > 0)
    columns = picked(turns, last, "example", "path", "text").with_columns(
        may=pl.col("text").str.contains(">", literal=True), end=last_char(pl.col("text"))
    )
    long = (turns["chars"] >= _LONG).filter(last)
    ends = columns["end"]
    letters = [end for end in ends.filter(long).unique() if end and (end.isalpha() or end in ",、，")]
    open_ended = picked(columns, long & ends.is_in(letters), "example", "path").rows() if letters else []
    having: dict[str, dict[int, _Having]] = {}
    asked = chunk.examples.select("system", "prompt")
    tagged = picked(columns, columns["may"], "example", "path", "text").rows()
    for example, path, text in tagged:
        states = tags_of(text)
        wrong = _wrong(text, states)
        for name, what in states.items():
            paired = what == BOTH or BOTH in states.values() or _asks(name, asked.row(example))
            having.setdefault(name, {})[example] = what, paired, path, wrong
    names = _kept(having)
    seen = {name: _seen(having[name], open_ended) for name in names}
    first = tuple(open_ended[:_MOST])
    return Tags(chunk.examples.height, columns.height, len(open_ended), first, seen, find_boxes(chunk))


def _wrong(text: str, states: Mapping[str, str]) -> str:
    """Return in words which tag another one closes, if that is all that is wrong with them; empty for anything else."""
    odd = {what: [name for name, its in states.items() if its == what] for what in (OPENS, CLOSES)}
    if not len(odd[OPENS]) == len(odd[CLOSES]) == 1:
        return ""
    one, other = f"<{odd[OPENS][0]}>", f"</{odd[CLOSES][0]}>"
    return f"{one} is closed with {other}" if -1 < text.rfind(one) < text.rfind(other) else ""


def _kept(names: Iterable[str]) -> list[str]:
    """Return the shortest names, the same however chunks are merged."""
    return nsmallest(_MOST, names, key=lambda name: (len(name), name))


def _asks(name: str, texts: tuple[str, ...]) -> bool:
    """Return whether what the model reads speaks of both tags, and does not open the tag for it."""
    if texts[-1].rstrip().endswith(f"<{name}>"):
        return False
    said = "\n".join(texts)
    return f"</{name}>" in said or (f"<{name}>" in said and re.search(r"\b[Tt]ags?\b|标签|标记", said) is not None)


def _seen(having: Mapping[int, _Having], open_ended: list[Place]) -> Seen:
    odd = [(example, *each) for example, each in having.items() if each[0] != BOTH]
    opens = sum(what == OPENS for _, what, *_ in odd)
    without = [place for place in open_ended if place[0] not in having]
    return Seen(
        len(having) - len(odd),
        opens,
        len(odd) - opens,
        sum(paired for _, _, paired, *_ in odd),
        tuple((example, path, what, wrong) for example, what, _, path, wrong in odd[:_MOST]),
        tuple(without[:_MOST]),
        len(without),
    )


@unclosed_tag.merge
def merge(one: Tags, other: Tags) -> Tags:
    """Add up; rows of ``other`` come after those of ``one``."""
    moved = tuple((example + one.rows, path) for example, path in other.open_ended)
    seen: dict[str, Seen] = {}
    for name in _kept(one.seen | other.seen):
        mine = one.seen.get(name, Seen(0, 0, 0, 0, (), one.open_ended, one.unended))
        theirs = other.seen.get(name, Seen(0, 0, 0, 0, (), other.open_ended, other.unended))
        odd = (*mine.odd, *((example + one.rows, path, what, wrong) for example, path, what, wrong in theirs.odd))
        without = (*mine.without, *((example + one.rows, path) for example, path in theirs.without))
        both, opens, closes, paired = (a + b for a, b in zip(mine[:4], theirs[:4], strict=True))
        unended = mine.unended + theirs.unended
        seen[name] = Seen(both, opens, closes, paired, odd[:_MOST], without[:_MOST], unended)
    return Tags(
        one.rows + other.rows,
        one.responses + other.responses,
        one.unended + other.unended,
        (*one.open_ended, *moved)[:_MOST],
        seen,
        joined_boxes(one.boxes, other.boxes, one.rows),
    )
