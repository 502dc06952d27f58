"""Blanks in a text that should have been filled in, and signs that they are code or a template."""

from __future__ import annotations

import re
from typing import Final

#: A name in double braces, as Jinja, Mustache and prompt templates write it; dots make it code.
BRACES: Final = r"\{\{ ?[A-Za-z_][A-Za-z0-9_ ]{0,30}\}\}"
#: A statement of Jinja, Liquid or Twig, which a template runs and no text has.
STATEMENTS: Final = (
    r"\{%[-+]? ?(?:if|elif|else|endif|for|endfor|set|include|block|endblock|macro|endmacro|extends)\b[^%{}\n]{0,120}%\}"
)
#: A choice from a list, as a generator of sentences writes it: ``{pick(ANIMALS)}``, ``{random.choice(animals)}``.
CALLS: Final = (
    r"(?<![A-Za-z0-9_\\$^{}\"'])\{(?:(?:[a-z_]{2,20}\.)?[a-z_]{3,20}\([A-Z][A-Z0-9_]{3,40}\)"
    r"|random\.choice\([A-Za-z_]{2,40}\))\}(?!\})"
)
ANGLES: Final = r"<(?:[Yy]our|YOUR|[Ii]nsert|INSERT|[Ee]nter|ENTER) [^<>\n]{1,40}>"
#: Who speaks of a template engine may show its braces.
ENGINES: Final = (
    r"(?i)jinja|template|placeholder|variable|模板|变量|占位|handlebars|mustache|\bvue|angular|liquid|twig|django|ansible"
    r"|\bhelm\b|github actions"
)
#: Prompts that ask for a text with blanks in it, or how to write one.
ASKED: Final = (
    r"(?i)\b(?:(?:cover ?)?letters?|e-?mails?|mails?|templates?|placeholders?|memos?|r[eé]sum[eé]s?|cv|press releases?|contracts?"
    r"|agreements?|invitations?|invite|speech(?:es)?|scripts?|messages?|reply|replies|respond|announcements?|notices?"
    r"|proposals?|forms?|posts?|pitch|applications?|statements?|thank.?you|notes?|reports?|invoices?|toasts?"
    r"|eulogy|cards?|captions?|bio|blogs?|newsletters?|questionnaires?|surveys?|lyrics|song|slogan|format|apolog(?:y|ies)"
    r"|receipts?|offers?|web ?(?:pages?|sites?)|how to"
    r"|how (?:do|can|should|would) (?:i|one))\b|信|邮件|模板|脚本|演讲|致辞|通知|公告|申请|合同|简历|邀请|函|报告|周报|文案|收据|新闻稿|网页|报价|声明"
    r"|自我介绍|讲话|回复|格式|写一?封|cover ?letter|如何|怎么|怎样|메일|편지|手紙|メール|テンプレート"
)
#: Options that are expressions in braces and nothing else, in quotation marks or after a letter or number.
_EXPRESSIONS: Final = (
    r"(?m)(?P<mark>['\"`])(\{\{[^{}\n]{1,80}\}\})(?P=mark)"
    r"|^[ \t]{0,9}(?:[-*]|\(?[A-Za-z0-9][.):])[ \t]{1,9}(\{\{[^{}\n]{1,80}\}\})[ \t\r]*$"
)
#: Placeholders that are tried in one text.
TRIES: Final = 50
#: Characters around a placeholder that are its line.
REACH: Final = 200
_CODE_LINE: Final = (
    r"(?i)[{};]\s*$|\w\(f?[\"']|</|/>|=>|==|\$\{|\{%|\\[a-z]|^\s*[#<]"
    r"|^\s*(?:select|insert|update|create|import|from|def|return|const|let|var)\b"
)


def in_code(text: str, match: re.Match[str]) -> bool:
    """Whether the line around a placeholder is code; braces, statements and angles of its kind are no sign of that."""
    first, last = max(match.start() - REACH, 0), match.end() + REACH
    start, end = text.rfind("\n", first, match.start()) + 1 or first, text.find("\n", match.end(), last)
    line = text[start : last if end < 0 else end]
    return re.search(_CODE_LINE, re.sub(f"{BRACES}|{STATEMENTS}|{CALLS}|{ANGLES}", "", line)) is not None


def is_option(found: str, text: str) -> bool:
    """Whether an expression in braces is one of several options, of which another is code (``{{ price | currency }}``).

    Then the text asks about an engine of templates, which it need not name. Names alone may be labels that nobody
    filled in.
    """
    options = {quoted or listed for _, quoted, listed in re.findall(_EXPRESSIONS, text)}
    return found in options and any(re.fullmatch(BRACES, each) is None for each in options)
