"""What the data is for, as the user says it: ``--kind`` and ``kind``, the notes on a guess, and the hint."""

from __future__ import annotations

import functools
import importlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Ran, Run
from every import every

import datalint
from datalint.core.kind import Kind

PLACES = "harbour meadow quarry orchard lighthouse station bridge market library garden".split()
ROWS = [
    {"question": f"Where does the {PLACES[n % 10]} of ward {n} lie?", "answer": f"At berth {n}."} for n in range(60)
]
MORE = [{"question": f"Where does ward {n} lie?", "answer": f"At berth {n} of {n * 7}."} for n in range(120)]
RANKED = [{"prompt": row["question"], "chosen": row["answer"], "rejected": "I cannot say."} for row in ROWS]
#: What the kind changes shows in notes and in the findings of these rules. All rules take twice as long.
JSON = ("--output-format", "json", "--select", "VOL,RDY")
HINT = (
    "a name or key suggests that this is an evaluation set, for which fewer rows are enough: --kind evaluation, or "
    "--kind {} if it is training data"
)


def write(path: Path, rows: list[dict[str, Any]] = ROWS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def check(run: Run, tmp_path: Path) -> Run:
    write(tmp_path / "rows.jsonl")
    return functools.partial(run, "check", *JSON, cwd=tmp_path)


def of(ran: Ran) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(ran.output)
    return report


def kind_notes(ran: Ran) -> list[str]:
    return [note for note in of(ran)["notes"] if "--kind" in note]


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        ({"dev": ROWS[:30], "test": ROWS[30:]}, "because of its lists, dev and test;"),
        ({"test": ROWS}, "because of its list, test;"),
        ({"dev": {str(n): ROWS[n] for n in range(30)}, "test": {str(n): ROWS[n] for n in range(30, 60)}}, "lists, dev"),
        ({"easy": ROWS[:30], "test": ROWS[30:]}, ""),
        ({"records": ROWS}, ""),
        ({"examples": ROWS, "canary": "Keep this benchmark out of training."}, "because of its key canary;"),
        ({"canary_string": "Keep this out of training.", "data": ROWS}, "because of its key canary_string;"),
        ({"examples": ROWS, "note": "Keep this out of training."}, ""),
    ],
)
def test_lists_that_are_all_evaluation_sets_are_one(data: dict[str, Any], noted: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(data), encoding="utf-8")
    notes = of(run("check", "rows.json", *JSON, cwd=tmp_path))["notes"]
    said = [note for note in notes if "is checked as an evaluation set" in note]
    assert len(said) == bool(noted)
    assert all(noted in note and note.endswith("--kind sft") for note in said)


