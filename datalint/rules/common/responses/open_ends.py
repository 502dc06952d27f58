"""Whether a text stops in the middle of a sentence, or lacks the mark at its end."""

from __future__ import annotations

import re
from typing import Any, Final

from datalint.rules.common.responses.endings import CJK, END, OPEN_WORDS, ends_in_dash, last_line, undashed
from datalint.rules.common.responses.final_answers import is_final_answer
from datalint.rules.common.responses.open_words import is_open_word
from datalint.rules.common.texts.scripts import unlabelled

#: Words that no sentence ends in. A capital A is more often an option's letter than an article.
_OPEN_WORD: Final = f"(?:a|(?i:{OPEN_WORDS}))"
_OPEN_MARKS: Final = ",，、(（[【"
#: A last line that is nothing else was to become a remark.
_LONE_BRACKETS: Final = ("(", "（")
#: The beginning of an item of a list, and of a block of Markdown; a text up to the end of its last sentence.
_ITEM: Final = r"\s{0,8}(?:[-*+•]|\d{1,3}[.)、]|[a-zA-Z][.)])\s"
_BLOCK: Final = r"\s{4}|\s*[|>#\[]"
_LAST_END: Final = rf"(?s).*{END}\s*"
#: Code, links, attributions ("- Ada") and results ("Answer: yes") end as they like.
_NOT_PROSE: Final = r"[={}<>|\\#@]|;(?! [a-z])|https?:|www\.|\w\(\w*\)|[-–—] ?[A-Z][^,]{0,40}$|\w[:：][^,，]{0,40}$"
_COLONS: Final = ("：", ":")
#: The most words of a heading, and the least of a sentence that announces something.
_HEADING: Final = 4
_LEAST_SAID: Final = 3
#: Code, links, and references with a year, whose link may have been removed.
_SYMBOLS: Final = r"[={}<>|\\#@*_]|https?:|www\.|(?:1[89]|20)\d\d"
#: An option or a quantity at the end: "the answer is B", "its speed is 125 km/hr".
_RESULT: Final = (
    r"\b[A-Z][)\]]?$|\d[\d.,]*(?:\s?[^\W\d][\w/%°²³.]{0,8})?$|答案[^，,]{0,12}[A-Z]"
    r"|(?i:\banswer(?: is|s are|:)[^,]{0,40}$)"
)
_RESULT_CHARS: Final = 80
#: The end of a letter and a wish, which need no full stop.
_FAREWELL: Final = (
    r"(?i:^(?:yours|(?:very |most )?(?:sincerely|respectfully|faithfully|truly)|(?:kind|best|warm|with|many)\b.{0,20}"
    r"\b(?:regards|wishes|thanks|hope|respect|love|gratitude|appreciation)|regards|cheers|love|best|thank you|thanks"
    r"|good luck|have (?:a|fun)|happy|enjoy|take care|stay safe|bon app|welcome|congrat|p\.?s\.?)\b)"
    r"|^(?:祝|愿|希望|此致|敬礼|谢谢|感谢|加油|欢迎)"
)
#: A name or title: capitalised words, with small ones between them.
_CAPITAL: Final = r"(?:[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][\w'’.-]*|\[[^\]]*\])"
_TITLE: Final = rf"{_CAPITAL}(?:,? (?:{_CAPITAL}|of|the|and|in|de|von)){{0,7}}"
#: A paragraph that ends, and one that is long enough to be a sentence and not a heading, a name or a greeting.
_ENDED: Final = r"[.!?:。！？：][\"”’)）*_]*$"
_LEAST_WORDS: Final = 8
_LEAST_CJK: Final = 20
_LEAST_PARAGRAPHS: Final = 2
#: Where the prompt says how to end, the end is what was asked for.
_ASKED_END: Final = r"(?i)\b(?:end|finish|conclude|close)(?:ing)? (?:it |your \w+ |the \w+ )?with\b|last (?:word|sentence|line)|结尾|最后一(?:句|个词|个字)"
#: Sentences that end as they should, for each that may have been left without a full stop.
_LEAST_ENDS: Final = 2
_LEAST_CJK_ENDS: Final = 4
#: Names of a list between slashes, at least; words of one, and the share of the parts that are so short.
_LEAST_NAMES: Final = 5
_NAME_WORDS: Final = 6
_MOST_ARE_NAMES: Final = 0.9
#: Of the open words those that end a clause such as "a goal to strive for" or "than it is".
_STRANDED: Final = (
    r"(?i)to|with|for|from|by|of|at|into|through|without|is|are|was|were|be|been|will|would|can|could|should|may|might"
    r"|has|have|had"
)
_SUBJECTS: Final = "i|you|we|they|he|she|yours|mine|theirs|of you|of us|of them"
#: Ends that are whole with an open word: "how it is supposed to be", "as it should have been".
_WHOLE: Final = (
    r"(?i)\b(?:to|will|would|can|could|should|might|may|must|not) be$|\b(?:ha[sd]|have) been$"
    # "who you are", "what you are going through", "as well as you can", "do that"
    r"|\b(?:who|whom|what|whatever|where|how) (?:[\w'’]+ ){0,3}(?:you|we|they|he|she|it|i|this|that)(?:['’]re|['’]s)?"
    r"(?: [\w'’]+){0,2} (?:am|is|are|was|were|be|can|could|would|may|might|to|with|for|from|through)$"
    r"|\bas (?:you|we|they|he|she|it|i) (?:can|could|should|is|are|was|were|has|have|had|will|would|may|might)$"
    r"|\b(?:do|does|did|doing|done|about|with|after|before|all of|like|just|to|than|of|behind|against|beyond|beneath"
    r"|besides|despite|without|over|under|until|since|this (?:and|or)) that$"
    # "what your limits are", "the relationship the two of you have", "I bet they are"
    r"|\b(?:what|how|where|who|which|whatever|however)(?: [\w'’]+){1,6} (?:am|is|are|was|were|have|has|had|can|will)$"
    rf"|\b(?:{_SUBJECTS})(?: (?:really|just|still|currently|already|usually|truly|all|may|might|can|could|will|should))?"
    r" (?:am|is|are|was|were|have|has|had|can|could|will|would|do|may|might)$"
    # "in the same way people can", "faster than anyone else could"
    r"|\b(?:the (?:same|very) way|than)(?: (?!that|which|who|when|if)[\w'’]+){1,3} (?:can|could|would|will|do|does|did)$"
    r"|\bthe (?:same|very) way that(?: [\w'’]+){1,3} (?:am|is|are|was|were|has|have|had|can|could|would|will|do|did)$"
    # "by their own free will", "what was God's will"
    r"|(?:['’]s?|\b(?:my|your|his|her|its|our|their|own|free|last|good|ill)) will$"
    # "the child whom they took care of", "a name that nobody has heard of"
    r"|\b(?:whom?|which|that|what)(?: [\w'’]+){2,5} (?:charge|care|advantage|hold|rid|made|afraid|proud|fond|aware) of$"
    r"|\b(?:whom?|which|that|what)(?: [\w'’]+){1,4} (?:think|thought|hear|heard|know|knew|dream(?:ed|t)?|speak|talk) of$"
    # An item of a list that goes on in the text that is quoted: "the fee that is due; and".
    r"|; (?:and|or)$"
    # A name that was written in small letters: "hepatitis a", "vitamin a".
    r"|\b(?:hepatitis|vitamin|influenza|type|group|grade|class|plan|option|figure|part|schedule|section) a$"
)
#: What a clause begins with whose last word may be a preposition: "someone who you can talk to".
_RELATIVE: Final = r"(?i)\b(?:who|whom|whose|what|whatever|where|how|than|(?:some|any|every)(?:one|thing|body))\b"
_PREPOSITIONS: Final = r"(?i)to|with|for|from|by|of|at|into|through|without"
_CLAUSE: Final = r"[^,;:(（]*$"
#: What such a clause may end with before "of": "whom they took charge of", "something that we are proud of".
_OF: Final = (
    r"(?:t[ao]ke?n?|taking|ma[dk]e|making|los[et]|keep|kept|get|got|catch|caught) (?:(?:good|full|great) )?(?:care|charge|advantage"
    r"|hold|note|notice|track|sight|control|possession|pride|use|fun|sense|rid|count)"
    r"|afraid|proud|fond|aware|capable|tired|sick|ashamed|jealous|scared|sure|certain|guilty|think(?:ing)?|thought|hear|heard"
    r"|dream(?:ing|ed|t)?|speak(?:ing)?|spoke|spoken|dispos(?:e|ed|ing)|(?:dis)?approve[ds]?|accused|suspected|made|composed"
)
_OBJECT: Final = r"which|that|who|what|whatever|(?:some|any|every|no)(?:one|body|thing)"
#: The same in a passive: "she was well taken care of".
_OF_ENDS: Final = (
    rf"(?i)\bwhom\b[^,;:]*\bof$|\b(?:{_OBJECT})\b[^,;:]*\b(?:{_OF}) of$"
    r"|\b(?:is|are|was|were|be|been|being|get|gets|got|getting) (?:[a-z]+ ){0,2}(?:taken (?:good )?(?:care|charge|advantage|note)"
    r"|made (?:use|fun)|disposed|spoken|unheard|gotten rid) of$"
)


