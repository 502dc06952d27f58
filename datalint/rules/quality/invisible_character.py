r"""A text contains invisible characters, or letters of another script that look the same.

## What it does
Reports zero-width spaces, soft hyphens, word joiners, byte-order marks inside a text, fillers, tag characters and
private-use characters.

Also reported:
- in responses and plain texts, a Latin letter within a Cyrillic word that looks the same ("бaланың" with `a` instead of
  `а`), or the reverse
- in responses, a word of Chinese characters directly after one of another script ("rất可能"), unless the prompt explains
  it
- an i with a second dot (U+0307), as `"İ".lower()` makes it in Python ("i\u0307stanbul")
- five or more Arabic letters in presentation forms (U+FE8D for U+0627); in prompts, only if words are in reversed order
- several non-joiners in a row, except for one

Not reported:
- characters that a script needs: joiners in emoji, Arabic and Indic scripts, variation selectors, line-break hints in
  Thai, Lao, Khmer and Myanmar
- a single operator of a formula, such as invisible times (U+2062)
- names, abbreviations, symbols and code that mix two scripts
- marks that are piled on a letter as decoration
- a hidden instruction that the model is to recognise: equal runs of such characters in a prompt around "ignore …"

One finding for each file and key names all rows if one character alone is in 5 % of at least 50 rows, or in 50 rows.

## Why it matters
Because of an invisible character, two texts that look equal differ, and it costs tokens: "re\u00adfund" is not
"refund" to a tokenizer, and neither is "rеfund" with a Cyrillic letter. Private-use characters are icons of a font
that nobody else has, and tag characters can hide instructions.

## Bad
```jsonl
{"prompt": "What is a refund?", "completion": "A re\u00adfund gives\u200b money back."}
```

## Good
```jsonl
{"prompt": "Who lives here?", "completion": "A family: 👨‍👩‍👧. In Persian one writes می‌خواهم."}
```

## What to do
Delete invisible characters, but replace private-use ones by the bullet or emoji that their font shows. Write words of
two scripts as the finding does. Normalise presentation forms (NFKC) after their order is set right. Delete the blanks
around a non-joiner between Arabic letters. Invisible characters come from web pages, PDF files and word processors.

`datalint fix` deletes them, but leaves those that may stand for something else. Write what is meant there:
- a soft hyphen that may be a hyphen ("13d\u00ad3", "IT\u00adTeam", "pre\u00ad and postwar")
- a zero-width space that may separate two words ("news\u200btoday"), and anything between two numbers ("12\u200b2/3")
- a filler between two letters, and what stands alone in quotation marks
- characters before places that the row states, such as those of labelled spans: move these too
- texts that speak of such characters, and words of two scripts that the prompt has as well

## Known limits
`mojibake` reports a character that is part of a letter in the wrong code page, such as a soft hyphen after "Ã", and
`replacement-character` one next to a lost character (U+FFFD). Prompts of rows that are marked as tests of odd input
(`bucket`, `category` or `type` is `adversarial`, `unicode` or `noisy`, or a key names the character or attack, such as
`zwsp_in_city`) are not reported, and neither are answers that repeat their character. The logo of Apple (U+F8FF) is not
reported: people type it, and Apple's fonts show it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Fix, Hit, Options, Policy, Severity, Turns, excerpt, passing, rule
from datalint.rules.common.characters.about_characters import MEANT, is_about_characters
from datalint.rules.common.characters.invisible import (
    BULLETS,
    NAMES,
    hidden_places,
    hides_order,
    is_private,
    name_of,
)
from datalint.rules.common.characters.look_alikes import MAY_LOOK_ALIKE, look_alikes, mixed_words, straightened
from datalint.rules.common.characters.presentation_forms import FORMS, presentation_forms
from datalint.rules.common.characters.soft_hyphens import SOFT_HYPHEN, may_be_hyphen
from datalint.rules.common.characters.stray_words import has_stray_word, may_have_stray_word, stray_word
from datalint.rules.common.characters.zero_width import is_in_blanks, may_part
from datalint.rules.common.spans.offsets import why_kept
from datalint.rules.common.test_cases import is_tested
from datalint.rules.common.texts.items import EMPTIES, empties_items
from datalint.rules.common.texts.template_tokens import SPECIAL
from datalint.rules.common.texts.turns import beyond_ascii, is_odd, learned, says_nothing

#: Private use, tags and presentation forms, and with them letters of two scripts in one word.
_PRIVATE_OR_TAG: Final = f"[\ue000-\uf8fe\U000e0001-\U000e007f\U000f0000-\U0010fffd{FORMS}]"
_PRIVATE_OR_MIXED: Final = f"{_PRIVATE_OR_TAG}|{MAY_LOOK_ALIKE}"
_LINE_BULLET: Final = rf"(?m)^([ \t]*)([{''.join(BULLETS)}])(?=[ \t]|\w)"
#: The small letter of "İ" as Unicode has it for all languages but Turkish and Azerbaijani: an i with a second dot, which
#: Lithuanian dictionaries write before an accent.
_SECOND_DOT: Final = "i\u0307"
_DOTTED: Final = r"i\u0307(?![\u0300-\u036f])"
_DOTS: Final = "second dots"
#: What a message says where no fix deletes the soft hyphens, or some zero-width spaces.
_KEPT: Final = "; the fix keeps soft hyphens, which may stand for hyphens here: write a hyphen, or join the parts"
_PARTING: Final = "; write a blank where one is between two words or numbers, which the fix leaves as they are"
_LOST: Final = "; a private-use character is a sign of one font: write the sign that was meant"
_IN_BLANKS: Final = "; delete the blanks around a non-joiner between Arabic letters, not the non-joiner"
_READ: Final = "; the prompt has the word as well: write both alike"
#: What ends the keys of hits in rows that state places in their texts.
_WITH_PLACES: Final = " with places"


@rule(
    "QUA014",
    "invisible-character",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.MEDIUM,
    fix=Fix.edit(safe=True),
    policy=tuple(
        Policy("one cause in many rows", 0.05, key=(f"{name}{end}",), placed=True, example=True, many=50)
        for name in (*NAMES.values(), _DOTS)
        for end in ("", _WITH_PLACES)
    ),
)
def invisible_character(turns: Turns, options: Options) -> pl.Expr:
    """Find texts with a character that may be invisible."""
    private = passing(beyond_ascii(turns), turns.text, lambda text: text.str.contains(_PRIVATE_OR_MIXED))
    said = learned(turns) & (turns.role != "text") & beyond_ascii(turns)
    dotted = passing(beyond_ascii(turns), turns.text, lambda text: text.str.contains_any([_SECOND_DOT]))
    return is_odd(turns) | private | dotted | passing(said, turns.text, may_have_stray_word, has_stray_word)


@invisible_character.detail
def _word(row: dict[str, Any], options: Options) -> Hit | None:
    text = row["text"]
    found = hidden_places(text)
    at = next(found, None)
    # A prompt or response of nothing else is an empty one, and reported as such.
    if at is None:
        return _second_dots(row, options) or _look_alike(row, options) or _stray_word(row) or _presentation_forms(row)
    if hides_order(row) or says_nothing(text) or _is_whole_answer(row, at) or is_tested(row, char=text[at]):
        return None
    # A text may be millions of them, so that what they have in common is looked up once.
    names: Counter[str] = Counter()
    places = [at, *found]
    for char, count in Counter(map(text.__getitem__, places)).items():
        names[name_of(char)] += count
    kinds = ", ".join(f"{count:,} × {name}" for name, count in names.most_common(3))
    around = excerpt(text, 60, start=at - 12, stop=at + 12)
    message = f'{kinds}, the first at character {at + 1}: "{around}"'
    repaired = _repaired(row, options)
    stays = why_kept(row, repaired)
    kept = SOFT_HYPHEN if any(may_be_hyphen(text, each) for each in places) else ""
    more = _KEPT * bool(kept)
    parting = {text[each] for each in places if text[each] != kept and may_part(text, each)}
    asked = _LOST if all(unicodedata.category(char) == "Co" for char in parting) else _PARTING
    more += MEANT if is_about_characters(row) else asked * bool(parting)
    more += _IN_BLANKS * any(is_in_blanks(text, each) for each in places)
    empties = not stays and empties_items(row, _repaired, options)
    more += EMPTIES * empties
    # What the message says of one row is not said of others.
    key = (
        f"{NAMES[text[at]]}{_WITH_PLACES * bool(stays)}" if len(names) == 1 and text[at] in NAMES and not more else None
    )
    fixable = repaired != text and not stays and not empties
    # Text to read, as of a corpus that was split into words, is what users send too.
    is_spaced = row["is_prompt"] and all(is_in_blanks(text, each) for each in places)
    return Hit(f"{message}{more}{stays}", fixable=fixable, key=key, severity=Severity.INFO if is_spaced else None)


def _is_whole_answer(row: dict[str, Any], at: int) -> bool:
    """Return whether the last answer of a text of turns is nothing but invisible characters, of which one is ``at``."""
    return row["spoken"].endswith("A") and says_nothing(re.sub(SPECIAL, "", row["text"][at:]))


def _second_dots(row: dict[str, Any], options: Options) -> Hit | None:
    """Return the hit of a text with an i that has two dots, None without one."""
    places = [found.start() for found in re.finditer(_DOTTED, row["text"])]
    if not places or is_tested(row):
        return None
    around = excerpt(row["text"], 40, start=max(places[0] - 10, 0), stop=places[0] + 15)
    message = (
        f'{len(places):,} × i with a second dot U+0307, as "İ" becomes in lower case outside of Turkish, the '
        f'first at character {places[0] + 1}: "{around}"; delete the dot'
    )
    repaired = _repaired(row, options)
    stays = why_kept(row, repaired)
    about = is_about_characters(row)
    key = f"{_DOTS}{_WITH_PLACES * bool(stays)}" if not about else None
    return Hit(f"{message}{MEANT * about}{stays}", fixable=repaired != row["text"] and not stays, key=key)


def _look_alike(row: dict[str, Any], options: Options) -> Hit | None:
    """Return the hit of a response or plain text with letters of another script in its words, None without one."""
    if not row["is_response"] or is_tested(row):
        return None
    words = list(look_alikes(row["text"]))
    if not words:
        mixed = next(mixed_words(row["text"]), None)
        if mixed is None:
            return None
        word = f'"{excerpt(mixed.group(), 40)}", at character {mixed.start() + 1}'
        return Hit(f"a word mixes letters of two scripts: {word}; write it in one script", fixable=False)
    first = words[0]
    scripts = ("Latin", "Cyrillic") if first.letter.isascii() else ("Cyrillic", "Latin")
    has = "word has" if len(words) == 1 else "words have"
    message = (
        f"{len(words):,} {has} {scripts[0]} letters that look like {scripts[1]} ones, the first at character "
        f'{first.start + 1}: "{excerpt(first.word, 40)}" with "{first.letter}" U+{ord(first.letter):04X}; write them in {scripts[1]}'
    )
    message += MEANT if is_about_characters(row) else _READ * (first.word in row["prompt"])
    return Hit(message, fixable=_repaired(row, options) != row["text"])


def _stray_word(row: dict[str, Any]) -> Hit | None:
    """Return the hit of an answer with a word of an East Asian language in a sentence of another one, None without one."""
    is_answer = row["is_response"] and row["role"] != "text" and row["side"] != "rejected"
    found = stray_word(row) if is_answer else None
    if found is None or is_tested(row):
        return None
    start = found.start()
    around = excerpt(row["text"], 50, start=max(start - 20, 0), stop=found.end() + 15)
    word = excerpt(found.group(), 20)
    return Hit(
        f'"{word}" in a sentence of another language, at character {start + 1}: "{around}"; translate it', fixable=False
    )


def _presentation_forms(row: dict[str, Any]) -> Hit | None:
    """Return the hit of a text with Arabic letters as a font draws them; of what people wrote, only in reversed order."""
    text = row["text"]
    found = presentation_forms(text)
    if found is None or not (found.is_reversed or row["is_response"]) or is_tested(row):
        return None
    order = ", in reversed order" if found.is_reversed else ""
    remedy = "restore the order, then normalise them (NFKC)" if found.is_reversed else "normalise them (NFKC)"
    around = excerpt(text, 40, start=max(found.start - 5, 0), stop=found.start + 30)
    return Hit(
        f"{found.letters:,} Arabic letters in presentation forms{order}, as in text from a PDF file, the first at character "
        f'{found.start + 1}: "{around}"; {remedy}',
        fixable=False,
    )


@invisible_character.repair
def _repaired(row: dict[str, Any], options: Options) -> str:
    """Delete them, except for private use, which a font may show as those of Word show bullets, what may be a hyphen or
    stand for a blank, and what a row is about.

    Letters that look like those of the script of their word become these.
    """
    text = re.sub(_LINE_BULLET, lambda found: found[1] + BULLETS[found[2]], row["text"])
    if is_about_characters(row):
        return text
    text = re.sub(_DOTTED, "i", text)
    places = [*hidden_places(text)]
    # Where one soft hyphen of a text stands for a hyphen, those within its words may do so too.
    kept_too = SOFT_HYPHEN if any(may_be_hyphen(text, at) for at in places) else ""
    deleted = [at for at in places if not is_private(text[at]) and text[at] != kept_too]
    deleted = [at for at in deleted if not may_part(text, at) and not is_in_blanks(text, at)]
    kept = [0, *(at + 1 for at in deleted)]
    ends = [*deleted, len(text)]
    plain = "".join(text[start:end] for start, end in zip(kept, ends, strict=True))
    return straightened(plain, row["prompt"]) if row["is_response"] else plain
