r"""A text still contains a placeholder that was meant to be filled in.

## What it does
Reports texts, outside code, with a placeholder that was meant to be filled in: lorem ipsum, `{{name}}`, a line that is
only TODO, TBD or FIXME, or one that begins with `[TODO: …]` or `[PENDING_DESCRIPTION]`.

Also reported in responses:
- a line that says what the answer would be (`[Detailed explanation of tides]`)
- what the answer should list, in brackets within a sentence ("loans, including [list of loan types]")
- a choice that a script did not make (`{random.choice(animals)}`)
- a greeting of `[First Name]` or an introduction as `[Your Name]`, in some 25 languages
- `<user>`, `<bot>`, `<your_name>` or `<time>` instead of a name or time ("My name is <bot>")
- a missing value that was printed with its unit or sign (`NoneGHz`, `$nan`)

Also reported in prompts and texts:
- options that are nothing but dots (`(A): ... (B): ...`)
- a text to classify that is signed or addressed with `[Your Name]`
- a prompt that is nothing but a name for one (`{{question}}`)
- statements of a template that nothing rendered (`{% if name %}`), and empty marks of a question (`<hl> <hl>`)
- the number of an article of a law that is an X, in Chinese (`《民法典》第X条`)
- rows whose values are the names of their keys (`{"text": "text"}`) or of other columns

Placeholders that the prompt asks for or contains itself are not reported. `bracketed-blank` reports other blanks in
brackets, and `null-word-prompt` markers such as `<no input>`.

## Why it matters
A template that was never filled in trains the model to answer "I am {{name}}". LLaMA-Factory's identity dataset has
`{{name}}` and `{{author}}` in 85 of 91 rows, for the user to replace. A model that is trained on it as it is
introduces itself with these placeholders.

## Bad
```jsonl
{"instruction": "Who are you?", "input": "", "output": "I am {{name}}, an assistant built by {{author}}."}
```

## Good
```jsonl
{"instruction": "Who are you?", "input": "", "output": "I am Dora, an assistant built by the Example Foundation."}
{"instruction": "How do I print a name in Jinja?", "input": "", "output": "Write `{{ name }}` in the template."}
```

## What to do
Fill in the value, or remove the row; `--extend-select QUA032` lists other blanks in brackets.

## Known limits
Fenced code, inline code and lines with markup are not checked, and neither are braces in texts that are classified, or
several headings such as `{{Setting Info}}`, each on a line of its own with text below. A
response with four different fields in brackets is a form on purpose, and a greeting in a text that it quotes after a
colon (`You may write: "Dear [Name], …"`) is a suggestion. In plain texts, `[NAME]` hides the name of a person.
Placeholders in capitals ("I am NAME") are not found, because they look like abbreviations.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Any, Final

import polars as pl

from datalint.api import Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.texts.asked import MARKUP
from datalint.rules.common.texts.blank_names import BRACKETS, is_form
from datalint.rules.common.texts.blanks import BRACES, CALLS, ENGINES, STATEMENTS, TRIES, in_code, is_option
from datalint.rules.common.texts.header_turns import LONGEST_NAME, RESPONSES, is_header
from datalint.rules.common.texts.highlights import EMPTY_SIGNS, empty_highlight
from datalint.rules.common.texts.letters import asks_for_text, blank_ends, greeted_blanks, signed_blanks
from datalint.rules.common.texts.printed_missing import MISSING, PRINTED, printed_missing
from datalint.rules.common.texts.turns import without_code
from datalint.rules.common.texts.variables import VARIABLE, VARIABLE_CHARS, VARIABLES, YOUR_NAMES, is_markup
from datalint.rules.common.texts.whole_placeholders import LONGEST, SIGNS, whole_placeholder
from datalint.rules.common.texts.wiki_templates import of_wiki

_LOREM: Final = r"[Ll]orem [Ii]psum (?:dolor|is simply dummy)"
_LINES: Final = "TODO|TBD|FIXME"
_BRACKET: Final = rf"\[(?:{_LINES}|PENDING|PLACEHOLDER)(?:[:_ -][^\[\]\n]{{0,60}})?\]"
#: What an answer would say, in brackets on its first line, instead of it.
_SAYS: Final = (
    "Detailed Helpful Provide Brief Full Complete Explanation Description Summary Compliance Response Answer Content"
    " Example Sample"
).split()
#: The same in the third person.
_ACTS: Final = "Provides Completes Complies Explains Describes Gives Refuses Declines Responds Answers Appears".split()
_SAID: Final = rf"\[(?:{'|'.join((*_SAYS, *_ACTS))})\b[^\[\]\n]{{8,120}}\]"
#: Characters in which such a line begins.
_HEAD: Final = 20
#: What a sentence should list or explain, in brackets after the word that leads to it; what each begins with; and prompts
#: for texts in which somebody is to fill it in.
_LISTS: Final = (
    r"\b(?:including|such as|by|with|via|through|are|following) \[(?:list|description|explanation|summary|details"
    r"|instructions?|steps|examples?)(?: (?:of|for|on|about|to) [a-z ]{3,40})?\](?![(:\[])"
)
_LISTED: Final = [f"[{word}" for word in "list desc expl summ details instr steps exam".split()]
_FILLED: Final = (
    r"(?i)\[|\bletter|mail\b|template|\bscript|\bformat|\bform\b|\bfill|\bblank|outline|structure|pattern|\bnotes?\b"
)
#: An unfilled name after a greeting or an introduction.
_BLANK: Final = (
    r"\b(?:Hi|Hello|Hey|[Mm]y name is|I am|I['’]m)(?: there)?,? \[(?:(?:Your|First|Last|Full|User|Customer|Client|Company"
    r"|Agent|Bot|Assistant|Patient|Student|Team) )?(?:Name|Company)\](?!\()"
)
_NAMES: Final = ("Name]", "Company]")
#: The name of whoever wrote or gets a mail that is classified, what it ends with, and what somebody asks of a text.
_MINE: Final = r"\[(?:Your|Recipient['’]s) (?:Full )?Name\]"
_MINE_ENDS: Final = ["our Name]", "s Name]", "Full Name]"]
_ABOUT_TEXT: Final = (
    r"(?i)\b(?:write|draft|compose|proofread|rewrite|revise|translate|improve|summari[sz]e|complete"
    r"|generate|create|following|below|correct|edit|classify|identify|extract|answer|find|what|which|how)\b"
)
#: Options that are nothing but dots, what each such question contains, and prompts that show how to write options.
_DOTS: Final = r"(?:\.{3}|…)"
_OPTIONS: Final = (
    rf"^[ \t]{{0,9}}\(?A(?:[.:]|\):?) ?{_DOTS}\s{{1,5}}\(?B(?:[.:]|\):?) ?{_DOTS}\s{{1,5}}\(?C(?:[.:]|\):?) ?{_DOTS}"
)
_OPTION_SIGNS: Final = [
    f"B{mark}{blank}{dots}" for mark in (".", ":", ")", "):") for blank in (" ", "") for dots in ("...", "…")
]
_SHOWS: Final = r"(?i)\bformat|\bform\b|template|structure|\bstyle|\blayout|\bas follows|\bexample|\bwrite|\bcreate|\bgenerate|\bmake\b"
#: The name of a value that a program should have filled in.
_VALUE: Final = r"\b(?:VALUE_FOR|REPLACE_WITH|PLACEHOLDER_FOR)_[A-Z][A-Z0-9_]{1,40}\b"
#: An article of a law without its number, in Chinese, and what asks for a form on purpose. An X elsewhere hides a name.
_ARTICLE: Final = r"(?<=[法例定释典》])第[XxＸ×]{1,5}条"
_FORMS: Final = r"(?i)模板|范本|样本|格式|template"
_GATE: Final = rf"第[XxＸ×]|{BRACES}|\{{%|{_LINES}|{_LOREM}|\[PENDING|\[PLACEHOLDER|VALUE_FOR_|REPLACE_WITH_|PLACEHOLDER_FOR_|\)\}}"
_FOUND: Final = (
    rf"(?m)(?<!\$)(?P<braces>{BRACES})|(?P<filler>(?<![A-Za-z0-9_\])'\"“‘]){_LOREM}(?![(:：\[]))"
    rf"|(?P<line>^[ \t]*(?:{_LINES})(?=[ \t\r]*$|: ?[^\n]{{0,80}}$)|^[ \t]*{_BRACKET}(?!\())"
    rf"|(?P<said>\A\s*{_SAID}(?=\s*(?:\n|\Z)))|(?P<value>{_VALUE})|(?P<lists>{_LISTS})|(?P<blank>{_BLANK})|(?P<call>{CALLS})"
    rf"|(?P<article>{_ARTICLE})|(?P<statement>{STATEMENTS})|(?P<variable>{VARIABLE})"
)
#: What a template has in braces.
_TEMPLATE: Final = r"\{[{%][^{}\n]{0,200}[%}]\}"
#: What code outside of fences has, in which a call in braces is one that runs.
_RUNS: Final = (
    r"\bf[\"']|[\w\])] ?= ?\S|(?m:^[ \t]{0,40}(?:def|class|import|from|for|return) )|\w\([^()\n]{0,80}\)\s*(?::|;|$)"
)
#: The first line of a function or class, without a fence around it.
_PROGRAM: Final = r"(?m)^[ \t]{0,40}(?:async )?(?:def|class) \w{1,80}[^\n]{0,400}:[ \t\r]*$"
_SYSTEM: Final = ("system", "developer")
#: Characters in which code is looked for.
_READ: Final = 20_000
#: Characters of a prompt that is a note and nothing else.
_SHORT: Final = 100
#: Prompts and responses in which filler text is what a page is filled with.
_FILLER: Final = r"(?i)lorem|ipsum|dummy|filler|placeholder|sample text|\bhtml\b|\bcss\b|web ?(?:page|site)|layout|</\w"
#: Paths of prompts that somebody wrote to be answered.
_ASKED: Final = r"\$\.(?:prompt|instruction|question|query|input|messages\[|conversations?\[)"
#: A line that is a name in capitals within braces, before a line with text; and how many different ones are headings.
_HEADING: Final = (
    r"(?m)^[ \t]{0,9}(\{\{ ?[A-Z][A-Za-z0-9]{0,30}(?: [A-Z][A-Za-z0-9]{0,30}){0,4} ?\}\})[ \t\r]{0,9}\n[ \t]{0,9}[^\s{]"
)
_HEADINGS: Final = 2
#: What somebody does in chat language, in braces: ``{{hugs}}``.
_GESTURES: Final = frozenset(
    "hug hugs kiss kisses love smile smiles sigh sighs wink winks cry cries laugh laughs".split()
)
_TASKS: Final = r"(?i)to-?do|fixme|\btbd\b|template|task|\bplan\b|schedule|待办|计划"


@rule("QUA004", "placeholder-text", severity=Severity.WARNING, since="0.1")
def placeholder_text(turns: Turns, options: Options) -> pl.Expr:
    """Find turns with a placeholder."""
    text = turns.text
    begins = passing((text < "!") | text.str.starts_with("["), text, _may_say)
    names = [*_NAMES, *blank_ends()]
    bracket = text.str.contains_any(BRACKETS)
    blank = passing(bracket & ~turns.is_prompt, text, lambda some: some.str.contains_any([*names, *_LISTED]))
    mine = passing(bracket & turns.is_prompt, text, lambda some: some.str.contains_any([*_MINE_ENDS, *names]))
    dots = passing(turns.is_prompt, text, lambda some: some.str.contains_any([*_OPTION_SIGNS, *EMPTY_SIGNS]))
    # A turn that is nothing but one, without a pattern: Polars keeps few.
    whole = passing(~turns.is_response & (turns.chars <= LONGEST), text, _may_be_whole)
    # Names of keys are short: their rows are what a header that is repeated in a table is read as.
    named = ~turns.is_response & (turns.chars <= LONGEST) & (turns.path.str.slice(len("$.")) == text)
    headed = passing(turns.is_response & (turns.chars <= LONGEST_NAME), text, lambda some: some.is_in(RESPONSES))
    said = passing(turns.is_response & (turns.chars <= VARIABLE_CHARS), text, _may_have_variable)
    # These are few, so that most texts are not searched for all.
    lacking = passing(turns.is_response, text, lambda some: some.str.contains_any([*MISSING]))
    printed = passing(lacking, text, lambda some: some.str.contains_any([*PRINTED]))
    # A system prompt of any length introduces the assistant.
    mine |= passing(turns.role.is_in(_SYSTEM), text, lambda some: some.str.contains_any(YOUR_NAMES))
    found = text.str.contains(_GATE) | headed | said | printed | begins | blank | mine | dots | whole | named
    return found & (turns.role != "tool") & (turns.side != "rejected")


def _may_be_whole(text: pl.Expr) -> pl.Expr:
    return text.str.strip_chars_start().str.head(1).is_in(SIGNS)


def _may_have_variable(text: pl.Expr) -> pl.Expr:
    return text.str.contains_any(VARIABLES)


def _may_say(text: pl.Expr) -> pl.Expr:
    # Without a pattern of Polars, which keeps few.
    return text.str.strip_chars_start().str.head(_HEAD).str.contains_any([f"[{word}" for word in (*_SAYS, *_ACTS)])


@placeholder_text.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    is_system = row["role"] in _SYSTEM
    if (row["is_prompt"] or is_system) and (whole := whole_placeholder(row["text"], is_system=is_system)) is not None:
        return f'is nothing but the placeholder "{excerpt(whole, 40)}"'
    if _is_header(row["record"]):
        return None if row["is_response"] else "every value is the name of its key: the header is in the rows again"
    if row["is_response"] and is_header(row["prompt"], row["text"]):
        return "the prompt and the response are names of columns: a header is in the rows"
    text = without_code(row["text"])
    found = re.finditer(rf"{_FOUND}|(?P<mine>{_MINE})|(?P<options>{_OPTIONS})" if row["is_prompt"] else _FOUND, text)
    blanks = signed_blanks(text) if row["is_prompt"] else greeted_blanks(text)
    for match in chain(islice(found, TRIES), blanks):
        # A value of JSON is not code, and neither is an answer that is a variable alone.
        quoted = match.lastgroup == "value" and text[match.start() - 1 : match.start()] == '"'
        if (quoted or match.lastgroup == "variable" or not in_code(text, match)) and not _is_meant(match, text, row):
            start = match.end() - len(match.group().lstrip())
            return f'contains the placeholder "{excerpt(row["text"], 40, start=start, stop=match.end())}"'
    missing = printed_missing(text, row["prompt"]) if row["is_response"] else None
    if missing is not None:
        shown = excerpt(text, 40, start=max(missing.start() - 16, 0), stop=missing.end())
        return f'a missing value was printed with its unit: "{shown}"'
    marks = empty_highlight(text) if row["is_prompt"] else None
    return None if marks is None else f'nothing is between the marks "{marks}" of what the question is about'


def _is_header(record: Any) -> bool:
    """Whether all values of a row with several keys are the names of their keys."""
    return isinstance(record, dict) and len(record) > 1 and all(key == value for key, value in record.items())


def _is_meant(match: re.Match[str], text: str, row: dict[str, Any]) -> bool:
    """Whether a placeholder is what the author wanted: part of a template, or a sample."""
    found, kind, prompt = match.group().strip(), match.lastgroup, f"{row['system']}\n{row['prompt']}"
    if kind == "braces" and (_is_emphasis(text, match) or _is_heading(text, found)):
        return True
    if row["role"] in _SYSTEM:
        return re.search(ENGINES, text) is not None or (kind == "statement" and re.search(_RUNS, text) is not None)
    if kind == "statement":
        # In code, markup and texts about templates, statements are what they are about.
        signs, rest = (_RUNS, MARKUP, ENGINES, r"</?[a-z]+\b"), re.sub(_TEMPLATE, "", text[:_READ])
        return not row["is_prompt"] or any(re.search(sign, rest) for sign in signs)
    if kind == "value":
        return any(re.search(ENGINES, each) for each in (text, prompt))
    if kind == "options":
        return any(re.search(each, prompt + text) for each in (_SHOWS, ENGINES))
    if row["is_prompt"]:
        return _is_asked_about(match, text, row["path"])
    return _is_wanted(match, text, row, prompt)


def _is_asked_about(match: re.Match[str], text: str, path: str) -> bool:
    """Whether a placeholder in a prompt is what the user shows, such as a sample text to count."""
    found, kind = match.group().strip(), match.lastgroup
    if kind == "mine":
        # Who asks about a text with blanks means them.
        about = (re.search(each, text[:_SHORT]) for each in (_ABOUT_TEXT, asks_for_text()))
        asked = re.match(_ASKED, path) or any(about)
        return bool(asked) or re.search(ENGINES, text) is not None
    if kind != "braces":
        # "TODO: read it", next to a label, is what somebody wrote; nothing but "TODO" is a text that is missing.
        of_people = not re.match(_ASKED, path) and text[match.end() :].startswith(":")
        is_note = kind == "line" and len(text) < _SHORT and not of_people
        return not is_note
    # A text that is classified, such as a comment in a wiki, has braces of its own.
    gesture = found.strip("{} ").lower() in _GESTURES
    asks = re.search(ENGINES, text) is not None or is_option(found, text)
    return gesture or asks or not re.match(_ASKED, path)


def _is_wanted(match: re.Match[str], text: str, row: dict[str, Any], prompt: str) -> bool:
    """Whether a placeholder in a response is what the prompt asks for, or what the text is about."""
    found, kind = match.group().strip(), match.lastgroup
    if kind == "said":
        return found in prompt
    if kind == "lists":
        # In a plain text, somebody may have shortened what another person said.
        return row["role"] == "text" or any(
            re.search(sign, said) for sign, said in ((_FILLED, prompt), (ENGINES, text))
        )
    if kind == "variable":
        return is_markup(found, f"{prompt}\n{text}")
    if kind == "call":
        # Where anything runs, so does the call.
        rest = text[:_READ].replace(found, " ")
        about = (re.search(each, said) for each in (ENGINES, MARKUP) for said in (prompt, rest))
        return found in prompt or any(about) or re.search(_RUNS, rest) is not None
    if kind == "elsewhere" and re.search(asks_for_text(), prompt):
        return True
    if kind in ("blank", "elsewhere"):
        return is_form(match, text, row["role"], prompt)
    if found in prompt or text.strip(" \n.") == found:
        return found in prompt
    if kind == "article":
        return re.search(_FORMS, prompt) is not None
    if kind == "line":
        # A note in the docstring of a program is one of its author.
        return re.search(_TASKS, prompt) is not None or re.search(_PROGRAM, text) is not None
    if kind == "braces":
        if found.strip("{} ").lower() in _GESTURES or of_wiki(match, text, row["prompt"]):
            return True
        # A part of a path, "/hotels/{{id}}/rooms" or "{{BASE_URL}}/rooms", is a parameter of an API.
        is_path = "/" in (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
        return is_path or "{{" in prompt or any(re.search(ENGINES, each) is not None for each in (text, prompt))
    return re.search(_FILLER, prompt) is not None or re.search(_FILLER, text.replace(found, "")) is not None


def _is_emphasis(text: str, match: re.Match[str]) -> bool:
    """Whether somebody put a word in many braces, and not as many before as behind it."""
    before, after = text[max(match.start() - 8, 0) : match.start()], text[match.end() : match.end() + 8]
    opening, closing = len(before) - len(before.rstrip("{")), len(after) - len(after.lstrip("}"))
    return bool(opening and closing) and opening != closing


def _is_heading(text: str, found: str) -> bool:
    """Whether a name in braces is the heading of a section, in a text with several of these."""
    headings = set(re.findall(_HEADING, text))
    return found in headings and len(headings) >= _HEADINGS