#: The word for "and" between the last two items of a list, as Welsh, Polish and Czech write it: "…; a".
_NEXT_ITEM: Final = r"; [^\W\d_]{1,2}$"


def may_be_cut(row: dict[str, Any]) -> bool:
    """Whether a response ends in prose, and the prompt does not say how it should end."""
    text = unlabelled(row["text"])
    line = last_line(text)
    if text.count("```") % 2 or re.match(_BLOCK, line) or _is_list_of_names(line):
        return False
    return not any(re.search(_ASKED_END, row[each]) for each in ("prompt", "system"))


def _is_list_of_names(line: str) -> bool:
    """Whether a line is several short names between slashes or bars, and no sentence: "crane/Crane/cranes, the"."""
    sign = max("/|", key=line.count)
    names = line.split(sign)
    if len(names) < _LEAST_NAMES or "://" in line or re.search(END, line):
        return False
    return sum(len(name.split()) <= _NAME_WORDS for name in names) >= _MOST_ARE_NAMES * len(names)


def open_end(line: str) -> str | None:
    """Return how a last line stops in the middle of a sentence; None if it may end there."""
    item, body, _, piece = _parts(undashed(line))
    if _announces(body):
        return "stops after a colon"
    if not piece:
        return None
    if body.strip() in _LONE_BRACKETS:
        return "stops at an open bracket"
    if len(piece.split()) > _HEADING and ends_in_dash(piece):
        return "stops after a dash"
    is_cjk = re.search(CJK, piece) is not None
    # A closing such as "Yours sincerely," waits for a name, a list item for nothing.
    whole = len(body.split()) > 4 or is_cjk
    if piece[-1] in _OPEN_MARKS:
        return "stops at a comma or open bracket" if whole and not item else None
    word = piece.split()[-1]
    stranded = (
        (item and re.fullmatch(_STRANDED, word))
        # Small letters alone, without a full stop: no sentence of it has an end that could lack.
        or (line.islower() and not re.search(END, f"{body} "))
        or line.isupper()
        or _is_abbreviation(piece)
        or re.search(_NEXT_ITEM, body)
        or re.search(_WHOLE, piece)
        or (re.fullmatch(_PREPOSITIONS, word) and _is_relative(piece))
    )
    if whole and ((not stranded and re.fullmatch(_OPEN_WORD, word)) or (not item and is_open_word(piece))):
        return f'stops after "{word}"'
    return "stops inside a bracket" if sum(map(piece.count, "(（")) > sum(map(piece.count, ")）")) else None


