"""Identify the language of a text: by its script where one language has it, otherwise by the model of py3langid.

py3langid (BSD-3-Clause) is imported, and its model loaded, with the first text that needs it: this takes about half a
second, and a text of 600 characters about a millisecond.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from datalint.languages.scripts import main_script
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

#: Characters of a text that are looked at.
_SAMPLE: Final = 600
#: The probability from which no sentence of lingua's test data has another language; see docs/accuracy.md.
_CERTAIN: Final = 0.9
#: What is no prose: fenced and inline code, tags, links, addresses, names with signs in them.
_NOT_PROSE: Final = lazy_pattern(
    r"```.{0,20000}?(?:```|\Z)|`[^`\n]{1,200}`|<[^<>\n]{1,200}>|https?://\S{1,500}|\S{0,64}[_@\\/{}=]\S{0,64}",
    re.DOTALL,
)
#: Languages that have a script to themselves, among those that fine-tuning data is written in.
_BY_SCRIPT: Final = {
    "Greek": "el",
    "Armenian": "hy",
    "Hebrew": "he",
    "Bengali": "bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Oriya": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Myanmar": "my",
    "Georgian": "ka",
    "Hangul": "ko",
    "Ethiopic": "am",
    "Khmer": "km",
    "Han": "zh",
    "Kana": "ja",
}
#: Languages of the model by script; regional varieties that it also distinguishes are left out.
_AMONG: Final = {
    "Latin": frozenset(
        "af az ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it la lt lv ms nl no pl pt ro sk sl so sq st sv sw"
        " tl tr vi xh yo zu".split()
    ),
    "Cyrillic": frozenset("be bg kk ky mk mn ru sr tg uk".split()),
    "Arabic": frozenset("ar fa ps ug ur".split()),
    "Devanagari": frozenset("hi mr ne".split()),
}
#: Languages that are so similar that a row of one is not called a row of another.
_ALIKE: Final = {"ms": "id", "no": "da", "sk": "cs", "sl": "hr", "gl": "pt", "mk": "bg", "be": "ru", "af": "nl"}
NAMES: Final = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish or Norwegian", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian or Malay", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ky": "Kyrgyz", "la": "Latin",
    "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "or": "Odia", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "so": "Somali", "sq": "Albanian",
    "sr": "Serbian", "st": "Sotho", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "xh": "Xhosa", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


class Identified(NamedTuple):
    """The ISO 639-1 code of a language, its script, and the probability that it or one very similar to it is right.

    The probability, from 0 to 1, is that among the languages of the script.
    """

    code: str
    script: str
    probability: float

    @property
    def group(self) -> str:
        """The code that stands for the language and those that are very similar to it."""
        return _ALIKE.get(self.code, self.code)

    @property
    def name(self) -> str:
        """The English name of :attr:`group`."""
        return NAMES.get(self.group, self.group)

    @property
    def is_certain(self) -> bool:
        """Whether the language is nearly certain among those of its script."""
        return self.probability >= _CERTAIN

    def differs(self, other: Identified) -> bool:
        """Return whether two texts are certainly of different languages: of one script, if both are certain."""
        if self.script != other.script:
            return True
        return self.group != other.group and min(self.probability, other.probability) >= _CERTAIN


def prose_sample(text: str) -> str:
    """Return the beginning of a text without code, tags and links, at most 600 characters."""
    return _NOT_PROSE.sub(" ", text[: 8 * _SAMPLE])[:_SAMPLE]


def identify(text: str, least: int = 1, share: float = 0.0) -> Identified | None:
    """Return the language of the beginning of ``text``.

    None for fewer letters than ``least``, where its main script has less than ``share`` of them, and for a script that
    several languages write which the model does not distinguish.
    """
    sample = prose_sample(text)
    script, part, letters = main_script(sample)
    if letters < max(least, 1) or part < share:
        return None
    if script in _BY_SCRIPT:
        return Identified(_BY_SCRIPT[script], script, 1.0)
    among = _AMONG.get(script)
    if among is None:
        return None
    ranked = [(code, chance) for code, chance in _model().rank(sample) if code in among]
    total = sum(chance for _, chance in ranked)
    best = Identified(ranked[0][0], script, 1.0)
    chance = sum(chance for code, chance in ranked if _ALIKE.get(code, code) == best.group)
    return best._replace(probability=chance / total) if total else None


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
