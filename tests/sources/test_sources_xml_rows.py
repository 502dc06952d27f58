"""The program that writes the elements of an XML file as rows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest

from datalint.sources.xml_rows import conversion

TEXTS = ("The ferry was late.", "The crew was kind.")


def rows_of(elements: list[str], around: str = "d") -> list[dict[str, Any]]:
    data = f"<{around}>{''.join(elements)}</{around}>".encode()
    name, program = conversion(data)
    assert name == "s"
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("close", ["/>", "></label>"])
def test_labels_in_attributes_of_nested_elements_are_kept(close: str) -> None:
    labels = [f'<label at="{at}" says="good"{close}' for at in (4, 10)]
    first, second = rows_of(
        [
            f'<s id="1"><t>{TEXTS[0]}</t><labels>{"".join(labels)}</labels></s>',
            f'<s id="2"><t>{TEXTS[1]}</t></s>',
        ]
    )
    assert first == {"id": "1", "t": TEXTS[0], "labels": [{"at": at, "says": "good"} for at in (4, 10)]}
    assert second == {"id": "2", "t": TEXTS[1]}


def test_labels_next_to_one_another_are_kept() -> None:
    rows = rows_of([f'<s text="{text}"><e at="0"/><e at="4"/></s>' for text in TEXTS])
    assert rows == [{"text": text, "e": [{"at": 0}, {"at": 4}]} for text in TEXTS]


def test_a_row_without_labels_in_attributes_has_texts() -> None:
    rows = rows_of([f'<s id="1"><t>{text}</t><br/></s>' for text in TEXTS])
    assert rows == [{"id": "1", "t": text, "br": ""} for text in TEXTS]


ASPECTS = (
    '<d><s id="{n}"><text>Dock {n} is ok.</text><terms><term term="Dock" polarity="good" from="0" to="4"/></terms></s>'
    '<s id="b{n}"><text>It rains on day {n}.</text><terms/></s></d>'
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('<d><s id="1" is="bad">It is full.</s><s id="2" is="good">It is again <b>not</b> full.</s></d>',
         [{"id": "1", "is": "bad", "text": "It is full."}, {"id": "2", "is": "good", "text": "It is again not full."}]),
        (ASPECTS.replace("{n}", "3"),
         [{"id": "3", "text": "Dock 3 is ok.", "terms": [{"term": "Dock", "polarity": "good", "from": 0, "to": 4}]},
          {"id": "b3", "text": "It rains on day 3.", "terms": []}]),
        ("<d><s><text>It is full.</text><state>shut</state></s><s><text>It is free.</text><state>open</state></s></d>",
         [{"text": "It is full.", "state": "shut"}, {"text": "It is free.", "state": "open"}]),
    ],
)  # fmt: skip
def test_attributes_and_what_is_in_elements_are_written(text: str, rows: list[dict[str, object]]) -> None:
    element, program = conversion(text.encode())
    assert element == "s"
    assert not re.search(r'["`$\\]', program)  # it stands between quotation marks of a shell
    done = subprocess.run([sys.executable, "-c", program], input=text.encode(), capture_output=True, check=True)
    assert [json.loads(line) for line in done.stdout.splitlines()] == rows