def test_the_kind_that_is_given_decides(check: Run, tmp_path: Path) -> None:
    """Each kind has the limits of its volume, and an evaluation set needs no other one."""
    write(tmp_path / "rows.jsonl", MORE)
    found = {}
    for kind in ("sft", "preference", "rl", "text", "evaluation"):
        report = of(ran := check("rows.jsonl", "--kind", kind))
        assert (report["kind"], kind_notes(ran)) == (kind, [])
        found[kind] = (report["verdict"], "RDY001" in {each["rule"] for each in report["findings"]})
    assert found == {
        "sft": ("fail", True),
        "preference": ("warn", True),
        "rl": ("warn", True),
        "text": ("fail", True),
        "evaluation": ("pass", False),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("datalint.toml", 'kind = "evaluation"\n'),
        ("pyproject.toml", '[tool.datalint]\nkind = "evaluation"\n'),
    ],
)
def test_the_configuration_says_it_as_well(check: Run, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert of(check("rows.jsonl"))["kind"] == "evaluation"
    assert of(check("rows.jsonl", "--kind", "sft"))["kind"] == "sft"
    assert of(check("rows.jsonl", "--isolated"))["kind"] == "sft"


def test_the_api_takes_it() -> None:
    assert datalint.lint(ROWS, config={"kind": "evaluation"}).kind == "evaluation"
    with pytest.raises(datalint.DatalintError, match=r'kind must be "sft", .* or "evaluation", not "benchmark"'):
        datalint.lint(ROWS, config={"kind": "benchmark"})


def test_a_wrong_kind_is_an_error(check: Run, tmp_path: Path) -> None:
    ran = check("rows.jsonl", "--kind", "eval")
    assert ran.code == 2
    assert "'eval' is not one of 'sft', 'preference', 'rl', 'text', 'evaluation'" in ran.error
    (tmp_path / "datalint.toml").write_text('data = ["rows.jsonl"]\nkind = "evaluate"\n')
    ran = check()
    assert ran.code == 2
    assert 'datalint.toml:2: kind must be "sft", "preference", "rl", "text" or "evaluation"' in ran.error
    assert 'not "evaluate"; did you mean "evaluation"?' in ran.error


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("baseline",),
        ("clusters",),
        ("fix", "--output", "fixed.jsonl"),
        ("dedupe", "--output", "unique.jsonl"),
        ("split", "--eval", "10%", "--output", "parts"),
        ("convert", "--to", "openai-chat", "--output", "converted.jsonl"),
        ("stats",),
        ("advise",),
        ("review", "export", "--output", "tasks.json"),
        ("init", "--print"),
    ],
)
def test_every_command_that_reads_rows_takes_it(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    write(tmp_path / "rows.jsonl")
    ran = run(*command, "rows.jsonl", "--kind", "evaluation", cwd=tmp_path)
    assert ran.code in (0, 1), ran.error


def test_compare_takes_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "old.jsonl", ROWS[:50])
    write(tmp_path / "new.jsonl")
    ran = run("compare", "old.jsonl", "new.jsonl", "--kind", "evaluation", cwd=tmp_path)
    assert ran.code in (0, 1), ran.error


def test_stats_and_advise_go_by_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "rows.jsonl")
    stats = of(run("stats", "rows.jsonl", "--kind", "evaluation", "--output-format", "json", cwd=tmp_path))
    assert stats["kind"] == "evaluation"
    assert "evaluation" in run("advise", "rows.jsonl", "--kind", "evaluation", cwd=tmp_path).text


def test_init_shows_and_writes_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "rows.jsonl")
    shown = run("init", "rows.jsonl", "--kind", "evaluation", cwd=tmp_path).text
    assert "  kind        an evaluation set\n" in shown
    written = tomllib.loads((tmp_path / "datalint.toml").read_text())
    assert written == {"data": ["rows.jsonl"], "kind": "evaluation"}
    assert of(run("check", *JSON, cwd=tmp_path))["kind"] == "evaluation"


def test_init_writes_no_kind_that_was_guessed(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "x_test.jsonl")
    shown = run("init", "x_test.jsonl", cwd=tmp_path).text
    assert "an evaluation set, by its name or keys" in shown
    assert "kind" not in tomllib.loads((tmp_path / "datalint.toml").read_text())


def test_init_sees_a_split_that_all_rows_say(run: Run, tmp_path: Path) -> None:
    rows = [{"question": f"Is dock {n} full?", "answer": f"It has {n} places.", "split": "dev"} for n in range(40)]
    for name, changed in (("held", rows), ("mixed", [*rows, rows[0] | {"split": "train"}])):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in changed))
    kinds = [of(run("check", f"{name}.jsonl", *JSON, cwd=tmp_path))["kind"] for name in ("held", "mixed")]
    shown = [run("init", f"{name}.jsonl", "--print", cwd=tmp_path).text for name in ("held", "mixed")]
    assert kinds == ["evaluation", "sft"]
    assert ["an evaluation set, by its name or keys" in each for each in shown] == [True, False]


def test_proposed_commands_keep_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "rows.jsonl")
    shown = run("check", "rows.jsonl", "--kind", "preference", cwd=tmp_path).text
    assert "next: datalint advise rows.jsonl --kind preference" in shown


def test_proposed_commands_keep_a_folder_that_was_typed(run: Run, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "parts" / f"{number}.jsonl", ROWS[number * 20 : number * 20 + 20])
    shown = run("check", "parts", cwd=tmp_path).text
    assert "next: datalint advise parts  (" in shown


