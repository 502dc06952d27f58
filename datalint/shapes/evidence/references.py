"""Values that only refer to something: links, addresses, file names, times, checksums and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.metadata_keys import LINKS

_LINK: Final = lazy_pattern(r"(?:https?|ftp)://\S+|[\w.~-]*(?:[/\\][\w.~() -]+)+")
#: A list of links that is written as text, and what is between two of them.
_LINKS_BEGIN: Final = lazy_pattern(r"[\[({]?\s?['\"]?(?:https?|ftp)://")
_BETWEEN_LINKS: Final = lazy_pattern(r"['\"]?[\s,;|]{1,3}['\"]?(?=(?:https?|ftp)://)")
#: Checksums and UUIDs.
_DIGEST: Final = lazy_pattern(
    r"(?=[0-9a-fA-F-]{0,40}\d)[0-9a-fA-F]{8}(?:[0-9a-fA-F]{8,120}|(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
)
#: The characters around the only value of a row from a database: ``[('…',)]``.
_AROUND: Final = "[]()'\", "
#: A day in numbers or with the name of its month, in any order, a time of day, and a duration.
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY: Final = (
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}[ -]{_MONTH},?[ -]\d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}"
)
_CLOCK: Final = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?"
_ZONE: Final = r" ?(?:z|utc|gmt|[a-z]{2,4}t|[+-]\d\d:?\d\d)"
_TIME: Final = lazy_pattern(
    rf"(?i)(?:[a-z]{{3,9}},? )?(?:{_DAY})(?:(?:,?[ t]{{1,2}}| - ){_CLOCK}(?:{_ZONE})?)?(?:{_ZONE})?(?:,? \d{{4}})?"
    rf"|{_CLOCK}"
    r"|\d{1,3} (?:second|minute|hour|day|week|month|year)s? ago(?: \(\w{1,20}\))?"
    r"|\d{1,3} ?h(?:rs?)? ?\d{1,2} ?m(?:ins?)?"
)
#: The name of a file that is an image or a recording.
_MEDIA: Final = lazy_pattern(
    r"(?i)[\w~()@#&,' -][\w.~()@#&,' -]{0,200}\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|heic|avif|mp4|webm|mov|avi|mkv"
    r"|wav|mp3|flac|ogg|m4a|opus)"
)
#: The name of a file with a text, without blanks but in a name of which an underscore joins the first words.
_FILE: Final = lazy_pattern(
    r"(?i)(?:[\w.~()@#&,'-]{1,200}|[^\W_]{1,40}_[\w-]{1,80}(?: [\w-]{1,80}){1,5})"
    r"\.(?:txt|csv|tsv|jsonl?|xml|html?|pdf|docx?|rtf)"
)
#: The address of a person, which an ``email`` may be instead of the text that was sent, alone or behind the name.
_AT: Final = r"[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}"
_ADDRESS: Final = lazy_pattern(rf"{_AT}|[^<>@\n]{{0,80}}<{_AT}>")
#: The name of a user of a network, which a ``label`` may be instead of a class.
_USER: Final = lazy_pattern(r"@\w{2,40}")
#: Places in a text of another file, after a type, as brat writes them.
_PLACES: Final = lazy_pattern(r"[^\s;]{1,60} \d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9}){0,50}")
#: Notices of the licence of a text, and perhaps of its author.
_LICENCE: Final = lazy_pattern(r"CC[ -]BY(?:-[A-Z]{2}){0,2}[ -]\d(?:\.\d)?\b.{0,300}")
#: An identifier of letters and digits, and the share of them with a digit.
_OPAQUE: Final = lazy_pattern(r"[A-Za-z0-9_-]{6,32}")
_WITH_DIGIT: Final = 0.5
#: Characters from which on a repeated word of such letters and digits is an identifier, and no label.
_RANDOM: Final = 12
#: Last words of the keys of ids, and the characters of one: names of laws are.
_IDS: Final = (("id",), ("ids",), ("uuid",))
_LONGEST_ID: Final = 80
#: A word and a number, of which each item of a list may have another one, and the least items.
_COUNTED: Final = lazy_pattern(r"([A-Za-z]{2,20}[-_])\d{1,12}")
_LEAST_NUMBERED: Final = 20
#: Lists within lists that are looked at.
_DEEPEST: Final = 4
_BLANK: Final = lazy_pattern(r"\S\s+\S")
#: Characters of a text from which on it may be cut off.
_CUT: Final = 1_900
#: Characters of the longest time, and of the longest with the blanks of a page.
_LONGEST: Final = 60
_LONGEST_PAGE: Final = 300


def are_opaque(texts: Sequence[str]) -> bool:
    """Return whether different texts are identifiers such as those of posts: words of one length, many with a digit."""
    if len(set(map(len, texts))) != 1 or not all(map(_OPAQUE.fullmatch, texts)):
        return False
    return sum(any(map(str.isdigit, text)) for text in texts) >= _WITH_DIGIT * len(texts)


def are_random(texts: Sequence[str]) -> bool:
    """Return whether texts, some of which may be equal, are long identifiers of letters in both cases and digits."""
    if min(map(len, texts)) < _RANDOM or any(text.islower() or text.isupper() for text in texts):
        return False
    return are_opaque(list(dict.fromkeys(texts)))


def are_slugs(texts: Sequence[str]) -> bool:
    """Return whether texts are names as links have them: words in small letters with hyphens for the blanks."""
    if any(text != text.lower() or _BLANK.search(text) for text in texts):
        return False
    return 2 * sum(text.count("-") > 1 for text in texts) > len(texts)


def are_citations(values: Iterable[object]) -> bool:
    """Return whether values are lists of objects with a link, of which one at least holds any."""
    items = [each for value in values if isinstance(value, list) for each in value]
    return bool(items) and all(isinstance(each, dict) and not LINKS.isdisjoint(each) for each in items)


def are_sentence_numbers(values: Iterable[object]) -> bool:
    """Return whether values are lists of places in other files: of numbers, and perhaps the title of a page.

    FEVER has these as evidence, ``[[[92, 59, "Oslo", 0]]]``, and HotpotQA as supporting facts, ``[["Oslo", 0]]``.
    """
    found = False
    for value in values:
        if value in (None, "", []):
            continue
        if not isinstance(value, list) or not _is_place(value, _DEEPEST):
            return False
        found = True
    return found


def _is_place(value: list[Any], depth: int) -> bool:
    """Whether a list has such places in it, or is one."""
    if depth and all(isinstance(each, list) for each in value):
        return all(_is_place(each, depth - 1) for each in value)
    kinds = [type(each) for each in value]
    return (
        kinds.count(int) > 0 and len(kinds) > 1 and kinds.count(str) <= 1 and {int, str, type(None)}.issuperset(kinds)
    )


def are_identifiers(value: object, depth: int = _DEEPEST) -> bool:
    """Return whether a list has nothing in it but checksums and UUIDs, perhaps in lists of their own."""
    if isinstance(value, list) and depth:
        return bool(value) and all(are_identifiers(each, depth - 1) for each in value)
    return isinstance(value, str) and depth < _DEEPEST and _DIGEST.fullmatch(value) is not None


def are_ids(value: Sequence[object]) -> bool:
    """Return whether a list has nothing in it but objects of ids: ``[{"law_id": "Road code", "article_id": "3"}]``."""
    return bool(value) and all(isinstance(each, dict) and each and all(map(_is_id, each.items())) for each in value)


def _is_id(item: tuple[str, object]) -> bool:
    from datalint.support.names.column_names import fold_name

    key, value = item
    short = not isinstance(value, dict | list) and len(str(value)) <= _LONGEST_ID
    return short and fold_name(key)[-1:] in _IDS


def are_numbered(lists: Sequence[Sequence[object]]) -> bool:
    """Return whether lists have nothing in them but words with numbers, most of which differ: ``passage-4402``.

    Labels repeat.
    """
    found = [_COUNTED.fullmatch(each) if isinstance(each, str) else None for listed in lists for each in listed]
    if len(found) < _LEAST_NUMBERED or len({match[1] if match else "" for match in found}) > 1 or None in found:
        return False
    return 2 * len({match[0] for match in found if match}) > len(found)


def is_reference(text: str) -> bool:
    """Return whether a text is only links, an address, a user, a file, a time, a checksum, a licence, or a place."""
    if _LINK.fullmatch(text) or _are_links(text) or _DIGEST.fullmatch(text.strip(_AROUND)):
        return True
    if _ADDRESS.fullmatch(text) or _MEDIA.fullmatch(text) or _PLACES.fullmatch(text) or _LICENCE.fullmatch(text):
        return True
    return _USER.fullmatch(text) is not None or _FILE.fullmatch(text) is not None or _is_time(text)


def _is_time(text: str) -> bool:
    """Whether a text is a day, a time or a duration, however many blanks a page has between its parts."""
    if len(text) > _LONGEST_PAGE:
        return False
    plain = " ".join(text.split())
    return len(plain) <= _LONGEST and _TIME.fullmatch(plain) is not None


def _are_links(text: str) -> bool:
    """Whether a text is a list of links: no part of it has a blank in it, but for the last one if it is cut off."""
    if _LINKS_BEGIN.match(text) is None:
        return False
    links = _BETWEEN_LINKS.split(text.rstrip())
    return not any(map(_BLANK.search, links[:-1] if len(text) > _CUT and links[1:] else links))
