r"""Texts contain notices and links of the web pages that they are from.

## What it does
Reports the dataset, once, if responses or texts have words that a page has around its text: a notice on cookies, "Skip
to main content", "Share on Facebook", "All rights reserved", or a button at the end of a line ("View more"). Of 100
rows, at least `min-texts` (3) and `min-share` (3 %) must have some. Seven languages are known.

Also reported:
- a beginning or an end of at least 200 characters that half of the plain texts share, in words without punctuation, as
  in menus
- one or two words after an ellipsis ("...More") that a fifth of the texts or prompts end with: the site cut these texts
- one or two words that a fifth of the texts or prompts end with, without a blank before them ("phoneREAD MORE")
- tags of paragraphs, lists and lines of HTML in a fifth of the prompts, if these and the answers are not about markup
- as a warning, the number of missing characters ("… [+593 chars]"), as news services write it

## Why it matters
Where such words are left, menus, footers and other parts of pages are too, which differ from page to page. The model
learns to end its answers with them.

## Bad
```jsonl vary=12
{"text": "Skip to main content\\nThe pier of {w} is long, and boats number {n} land here every day of the week.\\nShare on Facebook\\n{n} comments"}
```

## Good
```jsonl vary=12
{"text": "The pier of {w} is long, and boats number {n} land here every day of the week. A notice says that all is well."}
```

## What to do
Extract the main text of the pages, with a program such as trafilatura or resiliparse, and remove the rows that have no
main text. Get texts that a site cut from their own pages. Remove the tags of prompts if those who will ask the model
write none.

## Known limits
Only some words of pages are known, so that the rows with such parts are more than those that are counted. Shared parts
with sentences, such as a system prompt or a licence, are not reported. Words of a page are not looked for in prompts,
as they may be pages on purpose, and tags in responses and texts are left to [html-residue](html-residue.md), and neither is code, markup, a row of unknown shape, a response whose prompt has the same words, or a text of
fewer than 100 characters.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from datalint.api import Dataset, Hit, Options, Severity, excerpt, frozen, option, percent, rule
from datalint.rules.common.common_prefix import common_prefix
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.texts.page_tags import find_page_tags
from datalint.rules.common.texts.sampled import Sampled, sampled_texts
from datalint.rules.common.texts.turns import without_code

#: Words of a page around its text.
_SIGNS: Final = lazy_pattern(
    r"(?i)\b(?:(?:(?:we|this (?:web)?site|our (?:web)?site) uses? cookies|accept (?:all )?cookies|skip to (?:main )?content"
    r"|share (?:this )?(?:post |article )?(?:on|via) (?:facebook|twitter|linkedin|whatsapp|pinterest)"
    r"|(?:subscribe to|sign up for) (?:our|the) newsletter|all rights reserved|leave a (?:reply|comment)|toggle navigation"
    r"|diese (?:website|webseite) (?:verwendet|benutzt) cookies|alle rechte vorbehalten|ce site utilise des cookies"
    r"|tous droits réservés|este (?:sitio|site) (?:utiliza|usa) cookies|todos los derechos reservados"
    r"|todos os direitos reservados|все права защищены)\b)|版权所有|责任编辑|扫一扫|点击查看"
)
#: The text of a button after the last sentence of a line, which a goal of a list ("- Read more") is not.
_BUTTON: Final = lazy_pattern(
    r"(?m)(?<=[.!?…][ \n])(?:(?:View|Read|Show|See|Load) [Mm]ore|(?:Show|See) [Ll]ess|Weiterlesen|Mehr anzeigen|Lire la suite"
    r"|Voir plus|Leer más|Ver más|Leia mais|Ver mais|Читать далее|Показать ещё)[ .…>»]{0,5}$|(?<=[。！？…])(?:查看更多|阅读全文|展开全文)$"
)
#: Literals of which each sign in ASCII has one, in lower case, and each button.
_SIGNS_HAVE: Final = (
    *("cookies", "skip to ", "share ", "subscribe to ", "sign up for ", "rights reserved", "leave a ", "toggle nav"),
    *("alle rechte", "derechos reserv", "direitos reserv"),
)
_BUTTONS_HAVE: Final = (
    *("View ", "Read ", "Show ", "See ", "Load ", "Weiterlesen", "Mehr ", "Lire ", "Voir ", "Leia ", "Ver "),
)
_MARKUP: Final = lazy_pattern(r"</?[A-Za-z]{1,20}[ >/]|[;{}]\s*\n")
#: Characters of a text at least, and of one that is read.
_LEAST: Final = 100
_READ: Final = 20_000
_SHOWN: Final = 60
#: Texts that are compared at least, the shares of them that have one beginning or end, and its characters.
_COMPARED: Final = 10
_SHARES: Final = (0.9, 0.5)
_SHARED: Final = 200
#: The link to the rest of a text that a site cut, the characters in which it is looked for, and the shares of the texts
#: that have it, and of those that end with the same words that have no ellipsis before them, at most.
_LINK: Final = lazy_pattern(r"(?:\.{3}|…) ?([^\W\d_]{2,12}(?: [^\W\d_]{2,12})?)\s{0,3}\Z")
_END: Final = 40
#: The text of a button that a program put behind a text without a blank, and how many characters differ before it: the
#: end of a name, as in "TypeScript", has few.
_GLUED: Final = lazy_pattern(r"(?<=[^\W\d_A-Z]|[.!?…)])([A-Z][^\W\d_]{1,11}(?: [^\W\d_]{2,12})?)\s{0,3}\Z")
_DIFFERING: Final = 5
#: How many characters of a text are missing, as a news service says after the first ones.
_CUT: Final = lazy_pattern(r"(?:\.{3}|…) ?\[\+\d{1,9} [^\W\d_]{1,20}\]\Z")
_LINKED: Final = 0.2
_UNLINKED: Final = 0.05
#: Signs of sentences, templates and programs: menus are names alone.
_SENTENCE: Final = lazy_pattern(r"[.,!?:;=<>{}|#。，、！？：；।،؟]")
_LETTERS: Final = 0.6
_CAPITALS: Final = 0.1
_AROUND: Final = 20


@frozen
class PageBoilerplateOptions(Options):
    """When texts are from pages."""

    min_texts: int = option(3, "texts with such words", source="fewer may speak of pages")
    min_share: float = option(
        0.03,
        "share of the texts",
        source="of 485 public files, three have 3 % to 8 %, each from pages",
    )


@rule("QUA046", "page-boilerplate", severity=Severity.INFO, since="0.1", each="finding")
def page_boilerplate(data: Dataset, options: PageBoilerplateOptions) -> Iterator[Hit]:
    """Yield a hit at the first text with the menu or words of a page, if there are many."""
    sampled: Sampled = data.once(sampled_texts)
    if (menu := _menu(sampled)) is not None:
        yield menu
        return
    for texts, what in ((sampled.prompts, "prompts"), (sampled.learned, sampled.what)):
        if (link := _link(texts, what, sampled.rows) or _glued(texts, what, sampled.rows)) is not None:
            yield link
    if (tags := _tags(sampled)) is not None:
        yield tags
    looked_at, found = 0, []
    # All keys of a row that nobody can read are its text, and those of a table may hold notices of its pictures.
    shapes = data.examples["shape"].gather(sampled.rows).to_list() if sampled.rows else []
    for number, (text, prompt) in enumerate(zip(sampled.learned, sampled.prompts, strict=True)):
        if len(text) < _LEAST or shapes[number] == "unknown":
            continue
        looked_at += 1
        said = without_code(text[:_READ])
        sign = _sign_in(said)
        if sign is not None and _MARKUP.search(text) is None and sign[0].casefold() not in prompt.casefold():
            found.append((number, sign.start(), sign.end()))
    if len(found) >= max(options.min_texts, options.min_share * looked_at):
        number, start, stop = found[0]
        shown = excerpt(sampled.learned[number], _SHOWN, start=max(start - _AROUND, 0), stop=stop + _AROUND)
        yield Hit(
            f"{len(found):,} of {looked_at:,} {sampled.what} ({percent(len(found) / looked_at)}) have words of the web page that "
            f'they are from: "{shown}"',
            at=sampled.rows[number],
        )


def _menu(sampled: Sampled) -> Hit | None:
    """Return the hit at the first of plain texts that begin or end with the same menu; None for others."""
    long = ((text[:_READ], row) for text, row in zip(sampled.learned, sampled.rows, strict=True) if len(text) >= _LEAST)
    texts = [*dict(long).items()]
    if any(sampled.prompts) or len(texts) < _COMPARED:
        return None
    for share, (verb, step) in product(_SHARES, (("begin", 1), ("end", -1))):
        turned = [(text[::step], row) for text, row in texts]
        shared = _shared([text for text, _ in turned], math.ceil(share * len(texts)))
        if len(shared) < _SHARED or not _has_names_alone(shared):
            continue
        having = [(text, row) for text, row in turned if text.startswith(shared)]
        part = percent(len(shared) * len(having) / sum(len(text) for text, _ in having))
        shown = excerpt(shared[::step].strip(), _SHOWN)
        return Hit(
            f"{len(having):,} of {len(texts):,} texts {verb} with the same {len(shared):,} characters, as the menus of a page "
            f'do ({part} of what they say): "{shown}"',
            at=having[0][1],
        )
    return None


def _link(texts: Sequence[str], what: str, rows: Sequence[int]) -> Hit | None:
    """Return the hit at the first of many texts that end with the same link to the rest of them, or that say how much
    is missing; None for others."""
    long = [(text[-_END:].rstrip(), row) for text, row in zip(texts, rows, strict=True) if len(text) >= _LEAST]
    cut = [(match[0], row) for text, row in long if (match := _CUT.search(text)) is not None]
    if len(cut) >= max(_COMPARED, _LINKED * len(long)):
        return Hit(
            f"{len(cut):,} of {len(long):,} {what} ({percent(len(cut) / len(long))}) are cut: they end in "
            f'"{excerpt(cut[0][0], _SHOWN)}", the number of characters that are missing',
            at=cut[0][1],
            key=f"cut {what}",
            severity=Severity.WARNING,
        )
    ends = [(match[1], match[0], row) for text, row in long if (match := _LINK.search(text)) is not None]
    if len(ends) < max(_COMPARED, _LINKED * len(long)):
        return None
    word, count = Counter(word for word, _, _ in ends).most_common(1)[0]
    unlinked = sum(text.endswith((f" {word}", f"\n{word}")) and _LINK.search(text) is None for text, _ in long)
    if count < max(_COMPARED, _LINKED * len(long)) or unlinked > _UNLINKED * count:
        return None
    end, row = next((end, row) for other, end, row in ends if other == word)
    return Hit(
        f'{count:,} of {len(long):,} {what} ({percent(count / len(long))}) end in "{excerpt(end, _SHOWN)}": a site cut these '
        f'texts, and "{word}" is its link to the rest',
        at=row,
        key=f"link {what}",
    )


def _glued(texts: Sequence[str], what: str, rows: Sequence[int]) -> Hit | None:
    """Return the hit at the first of many texts that end with the same button, without a blank before it."""
    filled = [(text[-_END:].rstrip(), row) for text, row in zip(texts, rows, strict=True) if text]
    ends = [(match[1], match, row) for text, row in filled if (match := _GLUED.search(text)) is not None]
    if len(ends) < max(_COMPARED, _LINKED * len(filled)):
        return None
    word, count = Counter(word for word, _, _ in ends).most_common(1)[0]
    glued = [(match, row) for other, match, row in ends if other == word]
    before = {match.string[match.start(1) - 1] for match, _ in glued}
    apart = sum(text.endswith((f" {word}", f"\n{word}")) for text, _ in filled)
    if count < max(_COMPARED, _LINKED * len(filled)) or len(before) < _DIFFERING or apart > _UNLINKED * count:
        return None
    match, row = glued[0]
    return Hit(
        f'{count:,} of {len(filled):,} {what} ({percent(count / len(filled))}) end in "{excerpt(word, _SHOWN)}" without a '
        f'blank before it, as the button of a page: "{excerpt(match.string[max(match.start(1) - _AROUND, 0) :], _SHOWN)}"',
        at=row,
        key=f"glued {what}",
    )


def _tags(sampled: Sampled) -> Hit | None:
    """Return the hit at the first of many prompts with tags of HTML; None for others."""
    found = find_page_tags(sampled.prompts, sampled.learned)
    if found is None:
        return None
    shown = excerpt(
        sampled.prompts[found.first], _SHOWN, start=max(found.start - _AROUND, 0), stop=found.stop + _AROUND
    )
    many, read = found.prompts, len(sampled.prompts)
    return Hit(
        f'{many:,} of {read:,} prompts ({percent(many / read)}) have tags of HTML, as parts of a page: "{shown}"',
        at=sampled.rows[found.first],
        key="tags",
    )


def _has_names_alone(text: str) -> bool:
    """Whether a text, which may be turned around, has many words without a sign of sentences between them.

    Where letters have a case, some of the names of a menu have a capital, and the words of a long request have not.
    """
    part = max(_SENTENCE.split(text), key=len)
    words = [word for word in part.split() if any(map(str.islower, word))]
    names = sum(any(map(str.isupper, word)) for word in words)
    letters = sum(map(str.isalpha, part)) >= _LETTERS * len(part)
    return len(part) >= _SHARED and letters and names >= _CAPITALS * len(words)


def _shared(texts: Sequence[str], least: int) -> str:
    """Return the longest beginning that so many texts have."""
    ordered, found = sorted(texts), ""
    for first, last in zip(ordered, ordered[least - 1 :], strict=False):
        length = common_prefix(first, last)
        found = first[:length] if length > len(found) else found
    return found


def _sign_in(text: str) -> re.Match[str] | None:
    """Return the first words of a page in a text."""
    if not text.isascii():
        return _SIGNS.search(text) or _BUTTON.search(text)
    lower = text.lower()
    found = _SIGNS.search(text) if any(each in lower for each in _SIGNS_HAVE) else None
    return found or (_BUTTON.search(text) if any(each in text for each in _BUTTONS_HAVE) else None)