def _is_abbreviation(piece: str) -> bool:
    """Whether a piece ends in a word of several capitals, and the word before is none: "see Art. 12 OR"."""
    *before, word = piece.split()
    return len(word) > 1 and word.isupper() and not (before and before[-1].isupper())


def _announces(body: str) -> bool:
    """Whether a line ends in a colon after a sentence of some words, so that something was meant to follow."""
    if body[-1:] not in _COLONS or re.search(_SYMBOLS, body):
        return False
    ended = re.match(_LAST_END, body)
    piece = body[ended.end() :] if ended else body
    return len(body.split()) > _HEADING and len(piece.split()) >= _LEAST_SAID


def _is_relative(piece: str) -> bool:
    """Whether the last clause of a piece may end with a preposition, as "whom you can talk to" does."""
    clause = re.search(_CLAUSE, piece)
    if piece.lower().endswith(" of"):
        return clause is not None and re.search(_OF_ENDS, clause.group()) is not None
    return clause is not None and re.search(_RELATIVE, clause.group()) is not None


def missing_stop(before: str, line: str) -> str | None:
    """Return what ends with a full stop in a response whose last line does not; None if it need not."""
    if is_final_answer(line) or open_end(line) is not None:
        return None
    _, body, ended, piece = _parts(line)
    is_cjk = re.search(CJK, piece) is not None
    if piece and ended and not _may_end(piece) and not _is_scrap(piece.split(), is_cjk=is_cjk):
        return "its other sentences have one" if _ends_others(body, before, is_cjk=is_cjk) else None
    return "its other paragraphs have one" if _unended(before, line) else None


