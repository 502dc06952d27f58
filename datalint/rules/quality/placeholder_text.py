r"""A text still contains a placeholder that was meant to be filled in.

## What it does
Looks outside code for lorem ipsum, `{{name}}`, `[Your Name]`, `[insert the date]`, `<your answer>` and their Chinese
forms, and for a line that is only TODO, TBD or FIXME, with or without a note. A response may contain what its prompt
asks for (blanks in a letter, template or script, or in an explanation of how to write one) and what the prompt
contains itself.

## Why it matters
A template that was never filled trains the model to answer "I am {{name}}". LLaMA-Factory's identity set ships with
`{{name}}` and `{{author}}` in 85 of 91 rows for the user to replace; trained as it is, the model introduces itself so.

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
Fill in the value, or remove the row.

## Known limits
Fenced and inline code, lines with markup, and Markdown links are not checked. A letter whose blanks should have been
filled is not reported, as nothing in the text distinguishes it from one that is meant to keep them.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, rule
from datalint.rules.common.turns import without_code

#: A name in double braces, as Jinja, Mustache and prompt templates write it; dots make it code.
_BRACES: Final = r"\{\{ ?[A-Za-z_][A-Za-z0-9_ ]{0,30}\}\}"
_LOREM: Final = r"[Ll]orem ipsum dolor"
_ANGLES: Final = r"<(?:[Yy]our|YOUR|[Ii]nsert|INSERT|[Ee]nter|ENTER) [^<>\n]{1,40}>"
_SQUARES: Final = (
    r"\[(?:(?:[Yy]our|YOUR) [^\[\]\n,;.!?]{1,60}|(?:[Ii]nsert|INSERT) [^\[\]\n]{1,60}"
    r"|(?:[Ff]ill in|[Aa]dd|[Ee]nter|[Pp]rovide|[Ii]nclude|[Tt]ype) (?:your|the|any?|specific) [^\[\]\n]{1,60}"
    r"|(?:[A-Z][A-Za-z'’]{1,20} ){0,3}Name|Date|Company|Recipient|Sender|Position|Job Title|Address|Phone Number"
    r"|Email Address|Amount|City, State)\]"
    r"|[\[【［](?:你的|您的|插入|填写|请输入|请填写)[^\[\]【】［］\n]{1,20}[\]】］]"
    r"|[\[［][^\[\]【】［］\n,，:：]{0,8}(?:姓名|名字|名称|日期|地址|电话|职位|职务)[\]］]"
)
_LINES: Final = "TODO|TBD|FIXME"
_GATE: Final = f"{_BRACES}|{_ANGLES}|{_LINES}|{_LOREM}"

_FOUND: Final = (
    rf"(?m)(?<!\$)(?P<braces>{_BRACES})|(?P<angles>{_ANGLES})|(?P<written>(?<![A-Za-z0-9_\])'\"“‘])(?:{_LOREM}|{_SQUARES})(?![(:：\[]))"
    rf"|(?P<line>^[ \t]*(?:{_LINES})(?=[ \t]*$|: ?[^\n]{{0,80}}$))"
)
_CODE_LINE: Final = (
    r"(?i)[{};]\s*$|\w\(f?[\"']|</|/>|=>|==|\$\{|\{%|\\[a-z]|^\s*[#<]"
    r"|^\s*(?:select|insert|update|create|import|from|def|return|const|let|var)\b"
)
#: Placeholders that are tried, and characters around one that are its line.
_TRIES: Final = 50
#: Characters of a prompt that is a note and nothing else.
_SHORT: Final = 100
_REACH: Final = 200
#: Who speaks of a template engine may show its braces.
_ENGINES: Final = (
    r"(?i)jinja|template|placeholder|variable|模板|变量|占位|handlebars|mustache|\bvue|angular|liquid|twig|django|ansible"
    r"|\bhelm\b|github actions"
)


#: Prompts that ask for a text with blanks in it, or how to write one.
_ASKED: Final = (
    r"(?i)\b(?:letters?|e-?mails?|mails?|templates?|placeholders?|memos?|r[eé]sum[eé]s?|cv|press releases?|contracts?"
    r"|agreements?|invitations?|invite|speech(?:es)?|scripts?|messages?|reply|replies|respond|announcements?|notices?"
    r"|proposals?|forms?|posts?|pitch|applications?|statements?|thank.?you|notes?|reports?|invoices?|toasts?"
    r"|eulogy|cards?|captions?|bio|blogs?|newsletters?|questionnaires?|surveys?|lyrics|song|slogan|format|apolog(?:y|ies)"
    r"|receipts?|offers?|web ?(?:pages?|sites?)|how to"
    r"|how (?:do|can|should|would) (?:i|one))\b|信|邮件|模板|脚本|演讲|致辞|通知|公告|申请|合同|简历|邀请|函|报告|周报|文案|收据|新闻稿|网页|报价|声明"
    r"|自我介绍|讲话|回复|格式|如何|怎么|怎样|메일|편지|手紙|メール|テンプレート"
)
#: Prompts and responses in which filler text is what a page is filled with.
_FILLER: Final = r"(?i)lorem|ipsum|dummy|filler|placeholder|sample text|\bhtml\b|\bcss\b|web ?(?:page|site)|layout|</\w"
#: What a system prompt says before the form that answers should have.
_FORM: Final = (
    r"(?i)\b(?:format|template|structure|layout|schema)\b|(?:respond|answer|reply|output)[^.\n]{0,40}:\s|格式|模板"
)
_TASKS: Final = r"(?i)to-?do|fixme|\btbd\b|template|task|\bplan\b|schedule|待办|计划"


@rule("QUA004", "placeholder-text", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def placeholder_text(turns: Turns, options: Options) -> pl.Expr:
    """Find turns with a placeholder; square brackets and lorem ipsum only where the user did not write them."""
    squares = turns.text.str.contains(_SQUARES) & ~turns.is_prompt
    return (turns.text.str.contains(_GATE) | squares) & (turns.role != "tool") & (turns.side != "rejected")


@placeholder_text.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = without_code(row["text"])
    for match in islice(re.finditer(_FOUND, text), _TRIES):
        # Braces and angles of a placeholder are no sign of code around it.
        code = re.search(_CODE_LINE, re.sub(f"{_BRACES}|{_ANGLES}", "", _line(text, match)))
        if code is None and not _is_meant(match, text, row):
            start = match.end() - len(match.group().lstrip())
            return f'contains the placeholder "{excerpt(row["text"], 40, start=start, stop=match.end())}"'
    return None


def _is_meant(match: re.Match[str], text: str, row: dict[str, Any]) -> bool:
    """Whether a placeholder is what the author wanted: part of a template, a form to fill in, a sample."""
    found, kind, prompt = match.group().strip(), match.lastgroup, f"{row['system']}\n{row['prompt']}"
    if row["role"] in ("system", "developer"):
        # Angle brackets are the form that an answer should have, and so are others where the text says so.
        before = text[max(match.start() - _REACH, 0) : match.start()]
        form = kind == "angles" or (kind == "written" and re.search(_FORM, before) is not None)
        return form or re.search(_ENGINES, text) is not None
    if row["is_prompt"]:
        # The others are what the user shows: a letter to fill in, a sample text to count.
        is_note = kind == "line" and len(text) < _SHORT
        return not is_note and (kind != "braces" or re.search(_ENGINES, text) is not None)
    if found in prompt:
        return True
    if kind == "line":
        return re.search(_TASKS, prompt) is not None
    if kind == "braces":
        return "{{" in prompt or re.search(_ENGINES, text) is not None or re.search(_ENGINES, prompt) is not None
    if "orem ipsum" in found:
        return re.search(_FILLER, prompt) is not None or re.search(_FILLER, text.replace(found, "")) is not None
    return re.search(_ASKED, prompt) is not None


def _line(text: str, match: re.Match[str]) -> str:
    """Return the line around a match, or the part of it within reach."""
    first, last = max(match.start() - _REACH, 0), match.end() + _REACH
    start, end = text.rfind("\n", first, match.start()) + 1 or first, text.find("\n", match.end(), last)
    return text[start : last if end < 0 else end]
