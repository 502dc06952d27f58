"""Find secrets in a text: keys, tokens and passwords that have a published format and are not placeholders.

The formats are data, in ``datalint.privacy.gitleaks_formats`` and ``datalint.privacy.own_formats``. Passwords in URLs,
authorization headers and values assigned to a name such as ``api_key`` have no format: they are recognised by the value
(``datalint.privacy.secret_values``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from datalint.privacy.secret_format import SIGNS
from datalint.privacy.secret_values import FORMS, Form, entropy, is_generated
from datalint.privacy.spans import PrivateSpan, ascii_pattern, without_overlaps
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.secret_format import SecretFormat

#: Must not match before a secret, unless its pattern says otherwise: a letter or digit that is not in an escape or
#: in the sequence of a terminal's colour.
_BEFORE: Final = r"[A-Za-z0-9](?<!\\[nrt])(?<!\x1b\[\dm)(?<!\x1b\[\d\dm)\Z"
#: Follows a secret with an end: the secret is not part of a file name.
_AFTER: Final = r"(?!\.[A-Za-z0-9])"
#: Follows a value that may be a secret: it is not the name of an image or web asset. Other file names are redacted.
_PICTURE: Final = r"(?!\.(?:png|jpe?g|gif|svg|webp|ico|css|js)\b)"
#: Follows a secret without an end: the characters that belong to it.
_REST: Final = r"[A-Za-z0-9_-]*"
#: Matches every text with one of :data:`SIGNS`; faster than searching for them one after another.
_EITHER_SIGN: Final = (
    r"[_:=(-](?:[A-Za-z0-9_-]{20}|[A-Za-z0-9_+/=.~-]{24}|(?<=[:=(])>?\s{0,3}\\?[\"'`]?[A-Za-z0-9_+/=.~-]{16})"
)
_KEY: Final = "PRIVATE KEY"
_KEY_HEAD: Final = rf"-----BEGIN (?:[A-Z]{{2,9}} ){{0,2}}{_KEY}(?: BLOCK)?-----"
_KEY_TAIL: Final = rf"-----END (?:[A-Z]{{2,9}} ){{0,2}}{_KEY}(?: BLOCK)?-----"
#: The maximum number of characters of a private key between its marker lines.
_LONGEST_KEY: Final = 20_000
#: Markers with this many first characters in common (one more if they are letters) are searched by these characters.
_STEM: Final = 3
#: The maximum number of strings per search: with more, Polars uses another automaton and takes five times as long.
_AT_ONCE: Final = 100


class SecretSigns(NamedTuple):
    """Patterns and strings with which Polars selects the few texts that :func:`secrets` has to examine.

    A text with a secret matches ``words``; or it matches ``either`` and contains one of the strings in ``valued``; or
    it matches ``either`` and ``tail`` and contains one of the strings in ``tailed``. The patterns begin with few
    literals or characters, so that the Rust engine finds them at memory speed. The strings are searched only in the
    remaining texts, list by list.
    """

    words: str
    either: str
    tail: str
    tailed: list[list[str]]
    valued: list[list[str]]


class _Table(NamedTuple):
    """The formats; indices of formats (and, after them, of forms) by sign and marker; values that are not secrets."""

    formats: tuple[SecretFormat, ...]
    by_sign: dict[str, dict[str, tuple[int, ...]]]
    allowed: str


def secrets(text: str, *, doubtful: bool = False) -> list[PrivateSpan]:
    """Return the secrets in ``text``, in order and without overlaps.

    With ``doubtful``, values with less entropy than keys of their format, and keys from public documentation, count as
    secrets too: they are not reported, but should not be displayed either.
    """
    table = _table()
    has_sign = ascii_pattern(_EITHER_SIGN).search(text) is not None
    numbers: list[int] = []
    for sign, strings in table.by_sign.items():
        if not sign or (has_sign and ascii_pattern(SIGNS[sign]).search(text) is not None):
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
        # Of two formats of one issuer, the longer one covers the entire secret.
        found += sorted(formatted, key=lambda each: each.start - each.end)
        for number in sorted(set(numbers)):
            if number >= len(formats):
                found += _judged(text, FORMS[number - len(formats)])
    return without_overlaps(found)


@cache
def secret_signs() -> SecretSigns:
    """Return the patterns and strings to search for in a column of texts."""
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
    # Imported with the first text, because `datalint --help` does not need it.
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
    """Replace markers by their common beginnings, because fewer strings are found faster."""
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


def _formatted(text: str, known: SecretFormat, *, doubtful: bool) -> Iterator[PrivateSpan]:
    # A pattern with a group defines itself what must precede the secret.
    valued = "(?P<value>" in known.pattern
    group = "value" if valued else 0
    after = _PICTURE if doubtful else f"(?!{known.end}){_AFTER}"
    pattern = ascii_pattern(f"(?:{known.pattern}){after if known.end else ''}")
    at = 0
    while (match := pattern.search(text, at)) is not None:
        begin, at = match.span(group)
        if not valued and ascii_pattern(_BEFORE).search(text[max(begin - 5, 0) : begin]):
            at = begin + 1
            continue
        if (doubtful or not known.end) and (rest := ascii_pattern(_REST).match(text, at)) is not None:
            at = rest.end()
        # Some patterns allow fewer characters than any key of their issuer has.
        has_sign = known.sign != "tail" or ascii_pattern(SIGNS["tail"]).search(match[0]) is not None
        value = match[group]
        if has_sign and is_generated(value) and (doubtful or _is_certain(value, known)):
            yield PrivateSpan(known.kind, begin, at)


def _is_certain(value: str, known: SecretFormat) -> bool:
    return (
        entropy(value) >= known.entropy
        and not (known.allowed and ascii_pattern(known.allowed).search(value))
        and not ascii_pattern(_table().allowed).search(value)
    )


def _judged(text: str, form: Form) -> Iterator[PrivateSpan]:
    if ascii_pattern(form.core).search(text) is None:
        return
    for match in ascii_pattern(form.pattern).finditer(text):
        if is_generated(match["value"]) and form.is_secret(match, text):
            yield PrivateSpan(form.kind, *match.span("value"))


def _private_keys(text: str) -> Iterator[PrivateSpan]:
    done = 0
    tails = ascii_pattern(_KEY_TAIL).finditer(text)
    tail = next(tails, None)
    for head in ascii_pattern(_KEY_HEAD).finditer(text):
        # The first tail after an earlier head, so that the text between two heads is searched only once.
        while tail is not None and tail.start() < head.end():
            tail = next(tails, None)
        closed = tail is not None and tail.end() <= head.end() + _LONGEST_KEY
        end = tail.end() if tail is not None and closed else min(len(text), head.end() + 4_000)
        # Prose about keys contains only the marker lines, or an ellipsis or a warning between them.
        body = text[head.end() : min(end, head.end() + 400)]
        key = ascii_pattern(r"[A-Za-z0-9+/=]{40}").search(body)
        if key is not None and len(set(key[0])) >= 8 and "EXAMPLE" not in body:
            yield PrivateSpan("private key", head.start(), end)
        done = max(done, end)
    if done == 0 and tail is not None:
        before = text[max(0, tail.start() - _LONGEST_KEY) : tail.start()]
        # The end of the text before the body: a search from its beginning would try every position after it.
        begin = max((match.end() for match in ascii_pattern(r"[^A-Za-z0-9+/=\s\\]").finditer(before)), default=0)
        if len(before) - begin >= 40:
            yield PrivateSpan("private key", tail.start() - len(before) + begin, tail.end())
