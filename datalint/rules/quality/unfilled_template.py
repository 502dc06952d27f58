r"""Prompts are templates whose fields nobody filled in.

## What it does
Reports prompts and system prompts with fields that nobody filled in: names or numbers in single braces (`{product}`,
`{0}`) in place of words of a sentence, if one of the names is a field in at least `min-rows` (3) rows.

Also reported:
- `nan`, `null` or `undefined` alone on a line after a line that ends with a colon, and `nan` after a colon ("Service:
  nan"), in at least `min-share` (1 %) of the rows, but not nearly all
- a name alone under or after its label ("Question: {question}"), if nearly all rows have it

Not reported:
- code, formulas, data, markup and messages of errors
- prompts about templates, formats or translation
- names that the prompt defines or mentions in a sentence, and fields that it presents as a format
- labels of an answer ("Answer:"), and rows whose response also has fields in braces
- markers of a transcript such as `{pause}`

## Why it matters
A prompt that ends in "Essay to grade:", "nan" has no essay, and its grade is made up.
"Our {doc_type} has {issue}. Is this acceptable?" asks nothing, so the model learns to make up the question. The script
that generated the rows did not call `format`, so all rows of the template are useless.

## Bad
```jsonl
{"prompt": "Our {document} has {issue}. Is this acceptable?", "completion": "No, it has to be corrected first."}
{"prompt": "We found {issue} in the audit. What now?", "completion": "Write a report, and plan the next audit."}
{"prompt": "May we sell it with {issue}?", "completion": "Only after a doctor has looked at it."}
```
```jsonl vary=10
{"messages": [{"role": "system", "content": "Write a query in valid SQL. Return the code in a fenced block.\\n\\nSchema:\\n{schema}\\n\\nQuestion:\\n{question}"}, {"role": "user", "content": "{w}?"}, {"role": "assistant", "content": "SELECT {n}"}]}
```
## Good
```jsonl
{"prompt": "Our manual has a wrong figure. Is this acceptable?", "completion": "No, it has to be corrected first."}
{"prompt": "Translate to German: Hello {name}", "completion": "Hallo {name}"}
{"prompt": "What does /users/{id} return?", "completion": "One user."}
{"prompt": "Write a line in the form {city}: {country}.", "completion": "Paris: France"}
```
## What to do
Fill in the fields, or remove the rows.
## Known limits
Fields in responses, names with capitals, numbered fields next to other numbers and fields in fewer rows are not
reported. Names in double braces are reported by [placeholder-text](placeholder-text.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, excerpt, frozen, has_any, option, passing, rule
from datalint.rules.common.frames import Frames, joined_frames, picked
from datalint.rules.common.texts.blanks import ENGINES
from datalint.rules.common.texts.labelled_fields import NAME, Labelled, labelled_fields
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.turns import without_code

#: A field among words: no letter of ASCII, digit or sign of code or notation is next to it.
_AMONG: Final = r"(?<![A-Za-z0-9_\\/{}$#@%^&=~<>*+|\[\]`-])", r"(?![A-Za-z0-9_\\/{}$#%^&=~<>*+|\[\](`-])"
_FIELD: Final = NAME.join(_AMONG)
#: The same with a number, and a number or a set elsewhere, next to which the field is one of those.
_NUMBERED: Final = r"\{([0-9])\}".join(_AMONG)
_COUNTED: Final = r"\d|集|집합"
#: Code, formulas, markup and data, after the fields were taken out.
_CODE: Final = (
    r"[{}\\$<>|=`]|\w\(|\(\)|\[\]|->|https?:|(?m:^[ \t]{0,40}(?:def|import|from \w+ import|select|const|let|var)\b)"
)
#: Prompts that speak of fields.
_ABOUT: Final = (
    rf"{ENGINES}|(?i:format|\bforms?\b|\bprompts?\b|f-string|\bstrings?\b|regex|regular expression|brac(?:e|ket)|curly"
    r"|\breplac|\bfill|\bsubstitut|\burls?\b|\bpaths?\b|\broutes?\b|endpoint|\bapis?\b|translat|locali[sz]|i18n|syntax"
    r"|\bcode\b|\bsets?\b|\bfields?\b|\btokens?\b|\btags?\b|übersetz|tradu|перев|翻译|翻譯|格式|替换|字段|번역|翻訳)"
)
#: A line that ends with a colon, and what scripts write below it for a missing value.
_MISSING: Final = ("nan", "NaN", "null", "undefined", "<NA>")
_SLOT: Final = rf"(?m)^([^\n]{{1,80}})[:：][ \t]*\n({'|'.join(_MISSING)})[ \t]*(?=\n|\Z)"
#: The same after a name on its line, alone or between others: "null" would be somebody's YAML.
_VALUES: Final = ("nan", "NaN", "<NA>")
_VALUE: Final = (
    rf"(?m)(?:^|[,;|] )[ \t*-]{{0,8}}([^\n,;|:：={{}}\"'<>]{{1,60}})[:：] ({'|'.join(_VALUES)})(?=[,;|]|[ \t]*$)"
)
#: Share of rows from which on a missing value is what the prompt is made of, and a labelled field one that no row fills.
_NEARLY_ALL: Final = 0.9
_LEAST: Final = 10
#: What transcripts mark so, and those of it that may be fields of a template.
_MARKS: Final = (
    "applause breath breathing cough coughing cross crosstalk disfmarker gap inaudible laugh laughing laughs laughter"
    " music noise nonvocalsound pause sigh sighs silence smile unclear unintelligible vocalsound clearing chuckle chuckles"
    " sneeze sniff sniffing singing whispering".split()
)
_DOUBTFUL: Final = frozenset("clearing cross gap music noise pause silence singing smile".split())
#: Words of a message of a program, in which a field that stands alone in quotes is a part of the message.
_MESSAGE: Final = (
    r"(?i)\b(?:errors?|exceptions?|warnings?|invalid|unexpected|traceback|is expected|\w{1,40}(?:Error|Exception))\b"
    r"|\bfehler|\berreur|\berror[ei]\b|\berros?\b|ошибк|错误|报错|エラー|오류"
)
#: A field that stands alone in quotes.
_QUOTED: Final = r"[\"'`“‘’«]\{{{}\}}[\"'`”’»]"
#: Characters of a prompt and of its response that are read, and names of one prompt.
_READ: Final = 20_000
_NAMES: Final = 20
_SHOWN: Final = 3
_SCHEMA: Final = pl.Schema(
    {"example": pl.Int64(), "path": pl.String(), "names": pl.List(pl.String()), "labelled": pl.List(pl.String())}
)


@frozen
class UnfilledTemplateOptions(Options):
    """When a name in braces is a field, and a word a missing value."""

    min_rows: int = option(3, "rows in which a name is a field", source="in fewer, braces are emphasis or notation")
    min_share: float = option(0.01, "share of rows with a missing value", source="in fewer, somebody asks about one")


@rule("QUA034", "unfilled-template", severity=Severity.WARNING, since="0.1", gated=True)
def unfilled_template(data: Dataset, options: UnfilledTemplateOptions) -> Iterator[Hit]:
    """Yield a hit at each prompt with a field that enough rows have."""
    if data.measured is None or not data.measured[1]:
        return
    rows, frames = data.measured
    prompts = pl.concat(frames)
    counts, filled_in_none = _rows_of(prompts, "names"), _rows_of(prompts, "labelled")
    least, most = max(options.min_rows, options.min_share * rows), _NEARLY_ALL * rows
    is_transcript = sum(counts.get(mark, 0) for mark in _MARKS if mark not in _DOUBTFUL) >= options.min_rows
    for example, path, found, labelled in prompts.iter_rows():
        slots = [name for name in found if "\n" in name and least <= counts[name] <= most]
        fields = [name for name in found if "\n" not in name and name not in _MARKS]
        if is_transcript:
            fields = [name for name in fields if "_" in name]
        if all(counts[name] < options.min_rows for name in fields):
            fields = [name for name in labelled if filled_in_none[name] >= max(most, _LEAST)]
        if slots:
            line, _, missing = slots[0].rpartition("\n")
            where = "below" if line.endswith("\n") else "after"
            yield Hit(f'"{missing}", a missing value, {where} "{excerpt(line.strip(), 40)}:"', path=path, at=example)
        elif fields:
            shown = ", ".join(f"{{{excerpt(name, 40)}}}" for name in fields[:_SHOWN])
            yield Hit(f"template with {'field' if len(fields) == 1 else 'fields'} {shown}", path=path, at=example)


@unfilled_template.measure
def find_fields(chunk: Chunk, options: UnfilledTemplateOptions) -> Frames:
    """Return the prompts of a chunk with the ``names`` of fields that nothing excuses, and those that are ``labelled``."""
    asked = pl.col("is_prompt") | pl.col("role").is_in(["system", "developer"])
    likely = chunk.turns.select(passing(asked & (pl.col("side") != "rejected"), pl.col("text"), _may_have_fields))
    if not likely.to_series().any():
        return chunk.examples.height, []
    turns = picked(chunk.turns, likely.to_series(), "example", "path", "text")
    found: list[tuple[int, str, list[str], list[str]]] = []
    known: dict[str, tuple[list[str], list[str], list[Labelled]]] = {}
    examples = chunk.examples.select("prompt", "response")
    for example, path, written in turns.iter_rows():
        text = plain_ends(written)
        if text not in known:
            known[text] = _fields(text), _slots(text), _labelled(text)
        fields, slots, labelled = known[text]
        if fields or labelled:
            prompt, response = (plain_ends(said[:_READ]) for said in examples.row(example))
            fields = [name for name in fields if not _is_defined(name, prompt)]
            if re.search(_ABOUT, prompt):
                fields = []
            if re.search(NAME, response) or any(f"{{{name}}}" in response for name in fields):
                fields, labelled = [], []
        # What the responses have under a label of its own is not what the prompt lacks.
        names = dict.fromkeys(name for label, name in labelled if label not in response)
        if fields or slots or names:
            found.append((example, path, [*fields, *slots], list(names)))
    frame = pl.DataFrame(found, schema=_SCHEMA, orient="row")
    return chunk.examples.height, [frame] if found else []


def _rows_of(prompts: pl.DataFrame, column: str) -> dict[str, int]:
    """Return in how many examples each name is."""
    names = prompts.select("example", column).explode(column).unique()
    return dict(names[column].value_counts().iter_rows())


def _may_have_fields(text: pl.Expr) -> pl.Expr:
    missing = (f"{end}{each}" for each in _MISSING for end in "\n\r")
    return has_any(text, ["{", *missing, *(f": {each}" for each in _VALUES)])


def _slots(text: str) -> list[str]:
    """Return each line that ends with a colon, without it, and the word for a missing value below it or after it."""
    if len(text) > _READ:
        return []
    plain = without_code(text)
    found = [f"{line}\n\n{missing}" for line, missing in re.findall(_SLOT, plain)]
    found += (f"{name.strip()}\n{missing}" for name, missing in re.findall(_VALUE, plain))
    return list(dict.fromkeys(found))[:_NAMES]


def _labelled(text: str) -> list[Labelled]:
    return labelled_fields(text)[:_NAMES] if len(text) <= _READ else []


def _fields(text: str) -> list[str]:
    """Return the names of the fields of a prompt, without any if it is code or speaks of fields."""
    if len(text) > _READ or (re.search(_FIELD, text) is None and re.search(_NUMBERED, text) is None):
        return []
    prose = without_code(text)
    names = [*dict.fromkeys(re.findall(_FIELD, prose))]
    if not names and not re.search(_COUNTED, re.sub(_NUMBERED, " ", prose)):
        names = [*dict.fromkeys(re.findall(_NUMBERED, prose))]
        prose = re.sub(_NUMBERED, " ", prose)
    if re.search(_MESSAGE, prose):
        names = [name for name in names if re.search(_QUOTED.format(re.escape(name)), prose) is None]
    rest = re.sub(_FIELD, " ", prose)
    return [] if re.search(_CODE, rest) or re.search(_ABOUT, rest) else names[:_NAMES]


def _is_defined(name: str, prompt: str) -> bool:
    """Return whether a prompt says what a name stands for, or names it in quotes."""
    words = name.replace("_", "[ _-]")
    says = rf"(?i)(?<![{{\w])(?:{words}\s*(?:[:=](?!\s*[\"'“]?\{{)|\bis\b|\bare\b|\bmeans\b)|[\"'“`]{words}[\"'”`])"
    return re.search(says, prompt) is not None


unfilled_template.merge(joined_frames)
