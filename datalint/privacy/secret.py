"""Secrets in a text: keys, tokens and passwords that have a published format and are no placeholder.

The formats are data, in ``datalint.privacy.gitleaks_formats`` and ``datalint.privacy.own_formats``. Passwords in URLs,
authorization headers and values assigned to a name such as ``api_key`` have none: there the value decides
(``datalint.privacy.secret_values``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from datalint.privacy.secret_format import SIGNS
from datalint.privacy.secret_values import FORMS, Form, entropy, is_generated
from datalint.privacy.spans import Found, apart, compiled

if TYPE_CHECKING:
    from datalint.privacy.secret_format import SecretFormat

#: Before a secret whose pattern says nothing about it: no letter or digit, unless it belongs to an escape like ``\\n``.
_BEFORE: Final = r"[A-Za-z0-9](?<!\\[nrt])\Z"
#: After a secret that has an end: it is no name of a file.
_AFTER: Final = r"(?!\.[A-Za-z0-9])"
#: After a value that may be a secret: it is no name of a picture or of a page's part. Of other files it is hidden.
_PICTURE: Final = r"(?!\.(?:png|jpe?g|gif|svg|webp|ico|css|js)\b)"
#: After one that has none: what belongs to it.
_REST: Final = r"[A-Za-z0-9_-]*"
#: In every text with one of :data:`SIGNS`; it is quicker to look for than these one after the other.
_EITHER_SIGN: Final = (
    r"[_:=(-](?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_+/=.~-]{24}|(?<=[:=(])>?\s{0,3}\\?[\"'`]?[A-Za-z0-9_+/=.~-]{16})"
)
_KEY: Final = "PRIVATE KEY"
_KEY_HEAD: Final = rf"-----BEGIN (?:[A-Z]{{2,9}} ){{0,2}}{_KEY}(?: BLOCK)?-----"
_KEY_TAIL: Final = rf"-----END (?:[A-Z]{{2,9}} ){{0,2}}{_KEY}(?: BLOCK)?-----"
#: Characters of a private key between its marker lines.
_LONGEST_KEY: Final = 20_000
#: Markers with so many first characters in common, or one more if these are letters, are looked for by these.
_STEM: Final = 3
#: More strings at once than these take Polars five times as long, for it then uses another automaton.
_AT_ONCE: Final = 100


class SecretSigns(NamedTuple):
    """Patterns and strings for Polars, which leave few texts to :func:`secrets`.

    A text with a secret matches ``words``; or it matches ``either``, and has one of the strings in ``valued``, or
    matches ``tail`` and has one of those in ``tailed``. The patterns begin with few literals or few characters, so that
    the Rust engine finds them at memory speed; the strings are looked for in the texts that are left, list by list.
    """

    words: str
    either: str
    tail: str
    tailed: list[list[str]]
    valued: list[list[str]]


class _Table(NamedTuple):
    """The formats; by sign and marker the numbers of formats, and of forms after them; values that are no secrets."""

    formats: tuple[SecretFormat, ...]
    by_sign: dict[str, dict[str, tuple[int, ...]]]
    allowed: str


def secrets(text: str, *, doubtful: bool = False) -> list[Found]:
    """Return the secrets in ``text``, in order, none overlapping another.

    With ``doubtful``, values that have less entropy than keys of their format, and keys that documentation is known to
    show, are secrets as well: they are not worth a report, but need not be shown either.
    """
    table = _table()
    has_sign = compiled(_EITHER_SIGN).search(text) is not None
    numbers: list[int] = []
    for sign, strings in table.by_sign.items():
        if not sign or (has_sign and compiled(SIGNS[sign]).search(text) is not None):
            for string, those in strings.items():
                if string in text:
                    numbers += those
    found = list(_private_keys(text)) if _KEY in text else []
    if numbers:
        formats = table.formats
        formatted = [
            each
            for number in sorted(set(numbers))
            if number < len(formats)
            for each in _formatted(text, formats[number], doubtful=doubtful)
        ]
        # Of two formats of one issuer the longer one hides all of the secret.
        found += sorted(formatted, key=lambda each: each.start - each.end)
        for number in sorted(set(numbers)):
            if number >= len(formats):
                found += _judged(text, FORMS[number - len(formats)])
    return apart(found)


@cache
def secret_signs() -> SecretSigns:
    """Return what to look for in a column of texts."""
    by_sign = _table().by_sign
    forms = {marker for form in FORMS for marker in form.markers}
    words = [re.escape(string) for string in by_sign[""] if string not in forms]
    words += [rf"{_KEY}(?: BLOCK)?-----", *(form.core for form in FORMS if not form.sign)]
    tailed, valued = (
        [strings[at : at + _AT_ONCE] for at in range(0, len(strings), _AT_ONCE)]
        for strings in ([*by_sign["tail"]], [*by_sign["value"]])
    )
    return SecretSigns("|".join(words), "|".join(SIGNS.values()), SIGNS["tail"], tailed, valued)


@cache
def _table() -> _Table:
    # Loaded with the first text: `datalint --help` shows none.
    from datalint.privacy import gitleaks_formats, own_formats

    formats = (*gitleaks_formats.FORMATS, *own_formats.FORMATS)
    by_sign: dict[str, dict[str, tuple[int, ...]]] = {"": {}, **{sign: {} for sign in SIGNS}}
    signed = [(each.sign, each.markers) for each in formats] + [(each.sign, each.markers) for each in FORMS]
    for number, (sign, markers) in enumerate(signed):
        for marker in markers:
            by_sign[sign][marker] = (*by_sign[sign].get(marker, ()), number)
    stemmed = {sign: _stemmed(numbers) for sign, numbers in by_sign.items()}
    return _Table(formats, stemmed, "|".join((*gitleaks_formats.ALLOWED, *own_formats.ALLOWED)))


def _stemmed(numbers: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return fewer strings for the same formats, since few are found faster: what several markers have in common."""
    found: dict[str, tuple[int, ...]] = {}
    last = stem = ""
    for marker in sorted(numbers):
        size = next((at for at, (a, b) in enumerate(zip(last, marker, strict=False)) if a != b), len(last))
        if last and (size == len(last) or size > _STEM or (size == _STEM and not last[:size].isalpha())):
            stem = last[:size]
            found[stem] = found.pop(last)
        else:
            stem = marker
        found[stem] = (*found.get(stem, ()), *numbers[marker])
        last = stem
    return found