def test_an_evaluation_set_has_none_next_to_it(check: Run, tmp_path: Path) -> None:
    """Unless the user names one, which is compared with it: the configuration's is for the training data."""
    write(tmp_path / "rows_eval.jsonl")
    assert [each["split"] for each in of(check("rows.jsonl"))["files"]] == ["train", "evaluation"]
    alone = of(check("rows.jsonl", "--kind", "evaluation"))
    assert [each["split"] for each in alone["files"]] == ["train"]
    named = of(check("rows.jsonl", "--kind", "evaluation", "--eval", "rows_eval.jsonl"))
    assert "RDY007" in {each["rule"] for each in named["findings"]}
    (tmp_path / "datalint.toml").write_text('eval = "rows_eval.jsonl"\nkind = "evaluation"\n')
    assert [len(of(check("rows.jsonl", *more))["files"]) for more in (("--full",), ("--kind", "rl"))] == [1, 2]


@pytest.mark.parametrize(
    ("names", "rows", "note"),
    [
        (["x_test.jsonl"], ROWS, "x_test.jsonl is checked as an evaluation set because of its name; {0}"),
        (["evals/a.jsonl"], ROWS, "a.jsonl is checked as an evaluation set because of the folder evals/; {0}"),
        (
            ["a_test.jsonl", "b_test.jsonl"],
            ROWS,
            "2 files are checked as an evaluation set because of their names; {1}",
        ),
        (["x_test.jsonl"], RANKED, "x_test.jsonl is checked as an evaluation set because of its name; {2}"),
    ],
)
def test_the_note_on_a_guess_says_how_to_correct_it(
    check: Run, tmp_path: Path, names: list[str], rows: list[dict[str, Any]], note: str
) -> None:
    for name in names:
        write(tmp_path / name, rows)
    remedies = ("if it is training data: --kind sft", "if they are training data: --kind sft")
    wanted = note.format(*remedies, "if it is training data: --kind preference")
    assert kind_notes(check(*names)) == [wanted]
    kind = wanted.rpartition(" ")[2]
    corrected = check(*names, "--kind", kind)
    assert (of(corrected)["kind"], kind_notes(corrected)) == (kind, [])


def test_training_data_with_such_a_name_is_read_as_training_data(check: Run, tmp_path: Path) -> None:
    """Of the right answer and the model's, an evaluation set has both, and training data learns neither unasked."""
    rows = [{"query": row["question"], "ideal_response": row["answer"], "model_response": "No."} for row in ROWS]
    write(tmp_path / "x_test.jsonl", rows)
    write(tmp_path / "x.jsonl", rows)
    shapes = [
        of(check(*each))["files"][0]["shape"] for each in (("x_test.jsonl",), ("x.jsonl", "--kind", "evaluation"))
    ]
    assert shapes[0] == shapes[1]
    shapes = [of(check(*each))["files"][0]["shape"] for each in (("x.jsonl",), ("x_test.jsonl", "--kind", "sft"))]
    assert shapes[0] == shapes[1]


def keyed(key: str) -> list[dict[str, Any]]:
    return [{"question": row["question"], "answer": row["answer"], key: f"{n}"} for n, row in enumerate(ROWS)]


