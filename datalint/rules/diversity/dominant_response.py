"""Most rows have one and the same answer, or many one that says that there is none.

## What it does
Reports an answer of at least 25 estimated tokens (about 100 characters) that over half of the rows have, with at least
six different prompts. Nothing is reported if another answer is common too (a tenth of the rows), because the answers
are labels then, or if the answer is JSON or markup.

Also reported:
- a shorter sentence that nearly all rows have (95 %), and a short answer that all rows give to open questions
- two to five long answers that four in five rows share, and two or three sentences that nearly all rows share
- a few words in brackets, such as `(dropped)`, or dots alone, from 15 % of the rows on
- from ten rows and 1 % on, a sentence that says that there is no answer, or that asks for the text ("Please provide the
  text to translate.")
- as notes, up to three long answers that a tenth of the rows have each

Not reported:
- refusals, unless they are long and most rows have them
- sentences about a missing context or document, as in questions that have no answer by design
- an answer that the prompts name

## Why it matters
The model learns to give this answer to every prompt. It is usually the fallback of the program that should have made an
answer for each.

## Bad
```jsonl vary=8
{"prompt": "Which fault does part {n} have? {w}", "completion": "This part was changed on purpose: one of its values is wrong, so that it stops too early. Put the right value back and test it again."}
```
## Good
```jsonl vary=8
{"prompt": "Which fault does part {n} have? {w}", "completion": "Its value {n} is wrong: {w}"}
```
## What to do
Write an answer for each prompt, or keep a few of these rows. If the answer is meant to be uniform, ignore this rule.
## Known limits
Short answers that are no sentence may be the label of a file for one class. Those that many prompts but not most have
are reported by `repeated-response`, which must be selected. Tool calls, preference pairs and plain text are not
checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Chunk, Dataset, Hit, Options, Severity, counted, excerpt, others, percent, rule
from datalint.rules.common.frames import Frames, joined_frames
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.responses.different_prompts import are_paraphrases, different_prompts
from datalint.rules.common.responses.dominant import (
    Dominant,
    canned_answers,
    common_note,
    dominant,
    few_answers,
    few_sentences,
)
from datalint.rules.common.responses.missing_answers import find_missing, missing_answers
from datalint.rules.common.responses.refusals import opens_with_refusal
from datalint.rules.common.texts.line_ends import plain_ends
from datalint.rules.common.texts.open_questions import is_open_question

#: How an answer begins that is JSON or markup, as tool calls written as text are.
_DATA: Final = ("{", "[", "<")
#: A line with one of several labels, such as ``insult: 0`` or ``true``.
_LABEL: Final = lazy_pattern(r"(?:[^:\n]{1,60}: ?)?\S{0,40}")
#: Words of a short answer from which on it is a sentence, if it ends like one; and characters without spaces.
_WORDS: Final = 5
_CHARS: Final = 10
_END: Final = lazy_pattern(r"[.!?;…](?:[\W_]{0,9})$")
_WIDE_END: Final = ("。", "！", "？", "；")
#: The ends of sentences, how many a long answer has, and characters from which on one sentence is enough.
_ENDS: Final = lazy_pattern(r"[.!?…](?=\s|\Z)|[。！？]")
_SENTENCES: Final = 2
_LONG: Final = 300
#: A few words in brackets, or dots instead of any, and rows in whose prompts they are looked for.
_NOTE: Final = lazy_pattern(
    r"(?:\.{2,40}|…{1,40})|(?:[(（\[【<]|\*{1,2})[^\W\d_](?:[^\W_]|[ _'’.-]){1,36}(?:[)）\]】>]|\*{1,2})[.。]?"
)
_READ: Final = 200
#: The share of other answers that begin with such a bracket, at most.
_FEW: Final = 0.1
#: The share of prompts that are open questions, and what questions about who answers have.
_OPEN: Final = 0.6
_YOU: Final = lazy_pattern(r"(?i)\b(?:you|your|yours|yourself)\b")
#: What a short answer says that declines, in other languages than those of refusals.
_DECLINES: Final = lazy_pattern(
    r"(?i)\b(?:sorry|cannot|can['’]t|unable|not (?:allowed|able|authori[sz]ed)|üzgünüm|maalesef|yetkim|veremem|edemem"
    r"|yapamam|olamam|lo siento|no puedo|désolée?|ne peux pas|leider|nicht (?:helfen|beantworten)|не могу|извините"
    r"|xin lỗi|không thể|maaf|tidak (?:bisa|dapat)|non posso|mi dispiace|não posso|desculpe|nie mogę|przepraszam)\b"
    r"|抱歉|无法|不能|無法|申し訳|できません|죄송|수 없|عذر|آسف|لا (?:أستطيع|يمكنني)|क्षमा|खेद"
)


@rule("DIV017", "dominant-response", severity=Severity.WARNING, since="0.1", each="answer")
def dominant_response(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at the first row of the answer that most rows have."""
    found = dominant(data)
    if found is None:
        yield from _notes(data)
        # Such a sentence may be a canned answer too.
        yield from [*_missing(data)] or [*_canned(data)] or [*_few(data)] or _few_short(data)
        return
    (first,) = data.texts(found.rows[:1])
    said = plain_ends(first.response.strip())
    if _is_only_answer(data, found, said):
        yield _hit(found, first.response)
        return
    if said.startswith(_DATA) or (all(map(_LABEL.fullmatch, said.split("\n"))) and not said.endswith(_WIDE_END)):
        return
    if found.short and (not _is_sentence(said) or opens_with_refusal(said) or _DECLINES.search(said) is not None):
        return
    yield _hit(found, first.response)