def _formatted(text: str, known: SecretFormat, *, doubtful: bool) -> Iterator[Found]:
    # A pattern with a group says itself what must stand before it.
    valued = "(?P<value>" in known.pattern
    group = "value" if valued else 0
    after = _PICTURE if doubtful else f"(?!{known.end}){_AFTER}"
    pattern = compiled(f"(?:{known.pattern}){after if known.end else ''}")
    at = 0
    while (match := pattern.search(text, at)) is not None:
        begin, at = match.span(group)
        if not valued and compiled(_BEFORE).search(text[max(begin - 2, 0) : begin]):
            at = begin + 1
            continue
        if (doubtful or not known.end) and (rest := compiled(_REST).match(text, at)) is not None:
            at = rest.end()
        # Some patterns allow for fewer characters than any key of their issuer has.
        has_sign = known.sign != "tail" or compiled(SIGNS["tail"]).search(match[0]) is not None
        value = match[group]
        if has_sign and is_generated(value) and (doubtful or _is_certain(value, known)):
            yield Found(known.kind, begin, at)


def _is_certain(value: str, known: SecretFormat) -> bool:
    return (
        entropy(value) >= known.entropy
        and not (known.allowed and compiled(known.allowed).search(value))
        and not compiled(_table().allowed).search(value)
    )


def _judged(text: str, form: Form) -> Iterator[Found]:
    if compiled(form.core).search(text) is None:
        return
    for match in compiled(form.pattern).finditer(text):
        if is_generated(match["value"]) and form.is_secret(match, text):
            yield Found(form.kind, *match.span("value"))


def _private_keys(text: str) -> Iterator[Found]:
    done = 0
    tails = compiled(_KEY_TAIL).finditer(text)
    tail = next(tails, None)
    for head in compiled(_KEY_HEAD).finditer(text):
        # The first tail after an earlier head, so that what is between two heads is searched once.
        while tail is not None and tail.start() < head.end():
            tail = next(tails, None)
        closed = tail is not None and tail.end() <= head.end() + _LONGEST_KEY
        end = tail.end() if tail is not None and closed else min(len(text), head.end() + 4_000)
        # Prose about keys shows the marker lines alone, or with an ellipsis or a word of warning between them.
        body = text[head.end() : min(end, head.end() + 400)]
        if compiled(r"[A-Za-z0-9+/=]{40}").search(body) and "EXAMPLE" not in body:
            yield Found("private key", head.start(), end)
        done = max(done, end)
    if done == 0 and tail is not None:
        before = text[max(0, tail.start() - _LONGEST_KEY) : tail.start()]
        # The end of what precedes the body: from its own beginning on, a search would try every place after it.
        begin = max((match.end() for match in compiled(r"[^A-Za-z0-9+/=\s\\]").finditer(before)), default=0)
        if len(before) - begin >= 40:
            yield Found("private key", tail.start() - len(before) + begin, tail.end())
