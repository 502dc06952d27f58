"""``--model`` and ``datalint preview`` from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cli_runs import FIXTURES, Run

MODELS = FIXTURES / "models"
ROW = {"messages": [{"role": "user", "content": "Hi\x1b[2J"}, {"role": "assistant", "content": "Hello"}]}
SECRET = "ghp_" + "k3J8s" * 7 + "Q"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + json.dumps({"prompt": f"Key {SECRET}", "completion": "No"}) + "\n")
    return path


def test_check_reports_what_the_model_refuses(run: Run) -> None:
    ran = run("check", "shapes/tools.jsonl", "--model", "models/strict", "--select", "FMT802", "--no-cache",
              "--output-format", "json")  # fmt: skip
    report = json.loads(ran.output)
    (finding,) = report["findings"]
    assert (finding["rule"], finding["count"]) == ("FMT802", 12)
    assert ran.code == 1


def test_without_a_model_its_rules_are_not_assessed(run: Run) -> None:
    ran = run("check", str(FIXTURES / "tiny.jsonl"), "--no-cache", "--output-format", "json")
    reasons = {each["reason"] for code, each in json.loads(ran.output)["not_assessed"].items() if code == "FMT801"}
    assert reasons == {"no model; name one with --model NAME or --model FOLDER"}


def test_settings_of_the_configuration(run: Run, tmp_path: Path, rows: Path) -> None:
    shutil.copytree(MODELS / "chatml", tmp_path / "chatml")
    (tmp_path / "datalint.toml").write_text('model = "chatml"\nmax-length = 20\n')
    ran = run("check", str(rows), "--select", "VOL004", "--no-cache", "--output-format", "concise")
    assert "over 20" in ran.text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--model", "Owner/None"), "no model Owner/None"),
        (("--model", ""), "name a model or a folder"),
        (("--model", "models/chatml/tokenizer.json"), "is a file: name the folder that it is in"),
        (("--model", "./none"), "no such folder: ./none"),
        (("--max-length", "9"), "needs a model"),
    ],
)
def test_errors_have_a_remedy(run: Run, rows: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = run("check", str(rows), "--no-cache", *arguments)
    assert ran.code == 2
    assert words in ran.error


def test_a_model_of_the_hub_is_downloaded_for_each_run(
    run: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No report is kept for a later run, since the model may be another one by then."""
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda *_, **__: str(MODELS / "chatml"))
    monkeypatch.setattr("datalint.models.hub.offline", lambda: None)
    kept = []
    for number, model in enumerate(("hf://Owner/Name", str(MODELS / "chatml"))):
        cache = tmp_path / f"cache-{number}"
        given = ("check", str(rows), "--select", "VOL004", "--cache-dir", str(cache), "--model", model)
        ran = run(*given, env={"DATALINT_NO_CACHE": ""})
        assert "reads 2 of 2 rows" in ran.text
        kept.append(len([*cache.rglob("reports/*")]))
    assert kept == [0, 1]


def test_a_model_outside_of_the_confinement(run: Run, rows: Path) -> None:
    ran = run("check", str(rows), "--no-cache", "--model", str(MODELS / "chatml"), "--confine", str(rows.parent))
    assert ran.code == 2
    assert "--confine" in ran.error


def test_preview_marks_what_carries_loss(run: Run, rows: Path) -> None:
    ran = run("preview", str(rows), "--model", str(MODELS / "chatml"), "--max-length", "28")
    assert ran.code == 0, ran.error
    assert "\x1b" not in ran.text
    assert "<|im_start|>user\nHi\\x1b[2J<|im_end|>" in ran.text
    assert "assistant\n[+Hel+][-[+lo<|im_end|>+]" in ran.text
    assert "cut: 4 tokens beyond 28, 3 of them with loss" in ran.text


def test_preview_redacts_in_every_format(run: Run, rows: Path, tmp_path: Path) -> None:
    page = tmp_path / "row.html"
    for kind in ("text", "json"):
        ran = run("preview", str(rows), "--row", "2", "--model", str(MODELS / "chatml"), "--output-format", kind,
                  "-o", str(page))  # fmt: skip
        assert SECRET not in ran.text
        assert "ghp_" in ran.text
    html = page.read_text()
    assert SECRET not in html
    assert "<script" not in html