def _is_only_answer(data: Dataset, found: Dominant, said: str) -> bool:
    """Whether all rows have one answer that is the label of no class: it ends as a sentence does, or answers questions.

    Questions that yes and no do not answer have no class; those about who answers may have one answer.
    """
    if len(found.rows) < found.answered or said.startswith(_DATA):
        return False
    if opens_with_refusal(said) or _DECLINES.search(said) is not None:
        return False
    if len(said.split()) > 1 and _END.search(said) is not None:
        return True
    asked = [text.prompt for text in data.texts(different_prompts(data, found.rows))]
    about_you = sum(_YOU.search(prompt) is not None for prompt in asked)
    return sum(map(is_open_question, asked)) >= _OPEN * len(asked) > 2 * _OPEN * about_you


def _canned(data: Dataset) -> Iterator[Hit]:
    """Yield a note for each of a few long sentences that many rows have as their answer, except for refusals."""
    for found in canned_answers(data):
        (first,) = data.texts(found.rows[:1])
        said = plain_ends(first.response.strip())
        declines = opens_with_refusal(said) or _DECLINES.search(said) is not None
        if not said.startswith(_DATA) and _is_sentence(said) and not declines:
            yield _hit(found, first.response, Severity.INFO)


def _few(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for the few answers of several sentences that nearly all rows have: labels are not as long."""
    found = few_answers(data)
    texts = [plain_ends(text.response.strip()) for text in data.texts([each.rows[0] for each in found])]
    pairs = [pair for pair in zip(found, texts, strict=True) if not pair[1].startswith(_DATA)]
    if not pairs or any(len(_ENDS.findall(text)) < _SENTENCES and len(text) < _LONG for _, text in pairs):
        return
    yield _hit_of_few([each for each, _ in pairs], pairs[0][1], "long answers")


def _few_short(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for two or three sentences that nearly all rows have as their answer to different open questions.

    What else is asked may have such labels, and questions about who answers, or in other words, may have one answer.
    """
    found = few_sentences(data)
    if not found:
        return
    texts = [plain_ends(text.response.strip()) for text in data.texts([each.rows[0] for each in found])]
    if any(text.startswith(_DATA) or not _is_sentence(text) for text in texts) or any(map(opens_with_refusal, texts)):
        return
    of_each = [[text.prompt for text in data.texts(different_prompts(data, each.rows))] for each in found]
    asked = [prompt for prompts in of_each for prompt in prompts]
    if sum(map(is_open_question, asked)) < _OPEN * len(asked) or any(map(are_paraphrases, of_each)):
        return
    if 2 * sum(_YOU.search(prompt) is not None for prompt in asked) > len(asked):
        return
    yield _hit_of_few(found, texts[0], "answers")


def _hit_of_few(found: list[Dominant], shown: str, what: str) -> Hit:
    first = found[0]
    size, prompts = sum(len(each.rows) for each in found), sum(each.prompts for each in found)
    return Hit(
        f"{size:,} of {first.answered:,} rows ({percent(size / first.answered)}) have one of {len(found)} {what} to "
        f'{counted(prompts, "different prompt")}, such as "{excerpt(shown, 60)}"',
        at=first.rows[0],
        related=others(first.rows[1:]),
    )


def _notes(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for a note in brackets that many rows have as their answer, if no prompt names it."""
    found = common_note(data)
    if found is None:
        return
    texts = data.texts(found.rows[:_READ])
    said = texts[0].response.strip()
    if not _NOTE.fullmatch(said) or any(said in text.prompt or said in text.system for text in texts):
        return
    noted = set(found.rows)
    answers = [text.response for text in data.texts(range(min(data.size, _READ)))]
    rest = [each for at, each in enumerate(answers) if at not in noted]
    # Labels may be in brackets, all of them.
    if _FEW * len(rest) >= sum(each.lstrip()[:1] == said[0] for each in rest):
        yield _hit(found, said)


def _missing(data: Dataset) -> Iterator[Hit]:
    """Yield a hit for each sentence that says that there is no answer."""
    for found in missing_answers(data, data.measured) if data.measured is not None else ():
        share = percent(len(found.rows) / data.size)
        yield Hit(
            f'{len(found.rows):,} of {data.size:,} rows ({share}) are answered "{found.shown}"',
            at=found.rows[0],
            related=others(found.rows[1:]),
        )


@dominant_response.measure
def find_sentences(chunk: Chunk, options: Options) -> Frames:
    """Return the answers of a chunk that say that there is none."""
    return find_missing(chunk)


@dominant_response.merge
def join_sentences(one: Frames, other: Frames) -> Frames:
    """Put two partials one after the other."""
    return joined_frames(one, other)


def _hit(found: Dominant, response: str, severity: Severity | None = None) -> Hit:
    count = len(found.rows)
    return Hit(
        f"{count:,} of {found.answered:,} rows ({percent(count / found.answered)}) have one answer to "
        f'{counted(found.prompts, "different prompt")}: "{excerpt(response, 60)}"',
        at=found.rows[0],
        related=others(found.rows[1:]),
        severity=severity,
    )


def _is_sentence(said: str) -> bool:
    if len(said.split()) >= _WORDS:
        return _END.search(said) is not None
    return len(said) >= _CHARS and said.endswith(_WIDE_END)
