"""``--config-ref`` and ``--config-since``: a change can't soften the verdict on itself without a word of it."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hostile import LINE, ROOT, Checkout, run

BAD: Final = '{"prompt": "What opens a dock?", "completion": ""}\n'
STRICT: Final = 'select = ["FMT", "QUA"]\n'
SCHEMA: Final = json.dumps({"properties": {"prompt": {"maxLength": 5}}})
NOTE: Final = "gate files changed since"


@pytest.fixture
def base(checkout: Checkout) -> str:
    """The commit of a checkout with configuration, schema and baseline."""
    checkout.write("datalint.toml", f'{STRICT}schema = "rows.schema.json"\ndata = ["data/train.jsonl"]\n')
    checkout.write("rows.schema.json", SCHEMA)
    checkout.write(".datalint-baseline.jsonl", "")
    return checkout.commit(train=LINE + BAD)


def rules(checkout: Checkout, *options: str, command: str = "check") -> tuple[set[str], list[str], int]:
    """Return the rules with findings, the notes about gate files, and the exit code."""
    done = run(command, "--output-format", "json", *options, cwd=checkout.path)
    assert done.output, done.error
    report: dict[str, Any] = json.loads(done.output)
    return set(report.get("rules", ())), [note for note in report["notes"] if NOTE in note], done.code


#: Changes that would hide a finding, and the files that the note names.
CHANGES: Final[dict[str, tuple[Callable[[Checkout], object], list[str]]]] = {
    "ignore": (
        lambda c: c.write("datalint.toml", 'ignore = ["ALL"]\ndata = ["data/train.jsonl"]\n'),
        ["datalint.toml (configuration)"],
    ),
    "no configuration": (
        lambda c: [c.write("datalint.toml", ""), c.write("rows.schema.json", "{}")],
        ["datalint.toml (configuration)"],
    ),
    "a configuration before it": (
        lambda c: c.write(".datalint.toml", 'select = ["RDY"]\ndata = ["data/train.jsonl"]\n'),
        [".datalint.toml (configuration)"],
    ),
    "per file": (
        lambda c: c.write("datalint.toml", f'{STRICT}schema = "rows.schema.json"\ndata = ["data/train.jsonl"]\n'
                          '[per-file-ignores]\n"data/*" = ["ALL"]\n'),
        ["datalint.toml (configuration)"],
    ),
    "schema": (lambda c: c.write("rows.schema.json", "{}"), ["rows.schema.json (schema)"]),
    "another schema": (
        lambda c: [c.write("o.json", "{}"), c.write("datalint.toml", f'{STRICT}schema = "o.json"\n')],
        ["datalint.toml (configuration)", "o.json (schema)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_configuration_of_a_revision_counts(checkout: Checkout, base: str, change: str) -> None:
    before, _, _ = rules(checkout, "data/train.jsonl")
    assert {"FMT109", "QUA002"} <= before
    make, files = CHANGES[change]
    make(checkout)
    after, notes, code = rules(checkout, "data/train.jsonl", "--config-ref", base)
    assert (after, code) == (before, 1)
    assert all(f"{name}" in notes[0] for name in files)
    assert notes[0].endswith(f"; this run uses those of {base[:12]}")


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told(checkout: Checkout, base: str, change: str) -> None:
    make, files = CHANGES[change]
    make(checkout)
    for option in ("--config-since", "--base-ref"):
        found, notes, _ = rules(checkout, "data/train.jsonl", option, base)
        assert not {"FMT109", "QUA002"} <= found
        assert all(name in notes[0] for name in files)
        assert notes[0].endswith("; this run uses the changed ones")


def test_the_readme_of_a_revision_counts(checkout: Checkout) -> None:
    """One that says that the data is for evaluation takes it out of the gates of training data."""

    def kind(*options: str) -> str:
        done = run("check", "asked/rows.jsonl", "--output-format", "json", *options, cwd=checkout.path)
        return str(json.loads(done.output)["kind"])

    rows = [json.dumps({"prompt": f"What opens dock {n}?", "completion": f"Gate {n} does."}) for n in range(20)]
    checkout.write("asked/rows.jsonl", "".join(f"{row}\n" for row in rows))
    base = checkout.commit()
    checkout.write("asked/README.md", "A benchmark that measures what models know of docks.\n")
    assert (kind(), kind("--config-ref", base)) == ("evaluation", "sft")


def test_the_baseline_of_a_revision_counts(checkout: Checkout, base: str) -> None:
    before, _, _ = rules(checkout)
    assert run("baseline", "--add", cwd=checkout.path).code == 0
    hidden, notes, _ = rules(checkout, "--config-since", base)
    assert "QUA002" not in hidden
    assert ".datalint-baseline.jsonl (baseline); this run uses the changed ones" in notes[0]
    after, notes, _ = rules(checkout, "--config-ref", base)
    assert after == before
    assert f".datalint-baseline.jsonl (baseline); this run uses those of {base[:12]}" in notes[0]
    named, _, _ = rules(checkout, "--config-ref", base, "--baseline", ".datalint-baseline.jsonl")
    assert named == before


def test_a_changed_model_is_told(checkout: Checkout, base: str) -> None:
    """Its files are those of the working tree whatever the revision of the configuration, and the note says so."""
    shutil.copytree(ROOT / "fixtures" / "models" / "chatml", checkout.path / "model")
    checkout.write("datalint.toml", f'{STRICT}model = "model"\ndata = ["data/train.jsonl"]\n')
    base = checkout.commit()
    for option in ("--config-ref", "--config-since"):
        assert rules(checkout, option, base)[1] == []
    checkout.write("model/chat_template.jinja", "{{ messages }}")
    checkout.write("model/additional_chat_templates/rag.jinja", "{{ messages }}")
    names = "model/chat_template.jinja (model), model/additional_chat_templates/rag.jinja (model)"
    assert rules(checkout, "--config-since", base)[1][0].endswith(f"{names}; this run uses the changed ones")
    ending = f"{names}; this run uses those of {base[:12]}, but the changed model"
    assert rules(checkout, "--config-ref", base)[1][0].endswith(ending)


@pytest.mark.parametrize("options", [("--config-ref",), ("--config-since",), ("--base-ref",)])
def test_without_a_change_nothing_is_told(checkout: Checkout, base: str, options: tuple[str, ...]) -> None:
    checkout.write("README.md", "changed")
    text = (checkout.path / "datalint.toml").read_text(encoding="utf-8")
    checkout.write("datalint.toml", f"# a comment\n{text}")
    assert rules(checkout, *options, base)[1] == []


def test_other_tables_of_a_pyproject_are_not_gate_files(checkout: Checkout) -> None:
    checkout.write("pyproject.toml", f"[tool.datalint]\n{STRICT}")
    base = checkout.commit()
    checkout.write("pyproject.toml", f"[tool.other]\nx = 1\n[tool.datalint]\n{STRICT}")
    assert rules(checkout, "data/train.jsonl", "--config-ref", base)[1] == []
    checkout.write("pyproject.toml", "[tool.other]\nx = 1\n")
    found, notes, _ = rules(checkout, "data/train.jsonl", "--config-ref", base)
    assert "VOL001" not in found
    assert "pyproject.toml (configuration)" in notes[0]


def test_a_configuration_that_is_broken_now(checkout: Checkout, base: str) -> None:
    checkout.write("datalint.toml", "not toml")
    found, notes, _ = rules(checkout, "data/train.jsonl", "--config-ref", base)
    assert "FMT109" in found
    assert "datalint.toml (configuration)" in notes[0]
    assert run("check", "--config-since", base, cwd=checkout.path).code == 2


def test_paths_of_a_revision_mean_the_working_tree(checkout: Checkout, base: str) -> None:
    """Data globs, ignores and exclusions of the revision's configuration are relative to its folder."""
    checkout.write("sub/datalint.toml", 'data = ["*.jsonl"]\nexclude = ["no.jsonl"]\nselect = ["QUA"]\n'
                   '[per-file-ignores]\n"quiet.jsonl" = ["ALL"]\n')  # fmt: skip
    base = checkout.commit()
    for name in ("no", "quiet", "loud"):
        checkout.write(f"sub/{name}.jsonl", BAD)
    (checkout.path / "sub" / "datalint.toml").unlink()
    done = run("check", "--config", "sub/datalint.toml", "--config-ref", base, "--output-format", "json",
               cwd=checkout.path)  # fmt: skip
    report = json.loads(done.output)
    assert sorted(file["path"] for file in report["files"]) == ["sub/loud.jsonl", "sub/quiet.jsonl"]
    assert {finding["file"] for finding in report["findings"]} == {"sub/loud.jsonl"}
    below = run("check", "loud.jsonl", "--config-ref", base, "--output-format", "json", cwd=checkout.path / "sub")
    assert set(json.loads(below.output)["rules"]) == {"QUA002"}


