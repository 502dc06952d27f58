"""One object with lists of texts by their names: labels of brief texts, and prompts with their answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests_sources_reading import Read, read_source

from datalint.sources.content import Content
from datalint.sources.sniff import OpenSettings, open_content

SIGNS = "甲乙丙丁戊己"
SAID = ("号几点开", "号开吗", "号现在停在哪里", "号什么时候到")
PIER = "The ferry leaves pier {}"


def opened(value: dict[str, Any], chunk_bytes: int = 8 << 20) -> Read:
    data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    return read_source(open_content(Content(data), "rows.json", OpenSettings(None, chunk_bytes)))


def test_brief_texts_of_a_script_without_spaces_are_labelled_unless_all_are_names() -> None:
    said = {f"询问{sign}": [f"{sign}{each}" for each in SAID] for sign in SIGNS}
    assert opened(said).records == [{"text": text, "label": name} for name, texts in said.items() for text in texts]
    names = {f"{sign}省": [f"{sign}{other}山市" for other in "东西南北"] for sign in SIGNS}
    assert opened(names).records == [names]


@pytest.mark.parametrize(("names", "each"), [(24, 1), (24, 2), (600, 4)])
def test_names_that_are_sentences_as_their_few_texts_are_are_prompts(names: int, each: int) -> None:
    value = {
        f"{PIER.format(number)} at noon": [f"At noon the {number}th ferry goes, {n}" for n in range(each)]
        for number in range(names)
    }
    expected = [{"prompt": name, "response": text} for name, texts in value.items() for text in texts]
    for chunk_bytes in (64, 8 << 20):
        read = opened(value, chunk_bytes)
        assert read.records == expected
        assert read.source.fetch([3], [read.offsets[3]]) == [expected[3]]
    assert read.one("json-array").message == (
        f"one JSON object with {names} lists of texts; each text is a row, with the name of its list as prompt"
    )


@pytest.mark.parametrize(
    ("name", "texts", "is_label"),
    [
        (PIER, ["It goes at {}, I think.", "When is {}, please?", "Is {} late?"], True),
        (PIER, ["On the water {} a boat moved" + ", and then another one" * 9], False),
        (PIER, ["of travel"], False),
        ("pier {}", ["It goes at {}, I think."], False),
    ],
    ids=["labels", "headings of paragraphs", "texts with their labels", "names"],
)
def test_names_are_no_prompts_where_they_may_be_something_else(name: str, texts: list[str], *, is_label: bool) -> None:
    value = {name.format(n): [text.format(n) for text in texts] for n in range(24)}
    records = opened(value).records
    assert not any("response" in each for each in records)
    assert any("label" in each for each in records) == is_label


def test_levels_with_one_name_are_no_part_of_the_name_of_a_list() -> None:
    said = {name: [f"The {name} of berth {n} is late" for n in range(6)] for name in ("tug", "ferry", "crane", "pilot")}
    value = {"kinds": {name: {"topics": {f"{name}s": {"said": texts}}} for name, texts in said.items()}}
    rows = [{"text": text, "category": f"{name} / {name}s"} for name, texts in said.items() for text in texts]
    assert opened(value).records == rows
    deep = {name: {str(n): {"a": {text: [text] * 3}} for n, text in enumerate(texts)} for name, texts in said.items()}
    assert opened({"kinds": deep}).records == [
        {"text": text, "category": f"{name} / {n} / {text}"}
        for name, texts in said.items()
        for n, text in enumerate(texts)
        for _ in range(3)
    ]
    levels = {name: {n: {n: {n: texts} for n in "ab"} for n in "ab"} for name, texts in said.items()}
    assert opened(levels).records == [levels]
