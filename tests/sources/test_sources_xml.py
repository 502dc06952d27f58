"""Tests of the programs that write the rows of XML as lines of JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from datalint.sources.xml_rows import conversion

ASPECTS = (
    '<d><s id="{n}"><text>Dock {n} is ok.</text><terms><term term="Dock" polarity="good" from="0" to="4"/></terms></s>'
    '<s id="b{n}"><text>It rains on day {n}.</text><terms/></s></d>'
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('<d><s id="1" mood="bad">It is full.</s><s id="2" mood="good">It is again <b>not</b> full.</s></d>',
         [{"id": "1", "mood": "bad", "text": "It is full."}, {"id": "2", "mood": "good", "text": "It is again not full."}]),
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
