"""A response is the error of the program that should have made it.

## What it does
Reports a response that is nothing but an error: a word for an error and a colon with nothing behind it, a status of
HTTP with its words ("Error: 429 Too Many Requests"), these alone ("Rate limit exceeded") or on a server's page, what a
client says of a response that it did not get ("Server failed to generate a response"), an exception of a client
("RateLimitError: …"), the message of a provider about keys, limits and quotas, or the object that it sends, a
traceback, what libraries of Python and JavaScript say ("Error: list index out of range"), or a page that is shown to
programs ("Please enable JavaScript and cookies …"). A line that a program appends (`program-footer`) may follow it. A
response is not reported if the prompt is about errors, code or logs.

A response is reported too if it opens with what a model says of a text that it could not translate ("I don't have
enough text to translate", "This transcript is heavily garbled"), and the prompt is about no text or language.

Plain texts that are such a page, message or traceback are reported too, as a scraper saves them. If they are over a
twentieth of 20 texts or more, they are one note, as the data may be logs.

## Why it matters
The call failed and its message was saved as the answer. The model learns to answer a question with an error. In the
same way, what a model says instead of translating an answer is saved as its translation.

## Bad
```jsonl
{"prompt": "When does the museum open?", "completion": "Error: 429 Too Many Requests"}
```
## Good
```jsonl
{"prompt": "Which error does a server send to a client that asks too often?", "completion": "Error 429: Too Many Requests"}
```
## What to do
Ask for the response again, or delete the row.
## Known limits
Errors inside a longer response, and those in words that no list has, are not found. Prompts, labels and rejected sides
are not checked. A plain text that is only a status ("404 Not Found") may be a text of an interface, and is not
reported.
"""

from __future__ import annotations

from typing import Any, Final

from datalint.api import Fix, Hit, Options, Policy, Severity, Turns, contains_many, excerpt, passing, rule
from datalint.rules.common.responses.program_errors import BEGINNINGS, NOTHING, SIGNS, WORDS, is_error, is_saved_page
from datalint.rules.common.responses.program_lines import without_footer
from datalint.rules.common.responses.refused_inputs import HEAD, is_refused_input
from datalint.rules.common.responses.refused_inputs import SIGNS as SIGNS_OF_INPUT
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.turns import learned

#: Characters of the longest error that is looked at.
_LONGEST: Final = 400
#: Characters of a prompt without a passage, in which any word for an error is what is asked about.
_SHORT_PROMPT: Final = 300
#: Prompts that an error answers: long ones, in which a word for an error may be of a passage, and short ones.
_TECHNICAL: Final = (
    r"(?i)\bhttp|\bapi\b|\bstatus|\blogs?\b|\bexceptions?\b|\btracebacks?\b|\bservers?\b|\bdebug|\bscripts?\b|\bpython\b|\bcurl\b"
    r"|\b[45]\d\d\b|\berrors?\b|\bcode\b|\bprints?\b|\bbrowsers?\b|\bjavascript\b|\bimport \w|\bdef \w"
)
_ASKED: Final = (
    r"(?i)error|exception|\bhttp|status|\blogs?\b|\bcode\b|\bapi\b|traceback|server|debug|function|script|python|\bcurl\b"
    rf"|output|print|browser|web ?(?:site|page)|cookie|\b[45]\d\d\b|\w\(|\w\[|\bimport \w|{WORDS}"
)
_LABELS: Final = ("$.label", "$.category", "$.intent", "$.class")


#: The key of texts of their own.
_TEXT: Final = "text"


@rule(
    "QUA037",
    "error-response",
    severity=Severity.WARNING,
    since="0.1",
    fix=Fix.removal(),
    policy=Policy(
        "are errors of programs: remove them, unless the data is logs of programs", 0.05, least=20, key=(_TEXT,)
    ),
)
def error_response(turns: Turns, options: Options) -> Any:
    """Find short responses and texts with a word of an error, and longer ones that begin with it."""
    said = learned(turns) & ~turns.has_tool_calls & ~turns.path.is_in(_LABELS)
    short = (turns.chars <= _LONGEST) & (turns.chars > 0)
    for beginning in BEGINNINGS:
        short |= turns.text.str.starts_with(beginning)
    remarks = passing(said & turns.is_response & (turns.role != "text"), turns.text, _may_be_remark)
    return remarks | passing(said & short, turns.text, lambda text: contains_many(text, SIGNS, ignore_case=True))


def _may_be_remark(text: Any) -> Any:
    return text.str.head(HEAD).str.contains_any([*SIGNS_OF_INPUT])


@error_response.detail
def _shown(row: dict[str, Any], options: Options) -> Hit | None:
    """Show the error; withdraw what the prompt asks for."""
    text = without_footer(row["text"]).strip()
    if row["role"] == "text":
        said = f'the text is the error of a program: "{excerpt(text, 60)}"'
        return Hit(said, key=_TEXT) if is_saved_page(text) else None
    if is_refused_input(text, row):
        return Hit(f'the response speaks of a text that was to be translated: "{excerpt(text, 60)}"')
    named, long = is_error(text), len(row["prompt"]) > _SHORT_PROMPT
    if not (named or NOTHING.match(text)) or is_asked(_TECHNICAL if named and long else _ASKED, row):
        return None
    return Hit(f'the response is the error of a program: "{excerpt(text, 60)}"')
