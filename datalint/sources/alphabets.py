"""Languages that are written in cp1250 or cp1254, whose bytes are other letters in cp1252, by their alphabets."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from datalint.support.named_tuple import NamedTuple

#: Letters beyond ASCII of languages in cp1252: French, German and Swedish, Spanish, Portuguese, Italian, the languages
#: of Scandinavia, Icelandic and Faroese, Catalan, Estonian and Finnish, and Dutch.
_OF_CP1252: Final = (
    "àâæçéèêëîïôœùûüÿ",
    "äåéöüß",
    "áéíñóúüªº¿¡",
    "ãáâàçéêíõóôúüªº",
    "àèéìíîòóùú",
    "åäöæøéüàóô",
    "áðéíóúýþæöø",
    "àáçèéíïòóúü·",
    "äåöõüšžé",
    "áäéëèêïíóöúüçñ",
)
#: Other languages, by their code page: their letters, and those of them that languages of cp1252 lack, as bytes too.
_OTHERS: Final = (
    ("cp1254", "çğıöşüâîûİ", "ğışİ"),  # Turkish
    ("cp1250", "ąćęłńóśźżé", "ął"),  # Polish
    ("cp1250", "áčďéěíňóřšťúůýž", "řšžý"),  # Czech
    ("cp1250", "áäčďéíĺľňóôŕšťúýž", "šžýť"),  # Slovak
    ("cp1250", "áéíóöőúüű", "őű"),  # Hungarian
    ("cp1250", "ăâîşţ", "şţ"),  # Romanian
    ("cp1250", "čćđšž", "šž"),  # Croatian, Slovene
)
#: Bytes of marks, quotation marks, dashes and the no-break space, which these code pages have in common.
_MARKS: Final = b"\x80\x82\x84\x85\x89\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa7\xa9\xab\xad\xae\xb0\xb4\xbb"
_ASCII: Final = bytes(range(0x80))
_SAMPLE: Final = 1 << 16  # bytes that are examined
#: Letters that a text has at least, the share of them that an alphabet has, and the share that only it has.
_LEAST: Final = 4
_COVERED: Final = 0.98
_OWN: Final = 0.05


class _Alphabet(NamedTuple):
    """A code page, and the bytes of the letters of a language in it, and of those that languages of cp1252 lack."""

    codec: str
    letters: bytes
    own: bytes = b""


def alphabet_page(line: bytes) -> str | None:
    """Return the code page of a text in a language that others than cp1252 hold; None for any other text.

    Nearly all bytes are letters of that language, and so they are of no single language of cp1252.
    """
    high = line[:_SAMPLE].translate(None, _ASCII + _MARKS)
    if len(high) < _LEAST:
        return None
    western, others = _alphabets()
    if any(_covers(each, high) for each in western):
        return None
    return next((each.codec for each in others if _covers(each, high) and _has_own(each, high)), None)


def _covers(alphabet: _Alphabet, high: bytes) -> bool:
    return len(high.translate(None, alphabet.letters)) <= (1 - _COVERED) * len(high)


def _has_own(alphabet: _Alphabet, high: bytes) -> bool:
    return len(high) - len(high.translate(None, alphabet.own)) >= _OWN * len(high)


@lru_cache(1)
def _alphabets() -> tuple[list[_Alphabet], list[_Alphabet]]:
    western = [_Alphabet("cp1252", _bytes(letters, "cp1252")) for letters in _OF_CP1252]
    return western, [_Alphabet(codec, _bytes(letters, codec), _bytes(own, codec)) for codec, letters, own in _OTHERS]


def _bytes(letters: str, codec: str) -> bytes:
    """Return the bytes of letters in both cases that a code page has."""
    return (letters + letters.upper()).encode(codec, "ignore").translate(None, _ASCII)
