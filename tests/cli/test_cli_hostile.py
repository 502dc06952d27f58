"""Rows that attack whoever reads the report: terminals, build logs, and people who would see a secret."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from cli_runs import Run
from hostile_text import INVISIBLE, NAME, RAW

from datalint.cli.writing import FORMATS

# Put together here, so that the file itself holds nothing that a scanner would stop at.
SECRET = "ghp_" + "k3J8s" * 7 + "Q"
MAIL = "ada.nobody" + "@" + "larkspur-bikes.city"

TEXTS = (
    "\x1b[31mred\x1b[0m and \x1b]0;title\x07",
    "\x9b31m from the second control set",
    "::error::from a row",
    "  ::set-env name=PATH::nowhere",
    "line\r\n::error file=a.py,line=1::from a row",
    "%0A::error::from a row",
    "##[error]from a row",
    "a word, then ##[add-path]nowhere",
    "</script><script>alert(1)</script>",
    "\u202eevil\u202c \u2066and\u2069 \u200bhidden",
    INVISIBLE,
    "\ufeffmark \u2028 separator \x00 null \x7f delete \x08\x08\x08",
    "[bold red]markup[/bold red] :smile:",
    '=HYPERLINK("http://example.org")',
    f"my token is {SECRET} and my address {MAIL}",
)
LONG = "x" * 1_000_000


def _lines() -> list[bytes]:
    rows: list[object] = []
    for text in TEXTS:
        # An empty answer makes the prompt the excerpt; a wrong role, a key and a label get quoted in messages.
        rows += [
            {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": ""}], "category": text},
            {"messages": [{"role": text, "content": "hi"}, {"role": "assistant", "content": text}], "category": "a"},
            {"mesages": text, text: text},
            {"prompt": text, "completion": f"{text} {{{{name}}}} <|im_start|> TODO"},
            # A long message leaves the excerpt no room but a line of its own.
            {"messages": [{"role": "user", "content": text}, {"role": "a role of many words " * 2, "content": "hi"}]},
        ]
    rows += [{"prompt": LONG, "completion": ""}, {"messages": LONG, LONG: 1}]
    lines = [json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") for row in rows]
    lines += [json.dumps(row).encode() for row in rows]
    lines += [b'{"prompt": "' + text.encode() + b'", "completion": oops}' for text in TEXTS]
    lines += [text.encode() for text in TEXTS]
    lines += [b"\xff\xfe" + SECRET.encode(), b'{"prompt": "' + SECRET.encode()]
    return lines


@pytest.fixture(scope="module")
def outputs(run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return every format of one run over the hostile rows, and what the process printed."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "train.jsonl").write_bytes(b"\n".join(_lines()))
    options = [word for kind in FORMATS for word in ("--output", f"{kind}:{folder / kind}")]
    ran = run("check", *options, "train.jsonl", cwd=folder, apart=True)
    assert ran.code == 1, ran.error
    assert ran.error == ""
    return {"standard output": ran.text} | {kind: (folder / kind).read_text(encoding="utf-8") for kind in FORMATS}


@pytest.mark.parametrize("kind", ["standard output", "text", "concise"])
def test_no_raw_control_character(outputs: dict[str, str], kind: str) -> None:
    found = {match.group() for line in outputs[kind].split("\n") for match in RAW.finditer(line)}
    assert found == set()


# A runner of GitHub Actions trims a line before it looks for "::", and finds "##[" anywhere.
@pytest.mark.parametrize("kind", ["standard output", "text", "concise"])
def test_no_line_begins_with_a_workflow_command(outputs: dict[str, str], kind: str) -> None:
    assert [line for line in outputs[kind].splitlines() if line.lstrip().startswith("::")] == []


@pytest.mark.parametrize("kind", ["standard output", "text", "concise"])
def test_no_line_holds_a_workflow_command(outputs: dict[str, str], kind: str) -> None:
    assert [line for line in outputs[kind].splitlines() if "##[" in line] == []


@pytest.mark.parametrize("kind", ["standard output", *FORMATS])
@pytest.mark.parametrize("secret", [SECRET, MAIL], ids=["token", "address"])
def test_no_secret_is_shown(outputs: dict[str, str], kind: str, secret: str) -> None:
    told = [line for line in outputs[kind].splitlines() if secret in line]
    assert told == []


@pytest.mark.parametrize("kind", ["standard output", *FORMATS])
def test_most_of_a_secret_is_hidden_too(outputs: dict[str, str], kind: str) -> None:
    # An excerpt that is cut inside the secret must not show the part before the cut.
    assert SECRET[:16] not in outputs[kind]


def test_long_rows_make_no_long_lines(outputs: dict[str, str]) -> None:
    assert max(map(len, outputs["concise"].splitlines())) < 1000
    assert "x" * 400 not in outputs["json"]


def test_every_line_is_counted(outputs: dict[str, str]) -> None:
    file = json.loads(outputs["json"])["files"][0]
    lines = b"\n".join(_lines()).split(b"\n")
    assert file["rows_read"] + file["rows_refused"] == sum(1 for line in lines if line.strip())


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_file_names(run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{NAME}\x1b[31m::error::.jsonl"
    path.write_text('{"prompt": "Hello", "completion": ""}\n')
    shown = run("check", "--output-format", kind, path.name, cwd=tmp_path).text
    assert {match.group() for match in RAW.finditer(shown)} == set()
    if kind in ("json", "jsonl", "gitlab"):
        found = json.loads(shown.splitlines()[0] if kind == "jsonl" else shown)
        place = found["files"][0]["path"] if kind == "json" else found["file"] if kind == "jsonl" else None
        assert (tmp_path / (place or found[0]["location"]["path"])).is_file()
    if kind == "sarif":
        location = json.loads(shown)["runs"][0]["results"][0]["locations"][0]
        assert (tmp_path / unquote(location["physicalLocation"]["artifactLocation"]["uri"])).is_file()
