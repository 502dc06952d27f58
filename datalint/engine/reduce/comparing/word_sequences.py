"""Words of one text: in their order, as a set, and those that name something."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import decimal

from datalint.engine.reduce.comparing.value_words import COMMON
from datalint.support.chat_texts.markers import ANSWER_TOKENS, ANSWERING_HEADINGS
from datalint.support.word_scripts import SPACELESS, with_marks

#: A letter of a script with spaces between words.
LETTER: Final = rf"[^\W\d_{SPACELESS}]"
#: A number, with a minus before it that is its sign in a formula and no dash, and a mark between numbers or brackets
#: that says what to compute.
_SIGN: Final = r"(?:(?<=[(=*/+,^\[])|(?<=[(=*/+,^\[-] ))[-−]|(?<![\w)\]-])[-−](?=\d[\d.]{0,15} ?[*^/+=)])"
_NUMBER: Final = rf"(?=[-−+*/×÷\d])(?:(?:{_SIGN})?\d+(?:[.,:/]\d+)*|(?<=[\d)\]] )[-−+*/×÷](?= [-−\d([]))"
# A text, compiled on first use: compiling classes of so many characters takes as long as importing ten modules. Letters
# come first, as most words are of these, and no number begins with one.
_APOSTROPHES: Final = "['’]"
_WORD: Final = rf"{with_marks(LETTER, _APOSTROPHES)}|{_NUMBER}|[{SPACELESS}]"
_ASCII_WORD: Final = rf"[A-Za-z]+(?:'[A-Za-z]+)*|{_NUMBER}"
#: What stands before an answer in a dialogue that a template has written into one text. A heading may be indented, as
#: the template was in a program.
_ANSWERS: Final = (
    rf"(?im){ANSWER_TOKENS}|^[ \t]{{0,40}}#{{1,4}} ?(?:{ANSWERING_HEADINGS})\b:?|^(?:assistant|answer|response|output):"
    r"|(?<=\?\n)a:|^(?P<brief>a:(?=\s)|答案?[:：])"
)
#: What stands before a question, if its answer has such a brief mark.
_ASKS: Final = r"(?im)^(?:q:\s|问题?[:：])"
#: Names in code, formulas and tables: what stands in backticks, is joined by underscores or is multiplied, and a short
#: value after its key.
_NAMED: Final = (
    r"(?m)`(?P<code>[^`\n]{1,40})`|(?<![#\w])(?P<joined>\w+_\w+)|(?<!\w)(?P<formula>\w{1,20}\)?(?:\*\*?|\^)[\w(][\w()*^]*)"
    r"|^[^:\n]{1,30}: (?P<value>[^\n]{1,30})$"
)
#: Signs of which names have one, and what a value has, in a line of at most so many characters.
_NAMING: Final = "`_*^"
_KEYED: Final = ": "
_KEYED_LINE: Final = 62
#: A letter, two or a Roman number in brackets, as in "clause (a) of Section 4(2)(iv)"; no ending such as that of
#: "file(s)". Characters of one at most.
ENUMERATOR: Final = 5
_ENUMERATORS: Final = rf"(?<!{LETTER})[(（]({LETTER}|[A-Za-z]{{2}}|[ivxIVX]{{3,{ENUMERATOR}}})[)）]"
#: A capital letter after a word, as in "Zone A" and "vitamin C": an article or a pronoun has none there but "I".
_LETTERED: Final = rf"(?<={LETTER} )[A-HJ-Z](?![\w'’])"
#: Text before the first word of a sentence or line, whose capital has no meaning.
_ENDS: Final = frozenset(".!?:;\n•*#>-")


def turns_in(text: str) -> tuple[str, str]:
    """Return the question and the answer of a text that a template has written; "" and the text for any other."""
    asked = re.search(_ASKS, text)
    found = re.finditer(_ANSWERS, text)
    marks = [each for each in found if not each["brief"] or (asked is not None and asked.end() < each.start())]
    if not marks or not text[: marks[-1].start()].strip():
        return "", text
    return text[: marks[-1].start()], text[marks[-1].end() :].strip()


def sequence_of(text: str) -> list[str]:
    """Return the words of a text in lower case, in their order."""
    return [plain_word(word) for word in re.findall(match_of(text), text)]


def match_of(text: str) -> str:
    """Return the expression for a word of a text."""
    return _ASCII_WORD if text.isascii() else _WORD


def named_in(text: str) -> set[str]:
    """Return the words of the names in code, formulas and tables of a text, and of its short values after a key."""
    if not any(map(text.__contains__, _NAMING)) and not _has_keyed_line(text):
        return set()
    named = re.finditer(_NAMED, text)
    return {word for match in named for word in words_in(match.group(match.lastgroup or 0)) - COMMON}


def enumerators_in(text: str) -> set[str]:
    """Return the letters and Roman numbers that stand alone in brackets, in lower case."""
    if "(" not in text and "（" not in text:
        return set()
    return set(map(str.casefold, re.findall(_ENUMERATORS, text)))


def lettered_in(text: str) -> set[str]:
    """Return the capital letters that stand alone after a word and name something, in lower case."""
    return set(map(str.casefold, re.findall(_LETTERED, text)))


def _has_keyed_line(text: str) -> bool:
    return _KEYED in text and any(len(line) <= _KEYED_LINE and _KEYED in line for line in text.split("\n"))


def words_in(text: str) -> set[str]:
    """Return the different words of a text, in lower case."""
    return set(sequence_of(text))


def plain_word(word: str) -> str:
    """Return a word in lower case, and a number of any script in ASCII's digits."""
    if word.isascii() or not word[0].isdecimal():
        return word.casefold()
    return "".join(str(decimal(each)) if each.isdecimal() else each for each in word)


def begins_sentence(text: str, start: int) -> bool:
    """Return whether a word that begins at a place of a text is the first one of a sentence or line."""
    before = start - 1
    if text[before : before + 1] == "-" and text[before - 1 : before].isalnum():
        return False  # "Stratford-Upon-Avon"
    while before >= 0 and text[before] in " \t\"'“(":
        before -= 1
    return before < 0 or text[before] in _ENDS
