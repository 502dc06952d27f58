"""The edits that a report lists are those that a fix makes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from exact_lines import parse_line

import datalint
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.privacy.display import excerpt
from datalint.records.canonical import as_text
from datalint.setup.plan import make_plan
from datalint.sources.readers.json_lines.glued_lines import rows_on

FIXTURES = Path(__file__).parents[2] / "fixtures"
REGISTRY = Registry.default()
#: The rules that fix something: no other has edits.
FIXING = [
    each.rule.code
    for each in make_plan(load_settings(registry=REGISTRY, isolated=True), REGISTRY).rules
    if each.rule.fix is not None
]
#: Texts in parts, other kinds of values, and rows of which several things can be said. No value has two problems: a
#: report shows what is left of the other one redacted or escaped.
ROWS: list[dict[str, Any]] = [
    {"prompt": "Who is Fran\u00c3\u00a7oise?", "completion": "A \u200bpainter of caf\u00e9s, they say."},
    {"prompt": "Who is Fran\u00e7oise?", "completion": "A painter of caf\u00e9s, they say."},
    {"prompt": "Mail to m.oyelaran@gmx.net", "completion": "Done, at \u0007 once."},
    {"prompt": "Say nothing.", "completion": ""},
    {"prompt": "Say nothing.", "completion": ""},
    {"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."},
    {"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drop."},
    {"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."},
    {"messages": [{"role": "human", "content": None}, {"role": "gpt", "content": "Nothing was asked."}]},
    {"messages": [{"role": "human", "content": [{"type": "text", "text": "Fran\u00c3\u00a7ois?"}]},
                  {"role": "gpt", "content": "He is."}]},
    {"instruction": "Count to three.", "inptu": "Noinput", "output": "One, two, three."},
    *({"prompt": f"Which {word} is it?", "completion": f"The {word} of caf\u00c3\u00a9 {word}, {word}."}
      for word in ("oar", "net", "kettle", "lantern")),
]  # fmt: skip


def steps(path: str) -> list[str | int]:
    found = re.findall(r"""\.([^.\[\]]+)|\[(\d+)\]""", path)
    return [key or int(index) for key, index in found]


def as_shown(value: Any, *, quoted: bool) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) and (quoted or not value) else as_text(value)
    return excerpt(text, 400)


def apply(edit: dict[str, Any], row: dict[str, Any]) -> bool:
    """Apply an edit to a row; False if what it changes is not there any more."""
    *way, last = steps(edit["path"])
    place: Any = row
    for step in way:
        place = place[step]
    if edit["op"] == "rename":
        items = [(steps(edit["new"])[-1] if key == last else key, value) for key, value in place.items()]
        place.clear()
        place.update(items)
    elif edit["old"] == as_shown(place[last], quoted=False) and isinstance(place[last], str) and place[last]:
        place[last] = "" if edit["new"] == '""' else edit["new"]
    elif edit["old"] == as_shown(place[last], quoted=True):
        place[last] = json.loads(edit["new"])
    else:
        return False
    return True


def applied(path: Path, held: Path | None, kinds: set[str]) -> tuple[list[str], bool]:
    """Return the lines of a file after the edits that a check lists, and whether there were any."""
    lines = path.read_text(encoding="utf-8").split("\n")
    report = datalint.lint(str(path), str(held) if held else False, config={"select": FIXING}).to_dict()
    edits = [each for finding in report["findings"] if finding["fix"] in kinds for each in finding["edits"]]
    apart = False
    for number in {edit["line"] for edit in edits if edit["op"] == "rewrite" and edit["line"]}:
        line = lines[number - 1].encode()
        if spans := rows_on(line):
            # Its rows have edits of their own when the file is checked again.
            lines[number - 1] = b"\n".join(line[start:stop] for start, stop in spans).decode()
            apart = True
        elif (row := parse_line(lines[number - 1].encode())[0]) is not None:
            lines[number - 1] = json.dumps(row)
    rows = {number: json.loads(line) for number, line in enumerate(lines, 1) if line.startswith("{") and valid(line)}
    for edit in edits:
        if edit["op"] in ("replace", "rename"):
            apply(edit, rows[edit["line"]])
    for number, row in rows.items():
        lines[number - 1] = json.dumps(row, ensure_ascii=False)
    gone = {edit["line"] for edit in edits if edit["op"] == "remove"}
    left = [line for number, line in enumerate(lines, 1) if number not in gone and line.strip()]
    return left, apart or any(edit["op"] != "rewrite" for edit in edits)


def valid(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("name", ["rows", "broken", "mixed-shapes", "one-sided", "leaky/train"])
def test_they_make_what_a_fix_writes(name: str, unsafe: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    if name == "rows":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS) + "not json\n", encoding="utf-8")
    else:
        path.write_bytes((FIXTURES / f"{name}.jsonl").read_bytes())
    held = FIXTURES / "leaky/eval.jsonl" if name == "leaky/train" else None
    wanted = list(datalint.fix(str(path), str(held) if held else False, config={}, unsafe=unsafe).records())
    for _ in range(4):
        lines, more = applied(path, held, {"safe", "unsafe"} if unsafe else {"safe"})
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        if not more:
            break
    # As text, in which a NaN equals itself.
    assert [as_text(json.loads(line)) for line in lines if valid(line)] == [as_text(row) for row in wanted]


def test_a_report_outlives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS[:5]))
    report = datalint.lint(str(path), False, config={})
    before = {finding["rule"]: finding["edits"] for finding in report.to_dict()["findings"]}
    path.write_text("")
    after = {finding["rule"]: finding["edits"] for finding in report.to_dict()["findings"]}
    assert before["QUA011"]
    assert not after["QUA011"]
    assert (
        after["DIV001"]
        == before["DIV001"]
        == [{**dict.fromkeys(before["DIV001"][0]), "op": "remove", "line": 5, "row": 5}]
    )


def test_rows_of_one_cause_are_one_rewriting(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps([row]) + "\n" for row in ROWS[:5]))
    found = datalint.lint(str(path), False, config={"select": ["FMT002"]}).to_dict()["findings"]
    assert [[edit["op"] for edit in each["edits"]] for each in found] == [["rewrite"]]
