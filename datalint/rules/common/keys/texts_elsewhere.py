"""Rows that lack the text that they are about: labels of posts that may not be copied, answer keys, runs of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.api import Record, excerpt
from datalint.rules.common.lazy_pattern import lazy_pattern

#: The name of the identifier of a text, and not of the row.
_IDENTIFIER: Final = lazy_pattern(
    r"(?i)(?:tweet|post|status|comment|message|text|body|sentence|doc|document|article|news|review|passage|abstract|pm)"
    r"[_ -]?ids?"
)
#: The same of the identifier of a row, which is that of a text elsewhere where somebody gave the row a label.
_OF_ROW: Final = lazy_pattern(
    r"(?i)(?:(?:record|sample|example|item|utterance|instance|case|data(?:set)?)[_ -]?ids?|[gu]u?ids?)"
)
_LABELLED: Final = lazy_pattern(
    r"(?i)(?:.{0,30}[_ -])?(?:labels?|annotator|annotations?|rater|ratings?|reviewer|sub_?tasks?)(?:[_ -].{0,30})?"
)
#: The same of an identifier of anything, where there is a judgement of it.
_OF_ANYTHING: Final = lazy_pattern(r"(?i)[a-z]{1,30}[_-]id")
_JUDGED: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:judge?ments?|verdicts?|correct|is_correct)")
#: Names of the number of a row and of the model that wrote an answer, in the runs of models.
_ROW: Final = ("id", "idx", "index", "custom_id")
#: The letter of an option, or those of several.
_OPTIONS: Final = lazy_pattern(r"[A-H]{1,8}")
_MODEL: Final = ("model", "model_name", "model_id", "modelname")
#: The name of a document, whose value may be its identifier, and of its page on the web.
_DOCUMENT: Final = lazy_pattern(r"(?i)(?:doc|document|article|passage)")
_NUMBERED: Final = lazy_pattern(r"(?=[A-Za-z_.-]*[0-9])[\w.-]{4,60}")
_PAGE: Final = lazy_pattern(r"(?i)(?:page[_ -]?)?(?:url|link|permalink)")
_ADDRESS: Final = lazy_pattern(r"(?i)https?://[^\s]{1,200}")
#: Names of what people noted down about a row.
_NOTES: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:notes?|remarks?|memo)")
#: The number of a post, which is too long for that of a row, of a date or of a person.
_OF_POST: Final = lazy_pattern(r"\s*[0-9]{17,20}\s*")
#: Names of the number of a question, and of its answer; and of a file or page, which may have a long name.
_OF_QUESTION: Final = lazy_pattern(
    r"(?i)(question|ques|q|problem|prompt|query|task|exercise)[_ -]?(?:ids?|no|num|number|idx|index)"
)
_ANSWER: Final = lazy_pattern(
    r"(?i)(?:(?:correct|right|gold|true)[_ -]?)?(?:answers?|completions?|responses?|outputs?|generations?)(?:[_ -]?(?:key|text))?"
)
_FILE: Final = lazy_pattern(
    r"(?i)https?://\S{0,2000}|[^\n?？]{1,200}\.(?:pdf|txt|md|html?|docx?|csv|tsv|jsonl?|xml|pptx?|xlsx?|epub|rtf|odt)"
)
#: The same of what a model predicted, whatever it is.
_PREDICTED: Final = lazy_pattern(r"(?i)(?:model[_ -]?)?predict(?:ed|ions?)(?:[_ -]?(?:answers?|outputs?|text))?")
#: An identifier in a list, and items of one that are looked at.
_HASH: Final = lazy_pattern(r"(?i)(?=.{0,60}[0-9])[0-9a-f]{4,64}(?:-[0-9a-f]{2,32}){0,8}")
_ITEMS: Final = 20
_LONG_ID: Final = 16
#: Names of facts about where rows are from.
_ORIGIN: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:licen[cs]e|publisher|copyright|attribution)")
#: Values of a label of zeros and ones, or of a row that is not rated, and labels of a text at least.
_FLAGS: Final = (-1, 0, 1, "-1", "0", "1", "0.0", "1.0")
_LEAST_FLAGS: Final = 3
_LONGEST: Final = 60
#: Names of what is known of a row, and facts of a document at least.
_ABOUT: Final = lazy_pattern(r"(?i)(?:.{0,30}[_ -])?(?:meta(?:[_ -]?data)?|info|details|source|stats|config)")
_LEAST_FACTS: Final = 2
#: Words of a label at most, and characters of one in a script that may have no blanks.
_WORDS: Final = 4
_CHARS: Final = 12


def text_elsewhere(row: Mapping[str, Any]) -> str | None:
    """Return the key of the identifier of the text that a row lacks; None for a row with any text but labels.

    A note on a few rows is no text that these have and the others lack.
    """
    keys = [key for key in row if len(key) <= _LONGEST]
    # A comment is named with its post: the text is that of the first one.
    named = [key for key in keys if _IDENTIFIER.fullmatch(key.strip())][:1]
    named = named or [key for key, value in row.items() if _OF_POST.fullmatch(str(value)[:_LONGEST])]
    if not named and any(map(_LABELLED.fullmatch, keys)):
        named = [key for key in keys if _OF_ROW.fullmatch(key.strip())]
    if not named and any(map(_JUDGED.fullmatch, keys)):
        named = [key for key in keys if _OF_ANYTHING.fullmatch(key.strip())]
    if not named and (of_row := _labelled_row(row)) is not None:
        named = [of_row]
    if not named:
        named = [key for key in keys if _refers(key.strip(), row[key])]
    said = [value for key, value in row.items() if not (len(key) <= _LONGEST and _NOTES.fullmatch(key.strip()))]
    return named[0] if len(named) == 1 and not any(map(_may_be_text, said)) else None


def _refers(key: str, value: object) -> bool:
    """Whether a value is the identifier of a document, or the address of a page, by its name."""
    if not isinstance(value, str):
        return False
    by_number = _DOCUMENT.fullmatch(key) is not None and _NUMBERED.fullmatch(value) is not None
    return by_number or (_PAGE.fullmatch(key) is not None and _ADDRESS.fullmatch(value) is not None)


def _may_be_text(value: object, levels: int = 3) -> bool:
    """Whether a value is more than a label of a few words, or has values of its own; some scripts have no blanks.

    An object of numbers and labels, such as the tokens that a model used, is no text either.
    """
    if isinstance(value, str):
        return is_beyond_label(value)
    if isinstance(value, list):
        return any(not isinstance(each, int | float | None) for each in value)
    if not isinstance(value, dict) or not value:
        return False
    return levels == 0 or any(_may_be_text(each, levels - 1) for each in value.values())


def is_beyond_label(text: str) -> bool:
    """Return whether a text has more words than a label; some scripts have no blanks."""
    return len(text.split()) > _WORDS or (not text.isascii() and len(text) > _CHARS)


def _labelled_row(row: Mapping[str, Any]) -> str | None:
    """Return the key ``id`` of a row with one label by its name, or several of zeros and ones, and nothing else.

    None for any other row.
    """
    numbered = next((key for key in row if key.strip().lower() == "id"), None)
    labels = [(key, value) for key, value in row.items() if key != numbered]
    flags = len(labels) >= _LEAST_FLAGS and all(value in _FLAGS for _, value in labels)
    return numbered if flags or (len(labels) == 1 and is_label(*labels[0])) else None


def question_elsewhere(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the key of the number of a question that a row lacks, and that of its answer; None for any other row.

    Such rows are answer keys, and the answers of a model. A row with another text may ask it.
    """
    keys = [key for key in row if len(key) <= _LONGEST]
    numbers = [key for key in keys if _OF_QUESTION.fullmatch(key.strip())]
    predicted = [key for key in keys if _PREDICTED.fullmatch(key.strip())]
    answers = predicted or [key for key in keys if _ANSWER.fullmatch(key.strip())]
    alone = len(row) == len(answers) + 1 and (predicted or not any(_may_be_text(row[key]) for key in answers))
    # Short texts next to the letter of an option, such as the subject of an exam, ask nothing.
    lettered = len(answers) == 1 and _OPTIONS.fullmatch(str(row[answers[0]])[:_LONGEST]) is not None
    if not numbers and (alone or lettered or any(key.strip().lower() in _MODEL for key in keys)):
        numbers = [key for key in keys if key.strip().lower() in _ROW]
    kinds = str | int | float | list if predicted else str | int | float
    if len(numbers) != 1 or len(answers) != 1 or not isinstance(row[answers[0]], kinds):
        return None
    named = _OF_QUESTION.fullmatch(numbers[0].strip())
    if named is not None and any(named[1].lower() in key.lower() for key in keys if key not in (*numbers, *answers)):
        return None
    others = [
        row[key] for key in row if key not in (*numbers, *answers) and not _ORIGIN.fullmatch(key[:_LONGEST].strip())
    ]
    may_ask = (_may_be_text(each) and not (isinstance(each, str) and _FILE.fullmatch(each.strip())) for each in others)
    return None if any(may_ask) else (numbers[0], answers[0])


