r"""The prompts are in one language and the responses in another, as where only one side was translated.

## What it does
Looks at `sample` rows whose prompt and response are sentences, spread over the data. Where a third of the pairs share
no function word of any of 33 languages, both sides are identified by script and by the model of
[py3langid](https://github.com/adbar/py3langid). If at least `min-share` of the rows have the same two languages, one
finding names them.

Nothing is reported if this is what the data is for: pairs of translation data, prompts that mention languages or
translation, keys that are named after languages or the sides of a translation (`en`, `source`), responses that are as
long as their prompts, prompts that are documents, responses that are objects or forms, and one prompt or one response
for many rows.

## Why it matters
Often only one side of the data was translated, or the teacher model fell back to English. The model learns to answer in
a language that its users do not write.

## Bad
```jsonl vary=120
{"prompt": "Wie lange kann ich die Schuhe nach dem Kauf noch umtauschen, wenn ich den Beleg {n} nicht mehr habe?", "completion": "You can exchange the shoes within {n} days of the purchase. {w} {w} {w}"}
```

## Good
```jsonl vary=120
{"prompt": "How long can I exchange the shoes after the purchase if I have lost the receipt {n} of them?", "completion": "You can exchange the shoes within {n} days of the purchase. {w} {w} {w}"}
```

## What to do
Translate the other side too, or say in the prompt which language is wanted. If the answers are meant to be in another
language than the questions, ignore the note.

## Known limits
Similar languages (Danish and Norwegian, Indonesian and Malay, Czech and Slovak) count as one. Rows whose prompt
or response is mostly code, a query or data, and those that mix languages, are not compared. Where few rows are of two
languages, `language-mismatch` names each.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from datalint.api import Dataset, Hit, Options, Severity, Text, frozen, option, rule

if TYPE_CHECKING:
    from datalint.rules.common.texts.language import Identified

#: Characters of a sentence, and of a prompt that may be a document.
_SENTENCE: Final = 40
_DOCUMENT: Final = 400
#: Share of the rows that may be compared, of the pairs without a common word, and of different prompts and responses.
_COMPARED: Final = 0.3
_APART: Final = 1 / 3
_DISTINCT: Final = 0.8
#: Share of the prompts that speak of languages from which on the data is about these.
_ASKING: Final = 0.1
#: Correlation of the lengths of both sides from which on one is the translation of the other.
_PARALLEL: Final = 0.8
#: Words of the names of keys of the two sides of a translation, each with the other.
_SIDES: Final = (
    *(("src", "tgt"), ("source", "target"), ("original", "translation"), ("original", "translated")),
    *(("src", "mt"), ("source", "mt"), ("src", "ref")),
)
_WORD: Final = r"[A-Z]?[a-z]+|[A-Z]+"
#: The beginning of a line of a form.
_FIELD: Final = r"\s{0,9}[^\s:：][^:：\n]{0,40}[:：]"
#: Letters from which a text is compared.
_LETTERS: Final = 30
#: The shape whose sides are in two languages by design.
_PAIRS: Final = "translation"


@frozen
class UntranslatedSideOptions(Options):
    """What is looked at."""

    sample: int = option(60, "rows that are looked at", source="a share of these is accurate to ±13 points (95 %)")
    min_share: float = option(
        0.3, "share of these with the same two languages", source="of fewer, language-mismatch names each row"
    )
    min_rows: int = option(100, "rows of data that is looked at", source="shares of fewer are chance")


@rule("QUA043", "untranslated-side", severity=Severity.INFO, since="0.1", gated=False)
def untranslated_side(data: Dataset, options: UntranslatedSideOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset where the two sides of many rows are of two languages."""
    rows = _compared(data, options)
    if not rows:
        return
    texts = data.texts(rows)
    pairs = _pairs(texts)
    if not pairs or _is_purpose(texts):
        return
    counts = Counter((asked.name, answered.name) for asked, answered, _ in pairs)
    (first, second), count = counts.most_common(1)[0]
    usual = [text for asked, answered, text in pairs if (asked.name, answered.name) == (first, second)]
    if count < options.min_share * len(rows) or _are_parallel(usual):
        return
    codes = next(
        (asked.code, answered.code) for asked, answered, _ in pairs if (asked.name, answered.name) == (first, second)
    )
    if not _are_named(data.records(rows[:1])[0], (codes[0], first.lower()), (codes[1], second.lower())):
        yield Hit(
            f"the prompts are {first} and the responses {second} in {count} of {len(rows)} rows that were looked at",
            key=f"{first} {second}",
        )


