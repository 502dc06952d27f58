r"""A text contains U+FFFD, words of question marks or `<unk>`, which replace characters or words that were lost.

## What it does
Reports turns that contain the replacement character `�`, how many there are, and where the first one is. At the end of
a rejected answer it is not reported: the model that was sampled there stopped within a character, and it is not
learned. Elsewhere in a rejected answer it is a note.

Also reports five or more words in a row of nothing but question marks, with different lengths, half of which are longer
than one, but not in steps of one (`? ?? ???`); texts of nothing else; an English word with question marks for its
apostrophe (`don?t`, `it????s`); and `<unk>`, `<UNK>` and `[UNK]` between other words, but in code and quotation marks.

## Why it matters
A decoder writes U+FFFD in place of bytes that are not valid text, so the original character is lost. The usual causes
are UTF-8 that was cut by bytes (token by token, or at a limit) and text that was decoded with the wrong encoding. The
model learns to write the character. An encoder without the letters of a script (ASCII, Latin-1, a column of a
database) writes `?` in place of each of them, or of each of their bytes. A tokenizer writes `<unk>` in place of a
word that its vocabulary lacks.

## Bad
```jsonl
{"prompt": "Translate: a hundred", "completion": "\ufffd\ufffd百"}
```

## Good
```jsonl
{"prompt": "Translate: a hundred", "completion": "一百"}
```

## What to do
Get the text from its source again. A lost character can't be restored from the dataset.

## Known limits
A text about encodings or tokenizers may contain them on purpose. A character that was lost in a line that was decoded
with the wrong code page is reported by [mojibake](mojibake.md), which says that a part is beyond repair.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import Any, Final

import polars as pl

from datalint.api import Hit, Options, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.characters.misdecoded import is_of_misdecoded
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.test_cases import ENCODED, is_tested
from datalint.rules.common.texts.turns import is_odd, without_code

#: Words of question marks, how many of these there are at least, and what every such text contains.
_WORDS: Final = lazy_pattern(r"(?:\?{1,40}[.,:;!()'\"-]{0,2} ){4,400}\?{1,40}")
_MARKS: Final = 12
_PARTS: Final = ["? ??", "?? ?"]
#: A text of nothing else, and the marks and the lengths of its words that it has at least.
_ONLY: Final = lazy_pattern(r"[?\s.,:;!()'\"-]{1,2000}")
_ONLY_MARKS: Final = 8
#: Question marks for the apostrophe of an English word, which no address has, and how they go on.
_APOSTROPHE: Final = lazy_pattern(
    r"(?i)(?<![\w/?=&.#-])(?:(?:don|doesn|didn|isn|wasn|aren|weren|hasn|haven|hadn|can|won|couldn|wouldn|shouldn|ain)"
    r"\?{1,9}t|(?:it|that|he|she|i|you|we|they|there|what|let|who|here)\?{1,9}(?:s|re|ve|ll|m|d))(?![\w=?&/%#-]|\.\w)"
)
#: The same ends behind any word.
_SAME_END: Final = lazy_pattern(r"(?<=[^\W\d_])\?{1,9}(?:s|t|re|ve|ll|m|d)(?![\w=?&/%#-]|\.\w)")
#: Places that are counted.
_MOST: Final = 1_000
_SHORTENED: Final = ["?s", "?t", "?re", "?ve", "?ll", "?m", "?d", "?S", "?T", "?RE", "?VE", "?LL", "?M", "?D"]
#: What tokenizers write for a word that they lack, and such a mark that is no word of code, and not quoted.
_UNKNOWN: Final = ["<unk>", "<UNK>", "[UNK]"]
_LOST_WORD: Final = lazy_pattern(r"(?<![\"'`=“‘_])(?:<unk>|<UNK>|\[UNK\])(?![\"'`=”’_])")
_TOKENIZERS: Final = lazy_pattern(r"(?i)\btoken|vocabular|词表|词汇表|分词")

#: What a message says of an answer that is not learned.
_REJECTED: Final = "; where a weak model wrote it so, it may stay, as it is rejected"


@rule("QUA012", "replacement-character", severity=Severity.WARNING, since="0.1")
def replacement_character(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with U+FFFD, words of question marks, or marks for unknown words."""
    lost = passing(is_odd(turns), turns.text, lambda text: text.str.contains_any(["\ufffd"]))
    return lost | turns.text.str.contains_any([*_PARTS, *_SHORTENED, *_UNKNOWN])