def of_extracted(record: Record) -> str | None:
    """Return what to do with a row that has the name of a document and what is extracted from it; None for others."""
    if (found := _extracted(record.value)) is None:
        return None
    file, facts = (f'"{excerpt(key, 40)}"' for key in found)
    return f"{facts} is what the document under {file} says: add its text, from which the model is to extract this"


def _extracted(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the key of the name of a document, and that of the only object, of what is in it; None for other rows.

    A list in such an object has a part of what is learned, such as the items of an invoice, and no rows.
    """
    if not all(len(key) <= _LONGEST and not isinstance(value, list) for key, value in row.items()):
        return None
    files = [key for key, value in row.items() if isinstance(value, str) and _FILE.fullmatch(value.strip())]
    objects = [key for key, value in row.items() if isinstance(value, dict) and value]
    if len(files) != 1 or len(objects) != 1 or _ABOUT.fullmatch(objects[0].strip()):
        return None
    others = [value for key, value in row.items() if key not in (*files, *objects)]
    facts = sum(isinstance(value, str | int | float) for value in row[objects[0]].values())
    return (files[0], objects[0]) if facts >= _LEAST_FACTS and not any(map(_may_be_text, others)) else None


def is_label(key: str, value: object) -> bool:
    """Return whether the only value of a row is a label by its name, such as one of the file ``y_train.csv``."""
    named = len(key) <= _LONGEST and (key.strip() == "y" or _LABELLED.fullmatch(key.strip()) is not None)
    return named and isinstance(value, str | int | float) and not _may_be_text(value)


def listed_ids(row: Mapping[str, Any]) -> str | None:
    """Return the first key of a row that has nothing but lists of identifiers with numbers, such as what was retrieved.

    None for any other row.
    """
    lists = list(row.values())
    if not lists or not all(isinstance(items, list) for items in lists):
        return None
    found = [item for items in lists for item in items[:_ITEMS]]
    return next(iter(row)) if found and all(map(_is_identified, found)) else None


def _is_identified(item: object) -> bool:
    """Whether an object has an identifier of 16 signs or more, and else numbers alone."""
    values = list(item.values()) if isinstance(item, dict) else []
    texts = [value for value in values if not isinstance(value, int | float)]
    return (
        len(texts) == 1 and isinstance(texts[0], str) and len(texts[0]) >= _LONG_ID and bool(_HASH.fullmatch(texts[0]))
    )