@every(
    ("path", "key", "hinted"),
    [
        ("bench/rows.jsonl", "id", True), ("mt_benchmark/data/rows.jsonl", "id", True), ("webench/a.jsonl", "id", True),
        ("my_eval_rows.jsonl", "id", True), ("leaderboard/2024/rows.jsonl", "id", True),
        ("bias-benchmarking/rows.jsonl", "id", True), ("submissions/run_3.jsonl", "id", True),
        ("forum_submissions.jsonl", "id", False), ("forum_submissions/rows.jsonl", "id", False),
        ("calibration/rows.jsonl", "id", True),
        ("tests/rows.jsonl", "id", True), ("golden/py/py.jsonl", "id", True), ("rank_dev_rows.jsonl", "id", True),
        ("a_valid_b.jsonl", "id", True), ("marigold.jsonl", "id", False), ("invalid.jsonl", "id", False),
        ("a_test_of_ports.jsonl", "id", True), ("ToolEval/answers.jsonl", "id", True),
        ("data/cruxeval.jsonl", "id", True),
        ("outputs/gsm8k/7b.jsonl", "id", True), ("comparison_results.jsonl", "id", True),
        ("predictions/7b.jsonl", "id", True), ("7b_predictions.jsonl", "id", True),
        ("price_prediction.jsonl", "id", False),
        ("output/rows.jsonl", "id", False), ("outputs_sft.jsonl", "id", False),
        ("outputs/ports_prepared.jsonl", "id", False), ("outputs/ports_prepared (1).jsonl", "id", False),
        ("outputs/ports_prepared.csv", "id", True), ("outputs/unprepared.jsonl", "id", True),
        ("v2/inference/asked.jsonl", "id", True), ("model responses/a.jsonl", "id", True),
        ("responses/a.jsonl", "id", True), ("responses.jsonl", "id", False), ("inferences.jsonl", "id", False),
        ("voting-inference-datasets/a.jsonl", "id", False), ("inference-datasets/a.jsonl", "id", True),
        ("retrieval.jsonl", "id", False), ("contest.jsonl", "id", False),
        ("medieval.jsonl", "id", False), ("ports.jsonl", "id", False),
        ("benchmark/train/rows.jsonl", "id", False), ("benchmark_sft/rows.jsonl", "id", True),
        ("benchmark/ports_sft.jsonl", "id", False), ("train.jsonl", "reference", False),
        ("ports.jsonl", "gold", True), ("ports.jsonl", "golden_answer", True), ("ports.jsonl", "ideal", True),
        ("ports.jsonl", "reference", True), ("ports.jsonl", "expected_behavior", True),
        ("ports.jsonl", "ground_truth", True), ("ports.jsonl", "ground_truth_port", True),
        ("ports_ground_truth.jsonl", "id", True), ("groundtruth/a.jsonl", "id", True), ("ports_gt.jsonl", "id", True),
        ("gt_train.jsonl", "id", False), ("gtx_ports.jsonl", "id", False), ("weight.jsonl", "id", False),
        ("ports.jsonl", "underground_truth", False), ("ports.jsonl", "canonical_solution", True),
        ("ports.jsonl", "gold_port", True), ("ports.jsonl", "goldport", False), ("ports.jsonl", "label_gold", True),
        ("ports.jsonl", "rubric", True), ("ports.jsonl", "Ground Truth", True), ("ports.jsonl", "expectedOutput", True),
        ("ports.jsonl", "reference_url", False), ("ports.jsonl", "goldfish", False), ("ports.jsonl", "idea", False),
        ("ports.jsonl", "preference", False), ("ports.jsonl", "unexpected_words", False),
    ],
)  # fmt: skip
def test_weak_signs_of_an_evaluation_set(path: str, key: str, *, hinted: bool) -> None:
    from datalint.verdict.evaluation_hint import has_weak_sign

    assert has_weak_sign([path], [key, "question"]) is hinted


