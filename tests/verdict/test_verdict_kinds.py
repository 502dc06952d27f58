"""The kind of data: what decides it, and which limits it brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from every import every

import datalint
from datalint.config.gates import load_gates, profile
from datalint.config.model import GateOverride, Settings
from datalint.core.kind import Kind
from datalint.core.results import Verdict
from datalint.sources.splits import evaluation_name
from datalint.verdict import kind_of, shape_kinds
from datalint.verdict.scoring import verdict_of

P, W, F = Verdict.PASS, Verdict.WARN, Verdict.FAIL
SFT = '{{"prompt": "{0}?", "completion": "{0}."}}\n'
PREFERENCE = '{{"prompt": "{0}?", "chosen": "{0}.", "rejected": "No."}}\n'
TEXT = '{{"text": "{0}"}}\n'


@every(
    ("path", "expected"),
    [
        ("test.jsonl", True), ("data/test-00000-of-00001.parquet", True), ("gsm8k_test.jsonl", True),
        ("validation.csv", True), ("chat_dev.json", True), ("eval_simulated.json", True), ("TEST.json", True),
        ("val_01.jsonl.gz", True), ("C:\\data\\heldout.jsonl", True),
        ("golden_test_set.jsonl", True), ("mt_bench.jsonl", True), ("longbench_write.jsonl", True),
        ("HumanEval.jsonl.gz", True), ("benchmarks.jsonl", True), ("workbench_train.jsonl", False),
        # Benchmarks without a part for training.
        ("mgsm.jsonl", True), ("google_IFEval.jsonl", True), ("MATH-500.jsonl", True), ("kmmlu_law.csv", True),
        ("aime_2024.jsonl", True), ("ifeval_train.jsonl", False), ("ifeval-like-data.jsonl", False),
        ("rlvr_ifeval.jsonl", False), ("mgsm_sft.jsonl", False), ("aime_1983.jsonl", False), ("gsm8k.jsonl", False),
        ("flores.jsonl", False), ("math_500.jsonl", False), ("mbpp.jsonl", True), ("sanitized-mbpp.json", True),
        ("MbppPlus.jsonl", True), ("mbpp_sft.jsonl", False), ("mbpp_rephrased.jsonl", False),
        ("mbpp_train.json", False),
        ("oslo_kmapeval_v7_mcq_100.jsonl", True), ("CRUXEval.jsonl", True), ("mapeval_sft.jsonl", False),
        ("tweeteval.csv", False), ("mapeval-style.jsonl", False),
        ("gorilla_openfunctions_v1_test_simple.json", True), ("gorilla_openfunctions_v1_simple.json", False),
        ("STS-B.valid.data", True), ("my_testsetting.jsonl", False), ("benchmarking_tips.jsonl", False),
        ("validated_tweets.csv", False), ("latest.jsonl", False), ("contest.jsonl", False), ("train_test.jsonl", False),
        # What the data is about is no name for it.
        ("unit_test_generation.jsonl", False), ("web_dev_chat.jsonl", False), ("eval_tips/train.jsonl", False),
        ("chat-eval-v2.jsonl", True), ("rft_validation_data.jsonl", True), ("test/rows.jsonl", True),
        ("evaluation/mt_bench/data/question.jsonl", True), ("data/benchmarks/a/b.json", True),
        ("medieval/rows.jsonl", False), ("evaluation/train/rows.jsonl", False), ("unit_tests/rows.jsonl", False),
        ("type1_val_balanced.jsonl", True), ("golden_set.jsonl", True), ("gold-standard-v2.csv", True),
        ("golden_dataset.json", True), ("golden_qa.json", True), ("rag-golden.jsonl", True),
        ("gold.jsonl", True), ("marigold.jsonl", False), ("bfcl_v3.json", True),
        ("sft_golden_samples.jsonl", False), ("finetune_set_gold.csv", False), ("sft_bench.jsonl", False),
        ("cmmlu.json", True), ("c-eval_law.csv", True), ("ceval.jsonl", True), ("mmlu_train.jsonl", False),
        ("conceval.jsonl", False), ("golden_retrievers.jsonl", False), ("val_train.jsonl", False),
        ("interval_maths.jsonl", False), ("scenes_tst.json", True), ("trn_tst.json", False),
        ("tsts.json", False), ("ED1TST.txt", False), ("final_dev_data_v2.json", True), ("all-test-split-3.csv", True),
        ("unit_test_data_v2.jsonl", False), ("latest_data_v2.jsonl", False), ("train_dev_data_2.json", False),
        # After a word inside a name, others say what the file is, or what it is about.
        ("pairs_xx_test_clean.csv", True), ("faq_test_de.json", True), ("dock-dev-final-v2.jsonl", True),
        ("faq.test.unseen.3.csv", True), ("unit_test_clean.csv", False), ("ab-test-final.csv", False),
        ("faq_test_cases.json", False), ("penetration_test_reports_v2.csv", False), ("train_test_clean.csv", False),
        ("sft_test_clean.jsonl", False), ("latest_clean.csv", False),
        ("manual.dev.enid.id", True), ("manual.test.en-id.en", True), ("manual.dev.enid.fr", False),
        ("unit.devtools.enid.id", False), ("manual.train.enid.id", False),
        # So do the words of a folder for one thing.
        ("pairs_val/de.jsonl", True), ("dev_data/rows.csv", True), ("test_data/rows.csv", True),
        ("validation-set/rows.csv", True), ("test_instruction/rows.json", True), ("test-queries/rows.json", True),
        ("dev_prompts/rows.json", False), ("unit_test_questions/rows.json", False), ("test_scripts/rows.json", False),
        ("unit_test_data/rows.csv", False), ("test_data/train.csv", False),
        ("Harbour-testdata/rows.jsonl", True), ("my_test_set/rows.csv", True), ("my-unit-testdata/rows.csv", False),
        ("harbour-latestdata/rows.csv", False),
        # Names of suites that have no part for training.
        ("TrustLLM/dataset/truth/rows.json", True), ("data/AdvGLUE.json", True),
        ("FollowBench/data/en/rows.json", True),
        ("TrustLLM/dataset/train.json", False), ("TrustLLM/dataset/sft.json", False), ("trustllms/rows.json", False),
        ("TrustLLM/rl/prompts.json", False),
        ("dev_data/enid/rows.csv", False), ("cross_val/rows.csv", False), ("cross-validation/rows.csv", False),
        ("train_val/rows.csv", False), ("retrieval/rows.csv", False), ("dev_tools/rows.csv", False),
        # A folder of a split may have others, where it is no folder of tests.
        ("data/test/v2/rows.json", True), ("my-dataset/val/de/a/rows.csv", True), ("src/test/data/rows.json", False),
        ("data/test/train/rows.json", False), ("database/test/en/rows.json", False), ("data/tests/en/rows.json", False),
        ("data/latest/en/rows.json", False), ("data/test/en/sft.json", False), ("C:\\data\\test\\en\\rows.json", True),
        # A folder is often a project, which may hold training data too.
        ("ToolBench/data/answers.json", False), ("yard-benchmark/rows.json", True),
        ("yard-benchmark/data/rows.json", False), ("Yard-Reviews-A-Benchmark-Dataset/data/rows.csv", False),
        ("a-benchmark-dataset-of-yards/rows.csv", False), ("Yard-Reviews-A-Benchmark-Dataset/evals/rows.csv", True),
        # A method of tuning says more than a folder.
        ("validate_dataset.json", True),
        ("Co-EVAL/data/sft.json", False), ("evals/dpo_pairs.jsonl", False), ("evals/sft_eval.jsonl", True),
        ("<stdin>", False), ("", False),
    ],
)  # fmt: skip
def test_names_of_evaluation_files(path: str, expected: bool) -> None:
    assert bool(evaluation_name(path)) is expected


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("faq_test_docks.json", ["faq_train_docks.json"], True), ("faq.Dev.v2.csv", ["faq.Training.v2.csv"], True),
        ("unit_test_generation.jsonl", [], False), ("unit_test_generation.jsonl", ["train.jsonl"], False),
        ("faq_test_docks.json", ["faq_train_boats.json"], False), ("sft_test_de.json", ["sft_train_de.json"], False),
        ("faq_latest_de.json", ["faq_latrain_de.json"], False),
        ("FAQ_trial.csv", ["FAQ_train.csv"], True), ("trial.csv", ["train.csv"], True), ("trial.csv", [], False),
        ("devClean.csv", ["trainClean.csv"], True), ("devClean.csv", [], False), ("DevOps.csv", ["train.csv"], False),
        ("faqTest.csv", ["faqTrain.csv"], True), ("webDev.csv", ["train.csv"], False),
        ("queries.tsv", ["qrels.tsv"], True), ("arg_queries.jsonl", ["arg_qrels.tsv"], True),
        ("queries.tsv", [], False), ("queries_2.tsv", ["qrels.tsv"], False),
        ("train_queries.tsv", ["qrels.tsv"], False),
        ("drug_trial_2.csv", ["train.csv"], False), ("trials.csv", ["trains.csv"], False),
        ("docks/test/en/rows.json", ["docks/train/en.json"], True), ("test/en/rows.json", ["train/en/rows.json"], True),
        ("docks/test/en/rows.json", ["boats/train/en.json"], False),
    ],
)  # fmt: skip
def test_a_word_inside_a_name_counts_next_to_the_training_file(
    tmp_path: Path, name: str, others: list[str], expected: bool
) -> None:
    for other in others:
        (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / other).write_text("")
    assert bool(evaluation_name(str(tmp_path / name))) is expected


@every(
    ("shapes", "paths", "alone", "kind"),
    [
        (["openai-chat"], ["rows.jsonl"], True, "sft"),
        (["preference", "kto", "openai-chat"], ["rows.jsonl"], True, "preference"),
        (["openai-rft"], ["rows.jsonl"], True, "rl"),
        (["text"], ["rows.jsonl"], True, "text"),
        (["text-label"], ["rows.jsonl"], True, "sft"),
        (["text", "alpaca"], ["rows.jsonl"], True, "sft"),
        (["preference"], ["test.jsonl"], True, "evaluation"),
        ([], ["test.jsonl"], True, "evaluation"),
        (["alpaca"], ["test.jsonl"], False, "sft"),
        (["alpaca"], ["test.jsonl", "rows.jsonl"], True, "sft"),
        (["unknown"], ["rows.jsonl"], True, "sft"),
        (["unknown", "unknown", "kto"], ["rows.jsonl"], True, "preference"),
        ([], [], True, "sft"),
    ],
)
def test_what_decides_the_kind(shapes: list[str], paths: list[str], alone: bool, kind: Kind) -> None:
    examples = pl.DataFrame({"shape": shapes}, schema={"shape": pl.String})
    assert kind_of(examples, paths, shape_kinds({}), alone=alone) == kind


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ({"text": "t"}, "text"),
        ({"prompt": "p", "response": "r"}, "sft"),
        ({"chosen": "a", "rejected": "b"}, "preference"),
    ],
)
def test_mapped_columns_have_the_kind_of_what_they_mean(columns: dict[str, str], kind: Kind) -> None:
    examples = pl.DataFrame({"shape": ["mapped"]})
    assert kind_of(examples, ["rows.jsonl"], shape_kinds(columns), alone=True) == kind


LIMITS: list[tuple[str, Kind, int, Verdict]] = [
    ("guide", "preference", 500, P), ("guide", "preference", 499, W), ("guide", "preference", 100, W),
    ("guide", "preference", 99, F), ("guide", "rl", 499, W), ("guide", "rl", 99, F),
    ("guide", "text", 500, P), ("guide", "text", 499, F), ("strict", "text", 999, W), ("strict", "text", 499, F),
    ("guide", "evaluation", 50, P), ("guide", "evaluation", 49, W), ("guide", "evaluation", 1, W),
    ("guide", "evaluation", 0, F),
    ("strict", "preference", 499, F), ("strict", "evaluation", 199, W), ("strict", "evaluation", 49, F),
    ("minimal", "preference", 10, W), ("minimal", "preference", 9, F), ("minimal", "evaluation", 1, P),
    ("minimal", "evaluation", 0, F),
]  # fmt: skip


@every(("name", "kind", "rows", "verdict"), LIMITS)
def test_limits_by_kind(name: str, kind: Kind, rows: int, verdict: Verdict) -> None:
    gate = profile(name)["effective-examples"].of_kind(kind)
    fails, warns = (limit is not None and limit.holds(rows) for limit in (gate.fail, gate.warn))
    assert (F if fails else W if warns else P) is verdict


@every("kind", ["sft", "preference", "rl", "text", "evaluation"])
@every("rows", [0, 9, 10, 49, 50, 99, 100, 199, 200, 499, 500, 999, 1000])
def test_strict_is_never_milder_and_minimal_never_stricter(kind: Kind, rows: int) -> None:
    found = []
    for name in ("minimal", "guide", "strict"):
        gate = profile(name)["effective-examples"].of_kind(kind)
        fails, warns = (limit is not None and limit.holds(rows) for limit in (gate.fail, gate.warn))
        found.append(2 if fails else int(warns))
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("kind", "warn", "fail"),
    [("sft", None, 200), ("preference", 500, 200), ("rl", 500, 200), ("text", None, 200), ("evaluation", 50, 1)],
)
def test_a_users_limit_is_for_every_kind_that_is_trained_on(kind: Kind, warn: int | None, fail: int) -> None:
    gates = load_gates(Settings(gates={"effective-examples": GateOverride(fail=200)}))
    gate = gates["effective-examples"].of_kind(kind)
    assert (gate.warn and gate.warn.value, gate.fail and gate.fail.value) == (warn, fail)
    assert gate.fail is not None
    assert (gate.fail.source == "set by the caller") is (kind != "evaluation")


def test_a_users_limit_beyond_the_kinds_other_one_replaces_it() -> None:
    gates = load_gates(Settings(gates={"effective-examples": GateOverride(fail=1000)}))
    gate = gates["effective-examples"].of_kind("preference")
    assert gate.fail is not None
    assert (gate.warn, gate.fail.value) == (None, 1000)


def test_an_evaluation_set_of_which_nothing_can_be_used_fails(tmp_path: Path) -> None:
    (tmp_path / "eval.csv").write_text("question,answer\n" + ",\n" * 60, encoding="utf-8")
    report = datalint.lint(tmp_path / "eval.csv")
    assert report.kind == "evaluation"
    assert report.factors["volume"].verdict is F
    (finding,) = report.findings.of("VOL001", 2)
    assert finding.message.startswith("0 effective examples, minimum 50 (60 rows read: 60 empty)")


def lint(folder: Path, name: str, row: str, rows: int, **options: Any) -> datalint.Report:
    path = folder / name
    path.write_text("".join(row.format(f"Word{number:03d} stands here") for number in range(rows)), encoding="utf-8")
    return datalint.lint(path, config={"select": ["VOL", "RDY"]}, **options)


@pytest.mark.parametrize("gate", ["template-family-share", "template-copy-share"])
def test_a_benchmark_may_be_filled_into_templates(gate: str) -> None:
    gates = [profile(name)[gate] for name in ("guide", "strict", "minimal")]
    assert {verdict_of(each.of_kind("evaluation"), 1, {}) for each in gates} == {P}
    assert verdict_of(gates[0].of_kind("sft"), 1, {}) is not P


def test_preference_data(tmp_path: Path) -> None:
    report = lint(tmp_path, "rows.jsonl", PREFERENCE, 120)
    assert (report.kind, report.to_dict()["kind"]) == ("preference", "preference")
    [volume] = report.factors["volume"].gates
    assert (volume.warn, volume.fail) == ("under 500", "under 100")
    assert "VOL001" not in report.rules or report.rules["VOL001"].severity.value == "warning"


def test_an_evaluation_set_that_is_checked_alone(tmp_path: Path) -> None:
    report = lint(tmp_path, "gsm8k_test.jsonl", SFT, 60)
    assert report.kind == "evaluation"
    assert {"VOL001", "RDY001"}.isdisjoint(report.rules)
    assert report.factors["volume"].verdict is P
    readiness = report.factors["readiness"]
    assert (readiness.verdict, readiness.remedy) == (Verdict.NOT_ASSESSED, "this is an evaluation set itself")
    assert any("gsm8k_test.jsonl is checked as an evaluation set" in note for note in report.notes)


def test_a_small_evaluation_set_warns(tmp_path: Path) -> None:
    report = lint(tmp_path, "test.jsonl", SFT, 9)
    [finding] = report.findings.of("VOL001")
    assert (finding.severity.value, finding.message) == ("warning", "9 effective examples, minimum 50")
    assert report.factors["volume"].verdict is W


def test_with_an_evaluation_set_beside_it_the_file_is_trained_on(tmp_path: Path) -> None:
    (tmp_path / "held.jsonl").write_text(SFT.format("Other words"), encoding="utf-8")
    report = lint(tmp_path, "test.jsonl", SFT, 9, eval=tmp_path / "held.jsonl")
    assert report.kind == "sft"
    assert report.factors["volume"].verdict is F