def begins_sentence(line: str) -> bool:
    """Return whether a last line ends with a letter, in a sentence that follows a whole one of the same line."""
    is_item, _, ended, piece = _parts(line)
    return ended and not is_item and piece[-1:].isalpha() and not _may_end(piece)


def _parts(line: str) -> tuple[bool, str, bool, str]:
    """Return whether a line is an item, its text, whether a sentence ends in it, and the piece after that.

    The piece is empty where it need not end.
    """
    item = re.match(_ITEM, line)
    body = line[item.end() :] if item else line
    ended = re.match(_LAST_END, body)
    piece = body[ended.end() :] if ended else body
    need_not_end = re.search(_NOT_PROSE, piece) or re.match(_FAREWELL, piece) or is_final_answer(line)
    return (item is not None, body, ended is not None, "" if need_not_end else piece)


def _unended(before: str, line: str) -> bool:
    """Whether a last paragraph of a single sentence lacks the full stop that the others have."""
    if not _is_paragraph(line) or line.isupper() or re.search(rf"{_NOT_PROSE}|[.!?。！？]", line) or _may_end(line):
        return False
    paragraphs = [each.rstrip() for each in before.split("\n") if _is_paragraph(each)]
    return len(paragraphs) >= _LEAST_PARAGRAPHS and all(re.search(_ENDED, each) is not None for each in paragraphs)


def _is_paragraph(line: str) -> bool:
    if re.match(_ITEM, line) or re.match(_BLOCK, line):
        return False
    return len(line.split()) >= _LEAST_WORDS or len(re.findall(CJK, line)) >= _LEAST_CJK


def _may_end(piece: str) -> bool:
    """Whether a piece is what ends without a full stop: a result, a farewell, a name, a title."""
    return bool(re.search(_RESULT, piece[-_RESULT_CHARS:]) or re.match(_FAREWELL, piece) or re.fullmatch(_TITLE, piece))


def _is_scrap(words: list[str], *, is_cjk: bool) -> bool:
    """Whether a piece is too short to be the beginning of a sentence."""
    return len(words) <= 2 and not is_cjk and not any(re.fullmatch(_OPEN_WORD, word) for word in words)


def _ends_others(body: str, before: str, *, is_cjk: bool) -> bool:
    """Whether full stops are the response's habit; in Chinese forum text many paragraphs have none."""
    ends = len(re.findall(END, before + body))
    if not is_cjk:
        return ends >= _LEAST_ENDS
    paragraphs = [each.rstrip() for each in before.split("\n") if _is_paragraph(each)]
    ended = sum(re.search(_ENDED, each) is not None for each in paragraphs)
    return ends >= _LEAST_CJK_ENDS and ended * 3 >= len(paragraphs) * 2