@every(
    ("path", "key", "kind", "said"),
    [
        # A text with the number of a part is a passage to retrieve, and so is one by the names around it.
        ("data/chunks.json", "id", "text", "passages"), ("rows.jsonl", "chunk_id", "text", "passages"),
        ("rows.jsonl", "embedding", "text", "passages"),
        ("rows.jsonl", "chunkIndex", "text", "passages"), ("rows.jsonl", "passage-no", "text", "passages"),
        ("rag_data/pages/rows.jsonl", "id", "text", "passages"), ("knowledge_base/a.jsonl", "id", "text", "passages"),
        ("rows.jsonl", "id", "text", ""), ("rows.jsonl", "chunk", "text", ""), ("storage/rows.jsonl", "id", "text", ""),
        ("rows.jsonl", "chunk_id", "sft", ""), ("rag/train.jsonl", "chunk_id", "text", ""),
        ("finetuning/rag.jsonl", "id", "text", ""), ("rag_sft.jsonl", "id", "text", ""),
        # Seeds, but no random seed, and no seeds of plants.
        ("seed_tasks.jsonl", "id", "sft", "seeds"), ("zh_seed_tasks.json", "id", "sft", "seeds"),
        ("seeds/rows.jsonl", "id", "sft", "seeds"), ("gen/seed-prompts.jsonl", "id", "rl", "seeds"),
        ("answers_seed0.jsonl", "id", "sft", ""), ("seedlings.jsonl", "id", "sft", ""),
        ("seed_oil.jsonl", "id", "sft", ""),
        ("seeds/a/b/rows.jsonl", "id", "sft", ""), ("seed_tasks.jsonl", "id", "preference", ""),
        ("train/seed_tasks.jsonl", "id", "sft", ""),
        # Examples to show in a prompt, but no prompts without any, and no few shots to train on.
        ("few_shot.jsonl", "id", "sft", "in a prompt"), ("en-FewShots.json", "id", "sft", "in a prompt"),
        ("few-shot/rows.jsonl", "id", "sft", "in a prompt"), ("few_screenshots.jsonl", "id", "sft", ""),
        ("zero_shot.jsonl", "id", "sft", ""), ("train_few_shot.csv", "id", "sft", ""),
        # Questions to a system that retrieves texts.
        ("rag_bot/data/qa.jsonl", "id", "sft", "suggests questions"),
        ("NewsRAG/qa.jsonl", "id", "sft", "suggests questions"),
        ("RAG4Offices/qa.jsonl", "id", "sft", "suggests questions"), ("FRAGMENTS/qa.jsonl", "id", "sft", ""),
        ("paragraphs/qa.jsonl", "id", "sft", ""), ("rag_bot/train/qa.jsonl", "id", "sft", ""),
        # A method of tuning in a name, which may be misspelled.
        ("rag_bot/lora_qa.jsonl", "id", "sft", ""), ("RAG-QLoRA/qa.jsonl", "id", "sft", ""),
        ("rag-fine-tunning/qa.jsonl", "id", "sft", ""), ("rag_bot/floral_qa.jsonl", "id", "sft", "suggests questions"),
    ],
)  # fmt: skip
def test_signs_of_data_that_is_not_for_training(path: str, key: str, kind: Kind, said: str) -> None:
    from datalint.verdict.evaluation_hint import other_use

    found = other_use(kind, 499, [path], ["text", key])
    assert said in found
    assert bool(found) is bool(said)
    more = other_use(kind, 500, [path], ["text", key])
    assert more == (found if kind == "text" else "")


@pytest.mark.parametrize(("answer", "hinted"), [("At pier {}.", True), ("harbour", False)])
def test_labelled_texts_are_no_questions_to_a_system(check: Run, tmp_path: Path, answer: str, *, hinted: bool) -> None:
    write(tmp_path / "rag_bot/data.jsonl", [row | {"answer": answer.format(n)} for n, row in enumerate(ROWS)])
    notes = of(check("rag_bot/data.jsonl"))["notes"]
    assert any("test a system with retrieved texts" in note for note in notes) is hinted


def test_chats_are_no_questions_to_a_system(check: Run, tmp_path: Path) -> None:
    asked = [(row["question"], row["answer"]) for row in MORE]
    turns = [[{"role": "user", "content": q}, {"role": "assistant", "content": a}] for q, a in asked]
    write(tmp_path / "rag_bot/chats.jsonl", [{"messages": each} for each in turns])
    report = of(check("rag_bot/chats.jsonl"))
    assert not [note for note in report["notes"] if "--kind" in note]
    assert "VOL001" in report["rules"]


