r"""A text was decoded with the wrong code page.

## What it does
Reports a text with traces of UTF-8 that was decoded with the wrong code page ("Ã©", "â€™", "Â°"). The line is repaired
with ftfy, and the turn is reported only if the repair changes it. The message shows the text before and after.

Also reported:
- UTF-8 that was decoded as Windows-1250 or 1251, Mac OS Roman or code page 437 ("Ă©", "вЂ™", "√©", "├⌐")
- UTF-8 that was decoded with another code page of one byte, such as Windows-1256 ("ط§ظ„") or KOI8-R
- quotation marks, dashes and emoji in such a code page ("‚Äô", "вАЩ", "рџ‘Ќ"), although the rest of the line cannot be
  repaired
- UTF-8 that was decoded with a code page of Chinese, Japanese or Korean ("voc锚", "it鈥檚")
- tokenised text ("â € ™", "CamanÃ ¡"), unless the parts of a word have a label each

In Spanish and Portuguese, "Ã" and a blank after a letter ("polÃ tica") stay: they were "í", not the "à" of ftfy.

## Why it matters
The model learns to write "FranÃ§oise". Mojibake also hides duplicates, because the same sentence has two spellings.

## Bad
```jsonl
{"prompt": "Who painted it?", "completion": "FranÃ§oise, at the end of the Belle Ã‰poque."}
```

## Good
```jsonl
{"prompt": "Who painted it?", "completion": "Françoise, at the end of the Belle Époque. NÃO era â, e assim ficou."}
```

## What to do
Read the source again as UTF-8, or repair what can be repaired: `datalint fix DATA --output FILE`.

## Known limits
A text that was decoded twice, cleaned, and cut in between may be beyond repair. Of such texts, only "â€" and "ï¿½" are
reported, because no language uses these sequences. Chinese that was decoded with another Chinese code page is not
found. Rows that are marked as tests of odd input or labelled noise (`"noise_type": "mojibake"`) are not reported.

Reported, but not repaired:
- a line in which a changed word would still be mojibake
- a row that speaks of encodings (UTF-8, code page, mojibake), as it may show what a wrong one does
- a single letter within a word ("Fran莽ois" and no other), which may be a stray character; one at the end of a word is
  not reported
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from unicodedata import normalize

import polars as pl

from datalint.api import Confidence, Fix, Hit, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.characters import one_byte
from datalint.rules.common.characters.about_characters import MEANT, is_about_encodings
from datalint.rules.common.characters.east_asian import HAS_EAST_ASIAN, is_single, literals
from datalint.rules.common.characters.misdecoded import LITERALS, TRACES, bounds, decoded, stretches
from datalint.rules.common.characters.stretch_repair import HALVES, SPLIT
from datalint.rules.common.common_prefix import common_prefix
from datalint.rules.common.spans.offsets import why_kept
from datalint.rules.common.test_cases import ENCODED, is_tested
from datalint.rules.common.text_lists import are_texts
from datalint.rules.common.texts.turns import beyond_ascii

#: Sequences that no language uses.
_HOPELESS: Final = ("â€", "ï¿½")
#: What is left of characters that lost a byte, in a line that is repaired otherwise.
_LEFT: Final = "(?<=[a-zß-ÿ])Ã |‚Ä[^\x00-\x7f]|ï¸|ðŸ|\ufe0f{3}|\ufffd"
#: What is left where a character was read with the wrong code page twice and lost a byte in between: its other bytes.
_HALF: Final = "Â[\u0080-\u00bfÂ]|â[¤€‚š˜›œž]|€[\u0080-\u009fœ™˜š›]"
#: What a character that was read with the wrong code page has at least.
_PAIR: Final = "[^\x00-\x7f]{2}"
#: A mark that is written with a letter of ASCII and has no character together with it, except for strokes.
_MARKED: Final = "(?<=[A-Za-z])[\u0300-\u0333\u0339-\u036f]"
#: Lines that are tried before the text is let go.
_TRIES: Final = 20
#: Characters of tags for each of their words.
_LONGER: Final = 8
_DIVIDED: Final = "; the word is divided between two tokens"


@rule("QUA011", "mojibake", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH, fix=Fix.edit(safe=True))
def mojibake(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with a trace of mis-read UTF-8."""
    return passing(
        beyond_ascii(turns),
        turns.text,
        lambda text: (
            text.str.contains(TRACES) | text.str.contains_any([*LITERALS, *one_byte.LITERALS]) | _may_be_misread(text)
        ),
    )


def _may_be_misread(text: pl.Expr) -> pl.Expr:
    # Of the thousands of literals, an automaton is made for every chunk: only where they may be.
    return passing(text.str.contains(HAS_EAST_ASIAN), text, lambda some: some.str.contains_any([*literals()]))


@mojibake.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    found = None if is_tested(row, ENCODED) else _found(row, options)
    if found is not None and found.fixable and is_about_encodings(row):
        return replace(found, message=f"{found.message}{MEANT}", fixable=False)
    return found