@replacement_character.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    message = _lost(row)
    if message is None:
        return None
    rejected = row["side"] == "rejected"
    return Hit(f"{message}{_REJECTED * rejected}", severity=Severity.INFO if rejected else None)


def _lost(row: dict[str, Any]) -> str | None:
    text = row["text"]
    if is_tested(row, ENCODED):
        return None
    if "\ufffd" not in text:
        return _question_marks(text) or _apostrophes(text) or _unknown_words(text)
    if row["side"] == "rejected" and "\ufffd" not in text.rstrip("\ufffd \n"):
        return None
    places = [found.start() for found in re.finditer("\ufffd", text) if not is_of_misdecoded(text, found.start())]
    if not places:
        return None  # a part of what mojibake reports
    count, at = len(places), places[0]
    around = excerpt(text, 30, start=at - 12, stop=at + 12)
    lost = "1 lost character (U+FFFD)" if count == 1 else f"{count:,} lost characters (U+FFFD), the first"
    return f'{lost} at character {at + 1}: "{around}"'


def _question_marks(text: str) -> str | None:
    for found in _WORDS.finditer(text):
        words = found.group().split()
        count = found.group().count("?")
        # Single marks are what a writer sets apart.
        long = sum("??" in word for word in words)
        if count >= _MARKS and len(set(map(len, words))) > 1 and 2 * long >= len(words) and not _grow(words):
            return f'{len(words):,} words of question marks at character {found.start() + 1}: "{excerpt(found.group(), 30)}"'
    words = [word for word in text.split() if "??" in word] if _ONLY.fullmatch(text) else []
    if text.count("?") >= _ONLY_MARKS and len(set(map(len, words))) > 1:
        return f'nothing but question marks: "{excerpt(text, 30)}"'
    return None


def _grow(words: list[str]) -> bool:
    """Whether each word is one mark or has one more than the word before: the beginnings or ends of one run of marks."""
    lengths = [0, *map(len, words)]
    return all(length in (1, before + 1) for before, length in pairwise(lengths))


def _apostrophes(text: str) -> str | None:
    """Say where question marks stand for apostrophes; code, which may have them as operators, is left out."""
    said = without_code(text)
    found = list(islice(_APOSTROPHE.finditer(said), _MOST))
    if not found:
        return None
    at, word = found[0].start(), excerpt(found[0].group(), 30)
    # Next to one, the same ends of other words, such as names, have lost theirs too.
    count = max(len(found), sum(1 for _ in islice(_SAME_END.finditer(said), _MOST)))
    lost = "1 lost apostrophe" if count == 1 else f"{count:,} lost apostrophes, the first"
    return f'{lost} at character {at + 1}: "{word}"'


def _unknown_words(text: str) -> str | None:
    # A line of a vocabulary is nothing but the mark, and texts about tokenizers name it.
    if text.strip() in _UNKNOWN or _TOKENIZERS.search(text) is not None:
        return None
    found = list(_LOST_WORD.finditer(without_code(text)))
    if not found:
        return None
    at, mark = found[0].start(), found[0].group()
    lost = f"1 lost word ({mark})" if len(found) == 1 else f"{len(found):,} lost words ({mark}), the first"
    return f'{lost} at character {at + 1}: "{excerpt(text, 40, start=max(at - 16, 0), stop=at + 20)}"'
