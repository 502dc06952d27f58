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
from datalint.rules.common.keys.likely_sides import are_topics, likely_option, turns_alone
from datalint.rules.common.keys.lone_texts import (
    IN_OPTION,
    LEAVE,
    PLAIN,
    SHORT,
    of_one_key,
    of_parts,
    of_texts_alone,
    without_text,
)
from datalint.rules.common.keys.nested_texts import (
    inner_texts,
    list_of_texts,
    said_of_items,
    said_of_places,
)
from datalint.rules.common.keys.numbered_pairs import said_of_pairs
from datalint.rules.common.keys.numbered_texts import said_of_numbered
from datalint.rules.common.keys.numbered_words import question_about_words
from datalint.rules.common.keys.picked_keys import picked_text
from datalint.rules.common.keys.text_sets import said_of_set
from datalint.rules.common.keys.texts_elsewhere import (
    is_label,
    listed_ids,
    of_extracted,
    question_elsewhere,
    text_elsewhere,
)
from datalint.rules.common.keys.translated_items import are_parallel, said_of_languages
from datalint.rules.common.keys.useless_values import empty_label, shortened_id
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.judged_aspects import judged_aspects
from datalint.support.names.column_names import fold_name
from datalint.support.names.stereotypes import stereotype_pair

#: Aspects of a judgement that are shown.
_SHOWN: Final = 3
_SIDES: Final = 2  # texts that the option needs
#: Keys of prompts, which may be all there is to read.
_QUESTIONS: Final = ("query", "question", "prompt")
_ASKED: Final = ("instruction", *_QUESTIONS)
#: The name of a list of turns.
_TURNS: Final = lazy_pattern(r"(?i)(?:^|[._])(?:turns|utterances|dialogues?|dialogs?|conversations?)$")
#: Parts of keys that say which of two is better.
_COMPARED: Final = (("good", "bad"), ("better", "worse"), ("best", "worst"), ("hq", "lq"))
#: Last words of the names of objects that describe somebody or the row.
_DESCRIBING: Final = (("profile",), ("persona",), ("meta",), ("metadata",), ("config",), ("settings",))


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
        f"each row has only short values: {LEAVE}, or say what the keys mean with --columns prompt=KEY,response=KEY"
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
    if record.versions and "rejected=" in record.proposal:
        several = "two of these continue one text, and nothing says which is the better answer"
        return f"{several}: try {record.proposal}, or the other way round"
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


def _of_pairs(record: Record) -> str | None:
    return said_of_pairs(record.value)


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
    likely = likely_option(record.value, key)
    said = f'"{key}" needs "{other}" next to it; or try {likely or f"--columns prompt={key},response=KEY"}'
    return f"{said}, or prompt={key} for prompts alone" if key in _QUESTIONS and not likely else said


def _of_capitals(record: Record) -> str | None:
    """Return what a row needs whose only text with the name of a prompt is written in another case: ``Instruction``."""
    asked = [key for key, item in record.value.items() if key.lower() in _ASKED and isinstance(item, str)]
    if len(asked) != 1 or PLAIN.fullmatch(asked[0]) is None:
        return None
    key = asked[0]
    if likely := likely_option(record.value, key):
        return f"try {likely}"
    said = f'nothing says what answers "{key}": {LEAVE}, or try --columns prompt={key} for prompts alone, or'
    return f"{said} --columns prompt={key},response=KEY"


def _of_inner_texts(record: Record) -> str | None:
    paths = inner_texts(record.value)
    if not paths:
        return None
    named = ", ".join(excerpt(path, 60) for path in paths[:3])
    return f"texts are in {named}{', …' if len(paths) > 3 else ''}: --columns prompt=KEY,response=KEY"


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


def _of_meanings(record: Record) -> str:
    """Return how to say what the keys mean, which fits every row."""
    texts = [key for key, item in record.value.items() if isinstance(item, str)]
    if any("," in key for key in texts) and sum("," not in key for key in texts) < _SIDES:
        return "say what they mean under [columns] in datalint.toml: --columns takes no key with a comma"
    if are_topics(record.value):
        return "each key has a question of its own: write each as a row, with the key as its category"
    if likely := likely_option(record.value) or turns_alone(record.value):
        return f"try {likely}"
    held = (key for key, item in record.value.items() if isinstance(item, dict) and _has_text(item))
    objects = [key for key in held if fold_name(key)[-1:] not in _DESCRIBING]
    inner = f"{objects[0]}.KEY" if len(objects) == 1 and PLAIN.fullmatch(objects[0]) else "KEY"
    return f"say what they mean, or {LEAVE}: --columns prompt=KEY,response={inner}"


def _is_alone(record: Record) -> bool:
    """Return whether no value but the prompt is long enough to be a response."""
    others = [item for key, item in record.value.items() if key != "prompt"]
    return all(not isinstance(item, list | dict) and len(str(item)) <= SHORT for item in others)


def _are_compared(record: Record) -> bool:
    """Return whether two keys say that what they hold is better and worse, such as ``good`` and ``bad``."""
    keys = [key.lower() for key in record.value]
    return any(any(good in key for key in keys) and any(bad in key for key in keys) for good, bad in _COMPARED)


def _has_text(item: dict[str, object]) -> bool:
    """Return whether an object has a sentence, or a list of sentences."""
    values = [each[0] if isinstance(each, list) and each else each for each in item.values()]
    return any(isinstance(each, str) and len(each) > SHORT for each in values)


#: The likeliest first. Short values next to what another file has are proposed as prompts, or a label as a text.
_REMEDIES: Final[tuple[Callable[[Record], str | None], ...]] = (
    _of_another_file,
    _of_shortened_ids,
    _of_facts,
    _of_judgements,
    _of_stereotypes,
    _of_numbered,
    _of_proposal,
    _of_pairs,
    said_of_picked,
    _of_places,
    _of_text_elsewhere,
    _of_listed_ids,
    of_extracted,
    _of_keyed_answers,
    _of_groups,
    _of_bioc,
    _of_nested_list,
    _of_half,
    _of_inner_texts,
    without_text,
    _of_text_sets,
    _of_empty_label,
    of_one_key,
    of_parts,
    of_texts_alone,
    _of_meanings,
)
