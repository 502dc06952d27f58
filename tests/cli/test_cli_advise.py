"""``datalint advise``: the whole command in its formats, questions in a terminal, plans, and impossible input."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_runs import Run
from click.testing import CliRunner

from datalint.cli.advise import command

ROOT = Path(__file__).parents[2]
CHATML = str(ROOT / "fixtures" / "models" / "chatml")
MODEL = "meta-llama/Llama-3.1-8B"
SCHEMA = json.loads((ROOT / "docs" / "datalint-advice-1.schema.json").read_text(encoding="utf-8"))
SIZES = {
    "hidden_size": 896, "num_hidden_layers": 24, "intermediate_size": 4864, "num_attention_heads": 14,
    "num_key_value_heads": 2, "vocab_size": 151936, "tie_word_embeddings": True,
}  # fmt: skip


def told(run: Run, *arguments: str, cwd: Path | None = None) -> dict[str, Any]:
    done = run("advise", "--output-format", "json", *arguments, **({} if cwd is None else {"cwd": cwd}))
    assert done.code == 0, done.error
    found: dict[str, Any] = json.loads(done.output)
    jsonschema.validate(found, SCHEMA)
    return found


def rows(path: Path, *values: Any) -> str:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return str(path)


def test_every_format(run: Run, few: str, tmp_path: Path) -> None:
    html, markdown = tmp_path / "a.html", tmp_path / "a.md"
    done = run(
        "advise", "--isolated", few, "--goal", "style", "--model", MODEL, "--gpu", "24GB",
        "-o", str(html), "-o", str(markdown),
    )  # fmt: skip
    assert done.code == 0
    for text in (done.text, html.read_text(encoding="utf-8"), markdown.read_text(encoding="utf-8")):
        for words in ("Fine-tune.", "Memory of each method", "does not fit", "LoraConfig", "Gekhman", "Not assessed"):
            assert words in text
    assert "no tokenizer of meta-llama/Llama-3.1-8B is found" in done.error


def test_answers_alone_need_no_data(run: Run, tmp_path: Path) -> None:
    found = told(run, "--goal", "domain-knowledge", "--retrievable", "no", cwd=tmp_path)
    assert (found["recommendation"], found["data"]) == ("both", None)
    assert {"what": "what the data shows", "supply": "give the FILE of the training set"} in found["missing"]


def test_a_folder_counts_tokens_and_gives_sizes(run: Run, few: str, tmp_path: Path) -> None:
    for file in Path(CHATML).iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "config.json").write_text(json.dumps(SIZES), encoding="utf-8")
    found = told(run, "--isolated", few, "--model", str(tmp_path), "--gpu", "RTX 3060")
    assert found["data"]["exact"] is True
    assert found["model"]["parameters"] == pytest.approx(494_032_768, rel=0.001)
    assert {each["method"]: each["fit"] for each in found["methods"]}["full"] == "fits"
    cut = told(run, "--isolated", few, "--model", str(tmp_path), "--max-length", "100")
    assert cut["run"]["tokens"] == 100


def test_a_folder_without_sizes_still_counts(run: Run, few: str) -> None:
    found = told(run, "--isolated", few, "--model", CHATML)
    assert (found["data"]["exact"], found["methods"]) == (True, [])
    assert any("config.json" in each["supply"] for each in found["missing"])


def test_the_evidence_is_named(run: Run, tmp_path: Path) -> None:
    path = rows(
        tmp_path / "train.jsonl",
        *(
            {"prompt": f"Who was the {n}th?", "completion": f"That was queen Bel{a} of Mer{a} in 1{n:03}."}
            for n, a in enumerate("abcdefghijklmnopqrst")
        ),
    )
    found = told(run, "--isolated", path)
    assert found["path"][0]["answer"] is True
    assert found["data"]["grounding"]["row"].endswith("train.jsonl:1")
    assert found["data"]["grounding"]["added"][:2] == ["Bela", "Mera"]


def test_what_can_be_compared_is_said(run: Run, tmp_path: Path) -> None:
    plain = [{"prompt": f"add {n}", "completion": f"{n} and one"} for n in range(30)]
    said = [each["words"] for each in told(run, rows(tmp_path / "plain.jsonl", *plain))["statements"]]
    assert any("None of 30 answers looked at has names" in each for each in said), said
    named = [
        {"prompt": "Who says so?", "completion": "It is so, say Bela and Mera."},
        {"prompt": "What say Bela and Mera?", "completion": "They say, as Bela and Mera do, nothing at all."},
    ]
    said = [each["words"] for each in told(run, rows(tmp_path / "named.jsonl", *plain, *named))["statements"]]
    assert any(
        "compared in 2 of 32 answers looked at: 1 with all of them from the prompt, and 1 with names" in each
        for each in said
    ), said


IMPOSSIBLE = [
    (("--gpu", "potato"), "error: --gpu: no GPU is known as"),
    (("--gpu", "0GB"), "no GPU has 0GB of memory"),
    (("--model", "acme/nothing-of-the-kind"), "no model acme/nothing-of-the-kind"),
    (("--model", "./nowhere"), "no such folder"),
    (("--rank", "0"), "0 is not in the range"),
    (("--epochs", "0"), "0"),
    (("--knowledge", "perhaps"), "'perhaps' is neither yes nor no"),
    (("--goal", "fame"), "'fame' is not one of"),
    (("--plan", "missing.toml"), "missing.toml"),
    (("nowhere.jsonl",), "nowhere.jsonl"),
]


@pytest.mark.parametrize(("arguments", "words"), IMPOSSIBLE, ids=[" ".join(given) for given, _ in IMPOSSIBLE])
def test_impossible_input_is_one_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("advise", *arguments, cwd=tmp_path)
    assert (done.code, done.output) == (2, b"")
    last = done.error.strip().splitlines()[-1]
    assert words in last
    assert "Traceback" not in done.error


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({**SIZES, "hidden_size": -1}, "hidden_size must be a whole number"),
        ({"vocab_size": 5}, "hidden_size"),
        ([], "is not a JSON object"),
        ("{", "is not a JSON object"),
    ],
)
def test_a_broken_configuration_of_a_model(run: Run, few: str, tmp_path: Path, config: Any, words: str) -> None:
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    done = run("advise", "--isolated", few, "--model", str(tmp_path))
    assert done.code == 2
    assert words in done.error


@pytest.mark.parametrize("name", ["advise", "check"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('goal = "fame"', "datalint.toml:2: plan.goal must be"),
        ('gpu = "potato"', "datalint.toml:2: plan.gpu: no GPU is known"),
        ("epoch = 3", 'datalint.toml:2: unknown key "epoch" in [plan]'),
        ("rank = 0", "datalint.toml:2: plan.rank must be at least 1"),
        ('models = { "Qwen/Qwen3-4B" = true }', "datalint.toml:2: plan.models"),
    ],
)
def test_a_mistake_in_the_plan_names_its_line(run: Run, tmp_path: Path, name: str, text: str, words: str) -> None:
    rows(tmp_path / "train.jsonl", {"prompt": "a", "completion": "b"})
    (tmp_path / "datalint.toml").write_text(f"[plan]\n{text}\n", encoding="utf-8")
    done = run(name, "train.jsonl", cwd=tmp_path)
    assert done.code == 2
    assert words in done.error


def test_a_plan_is_written_once_and_then_checked(run: Run, tmp_path: Path) -> None:
    rows(tmp_path / "train.jsonl", *({"prompt": f"q {n}", "completion": f"a {n}"} for n in range(9)))
    done = run(
        "advise", "train.jsonl", "--goal", "style", "--model", MODEL, "--gpu", "24GB", "--write-plan", cwd=tmp_path
    )
    assert done.code == 0
    text = (tmp_path / "datalint.toml").read_text(encoding="utf-8")
    assert 'goal = "style"' in text
    assert "# prompt-baseline" in text
    assert '# task = "generation"' in text
    found = {
        each["rule"]
        for each in json.loads(
            run("check", "train.jsonl", "--select", "RDY", "--output-format", "json", cwd=tmp_path).output
        )["findings"]
    }
    assert {"RDY102", "RDY103"} <= found
    again = run("advise", "train.jsonl", "--write-plan", "--gpu", "24GB", cwd=tmp_path)
    assert (again.code, again.output) == (2, b"")
    assert "already has a [plan]" in again.error
    assert (tmp_path / "datalint.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "before", "table"),
    [
        ("datalint.toml", 'profile = "minimal"\n', "[plan]"),
        ("pyproject.toml", '[project]\nname = "x"\n\n[tool.datalint]\nprofile = "minimal"', "[tool.datalint.plan]"),
    ],
)
def test_a_plan_is_added_to_a_configuration(run: Run, tmp_path: Path, name: str, before: str, table: str) -> None:
    rows(tmp_path / "train.jsonl", {"prompt": "a", "completion": "b"})
    (tmp_path / name).write_text(before, encoding="utf-8")
    assert run("advise", "train.jsonl", "--goal", "style", "--write-plan", cwd=tmp_path).code == 0
    after = (tmp_path / name).read_text(encoding="utf-8")
    assert after.startswith(before)
    assert table in after
    assert '"style"' in run("config", "--output-format", "json", cwd=tmp_path).text


def test_a_plan_of_another_file_goes_under_the_options(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[plan]\ngoal = "speed"\nmetric = "F1"\nprompt-baseline = 0.5\ngpu = "16GB"\n', encoding="utf-8")
    found = told(run, "--plan", str(plan), cwd=tmp_path)
    assert (found["row"]["goal"], found["gpu"]["name"]) == ("speed", "16 GB")
    # It takes the place of the plan of the configuration, and a mistake in it has its line.
    (tmp_path / "datalint.toml").write_text('[plan]\nprompt-solves = true\nmethod = "full"\n', encoding="utf-8")
    instead = told(run, "--plan", str(plan), cwd=tmp_path)
    assert [step["answer"] for step in instead["path"]] == [step["answer"] for step in found["path"]]
    assert {each["status"] for each in instead["patterns"][3:]} == {"not assessed", "not found"}
    plan.with_name("gpu.toml").write_text('[plan]\n\ngpu = "potato"\n', encoding="utf-8")
    assert "gpu.toml:3: plan.gpu: no GPU" in run("advise", "--plan", "gpu.toml", cwd=tmp_path).error
    over = told(run, "--plan", str(plan), "--goal", "style", cwd=tmp_path)
    assert over["row"]["goal"] == "style"


def test_questions_are_asked_in_the_order_of_the_guide(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("datalint.cli.advise._is_interactive", lambda: True)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, ["--isolated"], input="no\nyes\nno\n")
    assert done.exit_code == 0, done.output
    asked = [
        "Does the task need domain knowledge?", "Is it about output format or style?", "Does a prompt solve it?",
    ]  # fmt: skip
    places = [done.output.index(words) for words in asked]
    assert places == sorted(places)
    assert "Fine-tuning teaches behaviour well and facts badly" in done.output
    assert "\n\nFine-tune.\n" in done.output
    none = CliRunner().invoke(command, ["--isolated", "--goal", "speed"])
    assert none.output.startswith("Fine-tune a smaller model.\n")


def test_facts_come_before_questions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("datalint.cli.advise._is_interactive", lambda: True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.jsonl").write_text('{"prompt": "Name a colour", "completion": "Red"}\n')
    done = CliRunner().invoke(command, ["train.jsonl", "--isolated"], input="skip\n")
    facts, question = map(done.output.index, ("- Kind of task: ", "Does the task need"))
    assert facts < question


def test_a_question_can_be_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("datalint.cli.advise._is_interactive", lambda: True)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, ["--isolated", "--goal", "style"], input="s\n")
    assert "This is the row of the guide's table" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--goal", "speed"), "the goal is speed"), (("--knowledge", "no"), "the task needs no domain knowledge")],
)
def test_why_an_anti_pattern_is_not_found(run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    pattern = told(run, *arguments, cwd=tmp_path)["patterns"][0]
    assert (pattern["status"], pattern["words"]) == ("not found", words)


def test_a_plan_has_every_answer(run: Run, tmp_path: Path) -> None:
    answers = {
        "knowledge": "no", "format-or-style": "no", "latency-or-cost": "yes", "retrievable": "yes",
        "prompt-solves": "no", "epochs": "2", "batch": "8", "micro-batch": "2", "precision": "bf16", "gpus": "2",
    }  # fmt: skip
    given = [part for name, answer in answers.items() for part in (f"--{name}", answer)]
    assert run("advise", *given, "--write-plan", cwd=tmp_path).code == 0
    plan = tomllib.loads((tmp_path / "datalint.toml").read_text(encoding="utf-8"))["plan"]
    expected = {"yes": True, "no": False, "bf16": "bf16"}
    assert plan == {
        name: expected.get(answer) if answer in expected else int(answer) for name, answer in answers.items()
    }
    path = told(run, cwd=tmp_path)["path"]
    assert [step["answer"] for step in path] == [False, False, True]


def test_a_kind_of_task_that_is_given_is_said(run: Run, tmp_path: Path) -> None:
    path = rows(tmp_path / "train.jsonl", {"prompt": "a", "completion": "b"})
    said = told(run, "--isolated", path, "--task", "chat")["statements"]
    assert said[0]["words"] == "Kind of task: chat, as the plan says so."


def test_outside_of_a_terminal_nothing_is_asked(run: Run, tmp_path: Path) -> None:
    done = run("advise", "--isolated", cwd=tmp_path)
    assert done.code == 0
    assert "Not assessed: the facts do not lead to a recommendation yet." in done.text


HOSTILE = "\x1b[31m<script>alert(1)</script> ##[error] | `x` \u202e"


def test_hostile_texts_are_escaped(run: Run, tmp_path: Path) -> None:
    path = rows(
        tmp_path / "t.jsonl",
        *({"prompt": f"{n}", "completion": json.dumps({HOSTILE: n, "b": 1})} for n in range(30)),
    )
    files = {kind: tmp_path / kind for kind in ("text", "json", "markdown", "html")}
    outputs = [word for kind, file in files.items() for word in ("--output", f"{kind}:{file}")]
    done = run("advise", "--isolated", path, *outputs)
    assert done.code == 0
    shown = {"screen": done.text} | {kind: file.read_text(encoding="utf-8") for kind, file in files.items()}
    for kind, text in shown.items():
        assert "alert" in text, kind
        assert "\x1b" not in text, kind
        assert "\u202e" not in text, kind
        assert "##[error]" not in text, kind
        assert "<script>" not in text or kind not in ("markdown", "html"), kind


def test_no_output_overwrites_the_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "train.json"
    path.write_text(json.dumps([{"prompt": "a", "completion": "b"}]), encoding="utf-8")
    done = run("advise", "--isolated", str(path), "-o", f"json:{path}")
    assert done.code == 2
    assert json.loads(path.read_text(encoding="utf-8"))


def test_confinement_covers_the_model_and_the_plan(run: Run, tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "config.json").write_text(json.dumps(SIZES), encoding="utf-8")
    rows(inside / "train.jsonl", {"prompt": "a", "completion": "b"})
    (inside / "datalint.toml").write_text('[plan]\nbase-model = "../outside"\n', encoding="utf-8")
    done = run("check", "train.jsonl", "--confine", ".", cwd=inside)
    assert done.code == 2
    assert "outside" in done.error
