"""Words for a missing value, which two rules look for."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Options, frozen, option
from datalint.rules.common.texts.turns import NULL_WORDS

#: What exports write where a question has no answer, in lower case and by language.
NO_ANSWER: Final = (
    # English
    "no answer|no answers|no response|no responses|no reply|no answer available|no response available|no answer found"
    "|no answer provided|no response provided|no answer given|no answer yet|no answers yet|no response yet"
    "|answer not available|answer not found|answer not provided|response not available|without answer"
    # Arabic, Bengali, Chinese, Czech, Dutch, French, German, Greek, Hindi
    "|لا توجد إجابة|لا يوجد جواب|لا يوجد رد|بدون إجابة|لا إجابة|কোনো উত্তর নেই|无答案|没有答案|暂无答案|无回答|没有回答|暂无回答|暂无回复|无回复"
    "|無答案|沒有答案|暫無答案|沒有回答|bez odpovědi|žádná odpověď|geen antwoord|geen antwoorden|geen reactie|pas de réponse|aucune réponse"
    "|sans réponse|réponse non disponible|keine antwort|keine antworten|keine antwort verfügbar|καμία απάντηση|χωρίς απάντηση"
    "|कोई उत्तर नहीं|कोई जवाब नहीं|उत्तर उपलब्ध नहीं"
    # Indonesian, Italian, Japanese, Korean, Persian, Polish, Portuguese, Romanian, Russian
    "|tidak ada jawaban|tidak ada respons|nessuna risposta|senza risposta|risposta non disponibile|回答なし|回答無し|答えなし|返答なし"
    "|無回答|답변 없음|답변없음|응답 없음|대답 없음|답 없음|بدون پاسخ|پاسخی موجود نیست|brak odpowiedzi|sem resposta|sem respostas|nenhuma resposta"
    "|não há resposta|resposta não disponível|niciun răspuns|fără răspuns|нет ответа|нет ответов|ответа нет|без ответа"
    # Spanish, Swedish, Thai, Turkish, Ukrainian, Vietnamese
    "|sin respuesta|sin respuestas|no hay respuesta|no hay respuestas|respuesta no disponible|inget svar|ไม่มีคำตอบ|cevap yok"
    "|yanıt yok|немає відповіді|без відповіді|không có câu trả lời|không có phản hồi"
).split("|")
#: What scripts and people write where a text is still to be made, in lower case.
STAND_INS: Final = (
    "err|error|tbd|placeholder|coming soon|to be added|no summary|no summary available|no summary provided"
    "|summary not available|no description|no description available|no description provided|no translation"
    "|no translation available|no explanation|no explanation available|no content available"
    # What people type to fill a cell, point to another one with, or leave in an answer's place.
    "|test|test test|test test test|testing|test answer|test response|asdf|asdf asdf|asdfasdf|asdfg|asdfgh|asdfghjkl"
    "|qwerty|qwertyuiop|zxcvbnm|xxx|xxxx|xxxxx|blah|blah blah|blah blah blah|foo|foo bar|foobar|dummy|dummy text"
    "|dummy answer|sample text|sample answer|sample response|answer here|your answer|your answer here"
    "|your response here|insert answer|insert answer here|insert response here|enter answer here|enter your answer here"
    "|add answer here|answer goes here|response goes here|write answer here|see above|see below|same as above"
    "|same as before|as above|ditto|idem"
).split("|")
#: Marks that people and scripts write in the place of a text, those that are silence in a conversation, and what a
#: prompt that asks for one says.
MARKS: Final = ("-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "?", "??", "???", "!", "/")
_SILENCE: Final = (".", "..", "...", "…", "?", "??", "???", "!")
_ASKS_FOR_MARK: Final = r"(?i)punctuat|symbol|\bsigns?\b|\bmarks?\b|character|dash|hyphen|operator|标点|符号"
#: What may stand around a phrase.
_AROUND: Final = " \t\r\n.。!！\"'()[]<>*-（）【】"
#: What scripts write where they find no answer in what a model said, or it said nothing, in lower case.
FAILURES: Final = (
    "no answer extracted|no valid answer extracted|no answer parsed|answer not extracted|answer could not be extracted"
    "|answer extraction failed|extraction failed|extraction error|failed to extract|failed to extract answer"
    "|could not extract|could not extract answer|unable to extract|unable to extract answer|cannot extract answer"
    "|no answer could be extracted|parse error|parse_error|parsing error|parsing failed|parse failed|failed to parse"
    "|failed to parse answer|failed to parse response|failed to parse json|could not parse|could not parse answer"
    "|could not parse response|unable to parse|unable to parse answer|unable to parse response|unparsable|unparseable"
    "|no answer generated|no response generated|no output generated|generation failed|failed to generate"
    "|failed to generate response|failed to generate answer|extraction_failed|extraction_error|parsing_error"
    "|parsing_failed|parse_failed|generation_failed|no_answer_extracted|failed to generate a response"
    "|failed to generate an answer|failed to generate output|failed to get response|failed to get a response"
    "|failed to get answer|failed to get an answer|failed to fetch response|failed to retrieve response"
    "|could not generate response|could not generate a response|could not generate answer|could not generate an answer"
    "|unable to generate response|unable to generate a response|unable to generate answer|unable to generate an answer"
    "|unable to get response|response generation failed|answer generation failed|no response received|empty response"
).split("|")
#: Answers that point to a text elsewhere, such as the explanation in another column, in lower case.
POINTERS: Final = (
    "见解析|见答案|见答案解析|答案见解析|详见解析|解析见上|參見解析|見解析|see explanation|see the explanation|see solution"
    "|see the solution|see explanation below|see solution below|refer to explanation|refer to the explanation"
).split("|")


def phrase_of(text: str) -> str:
    """Return what a text says without the marks around it, or the text itself if it is nothing but one."""
    bare = text.strip()
    return bare if bare in MARKS else text.strip(_AROUND)


def phrases_of(text: pl.Expr) -> pl.Expr:
    """Return what texts say, in lower case, without the marks around it."""
    bare = text.str.strip_chars()
    return pl.when(bare.is_in(MARKS)).then(bare).otherwise(text.str.strip_chars(_AROUND).str.to_lowercase())


def stands_for_nothing(mark: str, prompt: str, *, turns: int) -> bool:
    """Return whether a mark is in the place of an answer: not asked for, and not silence in one of several turns."""
    return (turns < 2 or mark not in _SILENCE) and re.search(_ASKS_FOR_MARK, prompt) is None


@frozen
class NullWordOptions(Options):
    """The words that null-word-response and null-word-prompt report."""

    words: list[str] = option(
        list(NULL_WORDS),
        "texts that stand for a missing value, in lower case; the whole text is compared",
        source="tloen/alpaca-lora PR#32, and what pandas, JavaScript and SQL write",
    )


@frozen
class NullAnswerOptions(NullWordOptions):
    """The words and the phrases that null-word-response reports."""

    phrases: list[str] = option(
        list(NO_ANSWER),
        "answers that say that there is none, in lower case; the whole text is compared",
        source="what exports of questions write, in 25 languages",
    )
    stand_ins: list[str] = option(
        list(STAND_INS),
        "texts in the place of one that is still to be made, in lower case; the whole text is compared",
        source="what scripts write for a call that failed, and exports for an empty cell",
    )
    failures: list[str] = option(
        [*FAILURES, *POINTERS],
        "what is written instead of an answer that is missing or elsewhere, in lower case; the whole text is compared",
        source="what scripts write that look for the answer in what a model said, and exams with explanations",
    )
    min_rows: int = option(3, "rows with a phrase from which on it is reported", source="one may be somebody's answer")