def test_compare_takes_the_configuration_of_a_revision(checkout: Checkout, base: str) -> None:
    checkout.write("datalint.toml", 'ignore = ["ALL"]\n')
    checkout.write("data/train.jsonl", LINE)
    options = ("data/train.jsonl", "--base-ref", base, "--exit-zero")
    now = run("compare", *options, cwd=checkout.path)
    then = run("compare", *options, "--config-ref", base, cwd=checkout.path)
    assert "quality error" not in now.output
    assert re.search(r"examples with a quality error +50 % → 0 %", then.output)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_of_the_working_tree_choose_no_other_configuration(checkout: Checkout) -> None:
    checkout.write("examples/datalint.toml", 'ignore = ["ALL"]\n')
    checkout.write("mine/datalint.toml", STRICT)
    checkout.write("mine/train.jsonl", BAD)
    base = checkout.commit()
    checkout.git("rm", "-rq", "mine")
    checkout.write("examples/train.jsonl", BAD)
    checkout.link("mine", "examples")
    found, _, _ = rules(checkout, "mine/train.jsonl", "--config-ref", base)
    assert "QUA002" in found


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_of_the_revision_are_followed_inside_of_it(checkout: Checkout) -> None:
    checkout.write("conf/real.toml", STRICT)
    checkout.link("shared", "conf")
    checkout.link("datalint.toml", "shared/../conf/real.toml")
    base = checkout.commit(train=BAD)
    (checkout.path / "datalint.toml").unlink()
    checkout.write("datalint.toml", 'ignore = ["ALL"]\n')
    assert "QUA002" in rules(checkout, "data/train.jsonl", "--config-ref", base)[0]
    for target in ("../../outside.toml", "/etc/passwd", "datalint.toml"):
        (checkout.path / "datalint.toml").unlink()
        checkout.link("datalint.toml", target)
        bad = checkout.commit()
        (checkout.path / "datalint.toml").unlink()
        checkout.write("datalint.toml", STRICT)
        done = run("check", "data/train.jsonl", "--config-ref", bad, cwd=checkout.path)
        assert (done.code, "links of a revision must lead to files of it" in done.error) == (2, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--config-ref", "nowhere"), "the revision nowhere is not in this clone"),
        (("--config-ref", ""), "is not a git revision"),
        (("--config-since", "nowhere"), "the revision nowhere is not in this clone"),
        (("--config-ref", "HEAD", "--allow-local-plugins"), "--config-ref cannot be used with --allow-local-plugins"),
        (("--config-ref", "HEAD", "--config", "nowhere.toml"), "HEAD has no file nowhere.toml"),
    ],
)
def test_what_can_not_be_told_stops_the_run(
    checkout: Checkout, base: str, options: tuple[str, ...], message: str
) -> None:
    done = run("check", "data/train.jsonl", *options, cwd=checkout.path)
    assert done.code == 2
    assert message in done.error


