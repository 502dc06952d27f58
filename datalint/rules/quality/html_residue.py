r"""A text contains HTML that was not asked for.

## What it does
Looks outside code for tags of HTML's prose (`<p>`, `<br>`, `<b>`, `<span …>`, `<a href=…>`, list items, headings) and
for its entities (`&nbsp;`, `&amp;`, `&quot;`, `&#39;`) in responses and plain text. One entity or two tags are enough
for a finding, and so is one `<br>` between a sign and a letter (`First:<br>rest`), one word for a line break
(`[linebreak]`, `<newline>`), and one link or comment that lost its `<` (`a href="https://…">`, `!--name-->`), or an
entity that lost its `&` (`Ann #39;s`, `quot;yes`), as it does when a cleaner cuts characters out. Texts that are code
are not reported, and neither are responses to prompts that are about markup or code, or that contain tags themselves.
If more than a quarter of the examples have such signs, they are one note for the dataset, and one warning if their
texts stand as a whole in one pair of tags (`<b>…</b>`).

In texts with a label or another answer of up to 40 characters, whatever their key (unless it is that of a question,
`question`, `prompt` or `input`), perhaps with a topic or aspect of up to 40 characters after the text, and in tagged
sentences, entities, `<br>` and `[linebreak]` are one note for the dataset if more than a twentieth of the examples have
them, or 20. Texts with other tags are left out, since pages and code may be what is classified. Texts that end in marks
of references (`. [27] [28]`) are one note too.

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
Other prompts are not checked, because users paste whatever they have. `<br>` in the cells of a Markdown table, `<sub>`,
`<sup>`, `<u>` and `<kbd>` are not reported, because Markdown has no other notation for them. Tags that are not HTML are
not reported, except for those that stand for a line break, and neither are those that a text names: arguments of
functions, as in `repeat(<p>, 3)`, and tags around three dots (`<p>...</p>`) or before a hyphen (`<p>-tags`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
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
from datalint.rules.common.spans.token_keys import TOKENS
from datalint.rules.common.texts.asked import MARKUP, is_asked
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
#: A word that stands for a line break.
_BREAK: Final = r"(?i:\[(?:line ?break|new ?line)\]|<(?:line ?break|new ?line)>)"
_ENTITY: Final = r"&(?:nbsp|amp|quot|lt|gt|apos|[lr][sd]quo|[mn]dash|hellip|bull|copy|deg|middot|[a-z](?:acute|grave|uml|cedil)|#\d{2,7}|#x[0-9A-Fa-f]{2,6});"
_TAG: Final = (
    r"(?i)</?(?:p|b|i|em|strong|span|font|div|ul|ol|li|h[1-6]|a|blockquote|center|small|big)(?: [a-z]{2,12}=[^<>\n]{0,200})?>"
    r"|<br ?/?>|<para>"
)
#: What a line ends with before its break.
_SIGN: Final = r"[.,:;!?。，：；！？、）)]"
#: A tag that is an argument, as in a regular expression that is written as functions: ``repeat(<p>, 3)``.
_ARGUMENT: Final = lazy_pattern(r"(?i)[(,] ?<(?!br)[a-z]{1,6}\d?>(?= ?[,)])")
#: A tag that is named, with dots for what it holds or before a hyphen: ``<p>…</p>``, ``<p>-tags``.
_NAMED: Final = (
    r"<([a-zA-Z]{1,10}\d?)(?: [a-z]{2,12}=[^<>\n]{0,200})?>(?:[ \t]{0,3}(?:\.{3}|…)[ \t]{0,3}</\1>|(?=-[^\W\d_]))"
)
#: A link or a comment whose first character was cut out.
_CUT: Final = (
    r"(?<![<\w/])a href=(?:\"https?://[^<>\"\n]{1,300}\"|'https?://[^<>'\n]{1,300}')[^<>\n]{0,300}>"
    r"|(?<![<!-])!--[A-Za-z][\w -]{0,40}-->"
)
#: An entity whose first character was cut out. A blank does not follow its number, as it may follow that of a page.
_CUT_ENTITY: Final = r"(?<![&\w;])(?:#(?:3[4689]|14[5-8]|151|82\d\d);(?=\w)|quot;|amp;(?=\w))"
#: A text that is written in markup or code, or that speaks of it, also within Chinese ("HTML实体").
_CODE: Final = (
    r"(?aim)<(?:!doctype|html|head|body|script|style|svg|\?xml|\?php|input|form|button|table|img|meta|link|select)\b|\bhtml\b|\bxml\b|\bcss\b"
    r"|\b(?:select\b.{1,400}\bfrom|insert into|update\b.{1,200}\bset|delete from)\b"
    r"|(?:function|def|class|import|return|const|var|let) \w+ ?[({=;]|[;{}]\s*$|==|=>|\$\("
)
#: An element of XML or JSX, which are code: its name has letters in both cases, as none of HTML has.
_ELEMENT: Final = lazy_pattern(r"<[A-Z][a-z][A-Za-z0-9]{0,30}\s[A-Za-z:-]{1,30}=[\"'{]")
#: What ends the lines of JSON, and of code too.
_ENDS: Final = r"(?m)[{}\[\],]+\s*$"
_READ: Final = 20_000
#: The path of a text that is a value of a row itself, and words of the names of those that somebody asks, who may paste
#: whatever they have.
_OF_ROW: Final = lazy_pattern(r"\$(?:\.[^.\[\]]+|\[[^\[\]]+\])")
_OF_PEOPLE: Final = lazy_pattern(
    r"(?i)(?<![a-z])(?:question|query|instruction|prompt|input|user|human|ask|task|request|problem|source)s?(?![a-z])"
)
#: Characters of a label.
_LABEL: Final = 40
#: Characters of several labels, each with its key, at most.
_LABELS: Final = 1_000
#: Keys of a question about a text, which has an answer and no label, and of the tokens of a tagged one.
_ASKED: Final = ("$.question", "$.Question", "$.query", "$.instruction", "$.prompt")
_TOKENS: Final = tuple(f"$.{name}" for name in TOKENS)
_CLASSIFIED: Final = "classified"
#: Keys of hits on texts that stand as a whole in one pair of tags, and on others.
_WRAPPED: Final = "wrapped"
_MARKUP: Final = "markup"
_PAIR: Final = 2
#: Marks of the references of a page behind the last sentence of a text, and the characters in which they are.
_REFERENCES: Final = "references"
_MARKS: Final = lazy_pattern(r"(?:(?<=[.!?…”\"'])|(?<=[\w.!?]\)))\s{0,9}(?:\[\d{1,4}\]\s{0,9}){1,20}$")
_TAIL: Final = 200
#: Signs of HTML in such a text, where a tokenizer may have set the semicolon apart, and what marks a page or code.
_SPLIT: Final = ("&amp ;", "&quot ;", "&lt ;", "&gt ;", "&nbsp ;", "&apos ;")
_SPLIT_ENTITY: Final = _ENTITY.removesuffix(";") + f" ?;|(?i:<br ?/?>)|{_BREAK}|{_CUT_ENTITY}"
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
        _is_classified(turns), turns.text, _may_be_residue, lambda text: has_any(text, (*_SIGNS, *_SPLIT)) | _ends(text)
    )


def _may_have_any(text: pl.Expr) -> pl.Expr:
    """Return whether a text has what is in every sign that is reported: four searches instead of one for each."""
    return pl.any_horizontal(text.str.contains_any([*some]) for some in _IN_SIGNS)


def _may_be_residue(text: pl.Expr) -> pl.Expr:
    return _may_have_any(text) | _ends(text)


def _ends(text: pl.Expr) -> pl.Expr:
    return text.str.tail(_TAIL).str.strip_chars_end().str.ends_with("]")


def _is_classified(turns: Turns) -> pl.Expr:
    """Return whether a turn is a text with a label, perhaps before a topic, or the tokens of a tagged one."""
    columns = (turns.is_prompt, turns.turn, turns.path, turns.chars, turns.is_response, turns.is_last, turns.text)
    is_first = turns.is_prompt & (turns.turn == 0)

    def classified(series: Sequence[pl.Series]) -> pl.Series:
        frame = pl.DataFrame(series)
        first = frame["is_prompt"] & (frame["turn"] == 0)
        paths = sorted(path for path in {*frame["path"].filter(first)} if path in _TOKENS or _is_of_text(path))
        # Most data has neither.
        if not paths:
            return pl.Series(np.zeros(frame.height, np.bool_))
        return frame.select(_with_label(turns, is_first, paths)).to_series()

    return pl.map_batches(columns, classified, return_dtype=pl.Boolean)


def _is_of_text(path: str) -> bool:
    return _OF_ROW.fullmatch(path) is not None and _OF_PEOPLE.search(path) is None


def _with_label(turns: Turns, first: pl.Expr, paths: Sequence[str]) -> pl.Expr:
    text = first & turns.path.is_in([path for path in paths if path not in _TOKENS])
    topic = turns.is_prompt & (turns.turn == 1) & (turns.chars <= _LABEL) & ~turns.path.is_in(_ASKED)
    topic &= text.shift(1, fill_value=False)
    follows = (text.shift(1, fill_value=False) & (turns.turn == 1)) | topic.shift(1, fill_value=False)
    answer = follows & turns.is_response & turns.is_last & (turns.turn <= 2)
    several = passing(answer & turns.chars.is_between(_LABEL + 1, _LABELS), turns.text, _are_labels)
    answer &= (turns.chars <= _LABEL) | several
    answered = answer.shift(-1, fill_value=False) | (topic & answer.shift(-1, fill_value=False)).shift(
        -1, fill_value=False
    )
    alone = turns.turn.shift(-1, fill_value=0) == 0
    return (text & answered) | (first & turns.path.is_in(_TOKENS) & alone)


def _are_labels(text: pl.Expr) -> pl.Expr:
    """Return whether a text has one short value after its key in each line."""
    lines = text.str.count_matches("\n", literal=True) + 1
    return (text.str.count_matches(": ", literal=True) == lines) & (text.str.len_chars() <= _LABEL * lines)


@html_residue.detail
def _word(row: dict[str, Any], options: HtmlResidueOptions) -> Hit | None:
    if row["is_prompt"]:
        return _in_classified(row["text"][:_READ]) or _in_references(row["text"])
    text = without_code(row["text"][:_READ])
    is_data = text.lstrip().startswith(("{", "["))
    # The address of a link may end in ".html", and an entity that ends a line in a semicolon.
    prose = re.sub(f"{_CUT}|{_ENTITY}|{_CUT_ENTITY}", " ", text)
    if re.search(_CODE, re.sub(_ENDS, "", prose) if is_data else prose) is not None or is_asked(MARKUP, row):
        return None
    if _ELEMENT.search(text) is not None:
        return None
    entities = list(re.finditer(_ENTITY, text))
    tags = _tags(text)
    cut, bare = list(re.finditer(_CUT, text)), list(re.finditer(_CUT_ENTITY, text))
    breaks = list(re.finditer(_BREAK, text))
    few = len(tags) < options.min_tags and not any(_parts_lines(text, tag) for tag in tags)
    if not entities and not cut and not bare and not breaks and few:
        return None
    first = min([*entities[:1], *tags[:1], *cut[:1], *bare[:1], *breaks[:1]], key=lambda match: match.start())
    what = [counted(len(found), name) for found, name in ((tags, "tag"), (entities, "HTML entity")) if found]
    what += [counted(len(cut), "tag") + ' without "<"'] if cut else []
    what += [counted(len(bare), "HTML entity") + ' without "&"'] if bare else []
    what += [counted(len(breaks), "word") + " for a line break"] if breaks else []
    words = " and ".join(what).replace("entitys", "entities")
    is_wrapped = not (entities or cut or bare or breaks) and _are_around(tags, row["text"])
    return Hit(
        f'contains {words}: "{excerpt(row["text"], 40, start=max(first.start() - 10, 0), stop=first.end() + 20)}"',
        key=_WRAPPED if is_wrapped else _MARKUP,
    )


def _tags(text: str) -> list[re.Match[str]]:
    """Return the tags of a text that neither break the lines of a table's cells nor are what the text speaks of."""
    named = [match.span() for match in re.finditer(_NAMED, text)]
    return [
        match
        for match in re.finditer(_TAG, text)
        if not any(start <= match.start() < stop for start, stop in named)
        and not _is_cell(text, match)
        and not _is_argument(text, match)
    ]


