"""What to do with a row whose keys fit no shape: the first remedy that fits the row, in a finding's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from datalint.api import Record, excerpt, listed
from datalint.rules.common.keys.bioc import said_of_bioc
from datalint.rules.common.keys.halves import counterpart
from datalint.rules.common.keys.images_alone import image_alone
from datalint.rules.common.keys.judgments import is_link, judged_document
from datalint.rules.common.keys.keyed_answers import said_of_keyed_answers
from datalint.rules.common.keys.keyed_lists import said_of_groups, said_of_keyed_lists
from datalint.rules.common.keys.nested_texts import (
    are_parallel,
    deep_texts,
    inner_texts,
    list_of_texts,
    said_of_items,
    said_of_languages,
    said_of_places,
)
from datalint.rules.common.keys.numbered_texts import said_of_numbered
from datalint.rules.common.keys.numbered_words import question_about_words
from datalint.rules.common.keys.picked_keys import picked_text
from datalint.rules.common.keys.text_sets import said_of_set
from datalint.rules.common.keys.texts_elsewhere import is_label, listed_ids, question_elsewhere, text_elsewhere
from datalint.rules.common.keys.useless_values import empty_label, shortened_id
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.judged_aspects import judged_aspects
from datalint.support.names.stereotypes import stereotype_pair
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.text_lists import are_texts

#: Numbers next to a single word from which on these are measured, and the word names what was.
_MEASURED: Final = 10
#: What to do with other files, such as settings, reports and lists.
_LEAVE: Final = "leave the file out if it is not training data"
#: Aspects of a judgement that are shown.
_SHOWN: Final = 3
#: Texts of a list from which on short ones are no words, if they have blanks.
_MANY: Final = 8
#: Texts that the option needs.
_SIDES: Final = 2
#: Characters up to which a value is no answer, such as an identifier.
_SHORT: Final = 40
#: Keys of prompts, which may be all there is to read.
_QUESTIONS: Final = ("query", "question", "prompt")
_ASKED: Final = ("instruction", *_QUESTIONS)
#: A key that the option takes without quotes.
_PLAIN: Final = lazy_pattern(r"\w{1,40}")
IN_OPTION: Final = lazy_pattern(r"[\w.-]{1,40}")
_NUMBER: Final = lazy_pattern(r"\s*[+-]?[0-9][0-9.,]{0,30}(?:[eE][+-]?[0-9]{1,3})?\s*")
#: The name of a list of turns.
_TURNS: Final = lazy_pattern(r"(?i)(?:^|[._])(?:turns|utterances|dialogues?|dialogs?|conversations?)$")
#: Parts of keys that say which of two is better.
_COMPARED: Final = (("good", "bad"), ("better", "worse"), ("best", "worst"), ("hq", "lq"))


def remedy(record: Record) -> str:
    """Return what to do with a row of unknown shape, whose value is the typical one of its layout if it has one."""
    return next(said for each in _REMEDIES if (said := each(record)) is not None)


def said_of_picked(record: Record) -> str | None:
    """Return what to do with a row whose value under one key is the name of another; None for any other row."""
    picking = picked_text(record.value)
    if picking is None:
        return None
    named = f'"{excerpt(picking, 40)}" names the key of one of several texts'
    return f"{named}: write a better and a worse answer as chosen and rejected, and options next to the question"


def _of_another_file(record: Record) -> str | None:
    """Return what to add to a row without what is asked or labelled; None for one that may have it."""
    row = record.value
    if (image := image_alone(row)) is not None:
        named = f'"{excerpt(image, 40)}"'
        return f"what is asked may be an image or a recording under {named}, which is not read: add its text"
    if row.get("type") == "function" and isinstance(row.get("function"), dict):
        return 'each row defines a tool: write it under "tools" next to "messages", or leave the file out'
    if (numbered := question_elsewhere(row)) is not None:
        number, answer = (f'"{excerpt(key, 40)}"' for key in numbered)
        return f"no key contains what {answer} answers: add the prompts, which another file has under {number}"
    if len(row) == 1 and is_label(*next(iter(row.items()))):
        return f'each row has only "{excerpt(next(iter(row)), 40)}": write it next to its text, which another file has'
    return None


def _of_shortened_ids(record: Record) -> str | None:
    if (shortened := shortened_id(record.value)) is None:
        return None
    return (
        f'no key contains text, and a spreadsheet cut the last digits of "{excerpt(shortened, 40)}", so that what the '
        "numbers refer to cannot be found: export them again as text"
    )


def _of_facts(record: Record) -> str | None:
    if not record.facts:
        return None
    return _of_text_elsewhere(record) or (
        f"each row has only short values: {_LEAVE}, or say what the keys mean with --columns prompt=KEY,response=KEY"
    )


def _of_judgements(record: Record) -> str | None:
    if aspects := judged_aspects(record.value):
        named = listed((f'"{excerpt(each, 30)}"' for each in aspects), len(aspects), _SHOWN)
        return f"each row judges a text that is not in this file, by {named}: leave the file out, or add the text"
    if (document := judged_document(record.value)) is None:
        return None
    named = f'"{excerpt(document, 40)}"'
    place = "is at the address under" if is_link(record.value[document]) else "another file has under"
    return f"each row judges a document that is not in this file: add its text, which {place} {named}"


def _of_stereotypes(record: Record) -> str | None:
    if (pair := stereotype_pair(record.value)) is None or record.proposal is not None:
        return None
    one, other = (f'"{excerpt(key, 40)}"' for key in pair)
    return f"{one} and {other} are pairs of a test of bias, and neither is the better answer: leave the file out"


def _of_proposal(record: Record) -> str | None:
    if record.proposal is None:
        return None
    if record.versions:
        several = f"{record.versions} of these are versions of one text, and the model learns one from another"
        return f"{several}: try {record.proposal}"
    return f"try {record.proposal}"


def _of_places(record: Record) -> str | None:
    if (asked := question_about_words(record.value)) is not None:
        named = f'"{excerpt(asked, 40)}"'
        return f"the answers to {named} are numbers of words in a text that the row lacks; write their words instead"
    return said_of_places(record.value)


def _of_text_elsewhere(record: Record) -> str | None:
    if (elsewhere := text_elsewhere(record.value)) is None:
        return None
    return f'no key contains text: add the text that "{excerpt(elsewhere, 40)}" refers to, from another file or site'


def _of_listed_ids(record: Record) -> str | None:
    if (listing := listed_ids(record.value)) is None:
        return None
    return f'no key contains text: add the texts whose identifiers are in "{excerpt(listing, 40)}", from another file'


def _of_keyed_answers(record: Record) -> str | None:
    return said_of_keyed_answers(record.value)


def _of_nested_list(record: Record) -> str | None:
    nested, half = list_of_texts(record.value), counterpart(record.value.keys())
    if nested is None or (half is not None and half[0] == nested):
        return None
    if _TURNS.search(nested) is not None and not are_parallel(record.value, nested):
        # One turn without those before it is no example.
        return f'write "{excerpt(nested, 40)}" as "messages", each with a role'
    return said_of_languages(record.value, nested) or said_of_items(record.value, nested)


def _of_bioc(record: Record) -> str | None:
    return said_of_bioc(record.value)


def _of_half(record: Record) -> str | None:
    """Return what a row with one half of a prompt and its answer needs; None for any other row."""
    half = counterpart(record.value.keys())
    if half is None:
        return _of_capitals(record)
    key, other = half
    if _are_compared(record):
        return f"say which answer is the better one with --columns prompt={key},chosen=KEY,rejected=KEY"
    if key == "prompt" and _is_alone(record):
        return f'"{key}" needs "{other}" next to it; for prompts alone, try --columns prompt=prompt'
    said = f'"{key}" needs "{other}" next to it; or try --columns prompt={key},response=KEY'
    return f"{said}, or prompt={key} for prompts alone" if key in _QUESTIONS else said


def _of_capitals(record: Record) -> str | None:
    """Return what a row needs whose only text with the name of a prompt is written in another case: ``Instruction``."""
    asked = [key for key, item in record.value.items() if key.lower() in _ASKED and isinstance(item, str)]
    if len(asked) != 1 or _PLAIN.fullmatch(asked[0]) is None:
        return None
    key = asked[0]
    said = f'nothing says what answers "{key}": {_LEAVE}, or try --columns prompt={key} for prompts alone, or'
    return f"{said} --columns prompt={key},response=KEY"


def _of_inner_texts(record: Record) -> str | None:
    paths = inner_texts(record.value)
    if not paths:
        return None
    named = ", ".join(excerpt(path, 60) for path in paths[:3])
    return f"texts are in {named}{', …' if len(paths) > 3 else ''}: --columns prompt=KEY,response=KEY"


def _without_text(record: Record) -> str | None:
    """Return what to do with a row that has objects or numbers alone; None for one that has a text or a list."""
    values = [item for item in record.value.values() if item]
    if not any(isinstance(item, str) for item in values) and sum(isinstance(item, dict) for item in values) > 1:
        return f"{_LEAVE}, write each object as a text, or say what they mean with --columns prompt=KEY,response=KEY"
    texts = [item for item in values if isinstance(item, str | list) and not _is_number(item)]
    measured = len(values) > _MEASURED and not any(isinstance(item, dict) for item in values)
    if measured and len(texts) == 1 and isinstance(texts[0], str) and _PLAIN.fullmatch(texts[0]):
        return f"no key contains text, only numbers and a name for them: {_LEAVE}"
    if not texts:
        deep = deep_texts(record.value)
        where = f'texts are in objects within "{excerpt(deep, 40)}"' if deep else "no key contains text"
        return f"{where}; {_LEAVE}, or write each example as a row of its own with keys such as prompt and completion"
    return None


def _of_numbered(record: Record) -> str | None:
    return said_of_numbered(record.value)


def _of_text_sets(record: Record) -> str | None:
    return said_of_set(record.value) or said_of_keyed_lists(record.value)


def _of_groups(record: Record) -> str | None:
    return said_of_groups(record.value)


def _of_empty_label(record: Record) -> str | None:
    unlabelled = empty_label(record.value) if record.typical else None
    if unlabelled is None:
        return None
    label, text = (excerpt(each, 40) for each in unlabelled)
    option = f"; for the texts alone, try --columns text={text}" if IN_OPTION.fullmatch(text) else ""
    return f'"{label}" is empty: fill it in to learn it{option}'


def _of_one_key(record: Record) -> str | None:
    if len(record.value) != 1:
        return None
    [(key, value)] = record.value.items()
    if are_texts(value, 0):
        return f'write each text of "{excerpt(key, 40)}" as a row'
    typed = key if _PLAIN.fullmatch(key) else "KEY"
    return f"say what it means with --columns text={typed} or --columns prompt={typed}"


def _of_parts(record: Record) -> str | None:
    if (parts := _only_parts(record)) is None:
        return None
    named = f'"{excerpt(parts, 40)}"'
    return f"{named} is a list of texts: write each of them as a row, or all as one text under text"


def _of_texts_alone(record: Record) -> str | None:
    if (alone := _only_texts(record)) is None:
        return None
    return f"for the texts alone, try --columns text={alone}; to learn them as answers, add their prompts"


def _of_meanings(record: Record) -> str:
    """Return how to say what the keys mean, which fits every row."""
    texts = [key for key, item in record.value.items() if isinstance(item, str)]
    if any("," in key for key in texts) and sum("," not in key for key in texts) < _SIDES:
        return "say what they mean under [columns] in datalint.toml: --columns takes no key with a comma"
    objects = [key for key, item in record.value.items() if isinstance(item, dict) and _has_text(item)]
    inner = f"{objects[0]}.KEY" if len(objects) == 1 and _PLAIN.fullmatch(objects[0]) else "KEY"
    return f"say what they mean, or {_LEAVE}: --columns prompt=KEY,response={inner}"


def _is_alone(record: Record) -> bool:
    """Return whether no value but the prompt is long enough to be a response."""
    others = [item for key, item in record.value.items() if key != "prompt"]
    return all(not isinstance(item, list | dict) and len(str(item)) <= _SHORT for item in others)


def _are_compared(record: Record) -> bool:
    """Return whether two keys say that what they hold is better and worse, such as ``good`` and ``bad``."""
    keys = [key.lower() for key in record.value]
    return any(any(good in key for key in keys) and any(bad in key for key in keys) for good, bad in _COMPARED)


def _is_number(item: object) -> bool:
    """Return whether a value is a number, also one that is written as text, or a list of numbers."""
    if isinstance(item, list):
        return all(map(_is_number, item))
    return isinstance(item, int | float) or (isinstance(item, str) and _NUMBER.fullmatch(item) is not None)


def _only_parts(record: Record) -> str | None:
    """Return the key of the only list of texts of a row with nothing else but short values; None for any other row."""
    others = [(key, item) for key, item in record.value.items() if not isinstance(item, list)]
    lists = [(key, item) for key, item in record.value.items() if isinstance(item, list) and item]
    if len(lists) != 1 or any(isinstance(item, dict) or len(str(item)) > 2 * _SHORT for _, item in others):
        return None
    key, texts = lists[0]
    if not all(isinstance(each, str) for each in texts):
        return None
    asked = all(each.rstrip().endswith(QUESTION_MARKS) for each in texts)
    spaced = sum(" " in each.strip() for each in texts)
    many = len(texts) >= _MANY and spaced > len(texts) / 2
    return key if asked or many or sum(map(len, texts)) > _SHORT * len(texts) else None


def _only_texts(record: Record) -> str | None:
    """Return the path of the first text of a row that has texts in one object alone; None for any other row."""
    values = record.value.values()
    objects = [(key, item) for key, item in record.value.items() if isinstance(item, dict)]
    if len(objects) != 1 or any(isinstance(item, list) or (isinstance(item, str) and " " in item) for item in values):
        return None
    key, inner = objects[0]
    texts = [name for name, item in inner.items() if isinstance(item, str)]
    path = f"{key}.{texts[0]}" if texts and any(" " in inner[name] for name in texts) else ""
    return path if IN_OPTION.fullmatch(path) else None


def _has_text(item: dict[str, object]) -> bool:
    """Return whether an object has a sentence, or a list of sentences."""
    values = [each[0] if isinstance(each, list) and each else each for each in item.values()]
    return any(isinstance(each, str) and len(each) > _SHORT for each in values)


#: The likeliest first. Short values next to what another file has are proposed as prompts, or a label as a text.
_REMEDIES: Final[tuple[Callable[[Record], str | None], ...]] = (
    _of_another_file,
    _of_shortened_ids,
    _of_facts,
    _of_judgements,
    _of_stereotypes,
    _of_numbered,
    _of_proposal,
    said_of_picked,
    _of_places,
    _of_text_elsewhere,
    _of_listed_ids,
    _of_keyed_answers,
    _of_groups,
    _of_bioc,
    _of_nested_list,
    _of_half,
    _of_inner_texts,
    _without_text,
    _of_text_sets,
    _of_empty_label,
    _of_one_key,
    _of_parts,
    _of_texts_alone,
    _of_meanings,
)
