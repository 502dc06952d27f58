r"""The letters of a language that are not in ASCII, or its apostrophes, were deleted from the texts.

## What it does
Reports the dataset, once, if its texts lack the letters of their language that are not in ASCII: frequent words of 15
languages are without them ("deil" or "de il" for "değil"), and no such letter is in any text. There must be at
least 15 such words, and 0.3 % of all.

Also reported:
- responses in sentences whose words are typed in ASCII ("deja" for "déjà")
- English, French or Italian responses and plain texts without apostrophes ("dont", "cest"); each response, if only some
  are
- English words with an "a" for the apostrophe ("donat" for "don't")
- Hungarian "õ" and "û" in the place of "ő" and "ű", as in text that was decoded as Latin-1
- "â" as a word in five rows or more: what is left of a dash or quotation mark that was decoded as Latin-1
- emoji that an encoder wrote as question marks, four for each

Not reported:
- words that are typed in ASCII in prompts ("degil"): people type so
- fewer than 50 rows; of more, the first 300 are read

## Why it matters
The model learns words that do not exist, and cannot tell those apart that only such a letter distinguishes. The usual
causes are `encode("ascii", "ignore")` and a pattern such as `[^a-zA-Z ]` that cleans texts in English.

## Bad
```jsonl vary=60
{"text": "Bu lamba {n} gzel deil iin yle kald.", "label": "a"}
```
## Good
```jsonl vary=60
{"text": "Bu lamba {n} guzel degil icin oyle kaldi.", "label": "a"}
```
## What to do
Read the texts from their source again, as UTF-8, and keep all letters (`\w`) when they are cleaned. A deleted letter
can't be restored from the dataset. Texts that were written without accents need them again, by a person or a program
that knows the language. In Hungarian that was decoded as Latin-1, replace "õ" with "ő" and "û" with "ű".
## Known limits
Prompts that people typed in ASCII have lost no letter and are not reported, and neither are responses without capitals
or marks, responses that begin in small letters as in a chat, and labelled texts. Neither are datasets of which only
some rows lack letters, except for apostrophes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datalint.api import Chunk, Dataset, Hit, Options, Severity, excerpt, rule
from datalint.rules.common.characters.apostrophe_letters import replaced_apostrophes
from datalint.rules.common.characters.casual_texts import are_casual
from datalint.rules.common.characters.lost_emoji import Runs, find_runs, joined_runs
from datalint.rules.common.characters.replaced_letters import replaced_letters, rests_of_characters
from datalint.rules.common.characters.stripped_words import (
    Stripped,
    lacking_apostrophes,
    partly_without_apostrophes,
    stripped_language,
    typed_language,
    without_apostrophes,
)
from datalint.rules.common.texts.template_lines import template_lines

#: What words may lack besides letters beyond ASCII.
_APOSTROPHES = "apostrophes"
#: Rows that are read, the first ones, and the fewest.
_MOST = 300
_LEAST = 50
_SHOWN = 3
#: Rows whose texts are in memory at a time, where all are read.
_AT_ONCE = 5_000


@rule("QUA038", "deleted-letter", severity=Severity.WARNING, since="0.1", gated=True)
def deleted_letter(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for the dataset if letters of its language were deleted."""
    if data.size < _LEAST:
        return
    if data.measured is not None and data.measured.lost:
        yield Hit(
            f"no emoji, but {data.measured.lost:,} runs of question marks as long as the bytes of emoji: "
            f'"{data.measured.text}"',
            at=data.measured.first,
            key="emoji",
        )
    texts = data.texts(range(min(data.size, _MOST)))
    found = stripped_language(f"{text.prompt}\n{text.response}" for text in texts)
    if found is not None:
        yield _hit(found, "letters beyond ASCII", len(texts))
    else:
        yield from _in_template([text.prompt for text in texts])
    if (lettered := replaced_apostrophes(f"{text.prompt}\n{text.response}" for text in texts)) is not None:
        message = f'{lettered.words:,} English words in the first {len(texts):,} rows have "a" for their apostrophe'
        yield Hit(f"{message}: {_shown(lettered.examples)}", key="letter")
    responses = [text.response for text in texts]
    if found is None:
        yield from _typed([text.prompt for text in texts], responses)
    yield from _misdecoded([f"{text.prompt}\n{text.response}" for text in texts])
    elided = without_apostrophes(responses)
    if elided is None:
        yield from _in_part(data, responses)
    elif not are_casual(responses, frozenset(word for word, _ in elided.examples)):
        yield _hit(elided, _APOSTROPHES, len(texts))