def _found(row: dict[str, Any], options: Options) -> Hit | None:
    text, tokens = row["text"], _tokens(row)
    if (again := decoded(text)) == text:
        return Hit(f'wrong code page of the whole text, beyond repair: "{excerpt(text, 40)}"', fixable=False)
    if again is not None and is_single(text):
        return Hit(f"stray character or wrong code page: {_change(text, again, 'may have been')}", fixable=False)
    if again is not None:
        left = ", in part beyond repair" if "\ufffd" in text else ""
        stays = why_kept(row, again)
        able = not stays and (tokens is None or " ".join(map(_whole, tokens)) == again)
        return Hit(f"wrong code page{left}: {_change(text, again)}{stays}", fixable=able)
    half: Hit | None = None
    for tried, (start, end, fixed) in enumerate(stretches(text)):
        if _stays_half(text[start:end], fixed):
            at = re.search(_HALF, text[start:end])
            begin = start + (at.start() if at else _changed_at(text[start:end], fixed))
            near = excerpt(text, 40, start=begin, stop=end)
            half = half or Hit(f'wrong code page, beyond repair: "{near}"', fixable=False)
        elif fixed != text[start:end]:
            change = _change(text[start:end], fixed)
            left = ", in part beyond repair" if re.search(_LEFT, fixed) else ""
            repaired = _repaired(row, options)
            stays = why_kept(row, repaired)
            able = not stays and (repaired != text if tokens is None else any(_whole(each) != each for each in tokens))
            divided = _DIVIDED if HALVES.search(text[start:end]) and _is_aligned(row) else ""
            return Hit(f"wrong code page{left}: {change}{divided}{stays}", fixable=able)
        first, last = bounds(text, start)
        found = next((at for mark in _HOPELESS if (at := text.find(mark, first, last)) >= 0), None)
        if found is not None:
            near = excerpt(text, 40, start=max(found - 12, 0), stop=found + 14)
            return Hit(f'wrong code page, beyond repair: "{near}"', fixable=False)
        if tried == _TRIES:
            break
    return half


@mojibake.repair
def _repaired(row: dict[str, Any], options: Options) -> str:
    """Repair each line, or the part of a long one, as the message shows it."""
    text: str = row["text"]
    # A word in two tokens has two labels.
    return text if HALVES.search(text) and _is_aligned(row) else _whole(text)


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the places of the lines of a text and their repairs, where no word is mojibake after it as well."""
    for start, end, fixed in stretches(text):
        yield start, end, text[start:end] if _stays_half(text[start:end], fixed) else fixed


def _stays_half(line: str, fixed: str) -> bool:
    """Whether a repair changes a word and leaves bytes of its characters in it, or makes a mark of a letter."""
    if re.search(_MARKED, fixed) is not None and set(re.findall(_MARKED, normalize("NFC", fixed))) - set(line):
        return True
    before = set(line.split(" "))
    return any(_is_garbled(word) for word in fixed.split(" ") if word not in before)


def _is_garbled(word: str) -> bool:
    """Whether a repaired word still has bytes of other characters in it, but for what is said to be left."""
    rest = re.sub(_LEFT, "", word)
    if re.search(_HALF, word) is not None or re.search(_PAIR, rest) is None:
        return re.search(_HALF, word) is not None
    from ftfy.badness import is_bad  # which takes long to import

    return bool(is_bad(rest))


def _whole(text: str) -> str:
    if (again := decoded(text)) is not None:
        return text if is_single(text) else again
    pieces: list[str] = []
    done = 0
    for start, end, fixed in _stretches(text):
        pieces += (text[done:start], fixed)
        done = end
    return "".join((*pieces, text[done:]))


def _tokens(row: dict[str, Any]) -> list[str] | None:
    """Return the tokens that a turn's text consists of, each of which a fix repairs by itself."""
    value = row["record"].get(row["path"].removeprefix("$."))
    return value if are_texts(value, 0) and " ".join(value) == row["text"] else None


def _is_aligned(row: dict[str, Any]) -> bool:
    """Whether a turn's text is a list of tokens, or another text of the row has as many words, as tags have."""
    if _tokens(row) is not None:
        return True
    text, size = row["text"], len(row["text"].split())
    others = (value for value in row["record"].values() if isinstance(value, str) and value != text)
    return any(len(value.split()) == size > 1 for value in others if len(value) <= _LONGER * len(text))


def _change(line: str, fixed: str, verb: str = "should be") -> str:
    """Return the first word that the repair changes, before and after."""
    at, start = common_prefix(line, fixed), _changed_at(line, fixed)
    size = SPLIT.count(" ") + 1 if line.startswith(SPLIT, start) else 2 if HALVES.match(line, at) else 1
    before, after = " ".join(line[start:].split(" ", size)[:size]), fixed[start:].split(" ", 1)[0]
    return f'"{excerpt(before, 40)}" {verb} "{excerpt(after, 40)}"'


def _changed_at(line: str, fixed: str) -> int:
    """Return where the first word that the repair changes begins; of a long word, what is around the change."""
    at = common_prefix(line, fixed)
    return max(line.rfind(" ", 0, at) + 1, at - 20)
