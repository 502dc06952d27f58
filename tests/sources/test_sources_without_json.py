"""Files that are named as JSON and have none are one problem, which says what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests_sources_reading import Read

ReadFile = Callable[..., Read]
PYTHON = 'import os\n\n\ndef rows():\n    return [\n        {"text": "a"}\n    ]\n\n\nclass Dock:\n    """One."""\n'
SCRIPT = 'const rows = [\n  {"text": "a"},\n];\n\nfunction main() {\n  return rows;\n}\nmodule.exports = rows;\n'
PAGE = "<!DOCTYPE html>\n<html>\n<head>\n<title>No such boat</title>\n</head>\n<body>\n404\n</body>\n</html>\n"
TEXT = "".join(f"Boat {n} is at the dock, and its crew rests.\n" for n in range(60))
ROWS = "".join(f'{{"text": "Boat {n}"}}\n' for n in range(5))


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.json"])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(PYTHON, "a program in Python: leave it out, or name it .py", id="python"),
        pytest.param(SCRIPT, "a program in JavaScript: leave it out, or name it .js", id="javascript"),
        pytest.param(PAGE, "a web page in HTML, which a server may have sent", id="page"),
        pytest.param(TEXT, "plain text: name it .txt if each line is a text", id="text"),
    ],
)
def test_a_file_without_json_is_one_problem(text: str, what: str, name: str, read_file: ReadFile) -> None:
    read = read_file(text.encode(), name)
    assert f"no line is JSON: the file looks like {what}" in read.one("invalid-json").message
    lines = sum(1 for line in text.splitlines() if line.strip())
    assert (read.facts.rows_read, read.facts.rows_refused, len(read.facts.problems)) == (0, lines, 1)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PYTHON + ROWS, id="rows-below-a-program"),
        pytest.param(SCRIPT.replace('  {"text": "a"},\n', ROWS.replace("{", "  {")), id="rows-in-a-program"),
        pytest.param(TEXT + '{"text": \n', id="the-beginning-of-a-row"),
        pytest.param("import os\nimport sys\nimport re\n", id="few-lines"),
        pytest.param("".join(f"- text: Boat {n} is here.\n" for n in range(60)), id="yaml"),
        pytest.param("".join(f'"text": "Boat {n} is here."\n' for n in range(60)), id="keys-without-brackets"),
    ],
)
def test_each_line_has_its_own_problem_where_some_may_be_rows(text: str, read_file: ReadFile) -> None:
    assert not any("no line is JSON" in each.message for each in read_file(text.encode(), "rows.jsonl").facts.problems)