def _compared(data: Dataset, options: UntranslatedSideOptions) -> list[int]:
    """Return rows with two sentences and without tools, spread over all; none if few rows have these."""
    if data.kind not in ("sft", "evaluation", "preference") or data.size < options.min_rows:
        return []
    rows = data.examples
    asked, answered = rows["prompt_chars"], rows["response_chars"]
    fits = (asked >= _SENTENCE) & (asked <= _DOCUMENT) & (answered >= _SENTENCE) & ~rows["has_tool_calls"]
    fits &= rows["shape"] != _PAIRS
    found = fits.arg_true()
    if len(found) < max(_COMPARED * data.size, options.sample):
        return []
    return found.gather_every(len(found) // options.sample).head(options.sample).to_list()


def _pairs(texts: Sequence[Text]) -> list[tuple[Identified, Identified, Text]]:
    """Return the rows whose sides are certainly of two languages, and these; none if few share no words."""
    from datalint.rules.common.texts.language import language_of, share_no_words

    apart = share_no_words([text.response for text in texts], [text.prompt for text in texts])
    if sum(apart) < _APART * len(texts):
        return []
    found = []
    for text in (text for text, is_apart in zip(texts, apart, strict=True) if is_apart and not _is_form(text.response)):
        asked, answered = language_of(text.prompt, _LETTERS), language_of(text.response, _LETTERS)
        if asked is not None and answered is not None and asked.differs(answered):
            found.append((asked, answered, text))
    return found


def _is_form(text: str) -> bool:
    """Return whether a text is an object, a list or tags, or has a name before what is in each of its lines."""
    lines = text.strip().splitlines()
    return text.lstrip().startswith(("{", "[", "<", "`")) or (
        len(lines) > 1 and all(re.match(_FIELD, line) for line in lines if line.strip())
    )


def _is_purpose(texts: Sequence[Text]) -> bool:
    """Return whether prompts speak of languages, or many rows have one prompt or response: a template or a label."""
    from datalint.rules.common.texts.language import speaks_of_languages

    asking = sum(speaks_of_languages(text.prompt) or speaks_of_languages(text.system) for text in texts)
    different = min(len({text.prompt for text in texts}), len({text.response for text in texts}))
    return asking > _ASKING * len(texts) or different < _DISTINCT * len(texts)


def _are_parallel(texts: Sequence[Text]) -> bool:
    """Return whether the lengths of both sides go together, as those of sentences and their translations do."""
    one, other = (
        [math.log(len(side)) for side in sides]
        for sides in zip(*((text.prompt, text.response) for text in texts), strict=True)
    )
    means = [sum(each) / len(each) for each in (one, other)]
    gaps = [(a - means[0], b - means[1]) for a, b in zip(one, other, strict=True)]
    spread = math.sqrt(sum(a * a for a, _ in gaps) * sum(b * b for _, b in gaps))
    return bool(spread) and sum(a * b for a, b in gaps) >= _PARALLEL * spread


def _are_named(record: dict[str, object], one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether keys are named after both languages, or the two sides of a translation."""
    words = {word.lower() for key in record for word in re.findall(_WORD, key[:_SENTENCE])}
    named = not words.isdisjoint(one) and not words.isdisjoint(other)
    return named or any(words.issuperset(sides) for sides in _SIDES)
