r"""A response contains parts of the prompt template or transcript that it was generated with.

## What it does
Looks outside code for remnants of the templates that data is generated with: `### Instruction:` and `### Response:` on
a line, a response that begins with `Assistant:`, `Response:` or `Output:`, turns of a user (`Human:`, `User:`,
`<user>:`) inside one response, a line within a response that begins with who answers, in Chinese (`医生：`), an opening
such as "Sure, here are 5 questions" if the prompt does not ask for that, "Based on the provided context" at the
beginning of the answer to a short prompt that has none, and "以下是…的翻译：" or "Here is the translation:" in the middle of a
response. Dialogues and forms that the prompt asks for, or contains itself, are not reported.

## Why it matters
The text was not cut where the answer ends, so the model learns to write the template, and to continue with the user's
next question. In one public dataset, each of 1,000 rows is a transcript with `<user>:` and `<bot>:` in one field.

## Bad
```jsonl
{"prompt": "Name a prime.", "completion": "Seven.\n\n### Instruction:\nName an even number.\n\n### Response:\nTwo."}
```

## Good
```jsonl
{"prompt": "Name a prime.", "completion": "Seven."}
{"prompt": "Write a dialogue between a user and a bot.", "completion": "User: Hello!\nBot: Good morning."}
```

## What to do
Cut the response where the answer ends, and write each further turn as a separate example.

## Known limits
Plain text (`text`) may contain its template by design and is not checked. Control tokens of templates are reported by
`embedded-template-token`.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.chat_texts import USER_LINE, opens_with_user
from datalint.rules.common.texts.turns import learned, without_code

#: Who answers, in Chinese, before a line within a response; lines that begin with someone or something; and prompts that
#: ask for them.
_SPEAKERS: Final = ("医生", "助手", "客服", "咨询师", "老师", "律师", "机器人")
_SPEAKER: Final = rf"(?m)(?<=\n)[ \t]{{0,9}}(?:心理)?(?:{'|'.join(_SPEAKERS)})[:：]"
_LABEL: Final = r"(?m)^[ \t]{0,9}([^\s:：。，、]{1,8})[:：]"
_ASKED_SPEAKER: Final = r"对话|剧本|采访|扮演|小品|情景|台词"
_SIGNS: Final = (
    *(f"{each}{colon}" for each in _SPEAKERS for colon in ":："),
    "### Ins",
    "### Res",
    "### Hum",
    "### Ass",
    "### Use",
    "uman:",
    "ser:",
    "ser>:",
    "ssistant:",
    "nstruction:",
    "esponse:",
    "utput:",
    "bot:",
    "bot>:",
    "以下是",
    "is the translation",
)
_HEAD: Final = 80
_READ: Final = 20_000
_HEADING: Final = r"(?m)^\s*#{2,3} ?(?:Instruction|Response|Human|Assistant|User)s?:"
#: The fields of the next example, which may have its number: "5. Instruction:".
_FIELDS: Final = (
    r"(?m)^\s*(?:\d{1,3}[.)] ?)?Instruction:",
    r"(?m)^\s*(?:\d{1,3}[.)] ?)?(?:Output|Response|Input|Answer):",
)
_START: Final = (
    r"\s*(?:#{1,3} |\*\*)?(?:Assistant|Response|Output|AI|Bot|Chatbot|ChatGPT|<bot>|<assistant>)(?:\*\*)? ?:"
)
_LISTED: Final = (
    r"(?i)\s*(?:sure|certainly|of course|okay|absolutely)?[,!.]? ?here (?:are|is) (?:an? |the |your |some |a few |several |\d+ |(?:two|three|four|five|six|ten) )?"
    r"(?:\w+ )?(?:questions?|prompts?|rephras\w+|question[- ]and[- ]answer pairs?|q&a pairs?|conversations?|dialogues?|training examples?)\b"
)
#: An answer from texts that the prompt does not have, in characters of one at most, and what a prompt with such texts says.
_GROUNDED: Final = (
    r"\s*(?:Based on|According to) the (?:provided|given|supplied|retrieved) "
    r"(?:context|documentation|documents?|passages?|excerpts?|sources?|information|text|snippets?)\b"
)
_ALONE: Final = 400
_HAS_TEXT: Final = r"(?i)context|document|passage|excerpt|source|information|text|snippet|below|following|above|\n\n"
#: How a model announces a translation, which others of the same texts do not begin with.
_TRANSLATED: Final = r"(?<=[^\s])\s*(?:以下是[^。\n:：]{0,20}(?:翻译|译文)|[Hh]ere is the translation)[:：]"
#: Prompts that ask for a dialogue, a form, or a template.
_ASKED: Final = (
    r"(?i)dialog|conversation|script|chat|interview|role-?play|transcript|screenplay|\bact as\b|play the|template|prompt|instruction|few-?shot"
    r"|question|rephrase|paraphrase|rewrite|example|对话|剧本|聊天|采访|问题|角色|扮演|指令"
)


@rule("QUA021", "generator-scaffolding", severity=Severity.WARNING, since="0.1", confidence=Confidence.LOW)
def generator_scaffolding(turns: Turns, options: Options) -> pl.Expr:
    """Find responses with a mark of a template, or an opening that announces a list."""
    return passing(
        learned(turns) & ~turns.has_tool_calls & (turns.role != "text"),
        turns.text,
        lambda text: (
            text.str.contains_any(list(_SIGNS))
            | text.str.head(_HEAD).str.contains_any(["ere are ", "on the ", "to the "])
        ),
    )


@generator_scaffolding.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = without_code(row["text"][:_READ])
    found = None if opens_with_user(text) else _found(text)
    if (model := re.search(_TRANSLATED, text) or _grounded(text, row)) is not None:
        found = model
    elif found is None or is_asked(_ASKED, row):
        found = _speaker(text)
        if found is None or is_asked(_ASKED_SPEAKER, row):
            return None
    mark = found.group().strip(" \t\n#*:：")
    if any(f"{mark}{colon}" in row[each] for each in ("prompt", "system") for colon in ":："):
        return None
    return f'contains part of a template: "{excerpt(row["text"], 50, start=found.end() - len(found.group().lstrip()), stop=found.end() + 20)}"'


def _grounded(text: str, row: dict[str, Any]) -> re.Match[str] | None:
    """Return how a response begins that was made from a text which a short prompt does not have."""
    asked = f"{row['system']}\n{row['prompt']}"
    if len(asked) > _ALONE or row["prompt"].count("\n") or re.search(_HAS_TEXT, asked):
        return None
    return re.match(_GROUNDED, text)


def _speaker(text: str) -> re.Match[str] | None:
    """Return who answers before a line within a response, in which no other line begins so."""
    found = re.search(_SPEAKER, text)
    return found if found is not None and len(set(re.findall(_LABEL, text))) == 1 else None


def _found(text: str) -> re.Match[str] | None:
    for pattern in (_HEADING, USER_LINE):
        if match := re.search(pattern, text):
            return match
    if all(re.search(pattern, text) for pattern in _FIELDS):
        return re.search(_FIELDS[0], text)
    return re.match(_START, text) or re.match(_LISTED, text)
