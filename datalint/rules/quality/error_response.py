"""A response is the error of the program that should have made it.

## What it does
Reports a response that is nothing but an error: a word for an error and a colon with nothing behind it, a status of
HTTP with its words ("Error: 429 Too Many Requests"), an exception of a client ("RateLimitError: …"), or the message of
a provider about keys, limits and quotas. A line that a program appends (`program-footer`) may follow it. A response is not reported if the prompt is about errors, code or logs.

## Why it matters
The call failed and its message was saved as the answer. The model learns to answer a question with an error.

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
Errors inside a longer response, and those in words that no list has, are not found. Plain text, labels and rejected
sides are not checked.
"""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.api import Fix, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.responses.program_lines import without_footer
from datalint.rules.common.texts.asked import is_asked
from datalint.rules.common.texts.turns import learned

#: Characters of the longest error that is looked at.
_LONGEST: Final = 400
_WORDS: Final = "errors?|hata|hatası|fehler|erreur|erro|errore|fout|ошибка|помилка|błąd|lỗi|错误|錯誤|エラー|오류|خطأ"
#: A word for an error at the end of one to three words, and nothing behind its colon.
_NOTHING: Final = rf"(?i)\W{{0,6}}(?:[^\W\d]{{1,20}} ){{0,2}}(?:{_WORDS})\s?[:：]\s*\Z"
_STATUS: Final = (
    "400 Bad Request|401 Unauthorized|402 Payment Required|403 Forbidden|404 Not Found|408 Request Timeout"
    "|413 (?:Request|Payload|Content) (?:Entity )?Too Large|422 Unprocessable|429 Too Many Requests"
    "|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Time-?out"
)
_HTTP: Final = (
    rf"(?i)\W{{0,6}}(?:[^\W\d]{{1,20}} ){{0,3}}(?:(?:{_WORDS})\s?[:：]?\s?|[:：]\s?)?(?:HTTP\s?)?(?:{_STATUS})\b"
)
_EXCEPTION: Final = (
    r"(?:(?:Error|Exception)[:：]?\s?)?(?:openai\.|anthropic\.|google\.api_core\.exceptions\.|requests\.exceptions\.|httpx\.)?"
    r"(?:error\.)?(?:RateLimitError|APIConnectionError|APITimeoutError|APIStatusError|AuthenticationError"
    r"|ReadTimeout|ConnectTimeout|ResourceExhausted|InternalServerError|ServiceUnavailableError)\b"
)
_PROVIDER: Final = (
    r"(?i)\W{0,6}(?:error|api error)[^\n]{0,60}(?:rate limit|quota|api key|insufficient_quota|invalid_request_error"
    r"|context_length_exceeded|max retries exceeded|timed out|error code: [45]\d\d)"
)
_PATTERNS: Final = (_NOTHING, _HTTP, _EXCEPTION, _PROVIDER)
#: Literals of which each such response has one; case is ignored in ASCII alone.
_SIGNS: Final = (
    *(
        "error",
        "hata",
        "fehler",
        "erreur",
        "erro",
        "fout",
        "ошибка",
        "Ошибка",
        "помилка",
        "Помилка",
        "błąd",
        "lỗi",
        "错误",
    ),
    *(
        "錯誤",
        "エラー",
        "오류",
        "خطأ",
        "too many requests",
        "bad request",
        "unauthorized",
        "payment required",
        "forbidden",
    ),
    *("not found", "request timeout", "too large", "unprocessable", "bad gateway", "unavailable", "gateway time"),
    *("ReadTimeout", "ConnectTimeout", "ResourceExhausted"),
)
#: Characters of a prompt without a passage, in which any word for an error is what is asked about.
_SHORT_PROMPT: Final = 300
#: Prompts that an error answers: long ones, in which a word for an error may be of a passage, and short ones.
_TECHNICAL: Final = (
    r"(?i)\bhttp|\bapi\b|\bstatus|\blogs?\b|\bexceptions?\b|\btracebacks?\b|\bservers?\b|\bdebug|\bscripts?\b|\bpython\b|\bcurl\b"
    r"|\b[45]\d\d\b|\berrors?\b|\bcode\b|\bprints?\b"
)
_ASKED: Final = (
    r"(?i)error|exception|\bhttp|status|\blogs?\b|\bcode\b|\bapi\b|traceback|server|debug|function|script|python|\bcurl\b"
    rf"|output|print|\b[45]\d\d\b|{_WORDS}"
)
_LABELS: Final = ("$.label", "$.category", "$.intent", "$.class")


@rule("QUA037", "error-response", severity=Severity.WARNING, since="0.1", fix=Fix.removal())
def error_response(turns: Turns, options: Options) -> Any:
    """Find short responses with a word of an error."""
    said = learned(turns) & (turns.role != "text") & ~turns.has_tool_calls & ~turns.path.is_in(_LABELS)
    return passing(
        said & (turns.chars <= _LONGEST) & (turns.chars > 0),
        turns.text,
        lambda text: text.str.contains_any(list(_SIGNS), ascii_case_insensitive=True),
    )


@error_response.detail
def _shown(row: dict[str, Any], options: Options) -> str | None:
    """Show the error; withdraw what the prompt asks for."""
    text = without_footer(row["text"])
    found = next((pattern for pattern in _PATTERNS if re.match(pattern, text.strip())), None)
    named, long = found != _NOTHING, len(row["prompt"]) > _SHORT_PROMPT
    if found is None or is_asked(_TECHNICAL if named and long else _ASKED, row):
        return None
    return f'the response is the error of a program: "{excerpt(text.strip(), 60)}"'
