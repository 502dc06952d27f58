"""Passages with several questions each: SQuAD's paragraphs and articles, TAT-QA, and layouts like these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from datalint.shapes.answer_values import answer_text
from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.parallel import listed, objects_of, place_in
from datalint.shapes.passages import annotated_answer, are_marked, dialogue_of, member_of, sections_of, text_of_spans
from datalint.shapes.side_keys import use_of
from datalint.shapes.sink import Sink
from datalint.support.text_lists import are_texts

_CONTEXTS: Final = (
    *("context", "context_text", "passage", "article", "paragraph", "document", "documents", "story", "plot", "text"),
    *("content", "chunk", "chunk_text", "page_content", "passage_text", "document_text", "source_text"),
    *("doc", "doc_text", "excerpt", "source_document"),
)
#: Keys of a dialogue that the questions are about, one of them as FriendsQA writes it.
_DIALOGUES: Final = ("utterances", "utterances:", "dialogue", "dialog", "transcript")
#: The key of the sections of a paper, as Qasper has it, and keys of what else is read of one.
_SECTIONS: Final = "full_text"
_PAPER: Final = ("title", "abstract", _SECTIONS)
#: Keys of other layouts, next to which questions say something of the row.
_OTHERS: Final = ("messages", "conversations", "prompt", "instruction", "question", "query", "chosen")
_TRUE: Final = ("true", "yes", "1")
_LISTS: Final = (
    *("qas", "questions", "qa_pairs", "qa", "qna", "faqs", "faq", "items", "entries", "pairs", "qa_list"),
    *("question_answer_pairs", "question_answers", "questions_and_answers", "generated_questions"),
)
_QUESTIONS: Final = ("question", "query", "query_text", "question_text", "input_text", "q")
_OPTIONS: Final = ("choices", "choice", "options", "candidates")
_TEXTS: Final = ("input_text", "text", "answer", "span_text")
#: An answer may be the numbers of the lines of the passage that have it.
_LINES: Final = ("answer_lines", "answerLines")
_ANSWERS: Final = (
    *("answers", "answer", "responses", "response", "a", "short_answers", "answer_text", "answerText"),
    *_LINES,
)
#: Keys of the place of the right one of a question's options, as QuALITY has them.
_GOLD: Final = ("gold_label", "answer_index", "answer_idx", "correct_answer", "label")
#: Keys of the text of an answer that is an object, next to who wrote it or where it is.
_ANSWER_TEXTS: Final = ("answer_text", "response_text")
#: Lists that hold questions only if these are with their answers, and the keys of both. DUE has both as key and values.
_WEAK_LISTS: Final = ("samples", "annotations")
_ASKED: Final = (*_QUESTIONS[:2], "prompt", "instruction")
_ANSWERED: Final = ("answer", "answers", "response", "completion", "output")
_DUE: Final = ("key", "values")
#: Keys of what is read next to one of these questions.
_BESIDE: Final = ("context", "input", "options", "choices")
#: Keys of the document or image that they are about, which no row has whole.
_DOCUMENTS: Final = ("name", "doc_id", "document_id", "file_name", "image", "images")
#: Keys of rows that such lists say something of, as samples of a problem or of what a model wrote do.
_WHOLE: Final = (*_OTHERS, "input", "output", "problem", "answer", "response", "completion")


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read each passage before its questions; a question without an answer has no response."""
    for path, passage in _passages(value):
        if "table" in passage:
            read_context(passage["table"], f"{path}.table", sink)
        for key in _PAPER if _SECTIONS in passage else ():
            read_context(sections_of(passage.get(key)), f"{path}.{key}", sink)
        for key in _CONTEXTS:
            if isinstance(passage.get(key), str | list):
                read_context(passage[key], f"{path}.{key}", sink)
            elif isinstance(passage.get(key), dict) and isinstance(passage[key].get("text"), str):
                read_context(passage[key]["text"], f"{path}.{key}.text", sink)
        for key in _DIALOGUES:
            if isinstance(passage.get(key), str | list):
                read_context(dialogue_of(passage[key]), member_of(path, key), sink)
        texts = passage.get("paragraphs")
        for index, text in enumerate(texts if isinstance(texts, list) else ()):
            if isinstance(text, dict) and not _questions(text)[1]:
                read_context(text.get("text", ""), f"{path}.paragraphs[{index}].text", sink)
        key, asked = _questions(passage)
        answers = listed(passage.get("answers"))
        answers = answers if len(answers) == len(asked) else []
        for index, each in enumerate(asked):
            if isinstance(each, dict):
                _read_question(each, place_in(passage[key], f"{path}.{key}", index), sink)
                if answers and not any(name in each for name in _ANSWERS):
                    _read_answer(answers[index], passage["answers"], f"{path}.answers", index, sink)


