"""A token's tag continues no entity, or does not fit the scheme of the other tags.

## What it does

Reads the tags next to the tokens of a row (`O O B-LOC`) in a scheme with prefixes: `B-` begins an entity, `I-` (also
`E-`, `L-`, `M-`) continues it, and `O` is outside. Reports, once for each file, tags that continue nothing: no tag of
the same type stands before them (`O I-ORG`, `B-PER I-ORG`).

Also reported, with the number of rows:
- rare tags (`rare`, up to 0.1 %) without a prefix (`P`, or `0` for `O`), and tokens without any tag
- rare tags with another sign (`B_LOC` among `B-LOC`), and rare types that are spelled nearly as a common one (`I-LOC`
  among `I-LOCATION`)
- types that differ from a more common one in case alone (`B-Org` and `B-ORG`), also as labels of spans
- tags with a sign too many (`OO`, `B--LOC`) or a prefix too many (`OB-LOC`)
- tokens that are one of the tags (`I-ORG O`), whose words were lost
- punctuation marks that are an entity alone (`, B-LOC`), if the same mark is usually outside
- words with a mark at their end that are outside (`Oslo, O`), although the word is an entity without it

## Why it matters

Trainers and metrics treat such a tag as they like: `seqeval` counts `O I-ORG` as an entity, and in strict mode as none.
A tag that occurs twice makes a class of its own, which a model never learns, and the entity counts as lost.

## Bad

```jsonl vary=12
{"tokens": ["Ask", "Anna", "{w}"], "ner_tags": ["O", "B-PER", "O"]}
```
```jsonl
{"tokens": ["In", "Oslo", "it", "snows"], "ner_tags": ["O", "I-LOC", "O", "O"]}
```

## Good

```jsonl vary=12
{"tokens": ["Ask", "Anna", "{w}"], "ner_tags": ["O", "B-PER", "O"]}
```
```jsonl
{"tokens": ["In", "New", "York", "it", "snows"], "ner_tags": ["O", "B-LOC", "I-LOC", "O", "O"]}
```

## What to do

Use one name for each type, begin each entity with `B-`, give each token a tag, and replace tokens that are tags by
words. What stands inside of an entity, such as a hyphen, has its tag. If long sentences were divided, divide them
outside of entities.

## Known limits

If more tags continue nothing than `max-share` (half) of those that begin an entity, the scheme is another one, in which
`I-` begins entities too (IOB1). Then only rare tags are reported. Tags that are numbers, and those with the prefix at
their end (`PER-B`), are not checked. Labels of spans are compared if they are types: at most 100, with two spans each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    json_path,
    option,
    rule,
)
from datalint.rules.common.characters.look_alikes import in_latin_letters
from datalint.rules.common.kept_rows import kept_rows, listed_rows
from datalint.rules.common.spans.glued_marks import lost_words
from datalint.rules.common.spans.span_labels import Counts, bounded, count_labels, other_capitals
from datalint.rules.common.spans.tag_counts import (
    OddRow,
    Tags,
    bound_tags,
    count_tags,
    is_tagged,
    joined_counts,
    joined_tags,
)
from datalint.rules.common.spans.tag_names import Tag, has_other_prefix, other_joints, rare_names, rare_tags, tag_of
from datalint.rules.common.spans.tagged_marks import odd_marks
from datalint.rules.common.spans.tagged_rows import tagged_columns

_MOST_NAMED: Final = 20
#: Labels of spans that are types, and spans of each on average at least: others are the names of what is marked.
_MOST_TYPES: Final = 100
_SPANS_OF_TYPE: Final = 2
#: Rows that begin within an entity from which on sentences were cut there.
_CUT: Final = 3


class Found(NamedTuple):
    """The tags and labels of a chunk or dataset, by key, and the number of its rows."""

    rows: int
    tags: dict[str, Tags]
    #: Labels of spans.
    labels: dict[str, Counts]


@frozen
class InvalidTagOptions(Options):
    """When tags have a scheme, and which tags are rare."""

    min_entities: int = option(10, "entities that a tag begins, at least", source="fewer show no scheme")
    max_share: float = option(
        0.5,
        "tags that continue nothing for each that begins an entity, at most",
        source="0.001 to 0.08 in ten public files of mistakes, 117 in one of the scheme IOB1",
    )
    rare: float = option(
        0.001,
        "share of the tags of entities up to which a tag is rare, and of tokens that have none",
        source="one in a thousand",
    )


@rule("FMT117", "invalid-tag", severity=Severity.WARNING, since="0.1")
def invalid_tag(data: Dataset, options: InvalidTagOptions) -> Iterator[Hit]:
    """Yield a hit for each file with tags that continue nothing, and for each tag outside of the scheme."""
    found: Found | None = data.measured
    if found is None:
        return
    for key, labels in found.labels.items():
        yield from _spelled_twice(labels, json_path((key,)))
    for key, tags in found.tags.items():
        if tags.begun < options.min_entities:
            continue
        path = json_path((key,))
        if tags.broken <= options.max_share * tags.begun:
            for rows in _by_file(data, [OddRow(*odd) for odd in listed_rows(tags.odd)]):
                yield Hit(_continuing_nothing(rows), at=rows[0].row, path=path)
        yield from _lost_words(tags, path)
        yield from _of_marks(tags, path)
        yield from _of_rare_tags(tags, path, options.rare)


def _of_marks(tags: Tags, path: str) -> Iterator[Hit]:
    """Yield a hit for each punctuation mark that is an entity alone, and one for words that end with a mark."""
    for token, mark in odd_marks(tags.marks):
        are = "is an entity" if mark.alone == 1 else "are entities"
        yield Hit(
            f'{mark.alone:,} of {mark.alone + mark.outside:,} marks "{token}" {are} alone: '
            f'here its tag is "{excerpt(mark.tag, 30)}"',
            at=mark.row,
            path=path,
        )
    if (lost := lost_words(tags.glued)) is not None:
        said = (
            f'{lost.many:,} tokens such as "{excerpt(lost.word, 30)}" with a punctuation mark at the end are no entity'
        )
        yield Hit(
            f"{said}, though their words are, and no such token has a tag: part the marks", at=lost.row, path=path
        )


def _of_rare_tags(tags: Tags, path: str, rare: float) -> Iterator[Hit]:
    """Yield a hit for each rare tag without a prefix, with another sign or type, and for tokens without a tag."""
    counts = Counter({tag: many for tag, (many, _) in tags.counts.items()})
    for tag in islice(rare_tags(counts, rare), _MOST_NAMED):
        unlike = "with another prefix than" if has_other_prefix(tag) else "without a prefix as in"
        yield Hit(f"{_named(tags, tag)}, {unlike} {_common(counts)}", at=tags.counts[tag][1], path=path)
    untagged, lost_tokens = tags.counts.get(""), _tokens_that_are_tags(tags)
    known = lost_tokens is not None and untagged == lost_tokens[:2]
    if untagged is not None and not known and untagged[0] <= rare * counts.total():
        lacks = "has" if untagged[0] == 1 else "have"
        yield Hit(
            f"{counted(untagged[0], 'token')} {lacks} no tag, where all others have one", at=untagged[1], path=path
        )
    for tag, usual in islice(other_joints(counts), _MOST_NAMED):
        twin = f'"{excerpt(usual, 30)}" that of {counts[usual]:,}'
        yield Hit(f"{_named(tags, tag)}, {twin}: the same tag?", at=tags.counts[tag][1], path=path)
    for tag, usual in islice(rare_names(counts, rare), _MOST_NAMED):
        said = f'{_named(tags, tag)}; should its type be "{excerpt(usual, 30)}"?'
        yield Hit(said, at=tags.counts[tag][1], path=path)


def _named(tags: Tags, tag: str) -> str:
    latin = in_latin_letters(tag)
    written = f' (with a Cyrillic letter that looks like that of "{excerpt(latin, 30)}")' if latin != tag else ""
    return f'"{excerpt(tag, 30)}"{written} is the tag of {counted(tags.counts[tag][0], "token")}'


def _spelled_twice(labels: Counts, path: str) -> Iterator[Hit]:
    """Yield a hit for each label of spans that differs from a more common one in case alone."""
    spans = sum(many for many, _ in labels.values())
    if len(labels) > _MOST_TYPES or spans < _SPANS_OF_TYPE * len(labels):
        return
    pairs = other_capitals({label: many for label, (many, _) in labels.items()})
    for label, usual in islice(pairs, _MOST_NAMED):
        many, first = labels[label]
        words = f'"{excerpt(label, 30)}" is the label of {counted(many, "span")}, "{excerpt(usual, 30)}" that of'
        yield Hit(f"{words} {labels[usual][0]:,}: the same type?", at=first, path=path)


def _lost_words(tags: Tags, path: str) -> Iterator[Hit]:
    """Yield a hit for the tokens that are tags."""
    if (lost := _tokens_that_are_tags(tags)) is not None:
        many, first, most = lost
        words = f'{counted(many, "token")} {"is a tag" if many == 1 else "are tags"}, such as "{excerpt(most, 30)}"'
        missing = f"; {'the token before it is' if many == 1 else 'the tokens before them are'} missing"
        yield Hit(words + missing * (tags.counts.get("") == (many, first)), at=first, path=path)


def _tokens_that_are_tags(tags: Tags) -> tuple[int, int, str] | None:
    """Return how many tokens are tags, the first row with one, and the commonest; None for none.

    Where the token before a tag is missing, the tag is read as a token that has none.
    """
    lost = {token: found for token, found in tags.tokens.items() if token in tags.counts}
    if not lost:
        return None
    most = max(lost, key=lambda token: (lost[token][0], token))
    return sum(times for times, _ in lost.values()), min(first for _, first in lost.values()), most


def _by_file(data: Dataset, rows: Sequence[OddRow]) -> Iterable[Sequence[OddRow]]:
    files = data.examples["file"].gather([each.row for each in rows]).to_list() if rows else []
    found: dict[int, list[OddRow]] = {}
    for file, row in zip(files, rows, strict=True):
        found.setdefault(file, []).append(row)
    return found.values()


def _continuing_nothing(rows: Sequence[OddRow]) -> str:
    many, first = sum(each.many for each in rows), rows[0]
    before = f'after "{excerpt(first.before, 30)}"' if first.before else "at the start"
    tags = f"{many:,} tags continue no entity of their" if many > 1 else "a tag continues no entity of its"
    where = f" in {len(rows):,} rows" if len(rows) > 1 else ""
    # A sentence that was cut after an initial goes on with the rest of the name.
    cut = len(rows) >= _CUT and 2 * sum(not each.before for each in rows) > len(rows)
    joined = "; if sentences were cut within a name, join them to the one before" if cut else ""
    return f'{tags} type{where}: here "{excerpt(first.tag, 30)}" {before}{joined}'


def _common(counts: Counter[str]) -> str:
    """Return the most common tag with a prefix, in quotation marks."""
    usual = min((tag for tag in counts if tag_of(tag) is not None), key=lambda tag: (-counts[tag], tag))
    return f'"{excerpt(usual, 30)}"'


@invalid_tag.measure
def measure(chunk: Chunk, options: InvalidTagOptions) -> Found:
    """Look at the tags of the rows of a chunk."""
    found: dict[str, Tags] = {}
    odd: dict[str, list[OddRow]] = {}
    known: dict[str, Tag | None] = {}
    for each in tagged_columns(chunk):
        for row, mine, theirs in zip(each.rows, each.tokens, each.tags, strict=True):
            if is_tagged(mine, theirs):
                tags = found.setdefault(each.key, Tags())
                if (broken := count_tags(tags, row, mine, theirs, known)) is not None:
                    odd.setdefault(each.key, []).append(broken)
    for key, tags in found.items():
        tags.odd = kept_rows(odd.get(key, ()))
        bound_tags(tags)
    return Found(len(chunk.records), dict(sorted(found.items())), count_labels(chunk))


@invalid_tag.merge
def merge(one: Found, other: Found) -> Found:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    tags = {
        key: joined_tags(one.tags.get(key, Tags()), other.tags.get(key, Tags()), one.rows)
        for key in sorted(one.tags.keys() | other.tags.keys())
    }
    labels = dict(one.labels)
    for key, counts in other.labels.items():
        labels[key] = bounded(joined_counts(labels.get(key, {}), counts, one.rows))
    return Found(one.rows + other.rows, tags, dict(sorted(labels.items())))
