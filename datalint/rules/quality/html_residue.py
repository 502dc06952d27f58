r"""A text contains HTML that was not asked for.

## What it does
Reports HTML in responses and plain texts, outside code: one entity (`&nbsp;`, `&amp;`, `&#39;`), or at least `min-tags`
(2) tags of prose (`<p>`, `<br>`, `<b>`, `<a href=…>`, list items, headings). If more than a quarter of the examples
have some, they are one note for the dataset.

One of these is enough as well:
- a `<br>` between a sign and a letter (`First:<br>rest`), or a word for a line break (`[linebreak]`, `<newline>`)
- a link, comment or entity that lost its first character (`a href="https://…">`, `!--name-->`, `Ann #39;s`)

Also reported:
- as one warning, texts that stand as a whole in one pair of tags (`<b>…</b>`), if they are more than a quarter
- as one note, entities, `<br>` and `[linebreak]` in labelled and tagged texts, if 20 or more than a twentieth have some
- as one note, labelled and tagged texts that end in marks of references (`. [27] [28]`)

Not reported:
- texts that are code
- responses to prompts about markup or code, or with tags, unless both are in blocks of a page (`<p>…</p>`)

## Why it matters
Texts that were copied from web pages contain entities and tags that a browser would have rendered. The model learns to
write `&quot;` instead of a quotation mark, and tags that a chat window shows literally.

## Bad
```jsonl
{"prompt": "Who founded the shop?", "completion": "Ann &amp; Bob founded it in 1990.<br><br>It&#39;s still theirs."}
```

## Good
```jsonl
{"prompt": "Who founded the shop?", "completion": "Ann & Bob founded it in 1990.\n\nIt's still theirs."}
{"prompt": "How do I break a line in HTML?", "completion": "Write <br> where the line should end."}
```

## What to do
Decode the entities (`html.unescape`) and remove the tags, or turn them into Markdown.

## Known limits
Other prompts are not checked, because users paste whatever they have; if a fifth has tags, it is reported by
[page-boilerplate](page-boilerplate.md). `<br>` in the cells of a Markdown table, `<sub>`,
`<sup>`, `<u>` and `<kbd>` are not reported, because Markdown has no other notation for them. Tags that are not HTML are
not reported, except for those that stand for a line break, and neither are those that a text names: arguments of
functions, as in `repeat(<p>, 3)`, and tags around three dots (`<p>...</p>`) or before a hyphen (`<p>-tags`).
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import (
    Confidence,
    Hit,
    Options,
    Policy,
    Severity,
    Turns,
    counted,
    excerpt,
    frozen,
    has_any,
    option,
    passing,
    rule,
)
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.asked import MARKUP, is_asked
from datalint.rules.common.texts.html_signs import (
    BREAK,
    CODE,
    CUT,
    CUT_ENTITY,
    ELEMENT,
    ENDS,
    ENTITY,
    are_around,
    parts_lines,
    tags_of,
)
from datalint.rules.common.texts.labelled_texts import is_classified
from datalint.rules.common.texts.markup_blocks import (
    is_in_blocks,
    is_titled_in_blocks,
    without_code_elements,
    without_tags,
)
from datalint.rules.common.texts.turns import learned, without_code

#: What the tags and entities hold.
_SIGNS: Final = (
    "</",
    "<p>",
    "<br",
    "<BR",
    "<PARA>",
    "<para>",
    "<NEWLINE>",
    "<newline>",
    "<linebreak>",
    "[linebreak]",
    "[line break]",
    "[newline]",
    "&nbsp",
    "&amp;",
    "&quot;",
    "&lt;",
    "&gt;",
    "&#",
    "&apos;",
    "&lsquo",
    "&rsquo",
    "&ldquo",
    "&rdquo",
    "&ndash",
    "&mdash",
    "&hellip",
    "&bull",
    "&copy",
    "&deg",
    "&middot",
    "acute;",
    "grave;",
    "uml;",
    "cedil;",
    'a href="http',
    "a href='http",
    "!--",
    "#3",
    "#14",
    "#151;",
    "#82",
    "quot;",
    "amp;",
)
#: One of these is in whatever is reported, also where a tokenizer set the semicolon apart.
_IN_SIGNS: Final = (("<", "&", "#"), ("quot;", "!--"), ("amp;",), ("a href=",), ("[line", "[newl"))
_READ: Final = 20_000
#: Keys of hits on texts with a label, on texts that stand as a whole in one pair of tags, and on others.
_CLASSIFIED: Final = "classified"
_WRAPPED: Final = "wrapped"
_MARKUP: Final = "markup"
#: Marks of the references of a page behind the last sentence of a text, and the characters in which they are. A number of
#: four digits is a year, as in the title of a post.
_REFERENCES: Final = "references"
_MARKS: Final = lazy_pattern(r"(?:(?<=[.!?…”\"'])|(?<=[\w.!?]\)))\s{0,9}(?:\[\d{1,3}\]\s{0,9}){1,20}$")
_TAIL: Final = 200
#: Signs of HTML in such a text, where a tokenizer may have set the semicolon apart, and what marks a page or code.
_SPLIT: Final = ("&amp ;", "&quot ;", "&lt ;", "&gt ;", "&nbsp ;", "&apos ;")
_SPLIT_ENTITY: Final = ENTITY.removesuffix(";") + f" ?;|(?i:<br ?/?>)|{BREAK}|{CUT_ENTITY}"
_OTHER_TAG: Final = r"(?i)<(?!(?:br|newline|linebreak)\b)/?[a-z]{1,10}\d?(?:\s[^<>]{0,200})?/?>"


@frozen
class HtmlResidueOptions(Options):
    """How much HTML is residue."""

    min_tags: int = option(
        2, "tags from which a text without entities is reported", source="one may be a slip or a name"
    )


@rule(
    "QUA016",
    "html-residue",
    severity=Severity.INFO,
    since="0.1",
    confidence=Confidence.MEDIUM,
    policy=(
        Policy(
            "have residue of HTML in the text that has a label or a short answer: decode or replace it",
            0.05,
            least=1,
            key=(_CLASSIFIED,),
            example=True,
            # A crawler writes all "&" alike, however few texts have one.
            many=20,
        ),
        Policy(
            "stand as a whole in one pair of tags of HTML, such as <b>…</b>: remove it, and let the program that shows them "
            "add it",
            severity=Severity.WARNING,
            key=(_WRAPPED,),
            example=True,
        ),
        Policy(
            'have a text that ends in marks of references, such as "[3]", which a page linked: remove them, unless citations '
            "are classified",
            0.01,
            least=1,
            key=(_REFERENCES,),
            example=True,
        ),
        Policy("have tags or entities of HTML, which a chat window shows literally", key=(_MARKUP,), example=True),
    ),
)
def html_residue(turns: Turns, options: HtmlResidueOptions) -> pl.Expr:
    """Find responses, and texts with a label, with a sign of HTML."""
    written = learned(turns) & ~turns.has_tool_calls
    return passing(written, turns.text, _may_have_any, lambda text: has_any(text, _SIGNS)) | passing(
        is_classified(turns), turns.text, _may_be_residue, lambda text: has_any(text, (*_SIGNS, *_SPLIT)) | _ends(text)
    )


def _may_have_any(text: pl.Expr) -> pl.Expr:
    """Return whether a text has what is in every sign that is reported: four searches instead of one for each."""
    return pl.any_horizontal(text.str.contains_any([*some]) for some in _IN_SIGNS)


def _may_be_residue(text: pl.Expr) -> pl.Expr:
    return _may_have_any(text) | _ends(text)


def _ends(text: pl.Expr) -> pl.Expr:
    return text.str.tail(_TAIL).str.strip_chars_end().str.ends_with("]")


@html_residue.detail
def _word(row: dict[str, Any], options: HtmlResidueOptions) -> Hit | None:
    if row["is_prompt"]:
        return _in_classified(row["text"][:_READ]) or _in_references(row["text"])
    text = without_code(row["text"][:_READ])
    in_blocks = is_in_blocks(row["text"])
    if in_blocks:
        text = without_code_elements(text)
    is_data = text.lstrip().startswith(("{", "["))
    # The address of a link may end in ".html", and an entity that ends a line in a semicolon.
    prose = re.sub(f"{CUT}|{ENTITY}|{CUT_ENTITY}", " ", without_tags(text) if in_blocks else text)
    if re.search(CODE, re.sub(ENDS, "", prose) if is_data else prose) is not None:
        return None
    # What comes from the page that the prompt comes from was not asked for.
    of_page = in_blocks and is_titled_in_blocks(row["prompt"])
    if is_asked(MARKUP, row) and not of_page:
        return None
    if ELEMENT.search(text) is not None:
        return None
    entities = list(re.finditer(ENTITY, text))
    tags = tags_of(text)
    cut, bare = list(re.finditer(CUT, text)), list(re.finditer(CUT_ENTITY, text))
    breaks = list(re.finditer(BREAK, text))
    few = len(tags) < options.min_tags and not any(parts_lines(text, tag) for tag in tags)
    if not entities and not cut and not bare and not breaks and few:
        return None
    first = min([*entities[:1], *tags[:1], *cut[:1], *bare[:1], *breaks[:1]], key=lambda match: match.start())
    what = [counted(len(found), name) for found, name in ((tags, "tag"), (entities, "HTML entity")) if found]
    what += [counted(len(cut), "tag") + ' without "<"'] if cut else []
    what += [counted(len(bare), "HTML entity") + ' without "&"'] if bare else []
    what += [counted(len(breaks), "word") + " for a line break"] if breaks else []
    words = " and ".join(what).replace("entitys", "entities")
    is_wrapped = not (of_page or entities or cut or bare or breaks) and are_around(tags, row["text"])
    return Hit(
        f'contains {words}: "{excerpt(row["text"], 40, start=max(first.start() - 10, 0), stop=first.end() + 20)}"',
        key=_WRAPPED if is_wrapped else _MARKUP,
    )


def _in_classified(text: str) -> Hit | None:
    """Return the hit of a text with a label; None for one that may be a page or code."""
    found = re.search(_SPLIT_ENTITY, text)
    if found is None or re.search(_OTHER_TAG, text) is not None:
        return None
    if re.search(CODE, re.sub(_SPLIT_ENTITY, " ", text)) is not None:
        return None
    shown = excerpt(text, 40, start=max(found.start() - 10, 0), stop=found.end() + 20)
    return Hit(f'contains "{excerpt(found[0], 20)}": "{shown}"', key=_CLASSIFIED)


def _in_references(text: str) -> Hit | None:
    """Return the hit of a text with a label that ends in marks of references; None for any other."""
    end = text[-_TAIL:]
    found = _MARKS.search(end)
    return None if found is None else Hit(f'ends in "{excerpt(found[0].strip(), 20)}"', key=_REFERENCES)