def _parts_lines(text: str, tag: re.Match[str]) -> bool:
    """Return whether a tag is a line break between a sign and a letter, without a blank: no name of the tag."""
    return (
        tag[0][:3].lower() == "<br"
        and re.search(_SIGN, text[max(tag.start() - 1, 0) : tag.start()]) is not None
        and (text[tag.end() : tag.end() + 1].isalnum())
    )


def _are_around(tags: Sequence[re.Match[str]], text: str) -> bool:
    """Return whether a text has one pair of tags, which begins and ends it."""
    if len(tags) != _PAIR or tags[1][0] != f"</{tags[0][0][1:]}":
        return False
    return text.lstrip().startswith(tags[0][0]) and text.rstrip().endswith(tags[1][0])


def _in_classified(text: str) -> Hit | None:
    """Return the hit of a text with a label; None for one that may be a page or code."""
    found = re.search(_SPLIT_ENTITY, text)
    if found is None or re.search(_OTHER_TAG, text) is not None:
        return None
    if re.search(_CODE, re.sub(_SPLIT_ENTITY, " ", text)) is not None:
        return None
    shown = excerpt(text, 40, start=max(found.start() - 10, 0), stop=found.end() + 20)
    return Hit(f'contains "{excerpt(found[0], 20)}": "{shown}"', key=_CLASSIFIED)


def _in_references(text: str) -> Hit | None:
    """Return the hit of a text with a label that ends in marks of references; None for any other."""
    end = text[-_TAIL:]
    found = _MARKS.search(end)
    return None if found is None else Hit(f'ends in "{excerpt(found[0].strip(), 20)}"', key=_REFERENCES)


def _is_cell(text: str, match: re.Match[str]) -> bool:
    """Whether a tag stands in a row of a Markdown table."""
    start = text.rfind("\n", 0, match.start()) + 1
    return text[start : match.start()].lstrip().startswith("|")


def _is_argument(text: str, match: re.Match[str]) -> bool:
    """Whether a tag is an argument of a function, or one of several that a text names in brackets."""
    before = text[max(match.start() - 2, 0) : match.start()]
    return _ARGUMENT.search(before + text[match.start() : match.end() + 2]) is not None
