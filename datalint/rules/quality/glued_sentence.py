r"""Sentences follow one another without a space between them, or links follow a word.

## What it does
Reads 100 rows, evenly spaced, and counts the prompts and the responses or texts in which a sentence begins right after
the full stop of the one before (`a quiet pier.Boats land here`). Reports each of the two, once, if these are at least
`min-share` of those with two sentences or more, and have `min-different` different places of this kind.

The same is reported for links that follow a word (`see the forms athttps://pier.example`), of all rows, if at least
`min-share` of the texts with a link have one.

## Why it matters
A space or a line break was lost where lines, cells or fields were put together: paragraphs of a page, or an
instruction and its input, or the text of a page and its links. The model learns to write such texts, and reads two words as one.

## Bad
```jsonl vary=12
{"text": "The pier of {w} is long.Boats number {n} land here every day. A guard looks after them."}
```

## Good
```jsonl vary=12
{"text": "The pier of {w} is long. Boats number {n} land here every day. A guard looks after them."}
{"text": "Call list.Add on day {n}, or `list.Remove` if {w}. It is in System.Collections."}
```

## What to do
Put the texts together again with a space or a line break between their parts, or split them at such places.

## Known limits
Only places between letters with a case are found: a word in small letters before the mark, and one with a capital and
small letters after it, before another word. People who write on a phone leave out some spaces too, which is no more
than a fifth of their texts. Code in fences and backticks is left out, and only the first 3,000 characters of a text are
read, or 10,000 for links. Letters before a link count in scripts of Latin and Cyrillic, and not after a sign such as a
slash, a quotation mark or a backslash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.characters.glued_links import Glued, glued_links, joined_links
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.sampled import Sampled, sampled_texts
from datalint.rules.common.texts.turns import without_code

#: Letters of scripts with a case.
_SMALL: Final = "a-zß-öø-ÿа-яёα-ω"
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω"
#: The end of a sentence right before another one, whose first word has another one after it; and one before a space, whose
#: mark may stand after a space too, as in texts that were cut into tokens.
_GLUED: Final = lazy_pattern(rf"[.!?][{_CAPITAL}][{_SMALL}]{{0,30}}(?= [{_SMALL}{_CAPITAL}0-9])")
_SPACED: Final = lazy_pattern(rf"[{_SMALL}]{{2}}[)\"”]? ?[.!?]\s{{1,9}}[{_CAPITAL}]")
#: The word before the mark, and the characters in which it is.
_BEFORE: Final = lazy_pattern(rf"(?:\A|[\s(\"“,])[{_SMALL}]{{2,30}}[)\"”]?\Z")
_AROUND: Final = 33
#: Characters of a text that are read, before a mark that are shown, and of what is shown.
_READ: Final = 3_000
_WORDS: Final = 20
_SHOWN: Final = 40


class _Place(NamedTuple):
    """A place between two sentences: the number of its text, where its words begin and end, and the words."""

    text: int
    start: int
    stop: int
    words: str


class Links(NamedTuple):
    """The rows of a chunk or dataset, and the links of their prompts, and of their responses and texts."""

    rows: int
    prompts: Glued
    learned: Glued


@frozen
class GluedSentenceOptions(Options):
    """When spaces between sentences were lost."""

    min_share: float = option(
        0.3,
        "share of the texts with two sentences that have such a place",
        source="of 485 public files, four have it in 42 % to 94 % by mistake, and the next one, what people typed, in 21 %",
    )
    min_different: int = option(10, "different places", source="a template may have one in each row")


@rule("QUA044", "glued-sentence", severity=Severity.INFO, since="0.1", each="finding")
def glued_sentence(data: Dataset, options: GluedSentenceOptions) -> Iterator[Hit]:
    """Yield a hit for the prompts and for the responses, at the first row with such a place."""
    sampled: Sampled = data.once(sampled_texts)
    read = len(sampled.rows)
    among = f" in a sample of {read:,} rows" if read < data.size else ""
    for what, side in (("prompts", sampled.prompts), (sampled.what, sampled.learned)):
        glued, others = _places(side)
        many = len({place.text for place in glued})
        if len({place.words for place in glued}) < options.min_different or many < options.min_share * (many + others):
            continue
        first, share = glued[0], percent(many / (many + others))
        shown = excerpt(side[first.text], _SHOWN, start=first.start, stop=first.stop)
        yield Hit(
            f"in {many:,} of {many + others:,} {what} with two sentences or more ({share}{among}), a sentence follows "
            f'another one without a space: "{shown}"',
            at=sampled.rows[first.text],
            key=what,
        )
    if data.measured is not None:
        yield from _links(data.measured, options, sampled.what)


def _links(links: Links, options: GluedSentenceOptions, what: str) -> Iterator[Hit]:
    """Yield a hit for the links of the prompts and of the responses, at the first row with one after a word."""
    for named, side in (("prompts", links.prompts), (what, links.learned)):
        if side.first is None or side.glued < options.min_share * side.linked:
            continue
        if len(side.places) >= options.min_different:
            yield Hit(side.said(named), at=side.first[0], key=f"links in {named}")


@glued_sentence.measure
def measure(chunk: Chunk, options: GluedSentenceOptions) -> Links:
    """Return the links of a chunk that follow a word."""
    return Links(chunk.examples.height, *glued_links(chunk))


@glued_sentence.merge
def merge(one: Links, other: Links) -> Links:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    prompts = joined_links(one.prompts, other.prompts, one.rows)
    return Links(one.rows + other.rows, prompts, joined_links(one.learned, other.learned, one.rows))


def _places(texts: Iterable[str]) -> tuple[list[_Place], int]:
    """Return the places in some texts where a space is missing, and how many texts only have places with one."""
    found: list[_Place] = []
    others = 0
    for number, text in enumerate(texts):
        said = without_code(text[:_READ])
        ends = [end for end in _GLUED.finditer(said) if _follows_word(said, end.start())]
        for end in ends:
            start = max(said.rfind(" ", 0, max(end.start() - _WORDS, 0)) + 1, end.start() - _AROUND)
            found.append(_Place(number, start, end.end(), said[start : end.end()]))
        others += not ends and _SPACED.search(said) is not None
    return found, others


def _follows_word(text: str, place: int) -> bool:
    return _BEFORE.search(text[max(place - _AROUND, 0) : place]) is not None
