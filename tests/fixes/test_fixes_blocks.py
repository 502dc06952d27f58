"""Text whose rows are blocks of lines, such as CoNLL, is written in its own format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.config.load import load_settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.fixes.files import write_fixed
from datalint.fixes.writing import output_format
from datalint.operations.fix import run_fix
from datalint.report.fix import fix_summary
from datalint.report.layout import plain
from datalint.sources import open_sources

REGISTRY = Registry.default()
SETTINGS = load_settings(registry=REGISTRY, isolated=True, overrides={"select": ["DIV001", "QUA011", "QUA014", "FMT"]})
PLACES = "Oslo Turin Lagos Quito Sofia Dakar Perth Malmo Leeds Osaka".split()


def sentence(number: int, name: str = "Ann", sep: str = " ", *, numbered: bool = False) -> str:
    """Return the lines of a sentence with six tokens."""
    words = [
        (name, "B-PER"),
        ("left", "O"),
        (PLACES[number % 10], "B-LOC"),
        ("at", "O"),
        (str(number), "O"),
        (".", "O"),
    ]
    ahead = [f"{place}{sep}" if numbered else "" for place in range(1, 7)]
    return "".join(f"{before}{token}{sep}{tag}\n" for before, (token, tag) in zip(ahead, words, strict=True))


def fixed(data: bytes, name: str, output: str, folder: Path) -> tuple[bytes, list[str]]:
    """Return a file after its fixes, and the texts that are removed."""
    (path := folder / name).write_bytes(data)
    sources = open_sources([str(path)])
    fixes = run_fix(SETTINGS, REGISTRY, sources)
    kind = output_format(str(folder / output), sources[0])
    written = write_fixed(fixes, [folder / output], folder / "removed.jsonl", kinds=[kind])
    lines = (folder / "removed.jsonl").read_text(encoding="utf-8").splitlines() if written.manifest else []
    return (folder / output).read_bytes(), [json.loads(line)["text"] for line in lines]


@pytest.mark.parametrize("output", ["b.train", "b.conll", "b.txt", "b"])
@pytest.mark.parametrize("sep", [" ", "\t"])
def test_sentences_keep_their_lines(sep: str, output: str, tmp_path: Path) -> None:
    """Copies are removed with the comments above them, and a token that changes is the only one in its line."""
    head = f"-DOCSTART-{sep}O\n\n"
    others = "\n".join(sentence(number, sep=sep) for number in range(8))
    damaged = sentence(8, "Fran\u00c3\u00a7ois", sep)
    copy = sentence(3, sep=sep)
    text = f"{head}{others}\n# twice = yes\n# newdoc id = 2\n{copy}\n\n# once = yes\n{damaged}\n{sentence(9, sep=sep)}"
    found, removed = fixed(text.encode(), "a.train", output, tmp_path)
    repaired = damaged.replace("\u00c3\u00a7", "\u00e7")
    assert found.decode() == f"{head}{others}\n# newdoc id = 2\n\n# once = yes\n{repaired}\n{sentence(9, sep=sep)}"
    assert removed == [copy.rstrip("\n")]
    assert fixed(found, "c.train", "d.train", tmp_path) == (found, [])


def test_sentences_are_written_as_json_lines_if_the_name_says_so(tmp_path: Path) -> None:
    text = "\n".join(sentence(number) for number in range(9)).encode()
    assert json.loads(fixed(text, "a.train", "b.jsonl", tmp_path)[0].splitlines()[0])["tokens"][0] == "Ann"
    with pytest.raises(DatalintError, match=r"as JSON Lines or CoNLL, not as \.csv"):
        fixed(text, "a.train", "b.csv", tmp_path)


def test_line_ends_and_numbered_tokens(tmp_path: Path) -> None:
    blocks = [f"# sent_id = {number}\n{sentence(number, sep=chr(9), numbered=True)}" for number in (*range(8), 2)]
    mixed = "\r\n".join("\n".join(blocks).split("\n")[:-1]) + "\n"
    found, removed = fixed(mixed.encode(), "a.conllu", "b.conllu", tmp_path)
    assert found.decode() == "\n".join([*blocks[:-1], ""])
    assert len(removed) == 1


@pytest.mark.parametrize("between", ["\n", "===\n"])
def test_paragraphs_keep_what_is_between_them(between: str, tmp_path: Path) -> None:
    texts = [f"It is {place} that the boat\nleaves for at {number}.\n" for number, place in enumerate(PLACES)]
    texts += ["A caf\u00c3\u00a9 is\nat the pier.\n", texts[4], "The last\none.\n"]
    found, removed = fixed(between.join(texts).encode(), "a.txt", "b.txt", tmp_path)
    assert found.decode() == between.join([*texts[:10], texts[10].replace("\u00c3\u00a9", "\u00e9"), texts[12]])
    assert len(removed) == 1


def test_a_row_that_its_lines_cannot_hold_stays_as_it_is_and_the_others_are_written(tmp_path: Path) -> None:
    text = "\n".join(map(sentence, [*range(9), 4])).encode()
    (path := tmp_path / "a.conll").write_bytes(text)
    fixes = run_fix(SETTINGS, REGISTRY, open_sources([str(path)]))
    fixes.repaired.add(2, b'{"tokens": ["a b", "left", "Lagos", "at", "2", "."], "tags": []}', (0,))
    fixes.counts[0] += 1
    written = write_fixed(fixes, [tmp_path / "b.conll"], None, kinds=["blocks"])
    assert (tmp_path / "b.conll").read_bytes() == "\n".join([*map(sentence, range(9)), ""]).encode()
    assert (written.removed, fixes.changed, fixes.applied.total()) == (1, 0, 1)
    said = "\n".join(plain(line) for line in fix_summary(fixes))
    assert "a.conll:15 stays as it was: its format cannot hold what a fix makes of it" in said
    # JSON Lines hold it.
    write_fixed(fixes, [tmp_path / "b.jsonl"], None)
    assert (fixes.changed, fixes.unwritten) == (1, set())


def test_a_token_of_invisible_characters_alone_is_not_emptied(tmp_path: Path) -> None:
    filler = "\u3164\u3164"
    lines = [sentence(number) for number in range(9)]
    lines[3] = lines[3].replace("Lima ", f"{filler} ")
    lines[5] = lines[5].replace("Lagos ", "La\u200bgos ")
    found, _ = fixed("\n".join(lines).encode(), "a.conll", "b.conll", tmp_path)
    lines[5] = lines[5].replace("\u200b", "")
    assert found.decode() == "\n".join(lines)