def test_passages_seeds_and_few_shots_need_no_evaluation_set(check: Run, tmp_path: Path) -> None:
    """With a kind that the user names, they are training data."""
    from datalint.verdict.evaluation_hint import SHOTS

    rows = [{"text": f"Port {n} has {n} piers, and no train goes there.", "chunk_id": n} for n in range(60)]
    write(tmp_path / "pages.jsonl", rows[:20])
    pairs = [{"prompt": row["text"], "completion": f"{n}"} for n, row in enumerate(rows)]
    write(tmp_path / "seed_tasks.jsonl", pairs)
    write(tmp_path / "few_shot.jsonl", pairs[:5])
    for name, kind, said in (
        ("pages.jsonl", "text", "a name or key suggests passages to retrieve, of which no number is too few"),
        ("few_shot.jsonl", "sft", f"{SHOTS}, of which no number is too few"),
        ("seed_tasks.jsonl", "sft", "a name suggests seeds to generate examples from, for which fewer rows are enough"),
    ):
        note = f"{said}: --kind {kind} if it is training data"
        report = of(check(name, "--select", "RDY001,VOL001"))
        assert (report["findings"], note in report["notes"]) == ([], True)
        report = of(check(name, "--select", "RDY001,VOL001", "--kind", kind))
        assert ("VOL001" in {each["rule"] for each in report["findings"]}, report["notes"]) == (True, [])
    # What no number is too few of is not enough to train on either.
    for name, verdict in (("pages.jsonl", "not-assessed"), ("few_shot.jsonl", "not-assessed"), ("pairs.jsonl", "fail")):
        write(tmp_path / "pairs.jsonl", pairs[:5])
        report = of(check(name))
        assert (report["verdict"], report["score"] is None) == (verdict, verdict == "not-assessed")


def test_the_repository_of_files_in_one_folder_is_searched_for_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The package has a function of the module's name.
    evaluation_hint = importlib.import_module("datalint.verdict.evaluation_hint")
    asked: list[Path] = []
    monkeypatch.setattr(evaluation_hint, "find_repository", asked.append)
    assert not evaluation_hint.has_weak_sign([str(tmp_path / f"ports/{n}.jsonl") for n in range(9)], ["question"])
    assert asked == [tmp_path.resolve() / "ports"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("inference/rows.jsonl", "evaluation"), ("v2/inference/open/rows_prompts.jsonl", "evaluation"),
        ("inference/train/rows.jsonl", "rl"), ("grpo/rows.jsonl", "rl"), ("inferences/rows.jsonl", "rl"),
        ("inference/rows_sft.jsonl", "rl"),
    ],
)  # fmt: skip
def test_prompts_for_inference_are_an_evaluation_set(path: str, kind: str, check: Run, tmp_path: Path) -> None:
    more = {"subject": "ports", "mode": "open"}
    write(tmp_path / path, [{**more, "messages": [{"role": "user", "content": row["question"]}]} for row in ROWS])
    report = of(check(path))
    assert report["kind"] == kind
    said = "because no row has an answer, and because of the names of files or folders; if these are prompts"
    assert any(said in note for note in report["notes"]) is (kind == "evaluation")