@pytest.mark.parametrize("text", ["[]", "true", "\xff"])
def test_a_schema_of_a_revision_is_an_object(checkout: Checkout, text: str) -> None:
    checkout.write("datalint.toml", 'schema = "rows.json"\n')
    (checkout.path / "rows.json").write_bytes(text.encode("latin-1"))
    base = checkout.commit()
    done = run("check", "data/train.jsonl", "--config-ref", base, cwd=checkout.path)
    assert (done.code, "schema rows.json is not" in done.error) == (2, True)


def test_a_repository_among_the_data_hides_no_change(checkout: Checkout, base: str, tmp_path: Path) -> None:
    checkout.write("data/HEAD", "ref: refs/heads/main\n")
    for name in ("objects", "refs"):
        checkout.write(f"data/{name}/x", "")
    checkout.write("datalint.toml", 'ignore = ["ALL"]\n')
    _, notes, _ = rules(checkout, "data/train.jsonl", "--config-since", base)
    assert "datalint.toml (configuration)" in notes[0]
    assert "QUA002" in rules(checkout, "data/train.jsonl", "--config-ref", base)[0]


def test_a_run_from_the_cache_is_not_taken(checkout: Checkout, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATALINT_NO_CACHE", raising=False)
    options = ("data/train.jsonl", "--config-ref", "main", "--cache-dir", str(checkout.path / "cache"))
    assert "QUA002" in rules(checkout, *options)[0]
    checkout.write("datalint.toml", 'ignore = ["ALL"]\n')
    checkout.commit()
    assert "QUA002" not in rules(checkout, *options)[0]


EMPTY: Final = '{"prompt": "%s", "completion": "", "_datalint": {"ignore": ["QUA002"], "reason": "On purpose."}}\n'


def accepted(checkout: Checkout, *options: str) -> tuple[set[str], list[str]]:
    """Return the rules with findings, and the notes on what rows accept."""
    done = run("check", "data/train.jsonl", "--output-format", "json", "--select", "QUA", *options, cwd=checkout.path)
    report = json.loads(done.output)
    return set(report["rules"]), [note for note in report["notes"] if "accept" in note]


def test_what_a_change_accepts_in_its_own_rows(checkout: Checkout) -> None:
    """It counts against the base of the gate, and is told of without one."""
    base = checkout.commit(train=LINE + EMPTY % "What opens a dock?")
    ignored = "gates that count findings ignore them"
    before = (set(), [f"1 finding accepted in rows (QUA002 1); {ignored}"])
    for options in ((), ("--config-ref", base), ("--config-since", base), ("--base-ref", base)):
        assert accepted(checkout, *options) == before
    # A row that moved, another one, and a copy of the first.
    rows = EMPTY % "What opens a dock?" + LINE + EMPTY % "What opens a gate?" + EMPTY % "What opens a dock?"
    checkout.write("data/train.jsonl", rows)
    found, notes = accepted(checkout, "--config-ref", base)
    assert found == {"QUA002"}
    assert notes == [*before[1], f"2 findings (QUA002 2) accepted in rows since {base[:12]} count"]
    for option in ("--config-since", "--base-ref"):
        found, notes = accepted(checkout, option, base)
        assert found == set()
        assert notes == [
            f"3 findings accepted in rows (QUA002 3); {ignored}",
            f"2 findings (QUA002 2) accepted in rows since {base[:12]}",
        ]


def test_a_comparison_says_what_rows_accept(checkout: Checkout) -> None:
    plain = LINE + '{"prompt": "What opens a dock?", "completion": ""}\n'
    base = checkout.commit(train=plain)
    checkout.write("data/train.jsonl", LINE + EMPTY % "What opens a dock?")
    done = run("compare", "data/train.jsonl", "--base-ref", base, "--output-format", "json", cwd=checkout.path)
    report = json.loads(done.output)
    assert "findings accepted in rows: 0 before, 1 now" in report["notes"]
    assert report["added"] == report["removed"] == []


def test_a_new_file_accepts_nothing_against_a_base(checkout: Checkout) -> None:
    base = checkout.commit()
    checkout.write("data/train.jsonl", LINE + EMPTY % "What opens a gate?")
    checkout.write("data/more.jsonl", EMPTY % "What opens a dock?")
    found, notes = accepted(checkout, "data/more.jsonl", "--config-ref", base)
    assert (found, notes) == ({"QUA002"}, [f"2 findings (QUA002 2) accepted in rows since {base[:12]} count"])
    with_mark = LINE.rstrip()[:-1] + ', "_datalint": {"ignore": ["QUA"], "reason": "x"}}\n'
    checkout.write("data/train.jsonl", with_mark)
    assert "FMT113" in accepted(checkout, "--select", "FMT113", "--config-ref", base)[0]
