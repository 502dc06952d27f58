"""Last lines that give the final answer after a mark, such as "Answer: B. The pier", which need no full stop."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: The letter or number of an option, with its mark.
_OPTION: Final = r"[(（\[]?(?:[A-ZА-Е]|[a-hа-е]|[1-9]\d?|[①-⑩])(?:[.)）\]、．:：]|(?<=[①-⑩]))"
#: What names an answer, by language, before a colon.
_NAMES: Final = (
    r"(?<!\w)(?:answers?|(?:correct|right|best|final) (?:option|choice|result))(?: (?:is|are|would be))?"
    r"|(?:答案|正[确確解](?:选项|選項)?|選項|选项|(?<!\w)[答解]|答え|解答|回答)(?:[是为為は]|应为|應為)?"
    r"|(?:(?<!\w)답변?|정답)(?:[은는])?"
    r"|(?<!\w)(?:ответ|відповідь|respuestas?(?: (?:correcta|final))?(?: es)?|respostas?(?: (?:correta|final))?(?: é)?"
    r"|réponse(?: (?:correcte|finale))?(?: est)?|risposta(?: (?:corretta|finale))?(?: è)?|(?:end)?antwort|lösung|antwoord"
    r"|svar|odpověď|odpowiedź|cevap|jawaban|đáp án|उत्तर|الإجابة|الجواب)"
)
#: An option up to the end of the line, or an answer of up to a sentence, which no other one comes before.
_FINAL: Final = lazy_pattern(
    rf"(?i:{_NAMES})[\s*_]{{0,4}}[:：][\s*_]{{0,4}}"
    rf"(?:{_OPTION}[^\n]{{1,200}}|(?:[^.!?。！？\n]|\.(?=\S)){{1,60}})$"
    # "So the answer is B. The pier"
    rf"|^\W{{0,4}}(?i:(?:so|thus|hence|therefore),? )?(?i:the (?:\w{{4,9}} )?answer is) {_OPTION}"
    r"(?:[^.!?。！？\n]|\.(?=\S)){1,60}$"
)
#: Characters at the end of a line that are searched.
_TAIL: Final = 300
#: What no answer ends with.
_OPEN: Final = (",", "，", "、", "(", "（", "[", "【", ":", "：")


def is_final_answer(line: str) -> bool:
    """Return whether a last line, without white space at its end, gives an answer after a mark, and stops there."""
    return not line.endswith(_OPEN) and _FINAL.search(line[-_TAIL:]) is not None
