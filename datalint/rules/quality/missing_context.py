r"""A prompt refers to a picture, file or text that the example does not have.

## What it does
Reports the first prompt of an example if it mentions "the image below", "the attached file", "the above passage" or
"the following article", in English, Chinese or Korean, but the example does not contain it: the prompt ends there, and
the example has no media, no earlier turns, no other key that the model reads, and no long system prompt.

## Why it matters
Nobody can answer such a prompt. If the response was written with the picture at hand, the model learns to invent what
it can't see. If the response asks for the missing text, the model learns to ask for it. The usual causes are an export
that drops media and an `input` that got lost.

## Bad
```jsonl
{"instruction": "Summarize the following article.", "input": "", "output": "The city will build a new bridge by 2030."}
{"prompt": "What is the man in the picture below doing?", "completion": "He is reading a newspaper."}
```

## Good
```jsonl
{"instruction": "Summarize the following article.", "input": "The council decided on Monday to build a new bridge.", "output": "A new bridge was decided on."}
{"prompt": "Write a paragraph about the image of nurses in films.", "completion": "They are mostly angels or tyrants."}
```

## What to do
Add the missing content to the prompt, or remove the row.

## Known limits
Only prompts of up to `max-chars` characters are checked, because a longer one may contain what it refers to. Keys of
unknown use count as context. The rule does not check whether the response is sensible anyway, as it may be for "this
story".
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Examples, Hit, Options, Severity, excerpt, frozen, option, passing, rule

_LITERALS: Final = (
    "ollowing",
    "bove",
    "ttached",
    "icture",
    "mage",
    "hoto",
    "iagram",
    "elow",
    "assage",
    "rticle",
    "creenshot",
    "上",
    "图",
    "附件",
    "다음",
    "아래",
    "주어진",
    "위의",
    "첨부",
)
_PICTURE: Final = r"(?:image|picture|photo(?:graph)?|diagram|screenshot|figure|chart|graph|map)s?"
_TEXT: Final = (
    r"(?:text|passage|article|paragraph|sentence|document|file|code|conversation|dialogue|e-?mail|story|poem|essay|review|tweet|report|statement"
    r"|snippet|excerpt|table|data|list|recipe|letter|quote|speech|equation|sequence)s?"
)
#: What follows a word for a picture where it says what a thing is for ("the image generating model").
_TOOLS: Final = r"(?:generat|process|edit|caption|classify|recogni[sz])ing|generat\w+|model|data(?:set|base)?|format|file name|gallery|library|encoder|decoder|classifier"
#: The same in Korean: what says where a text or picture is, and both.
_KOREAN_BELOW: Final = r"(?:다음|아래|주어진|제시된)(?:의|에 (?:있는|나오는|주어진))? "
_KOREAN_PICTURE: Final = "(?:그림|사진|이미지|차트|그래프|도표|스크린샷)"
_KOREAN_TEXT: Final = (
    "(?:(?:[가-힣]{1,5} )?(?:문장|글|텍스트|문단|단락|지문|기사|대화|대화문|코드|표|이메일|리뷰|소설|데이터))(?:들)?"
    "(?:을|를|은|는|이|가|의|에|에서|로|으로)?(?![가-힣])"
)
#: A picture that is not there.
_SEEN: Final = (
    rf"(?i)\b(?:the|this|that|these|those) (?:above|attached|following|given|provided) {_PICTURE}\b(?! of\b)"
    rf"|\b(?:the|this|these) {_PICTURE} (?:above|below|attached|shown|provided)\b"
    r"|\b(?:in|from|at) (?:the|this) (?:image|picture|photo(?:graph)?|screenshot|diagram)\b"
    rf"(?![- ](?:{_TOOLS})\b)[^.?!\n]{{0,40}}\?"
    r"|^(?:describe|caption) (?:the|this) (?:image|picture|photo(?:graph)?)\.?$"
    r"|如(?:下|上)?图(?:所示|中)|(?:下|上)图(?:中|是|所示|显示)|(?:这张|下面的|上面的|附件中的)(?:图片|图像|照片)"
    rf"|(?:{_KOREAN_BELOW}|위의? |첨부(?:된|한) ){_KOREAN_PICTURE}"
)
#: A text before this prompt that is not there.
_ABOVE: Final = (
    rf"(?i)\b(?:the|this) (?:above|attached|aforementioned|preceding) {_TEXT}\b|\b(?:the|this) {_TEXT} (?:above|attached)\b"
    r"|(?:以上|上述|上面的?|附件中?的?)(?:文章|文本|段落|内容|文字|代码|对话|材料|表格)"
    rf"|(?:위의? |첨부(?:된|한) ){_KOREAN_TEXT}"
)
#: A text after the mention that is not there.
_BELOW: Final = (
    rf"(?i)\bthe (?:following|given|provided) (?:\w+ )?{_TEXT}\b|\b(?:the|this) {_TEXT} below\b|(?:以下|下面的?|下列)(?:这篇|这段|的)?(?:文章|文本|段落|句子|文字|代码|对话)"
    rf"|{_KOREAN_BELOW}{_KOREAN_TEXT}"
)
#: What follows a word that names a part of a library ("the Image class").
_PARTS: Final = "class|object|method|property|constructor|interface|type|module|component|widget|api|sdk"
_NAMED: Final = rf"(?i)`?\s+(?:{_PARTS})s?\b"
_NAMED_WITHIN: Final = rf"(?i)\b(?:image|picture|photo(?:graph)?|screenshot|diagram)`?\s+(?:{_PARTS})s?\b"
#: What goes on with the text itself, and where it may be.
_GIVEN: Final = r"[:：\"“”‘'`「《\n(\[{<|=,，;]|\d|https?:|www\."
#: What works on any text of its kind, and is asked for in Korean: a method, a function, a program.
_FOR_ANY: Final = "방법|함수|프로그램|알고리즘|모델|시스템|스크립트|정규"
#: What a picture is described by, or where it is.
_SHOWN: Final = r"[:：\"“\n<]|https?:|www\."
#: Characters after a mention that may be the rest of the sentence.
_REST: Final = 80
#: Characters before a mention in which a text may be.
_BEFORE: Final = 60


@frozen
class MissingContextOptions(Options):
    """Which prompts are looked at."""

    max_chars: int = option(
        250, "characters of a prompt up to which it is checked", source="a longer one may contain what it refers to"
    )


@rule("QUA020", "missing-context", severity=Severity.INFO, since="0.1", confidence=Confidence.LOW)
def missing_context(examples: Examples, options: MissingContextOptions) -> pl.Expr:
    """Find short prompts that speak of something, in examples that have nothing else."""
    alone = ~examples.has_media & ~examples.has_tools & (examples.surroundings == 0)
    short = (examples.prompt.str.len_bytes() <= 3 * options.max_chars) & (
        examples.system.str.len_bytes() <= options.max_chars
    )
    return passing(
        alone & short & (examples.shape != "unknown"),
        examples.prompt,
        lambda text: text.str.contains_any(list(_LITERALS)),
    )


@missing_context.detail
def _word(row: dict[str, Any], options: MissingContextOptions) -> Hit | None:
    prompt = row["prompt"]
    if len(prompt) > options.max_chars or row["roles"].strip("s").count("u") != 1:
        return None
    found = _missing(prompt.strip())
    if found is None:
        return None
    return Hit(
        f'refers to something that is missing: "{excerpt(prompt.strip(), 60, start=found.start(), stop=found.end())}"'
    )


def _missing(prompt: str) -> re.Match[str] | None:
    """Return the mention of what is not in the prompt."""
    found = re.search(_SEEN, prompt)
    if found is not None and re.search(_SHOWN, prompt) is None:
        return None if re.match(_NAMED, prompt[found.end() :]) or re.search(_NAMED_WITHIN, found.group()) else found
    found = re.search(_ABOVE, prompt)
    if found is not None and found.start() <= _BEFORE and "\n" not in prompt:
        return found
    found = re.search(_BELOW, prompt)
    # On a later line, the mention is part of a text that is there.
    if found is None or "\n" in prompt[: found.start()]:
        return None
    rest = prompt[found.end() :].rstrip(" :：")
    return found if len(rest) <= _REST and re.search(f"{_GIVEN}|{_FOR_ANY}", rest) is None else None