def _read_question(value: dict[str, Any], at: Callable[[str], str], sink: Sink) -> None:
    question = next((key for key in _QUESTIONS if isinstance(value.get(key), str)), None)
    if question is None:
        return
    if sink.has_prompt:
        sink.add_to_turn(value[question], at(question))
    else:
        sink.prompt(value[question], at(question))
    options = next((key for key in _OPTIONS if isinstance(value.get(key), list | dict)), None)
    if options is not None:
        read_context(value[options], at(options), sink)
    if are_marked(value.get("answers")):
        read_context([each["text"] for each in value["answers"]], at("answers"), sink)
        right = [each["text"] for each in value["answers"] if each["label"]]
        sink.response("\n".join(right), at("answers"))
        return
    keys = _ANSWERS if options is None else (*_ANSWERS, *_GOLD)
    answer = next((key for key in keys if value.get(key) not in (None, [], "")), None)
    # Some files have the truth value as a text.
    if answer is not None and str(value.get("is_impossible")).strip().lower() not in _TRUE:
        lines = answer in _LINES and isinstance(value[answer], list)
        text = "\n".join(map(str, value[answer])) if lines else text_of_spans(_answer_text(value[answer]))
        sink.response(text, at(answer))


def _answer_text(value: Any) -> Any:
    """Return the text of an answer; of several, the first one."""
    first = value[0] if isinstance(value, list) and value else value
    if (annotated := annotated_answer(first)) is not None:
        return annotated or None
    texts = (first[key] for key in _ANSWER_TEXTS if isinstance(first.get(key), str)) if isinstance(first, dict) else ()
    return next(iter(texts), None) or answer_text(value)


def _read_pairs(key: str) -> Callable[[dict[str, Any], Sink], None]:
    """Return what reads questions and answers in a list of a row, next to the text that they are about."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        for name in _CONTEXTS:
            if isinstance(value.get(name), str | list):
                read_context(value[name], f"$.{name}", sink)
        items = value.get(key)
        for index, each in enumerate(items if isinstance(items, list) else ()):
            asked, answered = _pair(each)
            if asked:
                path = f"$.{key}[{index}]"
                (sink.add_to_turn if sink.has_prompt else sink.prompt)(each[asked], f"{path}.{asked}")
                for name in _BESIDE:
                    if isinstance(each.get(name), str | list | dict):
                        read_context(each[name], f"{path}.{name}", sink)
                sink.response(_answer_of(each[answered]), f"{path}.{answered}")

    return read


def _pair(value: object) -> tuple[str, str]:
    """Return the keys of a question and of its answer; empty where a value has not both."""
    if not isinstance(value, dict):
        return "", ""
    if isinstance(value.get(_DUE[0]), str) and isinstance(value.get(_DUE[1]), list):
        return _DUE
    asked = next((key for key in _ASKED if isinstance(value.get(key), str)), "")
    answered = next((key for key in _ANSWERED if value.get(key) not in (None, "")), "")
    return (asked, answered) if asked and answered else ("", "")


def _answer_of(value: Any) -> Any:
    """Return an answer, or the values of one as DUE has them."""
    if isinstance(value, list) and value and all(isinstance(each, dict) and "value" in each for each in value):
        return "\n".join(str(each["value"]) for each in value)
    return text_of_spans(answer_text(value))


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and bool(value) and bool(_pair(value[0])[0])


def _read_answer(value: Any, answers: Any, path: str, index: int, sink: Sink) -> None:
    """Read an answer from a list of answers in the order of the questions, which CoQA, QuAC and RACE have."""
    if not isinstance(value, dict):
        sink.response(value, f"{path}[{index}]")
        return
    key = next((key for key in _TEXTS if isinstance(value.get(key), str)), None)
    several = value.get("texts")
    if key is not None:
        sink.response(value[key], place_in(answers, path, index)(key))
    elif isinstance(several, list) and several:
        sink.response(several[0], place_in(answers, path, index)("texts"))
    else:
        sink.response(value, path if isinstance(answers, dict) else f"{path}[{index}]")


def _read_listed(value: dict[str, Any], sink: Sink) -> None:
    """Read a passage, and texts of questions, each with its options and answer in lists next to it."""
    for key in _CONTEXTS:
        if isinstance(value.get(key), str | list):
            read_context(value[key], f"$.{key}", sink)
    answers, options = listed(value.get("answers")), value.get("options")
    for index, question in enumerate(value["questions"]):
        place = f"$.questions[{index}]"
        (sink.add_to_turn if sink.has_prompt else sink.prompt)(question, place)
        if isinstance(options, list) and index < len(options):
            read_context(options[index], f"$.options[{index}]", sink)
        if index < len(answers):
            _read_answer(answers[index], value["answers"], "$.answers", index, sink)


def _passages(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each passage of a row with its path: the row itself, or the paragraphs of an article."""
    if _questions(value)[1]:
        yield "$", value
        return
    if _is_passage(value.get("passage")):
        yield "$.passage", value["passage"]
        return
    paragraphs = value.get("paragraphs")
    for index, passage in enumerate(paragraphs if isinstance(paragraphs, list) else ()):
        if isinstance(passage, dict):
            yield f"$.paragraphs[{index}]", passage


