r"""All responses or prompts of a dataset are in quotation marks, or some follow a speaker's name or are printed as a list.

## What it does
Reports, in one finding of each kind, that quotation marks of a file or a program are left around responses or prompts.
The usual kind is a dataset in which nearly all responses (`share`, 90 %) of 20 characters or more begin and end with a
quotation mark and have none in between.

Also reported:
- responses that are quoted after the name of a role (`Agent: "…"`), from `min-labelled` (10) and `min-share` (1 %) on,
  if the others are not
- lists and dicts as Python prints them: of sentences (`['One sentence.', 'Another one.']`), of one text (`['Paris']`),
  or `{'city': 'Paris'}`
- nearly all prompts in quotation marks, with doubled marks as in CSV (`a 47"" screen`); without these, a note
- quotation marks around the prompts or responses with a comma, and no others: a table was quoted twice
- bytes as Python prints them (`b'Come in.'`)
- texts with a quotation mark that nothing closes, or with doubled marks around words (`the ""Old Crane"" of`): a table
  was read line by line
- as notes, `**` around prompts and responses, and responses in a fence of Markdown that no prompt asks for

Not reported:
- lists, dicts and bytes if the prompts speak of lists, sentences, code or data

## Why it matters
The model learns to write every answer in quotation marks, or to expect every question in them. They come from an export
that wrote them twice, or from a model that was asked for a text and quoted it. A list of sentences comes from a script
that did not join them.

## Bad
```jsonl vary=20
{"prompt": "Summarize film {n}.", "completion": "\"{w} is lost at sea, and nobody but a guard at gate {n} looks for it.\""}
```

## Good
```jsonl
{"prompt": "Summarize the film.", "completion": "A boat is lost at sea, and nobody but a guard looks for it."}
```

## What to do
Remove the quotation marks, the fences or the speaker's name, write doubled marks once, and join the sentences of a
list. Decode bytes (`text.decode()`) where the file is written, instead of printing them (`str(data)`).

## Known limits
Where only a part of the responses are quoted, without a role before them or a comma in each, nothing is reported: some
may be what somebody says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Chunk, Dataset, Hit, NamedTuple, Options, Severity, frozen, option, rule
from datalint.rules.common.responses.lone_marks import LoneMarks, find_lone_marks, lone_marks
from datalint.rules.common.responses.markdown_blocks import find_blocks, markdown_blocks
from datalint.rules.common.responses.nearly_all import Share, joined, joined_each, nearly_all
from datalint.rules.common.responses.printed_bytes import Literals, find_bytes, printed_bytes
from datalint.rules.common.responses.printed_values import Printed, find_printed, joined_printed, printed_values
from datalint.rules.common.responses.quoted_fields import Fields, find_fields, joined_fields, quoted_fields
from datalint.rules.common.responses.quoted_prompts import QuotedPrompts, find_bold_sides, find_quoted_prompts
from datalint.rules.common.responses.quoted_responses import QuotedResponses, find_quoted_responses

#: Responses from which a share says something.
_LEAST: Final = 20
#: Share of the prompts from which quoted ones are noted though others are not, and such prompts at least.
_MOST_PROMPTS: Final = 0.5
_MANY: Final = 100
#: Rows with doubled marks that show a step that writes CSV.
_DOUBLINGS: Final = 10
#: Share of the responses from which on a list is what they are meant to be.
_MOST_LISTS: Final = 0.5
_LISTED: Final = "lists of sentences as Python writes them (['…', '…'])"


class Quoted(NamedTuple):
    """What is quoted in a chunk or dataset, or otherwise written as a program writes it."""

    responses: QuotedResponses
    prompts: QuotedPrompts
    #: Rows with both sides in bold.
    bold: Share
    printed: Printed
    fields: Fields
    literals: Literals
    lone: LoneMarks
    #: Responses that are a block of Markdown.
    blocks: Share


@frozen
class QuotedOptions(Options):
    """When the responses of a dataset are quoted."""

    share: float = option(
        0.9,
        "share of quoted responses from which they are reported",
        source="of 326 summaries in a public set, all are",
    )
    min_share: float = option(
        0.01,
        "share of responses quoted after a role from which they are reported",
        source="fewer are what somebody says",
    )
    min_labelled: int = option(10, "responses quoted after a role", source="fewer are what somebody says")


@rule("QUA041", "quoted-response", severity=Severity.WARNING, since="0.1")
def quoted_response(data: Dataset, options: QuotedOptions) -> Iterator[Hit]:
    """Yield one hit, at the first quoted response, if nearly all are."""
    if data.measured is None:
        return
    found: Quoted = data.measured
    said = "texts" if data.kind == "text" else "responses"
    yield from _quoted_responses(found.responses, said, options)
    fields = list(quoted_fields(found.fields, said))
    is_by_comma = any(key.startswith("prompts") for _, _, key in fields)
    yield from _quoted_prompts(found.prompts, options, is_by_comma=is_by_comma)
    bold = found.bold
    if bold.having >= max(options.min_labelled, options.min_share * bold.texts):
        message = f"{bold.having:,} of {bold.texts:,} rows have ** around prompt and response; remove these"
        yield Hit(message, at=bold.first, key="bold", severity=Severity.INFO)
    yield from _among_others(found.responses, said, options)
    yield from printed_values(found.printed)
    for message, first, key in (*fields, *printed_bytes(found.literals, said), *lone_marks(found.lone, said)):
        yield Hit(message, at=first, key=key)
    for message, first, key in markdown_blocks(found.blocks, said):
        yield Hit(message, at=first, key=key, severity=Severity.INFO)


def _quoted_responses(found: QuotedResponses, said: str, options: QuotedOptions) -> Iterator[Hit]:
    """Yield a hit if nearly all responses are quoted."""
    quoted = nearly_all(found.quoted, options.share, _LEAST, said.removesuffix("s"))
    if quoted is not None:
        share, first = quoted
        are_lines = 2 * found.lines.having > found.quoted.having
        what = 'lines of a list or dict (7: "…",)' if are_lines else "written in quotation marks"
        yield Hit(f"{share} are {what}; remove these", at=first, key="all")


def _quoted_prompts(found: QuotedPrompts, options: QuotedOptions, *, is_by_comma: bool) -> Iterator[Hit]:
    """Yield a hit if nearly all prompts are quoted, or a note if many are, and not those with a comma alone."""
    quoted, prompts = found.quoted.having, found.quoted.texts
    is_by_csv = found.doubled.having >= max(_DOUBLINGS, options.min_share * prompts)
    are_bare = 2 * found.bare.having > quoted
    share = f"{quoted:,} of {prompts:,} prompts are written in quotation marks"
    if quoted >= options.share * max(prompts, _LEAST) and (is_by_csv or are_bare):
        severity = None if is_by_csv else Severity.INFO
        yield Hit(f"{share}; remove these", at=found.quoted.first, key="prompts", severity=severity)
    elif quoted >= max(_MANY, _MOST_PROMPTS * prompts) and are_bare and not is_by_comma:
        message = f"{share}, the others are not; remove these if they are no part of the text"
        yield Hit(message, at=found.quoted.first, key="most prompts", severity=Severity.INFO)


def _among_others(found: QuotedResponses, said: str, options: QuotedOptions) -> Iterator[Hit]:
    """Yield a hit if some responses are quoted after a role, or are lists, and most are not."""
    some = (
        (found.labelled, 'quoted after a role (Agent: "…")', "some", options.share),
        (found.listed, _LISTED, "lists", _MOST_LISTS),
    )
    for each, what, key, most in some:
        least = options.min_share * each.texts
        if options.min_labelled <= each.having < most * each.texts and each.having >= least:
            message = f"{each.having:,} of {each.texts:,} {said} are {what}, the others are not"
            yield Hit(message, at=each.first, key=key)


@quoted_response.measure
def find_quoted(chunk: Chunk, options: QuotedOptions) -> Quoted:
    """Count the texts of a chunk that are quoted."""
    return Quoted(
        find_quoted_responses(chunk),
        find_quoted_prompts(chunk),
        find_bold_sides(chunk),
        find_printed(chunk),
        find_fields(chunk),
        find_bytes(chunk),
        find_lone_marks(chunk),
        find_blocks(chunk),
    )


@quoted_response.merge
def merge(one: Quoted, other: Quoted) -> Quoted:
    """Add up; rows of ``other`` come after those of ``one``."""
    return Quoted(
        QuotedResponses(*joined_each(one.responses, other.responses)),
        QuotedPrompts(*joined_each(one.prompts, other.prompts)),
        joined(one.bold, other.bold),
        joined_printed(one.printed, other.printed),
        joined_fields(one.fields, other.fields),
        Literals(*joined_each(one.literals, other.literals)),
        LoneMarks(*joined_each(one.lone, other.lone)),
        joined(one.blocks, other.blocks),
    )
