r"""A response stops in the middle of a sentence.

## What it does
Reports a response of at least `min-chars` characters that ends in an article, preposition or the like ("… and the"),
in a comma, inside a bracket of its last line, or without a full stop where its other sentences and paragraphs have
one. The last line must be prose: code, lists, tables, quotations, headings, signatures, names, wishes, hash tags,
option letters and results with a number are left alone, and so are responses to a prompt that says how to end.

## Why it matters
Answers that were cut at a token limit teach the model to stop anywhere (SkyThought#2). They are easy to miss: of 2,312
chosen dialogues in the hh-rlhf harmless test split, over 120 stop in the middle.

## Bad
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost. While government bonds"}
```

## Good
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost.\n\n- Government bonds\n- Corporate bonds"}
```

## What to do
Generate the answer again with a higher limit, or cut it after its last whole sentence.

## Known limits
A cut behind a full stop, in code, in a list or in plain text rows is not seen. A last sentence whose full stop was
forgotten is reported like one that was cut.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, passing, rule
from datalint.rules.common.turns import learned

#: Characters at the end that are looked at.
_TAIL: Final = 400
#: Words that no English sentence ends in, or hardly any.
_OPEN_WORDS: Final = (
    "an|the|and|or|of|to|with|for|from|by|as|at|into|than|between|through|without|including|such|because|if|while"
    "|that|which|whose|their|its|your|our|his|my|these|is|are|was|were|be|been|will|would|can|could|should|may|might"
    "|has|have|had|when|where|although|unless"
)
#: A capital A is more often an option's letter than an article.
_OPEN_WORD: Final = f"(?:a|(?i:{_OPEN_WORDS}))"
_OPEN_MARKS: Final = ",，、(（[【"
_END: Final = r"(?:[.!?][\"”’)]*\s|[。！？][”’）]*)"
#: The last characters: an open word or mark, a sentence's end with a piece behind it, an open bracket.
_GATE: Final = (
    rf"(?:\s(?:a|{_OPEN_WORDS})|[\p{{L}}\p{{N}}][,，、(（\[【]"
    rf"|{_END}[^.!?。！？\n]*\p{{L}}|[(（][^()（）\n]*\p{{L}}|[.!?。！？][\"”’)）]*\s*\n[^.!?。！？\n]{{20,}}\p{{L}})\s*$"
)
_ITEM: Final = r"\s{0,8}(?:[-*+•]|\d{1,3}[.)、]|[a-zA-Z][.)])\s"
_BLOCK: Final = r"\s{4}|\s*[|>#\[]"
_LAST_END: Final = rf"(?s).*{_END}\s*"
#: Code, links, attributions ("- Ada") and results ("Answer: yes") end as they like.
_NOT_PROSE: Final = r"[={}<>|;\\#@]|https?:|www\.|\w\(\w*\)|[-–—] ?[A-Z][^,]{0,40}$|\w[:：][^,，]{0,60}$"
#: An option or a quantity at the end: "the answer is B", "its speed is 125 km/hr".
_RESULT: Final = re.compile(
    r"\b[A-Z][)\]]?$|\d[\d.,]*(?:\s?[^\W\d][\w/%°²³.]{0,8})?$|答案[^，,]{0,12}[A-Z]"
    r"|(?i:\banswer(?: is|s are|:)[^,]{0,40}$)"
)
_RESULT_CHARS: Final = 80
#: The end of a letter and a wish, which need no full stop.
_FAREWELL: Final = re.compile(
    r"(?i:^(?:yours|(?:very |most )?(?:sincerely|respectfully|faithfully|truly)|(?:kind|best|warm|with|many)\b.{0,20}"
    r"\b(?:regards|wishes|thanks|hope|respect|love|gratitude|appreciation)|regards|cheers|love|best|thank you|thanks"
    r"|good luck|have (?:a|fun)|happy|enjoy|take care|stay safe|bon app|welcome|congrat|p\.?s\.?)\b)"
    r"|^(?:祝|愿|希望|此致|敬礼|谢谢|感谢|加油|欢迎)"
)
#: A name or title: capitalised words, with small ones between them.
_CAPITAL: Final = r"(?:[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][\w'’.-]*|\[[^\]]*\])"
_TITLE: Final = re.compile(rf"{_CAPITAL}(?:,? (?:{_CAPITAL}|of|the|and|in|de|von)){{0,7}}")
#: A paragraph that ends, and one that is long enough to be a sentence and not a heading, a name or a greeting.
_ENDED: Final = re.compile(r"[.!?:。！？：][\"”’)）*_]*$")
_LEAST_WORDS: Final = 8
_LEAST_CJK: Final = 20
_LEAST_PARAGRAPHS: Final = 2
_CJK: Final = "[\u3040-\u30ff\u3400-\u9fff]"
#: Where the prompt says how to end, the end is what was asked for.
_ASKED_END: Final = r"(?i)\b(?:end|finish|conclude|close)(?:ing)? (?:it |your \w+ |the \w+ )?with\b|last (?:word|sentence|line)|结尾|最后一(?:句|个词|个字)"
#: Sentences that end as they should, for each that may have been left without a full stop.
_LEAST_ENDS: Final = 2
_LEAST_CJK_ENDS: Final = 4


@frozen
class TruncatedOptions(Options):
    """When a response is looked at."""

    min_chars: int = option(
        200, "characters from which a response is looked at", source="shorter ones are labels, titles and names"
    )


@rule("QUA005", "truncated-response", severity=Severity.WARNING, since="0.1", confidence=Confidence.MEDIUM)
def truncated_response(turns: Turns, options: TruncatedOptions) -> pl.Expr:
    """Find responses that may stop too early; the expression is anchored at the end, where it mostly fails at once."""
    response = learned(turns) & ~turns.has_tool_calls & (turns.role != "text") & (turns.chars >= options.min_chars)
    return passing(
        response,
        turns.text,
        lambda text: text.str.contains(_GATE),
        lambda text: text.str.strip_chars_end().str.tail(_TAIL).str.contains(_GATE),
    )


@truncated_response.detail
def _word(row: dict[str, Any], options: TruncatedOptions) -> str | None:
    text = row["text"].rstrip()
    line = text[text.rfind("\n") + 1 :]
    before = text[: len(text) - len(line)]
    if text.count("```") % 2 or re.match(_BLOCK, line):
        return None
    what = _stop(line, before) or _unended(before, line)
    # A prompt may ask for the words to end with.
    if what is None or any(re.search(_ASKED_END, row[each]) for each in ("prompt", "system")):
        return None
    return f'{what}: "{excerpt(text, 50, end=True)}"'


def _unended(before: str, line: str) -> str | None:
    """Return how a last paragraph of a single sentence stops too early, by what the others do; None if it may end."""
    if not _is_paragraph(line) or line.isupper() or re.search(rf"{_NOT_PROSE}|[.!?。！？]", line) or _may_end(line):
        return None
    paragraphs = [each.rstrip() for each in before.split("\n") if _is_paragraph(each)]
    if len(paragraphs) < _LEAST_PARAGRAPHS or not all(map(_ENDED.search, paragraphs)):
        return None
    return "ends without a full stop, which its other paragraphs have"


def _is_paragraph(line: str) -> bool:
    if re.match(_ITEM, line) or re.match(_BLOCK, line):
        return False
    return len(line.split()) >= _LEAST_WORDS or len(re.findall(_CJK, line)) >= _LEAST_CJK


def _may_end(piece: str) -> bool:
    """Whether a piece is what ends without a full stop: a result, a farewell, a name, a title."""
    return bool(_RESULT.search(piece[-_RESULT_CHARS:]) or _FAREWELL.match(piece) or _TITLE.fullmatch(piece))


def _stop(line: str, before: str) -> str | None:
    """Return how a last line stops too early, None if it may end there."""
    item = re.match(_ITEM, line)
    body = line[item.end() :] if item else line
    ended = re.match(_LAST_END, body)
    piece = body[ended.end() :] if ended else body
    if not piece or re.search(_NOT_PROSE, piece) or _FAREWELL.match(piece):
        return None
    words = piece.split()
    is_cjk = re.search(_CJK, piece) is not None
    # A closing such as "Yours sincerely," waits for a name, a list item for nothing.
    whole = len(body.split()) > 4 or is_cjk
    if piece[-1] in _OPEN_MARKS:
        return "stops at a comma or open bracket" if whole and not item else None
    if whole and re.fullmatch(_OPEN_WORD, words[-1]):
        return f'stops after "{words[-1]}"'
    if sum(map(piece.count, "(（")) > sum(map(piece.count, ")）")):
        return "stops inside a bracket"
    if not ended or _may_end(piece) or _is_scrap(words, is_cjk=is_cjk):
        return None
    if not _ends_others(body, before, is_cjk=is_cjk):
        return None
    return "ends without a full stop, which its other sentences have"


def _is_scrap(words: list[str], *, is_cjk: bool) -> bool:
    """Whether a piece is too short to be the beginning of a sentence."""
    return len(words) <= 2 and not is_cjk and not any(re.fullmatch(_OPEN_WORD, word) for word in words)


def _ends_others(body: str, before: str, *, is_cjk: bool) -> bool:
    """Whether full stops are the response's habit; in Chinese forum text many paragraphs have none."""
    ends = len(re.findall(_END, before + body))
    if not is_cjk:
        return ends >= _LEAST_ENDS
    paragraphs = [each.rstrip() for each in before.split("\n") if _is_paragraph(each)]
    ended = sum(_ENDED.search(each) is not None for each in paragraphs)
    return ends >= _LEAST_CJK_ENDS and ended * 3 >= len(paragraphs) * 2