def _questions(value: dict[str, Any]) -> tuple[str, list[Any]]:
    found = next((key for key in _LISTS if value.get(key) and _are_questions(value[key])), "")
    return found, listed(value[found]) if found else []


def _are_questions(value: object) -> bool:
    """Return whether a value is a list of questions; a passage may have none."""
    if not isinstance(value, list) and not objects_of(value):
        return False
    first: object = next(iter(listed(value)), None)
    return not first or (isinstance(first, dict) and any(isinstance(first.get(key), str) for key in _QUESTIONS))


def _is_passage(value: object) -> bool:
    """Return whether a value is a passage as an object, with questions."""
    return isinstance(value, dict) and bool(_questions(value)[1])


def _have_questions(value: object) -> bool:
    """Return whether a value is a list of paragraphs of which one of the first has questions."""
    passages = value[:_SAMPLED] if isinstance(value, list) else ()
    return any(isinstance(passage, dict) and bool(_questions(passage)[1]) for passage in passages)


#: Paragraphs that are looked at for questions.
_SAMPLED: Final = 20


def _shape(key: str, title: str, items: str = "object") -> Shape:
    return Shape(
        name="reading-comprehension",
        title=title,
        kind="sft",
        fits=having(key, none_of=_OTHERS),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [key],
            "properties": {key: {"type": ["array", "object"], "items": {"type": items}}},
        },
        read=_read,
        keys=(key, *_CONTEXTS, "paragraphs", "table", "title", "id"),
        decided_by=(key, _have_questions if key == "paragraphs" else _are_questions),
        sole=True,
        reads=(key, *_CONTEXTS, *_DIALOGUES, "paragraphs", "table"),
        independent=True,
        categories=(),
    )


#: RACE: lists of questions, of their options and of their answers.
_LISTED: Final = _shape("questions", "a passage with lists of questions and answers", "string")._replace(
    fits=having("questions", "answers", any_of=_CONTEXTS),
    read=_read_listed,
    decided_by=("questions", are_texts),
    reads=("questions", "answers", "options", *_CONTEXTS),
)

#: Keys of a row with one object alone: elsewhere, a passage is what a label or an answer is about.
_ABOUT: Final = ("passage", "idx", "version")
#: MultiRC: one object with a passage and its questions.
_OBJECT: Final = _shape("passage", "a passage as an object with questions (passage)")._replace(
    fits=lambda keys: "passage" in keys and all(key in _ABOUT or use_of(key) == "metadata" for key in keys),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["passage"],
        "properties": {"passage": {"type": "object"}},
    },
    decided_by=("passage", _is_passage),
    reads=("passage",),
)

_QAS: Final = _shape("qas", "a paper with questions (full_text, qas)")
#: Qasper.
_OF_PAPER: Final = _QAS._replace(fits=having("qas", _SECTIONS, none_of=_OTHERS), reads=(*_QAS.reads, *_PAPER))

SHAPES: Final = (
    _LISTED,
    _OF_PAPER,
    *(_shape(key, f"a passage with questions ({key})") for key in _LISTS),
    _shape("paragraphs", "SQuAD's articles (paragraphs with qas)"),
    _OBJECT,
    *(
        _shape(key, f"questions with their answers ({key})")._replace(
            fits=having(key, none_of=_WHOLE), read=_read_pairs(key), decided_by=(key, _are_pairs), marks=_DOCUMENTS
        )
        for key in _WEAK_LISTS
    ),
)
