"""The command that writes the questions and answers of a Markdown file as rows, run as a user runs it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from datalint.core.errors import DatalintError
from datalint.sources import open_sources

ROWS = [
    {"prompt": "Is the dock full?", "completion": "It is.\n\nWait until noon."},
    {"prompt": "Who pays?", "completion": "Whoever moors there."},
]
HEADINGS = """\
# Docks

## Question 1
Is the dock full?

## Answer
It is.

Wait until noon.

## Question 2

Who pays?

## Answer

Whoever moors there.

## About this page
Nobody reads it.
"""
BOLD = "**Q:** Is the dock full?\n**A:** It is.\n\nWait until noon.\n\n**Q:** Who pays?\n**A:** Whoever moors there.\n"


def error_for(path: Path, text: str) -> str:
    path.write_text(text)
    with pytest.raises(DatalintError) as error:
        open_sources([str(path)])
    return str(error.value)


@pytest.mark.parametrize("text", [HEADINGS, BOLD, BOLD.replace(":**", "**:").replace("**Q", "**Question")])
def test_the_command_writes_the_pairs(tmp_path: Path, text: str) -> None:
    said = re.search("each question and its answer as a row: `(.*)`$", error_for(tmp_path / "a b.md", text))
    assert said is not None
    subprocess.run(["bash", "-c", said[1].replace("python -I", "python3 -I", 1)], check=True)
    lines = (tmp_path / "a b.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == ROWS


@pytest.mark.parametrize(
    "text",
    [
        "# Readme\n",
        "## Question\nIs it?\n## Answer\nNo.\n",
        "## Question\nA?\n## Question\nB?\n## Answer\n1\n## Answer\n2\n",
    ],
)
def test_other_files_have_no_command(tmp_path: Path, text: str) -> None:
    assert error_for(tmp_path / "a.md", text).endswith(
        "does not read .md files; convert this one to JSON Lines (.jsonl)"
    )
