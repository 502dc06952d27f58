"""How pages take what commands print, and the picture; ``docs/build.py --check`` compares all pages with the code."""

from __future__ import annotations

import build
import console
import picture
import pytest
from fences import fences


def test_picture_shows_what_the_readme_prints() -> None:
    readme = (build.ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = (fence for fence in fences(readme) if fence.body.startswith(f"$ {picture.COMMAND}\n"))
    shown = "".join(block.body.removeprefix(f"$ {picture.COMMAND}\n").split())
    drawn = build.PICTURE.read_text(encoding="utf-8")
    assert picture.letters(drawn) == shown
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', ""), "the picture loads something"


class TestConsole:
    def test_elision_keeps_as_many_lines_as_the_page_shows(self) -> None:
        text = '```text title="rows.txt"\n1\n2\n3\n4\n5\n```\n```console\n$ cat rows.txt\nx\n…\nx\nx\n```\n'
        assert console.refreshed(text).endswith("$ cat rows.txt\n1\n…\n4\n5\n```\n")

    def test_a_file_is_there_only_below_the_block_that_shows_it(self) -> None:
        text = '```console\n$ datalint config\nx\n…\n```\n```toml title="datalint.toml"\nprofile = "strict"\n```\n'
        assert "strict" not in console.refreshed(text).partition("toml")[0]

    def test_a_stale_transcript_is_replaced(self) -> None:
        text = "```console\n$ datalint --version\nold\n```\n"
        assert "old" not in console.refreshed(text)

    def test_exit_codes_and_errors_are_shown(self) -> None:
        text = "```console\n$ datalint check missing.jsonl\n$ echo $?\n```\n"
        assert console.refreshed(text).splitlines()[-3:-1] == ["$ echo $?", "2"]

    def test_standard_input(self) -> None:
        text = "```console\n$ datalint check - --output-format concise < fixtures/tiny.jsonl\n```\n"
        assert "VOL001" in console.refreshed(text)

    def test_other_commands_are_refused(self) -> None:
        with pytest.raises(ValueError, match="cannot run"):
            console.refreshed("```console\n$ curl example.org\n```\n")
