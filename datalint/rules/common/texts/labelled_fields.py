"""Fields of a template that stand alone under a label, where words elsewhere in the text say nothing about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.texts.turns import without_code

#: The name of a field in single braces.
NAME: Final = r"\{([a-z][a-z0-9]+(?:_[a-z0-9]+){0,5})\}"
#: A line that is a field, perhaps after its label.
_LINE: Final = rf"[ \t]{{0,8}}(?:([^\n{{}}:：]{{1,40}}[:：]\*{{0,2}})[ \t]*)?{NAME}[ \t]{{0,8}}"
#: A line that is a label: a heading, words before a colon, a tag.
_LABEL: Final = (
    r"[^\n:：.!?。]{1,60}[:：]\*{0,2}|#{1,6} ?[^\n.!?。]{1,60}|\*\*[^\n*]{1,60}\*\*|</?[\w-]{1,40}>|[-=*_]{3,80}"
)
#: Labels of what the model shall write, and of what is only shown.
_OUTPUT: Final = (
    r"(?i)format|output|respon|answer|\brepl(?:y|ies)|result|completion|templat|example|sample|expect|structure"
    r"|格式|输出|回答|模板|示例|例"
)
_FORM: Final = r"(?:format|form|structure|layout|order|sections?|style|pattern)\b"
#: Sentences that say how an answer looks, or what is to be filled in.
_SHOWS: Final = (
    r"(?i)templat|placeholder|substitut|replac|\bfill|variable|f-string|\blike (?:this|so)\b|\bas follows\b|\bsuch as\b"
    rf"|\b(?:this|these|following|exact|given|below)\b.{{0,15}}\b{_FORM}|\b{_FORM}.{{0,15}}\b(?:this|these|follow\w*|below)\b"
    r"|\b(?:format|e\.g\.|example|respond|reply|answer|output|return|write|print|produce|end|begin|start|greet|say|use)\b"
    r".{0,200}[:：]$|模板|占位|变量|替换|填|如下|例如|比如|(?:格式|输出).{0,100}[:：]$"
)
#: Words by which a text speaks of fields, wherever they are.
_SPEAKS: Final = (
    r"(?i)placeholder|f-string|jinja|handlebars|mustache|langchain|curly|\bbraces?\b|prompt ?templates?|占位|花括号"
)
#: Lines above a field in which what introduces it is looked for; the end of a sentence, and characters that are read.
_ABOVE: Final = 12
_END: Final = r"[.!?]\s|[。！？]"
_SENTENCE: Final = 300
#: Fields of a text that are judged.
_FIELDS: Final = 50


class Labelled(NamedTuple):
    """The label of a field as it is written, and the name."""

    label: str
    name: str


def labelled_fields(text: str) -> list[Labelled]:
    """Return the fields that stand alone under a label, without those of the answer and those that the text explains."""
    if re.search(rf"(?m){NAME}[ \t]{{0,8}}$", text) is None or re.search(_SPEAKS, text):
        return []
    lines = without_code(text).split("\n")
    found = {place: match for place, line in enumerate(lines) if (match := re.fullmatch(_LINE, line)) is not None}
    alone = Counter(match[2] for match in found.values())
    # A name that is in a sentence too is spoken of.
    spoken = {name for name, times in alone.items() if text.count(f"{{{name}}}") > times}
    fields = []
    for place, match in islice(found.items(), _FIELDS):
        above = _above(lines, place)
        label = match[1] or (above[0] if above and re.fullmatch(_LABEL, above[0]) else None)
        if label and match[2] not in spoken and not _is_shown(label, above):
            fields.append(Labelled(label.strip(), match[2]))
    return fields


def _above(lines: Sequence[str], place: int) -> list[str]:
    """Return the lines above one, from below to the first that is neither blank, nor a label, nor a field."""
    above = []
    for line in reversed(lines[max(place - _ABOVE, 0) : place]):
        if stripped := line.strip():
            above.append(stripped)
            if not re.fullmatch(_LABEL, stripped) and not re.fullmatch(_LINE, line):
                break
    return above


def _is_shown(label: str, above: Sequence[str]) -> bool:
    """Whether the labels of a field are those of an answer, or a sentence before them says how one looks."""
    labels = [label, *(line for line in above if re.fullmatch(_LABEL, line))]
    if any(re.search(_OUTPUT, each) for each in labels):
        return True
    return any(re.search(_SHOWS, _last_sentence(line)) for line in above)


def _last_sentence(line: str) -> str:
    ends = [match.end() for match in re.finditer(_END, line[-_SENTENCE:-1])]
    return line[-_SENTENCE:][ends[-1] :] if ends else line[-_SENTENCE:]