def test_questions_with_results_of_models_may_be_an_evaluation_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datalint.verdict.evaluation_hint import has_weak_sign

    for file in (
        "a/data/questions.jsonl",
        "a/results/x.jsonl",
        "b/questions.jsonl",
        "b/result/x.jsonl",
        "c/d/queries.csv",
        "e/data/qa_pairs.json",
        "e/benchmarks/x.py",
        "f/rc_questions.json",
        "f/run_benchmark.py",
        "g/qa_pairs.json",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    more = ("e/data/qa_pairs.json", "f/rc_questions.json", "g/qa_pairs.json")
    hinted = {
        name: has_weak_sign([str(tmp_path / name)], ["question"])
        for name in ("a/data/questions.jsonl", "b/questions.jsonl", "b/rows.jsonl", "c/d/queries.csv", *more)
    }
    assert hinted == {
        "a/data/questions.jsonl": True,
        "b/questions.jsonl": True,
        "b/rows.jsonl": False,
        "c/d/queries.csv": False,
        "e/data/qa_pairs.json": True,
        "f/rc_questions.json": True,
        "g/qa_pairs.json": False,
    }


@pytest.mark.parametrize(
    ("project", "path", "hinted"),
    [
        ("test_lora", "data/rows.jsonl", False), ("my-dev", "data/ports/rows.jsonl", False),
        ("gold_harbour", "rows/ports.jsonl", False), ("ports", "test_cases/rows.jsonl", True),
        ("ports", "gold/de/rows.jsonl", True), ("ports", "data/rows_test_de.jsonl", True),
    ],
)  # fmt: skip
def test_a_word_in_the_name_of_a_project_says_nothing_however_the_path_is_typed(
    project: str, path: str, hinted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datalint.verdict.evaluation_hint import has_weak_sign

    file = tmp_path / project / path
    file.parent.mkdir(parents=True)
    file.touch()
    for here in (tmp_path, tmp_path / project):
        monkeypatch.chdir(here)
        assert has_weak_sign([str(file)], ["question"]) is hinted
        assert has_weak_sign([str(file.relative_to(here))], ["question"]) is hinted


def test_a_folder_of_training_data_is_one_wherever_the_command_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datalint.verdict.evaluation_hint import has_weak_sign

    hinted = {}
    for folder in ("training_data", "ports"):
        file = tmp_path / "project" / folder / "rows.jsonl"
        file.parent.mkdir(parents=True)
        file.touch()
        (tmp_path / "elsewhere").mkdir(exist_ok=True)
        for here in ("project", "elsewhere"):
            monkeypatch.chdir(tmp_path / here)
            hinted[folder, here] = has_weak_sign([str(file)], ["question", "expected_response"])
    assert {each for each, is_hinted in hinted.items() if is_hinted} == {("ports", "project"), ("ports", "elsewhere")}


def test_what_may_be_an_evaluation_set_needs_none_and_fewer_rows(check: Run, tmp_path: Path) -> None:
    """With a kind that the user names, it is training data."""
    write(tmp_path / "leaderboard/data/rows.jsonl", MORE)
    report = of(check("leaderboard/data/rows.jsonl", "--select", "RDY001,VOL001"))
    assert report["findings"] == []
    gates = {gate["measure"]: gate for factor in report["factors"].values() for gate in factor["gates"]}
    assert (gates["effective-examples"]["verdict"], gates["evaluation-examples"]["verdict"]) == ("warn", "not-assessed")
    assert gates["evaluation-examples"]["reason"].endswith("itself: --kind evaluation, or --kind sft")
    report = of(check("leaderboard/data/rows.jsonl", "--select", "RDY001,VOL001", "--kind", "sft"))
    assert {(each["rule"], each["severity"]) for each in report["findings"]} == {
        ("RDY001", "warning"),
        ("VOL001", "error"),
    }


def test_the_hint_is_one_line_of_the_report(check: Run, tmp_path: Path) -> None:
    write(tmp_path / "leaderboard/data/rows.jsonl")
    assert kind_notes(check("leaderboard/data/rows.jsonl")) == [HINT.format("sft")]
    write(tmp_path / "held.jsonl", ROWS[:2])
    assert kind_notes(check("leaderboard/data/rows.jsonl", "--eval", "held.jsonl")) == []
    assert kind_notes(check("leaderboard/data/rows.jsonl", "--kind", "sft")) == []
    write(tmp_path / "leaderboard/data/pairs.jsonl", RANKED)
    assert kind_notes(check("leaderboard/data/pairs.jsonl")) == [HINT.format("preference")]
    # A key says it of neither: a reward function compares with one.
    write(tmp_path / "pairs.jsonl", [{**row, "reference": row["chosen"]} for row in RANKED])
    assert kind_notes(check("pairs.jsonl")) == []


@pytest.mark.parametrize(
    ("path", "key", "decided"),
    [
        ("port_bench/data/rows.jsonl", "reference", True),
        ("ports_eval/de/a/rows.jsonl", "gold", True),
        ("data/ports_leaderboard_a.jsonl", "rubric", True),
        ("port_bench/data/rows.jsonl", "note", False),
        ("ports/rows.jsonl", "reference", False),
        ("ports_test_a/rows.jsonl", "expected_output", False),
        ("port_bench/train/rows.jsonl", "reference", False),
        ("port_bench/ports_sft.jsonl", "reference", False),
    ],
)
def test_a_key_and_a_name_that_agree_decide(
    path: str, key: str, *, decided: bool, check: Run, run: Run, tmp_path: Path
) -> None:
    write(tmp_path / path, [{**row, key: f"Berth {n}, by the map."} for n, row in enumerate(ROWS)])
    mapped = ("--columns", "prompt=question,response=answer")
    report = of(check(path, *mapped))
    because = f"because of the key {key} and of the names of files or folders; if it is training data: --kind sft"
    assert (report["kind"] == "evaluation") is decided
    assert any(because in note for note in report["notes"]) is decided
    assert ('kind = "evaluation"' in run("init", path, *mapped, "--print", cwd=tmp_path).text) is decided


def test_a_readme_decides_for_every_command(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "rows.jsonl")
    (tmp_path / "README.md").write_text("# Berths\n\nA benchmark that measures knowledge of ports.\n")
    assert of(run("check", "rows.jsonl", *JSON, cwd=tmp_path))["kind"] == "evaluation"
    assert "evaluation" in run("stats", "rows.jsonl", cwd=tmp_path).text
    ran = run("init", "rows.jsonl", "--print", cwd=tmp_path)
    assert "an evaluation set, by what README.md says" in ran.text
    assert 'kind = "evaluation"' in ran.text
    write(tmp_path / "other/rows.jsonl")
    (tmp_path / "other/README.md").write_text("# Berths\n\nWe train a model on them.\n")
    assert of(run("check", "rows.jsonl", *JSON, cwd=tmp_path / "other"))["kind"] == "sft"
    assert "kind =" not in run("init", "rows.jsonl", "--print", cwd=tmp_path / "other").text


@pytest.mark.parametrize(("name", "hinted"), [("port-benchmark", True), ("PortBench", True), ("test", False)])
def test_the_name_of_the_repository_counts(run: Run, tmp_path: Path, name: str, *, hinted: bool) -> None:
    """That of a benchmark does. A folder for trials may be called test."""
    write(tmp_path / name / "data" / "main" / "v1" / "en" / "rows.jsonl")
    asked = ("check", "data/main/v1/en/rows.jsonl", *JSON)
    assert kind_notes(run(*asked, "--isolated", cwd=tmp_path / name)) == []
    (tmp_path / name / ".git").mkdir()
    (tmp_path / name / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert kind_notes(run(*asked, cwd=tmp_path / name)) == [HINT.format("sft")] * hinted


def test_folders_above_the_working_folder_and_the_repository_say_nothing(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "benchmarks" / "of" / "many" / "people" / "project"
    path = write(project / "data" / "rows.jsonl")
    other = tmp_path / "elsewhere"
    other.mkdir()
    for cwd in (project, project / "data", other):
        ran = run("check", str(path), *JSON, cwd=cwd)
        assert (of(ran)["kind"], kind_notes(ran)) == ("sft", [])
    inside = write(project / "leaderboard" / "more" / "rows.jsonl")
    (project / ".git").mkdir()
    (project / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    for cwd in (project, inside.parent, other):
        assert kind_notes(run("check", str(inside), *JSON, cwd=cwd)) == [HINT.format("sft")]
        assert kind_notes(run("check", str(path), *JSON, cwd=cwd)) == []


@pytest.mark.parametrize(
    ("place", "options", "left"),
    [("train.jsonl", (), 1), ("train.jsonl", ("--kind", "evaluation"), 2), ("test.jsonl", (), 2)],
)
def test_similar_items_of_an_evaluation_set_stay(
    run: Run, tmp_path: Path, place: str, options: tuple[str, ...], left: int
) -> None:
    prompt = "Say in one sentence of plain words how rain forms above the {} when the wind comes from the north."
    answer = "Vapour rises from the warm water, cools in the wind high above it, and falls down again as {}."
    words = (("sea", "drops"), ("seas", "drop"), ("sea", "drops"))
    rows = [{"prompt": prompt.format(asked), "completion": answer.format(said)} for asked, said in words]
    write(tmp_path / place, rows)
    ran = run("dedupe", place, *options, "--output", "unique.jsonl", cwd=tmp_path)
    assert len((tmp_path / "unique.jsonl").read_text().splitlines()) == left
    assert ("near-duplicates in an evaluation set stay (1 item)" in ran.text) is (left == 2)