@pytest.mark.parametrize("kind", ["text", "json", "html"])
def test_preview_redacts_roles(run: Run, tmp_path: Path, kind: str) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text(
        json.dumps({"messages": [{"role": SECRET, "content": "Hi"}, {"role": "assistant", "content": "Yes"}]})
    )
    assert run("preview", str(path), "--model", str(MODELS / "chatml"), "-o", f"{kind}:{out}").code == 0
    shown = out.read_text()
    assert SECRET[:12] not in shown
    assert SECRET[:4] in shown


def test_preview_as_json(run: Run, rows: Path) -> None:
    ran = run("preview", str(rows), "--model", str(MODELS / "chatml"), "--output-format", "json")
    (chat,) = json.loads(ran.output)["conversations"]
    assert chat["trained"] == 6
    assert [part["role"] for part in chat["parts"] if part["loss"]] == ["assistant", "assistant"]
    assert sum(role["tokens"] for role in chat["roles"].values()) == chat["tokens"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name one with --model"),
        (("--model", str(MODELS / "chatml"), "--row", "9"), "has 2 rows; there is no row 9"),
    ],
)
def test_preview_errors(run: Run, rows: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = run("preview", str(rows), *arguments)
    assert ran.code == 2
    assert words in ran.error


def test_preview_of_a_refusal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"messages": [{"role": "system", "content": "x"}, {"role": "user", "content": "y"}]}\n')
    ran = run("preview", str(path), "--model", str(MODELS / "strict"))
    assert "the template refuses the row (System role not supported), in line 4" in ran.text


def test_preview_overwrites_nothing_that_it_reads(run: Run, rows: Path, tmp_path: Path) -> None:
    shutil.copytree(MODELS / "chatml", tmp_path / "chatml")
    target = tmp_path / "chatml" / "chat_template.jinja"
    ran = run("preview", str(rows), "--model", str(tmp_path / "chatml"), "-o", f"json:{target}")
    assert ran.code == 2
    assert "would overwrite the model" in ran.error


def test_model_shows_what_a_template_drops(run: Run) -> None:
    ran = run("model", "models/strict")
    assert ran.code == 0, ran.error
    assert "answer ends    without an end-of-turn token" in ran.text
    assert 'added where there is none: "You are a careful assistant."' in ran.text
    # One line for a reason, and what is treated in this way; a terminal has 80 columns.
    assert "  System role not supported (line 4):\n    system turn, system turn and several turns," in ran.text
    assert "  declared tools:\n    tools that are not called," in ran.text
    assert max(map(len, ran.text.splitlines())) <= 80


def test_model_as_json(run: Run) -> None:
    found = json.loads(run("model", "models/chatml", "--output-format", "json").output)
    outcomes = {each["title"]: each["outcome"] for each in found["probes"]}
    assert len(outcomes) == 90
    assert (outcomes["call and reasoning"], outcomes["no message"]) == ("reads", "fails")
    assert found["answer_ends"] == ["<|im_end|>"]


def test_the_template_alone(run: Run) -> None:
    ran = run("model", "models/strict", "--template")
    assert ran.text == (MODELS / "strict" / "chat_template.jinja").read_text() + "\n"


def test_models_lists_the_cache(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "hub" / "models--Owner--Name" / "snapshots" / "abc"
    shutil.copytree(MODELS / "chatml", place)
    env = {"HF_HOME": str(tmp_path), "HF_HUB_CACHE": "", "HUGGINGFACE_HUB_CACHE": ""}
    assert "Owner/Name" in run("models", "owner/", env=env).text.splitlines()[0]
    (row,) = json.loads(run("models", "owner/name", "--output-format", "json", env=env).output)
    assert row == {"name": "Owner/Name", "origin": "Hugging Face cache", "counts_tokens": None}
    ran = run("check", str(FIXTURES / "tiny.jsonl"), "--model", "owner/nam", "--no-cache", env=env)
    assert "did you mean Owner/Name?" in ran.error
