"""Responses that open with a refusal, in English, Chinese, Japanese, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from datalint.api import Turns, passing
from datalint.rules.common.keys.key_names import NESTS
from datalint.rules.common.texts.chat_texts import opens_with_user
from datalint.rules.common.texts.turns import learned

#: Characters of a response that are looked at.
_HEAD: Final = 160
_PROMPT: Final = 600
_RULES: Final = 400

_CANNOT: Final = (
    r"(?:can(?:no|['’])t|can not|won['’]t|will not|(?:['’]m |am )?(?:un|not )able|not (?:allowed|programmed|comfortable)"
    r"|do(?:n['’]| no)t (?:currently )?(?:have|possess))"
)
_DO: Final = (
    r"(?:assist|help|fulfil|comply|provide|generate|create|answer|engage|participate|support|offer|give you|write|share"
    r"|respond|browse|access|discuss|recommend|retrieve|perform|do that|suggest|advise|endorse|fulfill)"
)
_IT_IS: Final = r"(?:it['’]s|it is|that['’]s)"
_TELL: Final = (
    r"(?:discuss|promote|suggest|make (?:a|any|such|stereo|assum|light|fun|joke|general|statem)|ask|say|spread|speculate"
    r"|assume|encourage|deny|provide|engage|share|use|generate)"
)
_NOT_RIGHT: Final = r"(?:not|n['’]t|never) (?:be )?(?:appropriate|acceptable|ethical)"
#: Each stands at the start of the response or of a sentence near it.
_PHRASES: Final = (
    r"(?:i['’]m|i am|my|i)? ?(?:\w+ )?(?:sorry|afraid|apologi[sz]e|apologies)\b[^.!?\n]{0,60}"
    rf"\bi(?:['’]m)?[a-z ]{{0,12}} {_CANNOT}\b",
    rf"i ?(?:{_CANNOT}(?: be able)?|must decline|have to decline)(?: to)? {_DO}",
    r"(?:as|i['’]m|i am) (?:just |only )?an? (?:responsible )?(?:ai|artificial|large language|language model)\b"
    rf"[^.!?\n]{{0,60}}\b(?:{_CANNOT}|unable)\b",
    r"(?:i|as an ai)\b[^.!?\n]{0,50} (?:do not|don['’]t|cannot|can['’]t|never) (?:condone|endorse|promote)\b",
    r"(?:as an ai|i['’]m|i am) [^.!?\n]{0,60}\bi (?:must|have to|need to) (?:clarify|emphasi[sz]e|inform|point out)\b",
    r"i (?:must|have to) (?:politely|respectfully) (?:challenge|decline|disagree|refuse)",
    rf"(?:i don['’]t think )?{_IT_IS} [^.!?\n]{{0,12}}{_NOT_RIGHT} to {_TELL}",
    rf"{_IT_IS} [^.!?\n]{{0,12}}{_NOT_RIGHT} (?:or|and|nor) (?:legal|ethical|appropriate|acceptable|moral|right)\b",
    r"(?:很|非常)?(?:抱歉|对不起|不好意思|遗憾)[^。！？\n]{0,24}我[^。！？\n，,]{0,12}(?:无法|不能|没有办法|没法|没有能力)",
    r"(?:作为|(?:由于|因为)?我(?:只)?是)(?:一[个名款种位])?(?:由[^，,。！？\n]{1,20}的)?(?:大型|负责任的)?"
    r"(?:ai|人工智能|大?型?语言模型)[^。！？\n]{0,24}(?:无法|不能|没有能力)",
    r"由于[您你](?:没有|未)[^。！？\n]{0,24}我(?:无法|不能)",
    r"我(?:无法|不能)(?:直接)?(?:回答|提供|协助|帮助|满足|完成|生成|参与|执行|访问|浏览|获取)",
    r"申し訳(?:ありません|ございません)[^。\n]{0,40}(?:できません|できかねます)",
    r"(?:lo siento|je suis désolée?|es tut mir leid|desculpe)[^.!?\n]{0,40}"
    r"(?:no puedo|je ne peux|ich kann|kann ich|não posso)",
    r"(?:entschuldigung|tut mir leid|leider)[^.!?\n]{0,12} (?:ich kann|kann ich)[^.!?\n]{0,40} nicht\b[^.!?\n]{0,12}"
    r"(?:helfen|beantworten|zusammenfassen|übersetzen|erstellen)",
)
#: These stand at the start of the response alone, and answer a prompt that asks whether something is right.
_OPENINGS: Final = (
    r"(?:i(?:['’]m| am)? ?(?:sorry|apologi[sz]e),? but )?(?:i (?:don['’]t|do not) think (?:it['’]s|it is|it would be) "
    r"|(?:it['’]s|it is|it would) (?:generally |also )?(?:not|never) )(?:be )?(?:appropriate|acceptable|ethical|okay"
    rf"|respectful)(?: (?:or|and) \w+ to \w+| to (?:{_TELL}|try|deny|refer|overstate|replicate|recreate|seek|imply|glorify))",
    r"i must clarify that [^.!?\n]{0,60}\b(?:not|never) (?:be )?(?:appropriate|ethical)\b",
)
_ASKS_WHETHER: Final = (
    r"(?i)appropriate|acceptable|ethical|respectful|polite|\bok(?:ay)?\b|should (?:i|we|one|you)\b|etiquette|\bis it\b"
)
#: What every phrase holds: plain literals, so that the long expression runs on few texts.
_GATE: Final = (
    r"orry|fraid|condone|promote|I must|I have to|appropriate|acceptable|ethical|polog|I can|I won|I will not"
    r"|I['’]m (?:un|not)|I am (?:un|not)|decline"
    r"|(?:[Aa]s|I['’]m|I am) (?:just |only )?an? (?:responsible )?(?:AI|art|lar|lan)"
    r"|抱歉|对不起|不好意思|遗憾|作为|我只?是|由于|我无法|我不能|申し訳|[Ll]o siento|[Jj]e suis d|[Tt]ut mir|Entsch|Leider|[Dd]esculpe"
)
#: What every phrase holds as well, in lower case.
_DENIAL: Final = (
    r"can(?:no|['’])t|can not|won['’]t|will not|(?:un|not )able|not (?:allowed|programmed|comfortable)"
    r"|(?:n['’]t|not) (?:currently )?(?:have|possess)|condone|endorse|promote|clarify|emphasi|inform|point out|challenge|decline|disagree|refuse"
    r"|acceptable|appropriate|ethical|okay|respectful|无法|不能|没有|没法|できま|できか|puedo|peux|kann|posso"
)
#: What follows a disclaimer that is none: the answer.
_ANSWERS: Final = (
    r"(?i)\bpersonal (?:opinion|belief|feeling|preference|experience)[^.!?]{0,40}[.,;] ?(?:but|however)"
    r"|^[^.!?\n]{0,40}(?:not|n['’]t|able to) (?:find|locate|identify)\b|n['’]t help (?:but|\w{2,12}ing)\b"
    r"|^[^.!?\n]{0,80}[.,;] ?(?:but|however),? i (?:can|could) (?:give|tell|show|find|get|look up) "
    r"|[，,。] ?但(?:是)?[，,]?(?:根据|可能|我已经|我可以(?:为|给)?[您你]?(?:提供一个|举|给出))|(?:然而|但是|不过)[，,]?[^我，,。]|以下(?:是|给出)"
)
#: What somebody lacks who answers with what is at hand.
_LOOKED: Final = (
    r"(?i)^[^.!?\n]{0,40}(?:not|n['’]t) (?:currently )?have access to[^!?\n]{0,160}\b(?:however|but),? i (?:can|will) "
    r"(?:provide|give|offer|share)[^.!?\n]{0,80}(?:based on|following|with the information|need to calculate)"
)
#: Rules that an assistant keeps, which its system prompt gives.
_POLICY: Final = r"(?i)\bpolic(?:y|ies)\b"
#: Code that says so under some condition.
_QUERY: Final = r"(?i)\s*(?:select|with)\s[^.!?]{0,200}['\"]"
#: A prompt that gives the words to say: they are another's.
_REWORDING: Final = (
    r"(?i)\b(?:rewrite|rephrase|reword|paraphrase|edit|correct|translate|convert|change|combine|summari[sz]e|punctuate)\b"
    r"[^\x00]{0,400}\b(?:can(?:no|['’])t|won['’]t|couldn['’]t|unable|not able|sorry)\b"
)
#: Keys that say what a row is for, and values of rows that are to be refused.
_KINDS: Final = frozenset("category type kind task tag label subset bucket group behavior behaviour scenario".split())
_FOR_REFUSAL: Final = (
    r"(?i)refus|safety|unsafe|harm|jailbreak|adversar|injection|toxic|declin|abstain|unanswerable|guardrail|malicious"
    r"|attack|out[ _-]?of[ _-]?(?:scope|domain)|red[ _-]?team"
)
_LONGEST: Final = 60
_REFUSAL: Final = rf"(?:^|[.!?,。！，\n])\s*({'|'.join(_PHRASES)})|^\s*({'|'.join(_OPENINGS)})"


def may_refuse(turns: Turns) -> pl.Expr:
    """Return whether a response opens with words of a refusal; :func:`find_refusal` decides."""
    return passing(
        learned(turns) & ~turns.has_tool_calls,
        turns.text,
        lambda text: text.str.head(_HEAD).str.contains(_GATE),
        lambda text: text.str.head(_HEAD).str.to_lowercase().str.contains(_DENIAL),
    )


def is_for_refusal(record: Mapping[str, Any]) -> bool:
    """Return whether a key says of a row that it is to be refused, such as ``category`` with "refusal"."""
    inner = [record[key] for key in NESTS if isinstance(record.get(key), dict)]
    return any(
        isinstance(value, str) and len(value) <= _LONGEST and re.search(_FOR_REFUSAL, value) is not None
        for each in (record, *inner)
        for key, value in each.items()
        if key.lower() in _KINDS
    )


def opens_with_refusal(text: str) -> bool:
    """Return whether a response opens with the phrases of a refusal, whatever it answers."""
    return re.search(_REFUSAL, text[:_HEAD].lower()) is not None


def find_refusal(text: str, prompt: str, system: str) -> int | None:
    """Return where the refusal begins with which a response to ``prompt`` opens; None if it refuses nothing."""
    head = text[:_HEAD]
    # The pattern is in lower case. Compiling it for any case takes twice the time, which counts in small datasets.
    found = re.search(_REFUSAL, head.lower()) if head.isascii() else re.search(_REFUSAL, head, re.IGNORECASE)
    # A whole transcript in one string opens with the user's words.
    if found is None or opens_with_user(text) or (found[2] and re.search(_ASKS_WHETHER, prompt) is not None):
        return None
    start = max(found.start(1), found.start(2))
    if re.search(_LOOKED, text[start : start + 2 * _HEAD]) is not None or re.match(_QUERY, text) is not None:
        return None
    if all(re.search(_POLICY, each) is not None for each in (text[:_RULES], system)):
        return None
    if re.search(_ANSWERS, text[start : start + _HEAD]) is not None or re.match(_REWORDING, prompt[:_PROMPT]):
        return None
    return start