def _typed(prompts: Sequence[str], responses: Sequence[str]) -> Iterator[Hit]:
    """Yield a hit for responses without letters beyond ASCII that their language has, and that prompts have."""
    if (typed := typed_language(prompts, responses)) is not None:
        message = (
            f"{typed.words:,} {typed.language} words in the first {len(responses):,} responses lack their letters beyond "
            f"ASCII, which no response has: {_shown(typed.examples)}"
        )
        yield Hit(message, key=f"{typed.language} typed")


def _misdecoded(texts: Sequence[str]) -> Iterator[Hit]:
    """Yield a hit for what is left of characters that were decoded as Latin-1, and for letters in their place."""
    if (rests := rests_of_characters(texts)) is not None:
        message = (
            f'{len(rests.texts):,} of the first {len(texts):,} rows have "â" as a word, what is left of a dash or a '
            f'quotation mark of UTF-8 that was decoded as Latin-1 and cleaned: "{excerpt(rests.example, 40)}"'
        )
        yield from (Hit(message, at=row, key="rests") for row in rests.texts)
    if (replaced := replaced_letters(texts)) is not None:
        message = (
            f'{replaced.words:,} {replaced.language} words in the first {len(texts):,} rows have "õ" or "û" for "ő" or '
            f'"ű", which no row has: {_shown(replaced.examples)}; the text is Latin-2, and was decoded as Latin-1: '
            "replace these letters"
        )
        yield Hit(message, key=f"{replaced.language} replaced")


deleted_letter.merge(joined_runs)


@deleted_letter.measure
def measure(chunk: Chunk, options: Options) -> Runs:
    """Count the runs of question marks of a chunk."""
    return find_runs(chunk)


def _in_template(prompts: list[str]) -> Iterator[Hit]:
    """Yield a hit for the first line of a template at which the texts of all prompts lack letters."""
    for place, lines in template_lines(prompts).items():
        if len(lines) >= _LEAST and (found := stripped_language(lines)) is not None:
            where = f"in line {place} of the first {len(prompts):,} prompts, outside of the template,"
            message = f"{found.words:,} {found.language} words {where} lack their letters beyond ASCII"
            yield Hit(f"{message}, which no prompt has there: {_shown(found.examples)}", key=f"{found.language} line")
            return


def _in_part(data: Dataset, responses: list[str]) -> Iterator[Hit]:
    """Yield a hit at each response without apostrophes, if several of the first ones lack theirs and the others do not."""
    found = partly_without_apostrophes(responses)
    if found is None:
        return
    rows = list(_rows_without(data, found.language))
    message = (
        f"{len(rows):,} of {data.size:,} responses lack the apostrophes of {found.language} words, which others have: "
        f"{_shown(found.examples)}"
    )
    yield from (Hit(message, at=row, key=f"{found.language} some") for row in rows)


def _rows_without(data: Dataset, language: str) -> Iterator[int]:
    """Yield the rows of all responses without apostrophes, a part of the data after the other."""
    for start in range(0, data.size, _AT_ONCE):
        texts = data.texts(range(start, min(start + _AT_ONCE, data.size)))
        yield from (start + at for at in lacking_apostrophes([text.response for text in texts], language))


def _shown(examples: list[tuple[str, str]]) -> str:
    return ", ".join(f'"{excerpt(left, 20)}" for "{whole}"' for left, whole in examples[:_SHOWN])


def _hit(found: Stripped, lost: str, rows: int) -> Hit:
    words = f"{found.words:,} {found.language} words in the first {rows:,} rows lack their {lost}"
    key = f"{found.language} one" if lost == _APOSTROPHES else found.language
    return Hit(f"{words}, which no row has: {_shown(found.examples)}", key=key)
