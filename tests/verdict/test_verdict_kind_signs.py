"""What a few rows show of the kind of data, where shape and file names do not say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.core.results import Verdict
from datalint.support.varied import sentence

CHATS = {
    "ChatML": "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n{0}?<|im_end|>\n<|im_start|>assistant\n{0}.",
    "Llama 3": "<|start_header_id|>user<|end_header_id|>\n{0}?<|start_header_id|>assistant<|end_header_id|>\n{0}",
    "Llama 2": "<s>[INST] {0}? [/INST] {0}. </s>",
    "Gemma": "<start_of_turn>user\n{0}?<end_of_turn>\n<start_of_turn>model\n{0}.",
    "Zephyr": "<|system|>\nBe brief.\n<|user|>\n{0}?\n<|assistant|>\n{0}.",
    "DeepSeek": "<｜User｜>{0}?<｜Assistant｜>{0}.",
    "Alpaca": "Below is an instruction.\n\n### Instruction:\n{0}?\n\n### Response:\n{0}.",
    "Guanaco": "### Human: {0}?\n### Assistant: {0}.",
    "Anthropic": "\n\nHuman: {0}?\n\nAssistant: {0}.",
    "OpenAssistant in one line": "### Human: {0}?### Assistant: {0}.### Human: Thanks",
    "Vicuna": "A chat between a user and an assistant. USER: {0}? ASSISTANT: {0}.</s>",
    "OpenChatKit": "<human>: {0}?\n<bot>: {0}.",
    "Baize": "The conversation between human and AI.\n[|Human|] {0}?\n[|AI|] {0}.\n[|Human|] ",
    "questions": "Question: {0}?\nAnswer: {0}.",
    "Chinese": "用户：{0}？\n助手：{0}。",
}
TEXTS = {
    "prose": "The story of {0} is long.",
    "only an answer": "<|im_start|>assistant\n{0}.",
    "the other way round": "### Response:\n{0}.\n\n### Instruction:\n{0}?",
    "a page about a template": "The tag [INST] opens what {0} asks.",
    "a forum": "{0} asks. Question: {0}?\nAnswer: {0}.",
    "letters": "Q: {0}?\nA: {0}.",
    "a prompt": "Question: {0}?\nAnswer:",
    "options": "Question: Which is {0}?\nA: {0}.\nB: none.",
    "a question about a marker": "User: is a word, and {0} asks. The answer is no: {0}.",
    "tags that are closed": "<input>{0}</input> <output>{0}</output>",
    "prose about a human": "Human: the word is old. {0}.",
    "a play": "Helmer: {0}?\nNora: {0}.",
}


#: The rules that judge by the kind; the others take twice as long.
SELECT = {"select": ["VOL", "RDY", "FMT209"]}


def lint(rows: list[dict[str, Any]], response: str | None = None, **options: Any) -> datalint.Report:
    columns = {} if response is None else {"columns": {"prompt": "question", "response": response}}
    return datalint.lint(rows, config=SELECT | columns, **options)


def kind_of(data: Any, response: str | None = None, config: dict[str, Any] | None = None, **options: Any) -> str | None:
    """Return the kind of data, found in a run of one rule, as no rule decides it."""
    columns = {} if response is None else {"columns": {"prompt": "question", "response": response}}
    return datalint.lint(data, config={"select": ["FMT001"], **columns, **(config or {})}, **options).kind


def texts(pattern: str, size: int = 60) -> list[dict[str, Any]]:
    return [{"text": pattern.format(f"Word{number:03d} stands here")} for number in range(size)]


@pytest.mark.parametrize("pattern", CHATS.values(), ids=CHATS)
def test_conversations_written_out_are_instruction_tuning(pattern: str) -> None:
    report = lint(texts(pattern))
    assert report.kind == "sft"
    assert any("conversations with the markers of a template" in note for note in report.notes)
    [finding] = report.findings.of("VOL001")
    assert "minimum 500; under 100 a model overfits" in finding.message
    assert report.factors["volume"].verdict is Verdict.FAIL


@pytest.mark.parametrize("pattern", TEXTS.values(), ids=TEXTS)
def test_other_texts_are_plain(pattern: str) -> None:
    assert kind_of(texts(pattern)) == "text"


def test_a_few_conversations_among_texts_do_not_decide() -> None:
    assert kind_of([*texts(CHATS["ChatML"], 30), *texts(TEXTS["prose"], 30)]) == "text"
    assert kind_of([*texts(CHATS["ChatML"], 58), *texts(TEXTS["prose"], 2)]) == "sft"


def golden(*keys: str, size: int = 60) -> list[dict[str, Any]]:
    return [
        {"question": f"Where is Word{number:03d}?", **{key: f"{key} says Word{number:03d}." for key in keys}}
        for number in range(size)
    ]


@pytest.mark.parametrize(
    "keys",
    [
        ("gold_answer", "expected_doc_id"),
        ("reference", "reference_contexts"),
        ("reference", "synthesizer_name"),
        ("expected_answer", "expected_chunk_quote"),
        ("expected_answer", "relevant_doc_ids"),
        ("expected_answer", "evaluation_criteria"),
        ("Golden Answer", "Expected Source"),
        ("canonical_solution", "entry_point"),
        ("answer", "gold_chunk_id"),
        ("respuesta_esperada", "fuente_esperada"),
        ("erwartete_antwort", "erwartete_fakten"),
    ],
)
def test_golden_sets_are_evaluation_sets(keys: tuple[str, ...]) -> None:
    report = lint(golden(*keys), response=keys[0])
    assert report.kind == "evaluation"
    assert {"VOL001", "RDY001"}.isdisjoint(report.rules)
    [note] = [note for note in report.notes if "evaluation set" in note]
    assert all(key in note for key in keys)
    assert note.endswith("; if it is training data: --kind sft")


@pytest.mark.parametrize(
    "keys",
    [
        ("gold_answer",),
        ("expected_output", "expected_source"),
        ("answer", "expected_doc_id"),
        ("reference_answer", "reference_document"),
        ("ground_truth_answer", "rubric"),
        ("answer", "answerable", "source_hint"),
    ],
)
def test_other_keys_do_not_decide(keys: tuple[str, ...]) -> None:
    assert kind_of(golden(*keys), response=keys[0]) == "sft"


@pytest.mark.parametrize(("key", "kind"), [("canary", "evaluation"), ("canary_string", "evaluation"), ("mark", "sft")])
def test_rows_with_a_canary_are_an_evaluation_set(key: str, kind: str) -> None:
    rows = [row | {key: "canary 7f2: keep this out of training"} for row in golden("answer", size=600)]
    assert kind_of(rows, response="answer") == kind
    assert kind_of([row | {key: number % 2} for number, row in enumerate(rows)], response="answer") == "sft"


def test_answers_whose_parts_are_annotated_are_what_is_judged() -> None:
    def rows(parts: int, *, as_text: bool) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for number in range(20):
            said = [f"{sentence(number * 9 + part)}." for part in range(3)]
            marks: Any = [{"text": each, "supported": part != 1} for part, each in enumerate(said[:parts])]
            marks = json.dumps(marks) if as_text else marks
            found.append({"question": sentence(number), "answer": " ".join(said), "marks": marks})
        return found

    assert kind_of(rows(3, as_text=True), response="answer") == "evaluation"
    assert kind_of(rows(3, as_text=False), response="answer") == "evaluation"
    # A citation is a part of an answer too.
    assert kind_of(rows(1, as_text=False), response="answer") == "sft"


def test_tokens_are_no_annotated_parts() -> None:
    def rows(**more: object) -> list[dict[str, Any]]:
        texts = [sentence(number) for number in range(20)]
        tokens = [
            [{"text": word, "start": text.index(word), "end": text.index(word) + len(word), "id": n} | more
             for n, word in enumerate(text.split())]
            for text in texts
        ]  # fmt: skip
        return [{"question": text, "answer": text, "tokens": each} for text, each in zip(texts, tokens, strict=True)]

    assert kind_of(rows(), response="answer") == "sft"
    assert kind_of(rows(supported=True), response="answer") == "evaluation"


def test_questions_next_to_the_results_of_an_experiment_may_be_an_evaluation_set(tmp_path: Path) -> None:
    def is_unclear() -> bool:
        path.write_text("".join(json.dumps(row) + "\n" for row in golden("answer")))
        return any("may be an evaluation set" in note or "suggests" in note for note in datalint.lint(path).notes)

    path = tmp_path / "questions.jsonl"
    assert not is_unclear()
    (tmp_path / "experiment_results").mkdir()
    assert is_unclear()


@pytest.mark.parametrize("key", ["ground_truth", "Ground Truths", "reference", "references"])
def test_a_few_questions_with_the_truth_are_an_evaluation_set(key: str) -> None:
    assert kind_of(golden(key), response=key) == "evaluation"
    assert kind_of(golden(key, size=500), response=key) == "sft"
    assert kind_of(golden(key, "answer"), response="answer") == "sft"
    rows = [row | {key: str(number)} for number, row in enumerate(golden(key))]
    assert kind_of(rows, response=key) != "evaluation"


def test_the_items_of_an_experiment_are_an_evaluation_set() -> None:
    rows = [{"input": row["question"], "expectedOutput": row["ground_truth"]} for row in golden("ground_truth")]
    config = {"columns": {"prompt": "input", "response": "expectedOutput"}}
    assert kind_of(rows, config=config) == "evaluation"
    snake = [{"input": row["input"], "expected_output": row["expectedOutput"]} for row in rows]
    config = {"columns": {"prompt": "input", "response": "expected_output"}}
    assert kind_of(snake, config=config) == "sft"


@pytest.mark.parametrize(
    ("keys", "answer", "kind"),
    [
        (("gpt-5", "gemini-2.5-pro", "o3"), "The dock is full.", "evaluation"),
        (("gpt-5",), "", "evaluation"),
        (("gpt-5", "gemini-2.5-pro", "o3"), "yes", "sft"),
        (("gemini_thinking_trajectory", "gemini_attempt", "o3"), "The dock is full.", "sft"),
        (("notes",), "", "rl"),
    ],
)
def test_what_several_models_answer_is_an_evaluation(keys: tuple[str, ...], answer: str, kind: str) -> None:
    rows = [row | dict.fromkeys(keys, answer) for row in golden(size=60)]
    config = {"columns": {"prompt": "question"}} if not answer else None
    assert kind_of(rows, config=config) == kind


@pytest.mark.parametrize(
    ("key", "size", "kind"), [("question_id", 60, "evaluation"), ("question_id", 600, "rl"), ("source", 60, "rl")]
)
def test_prompts_with_the_keys_of_a_benchmark_are_an_evaluation_set(key: str, size: int, kind: str) -> None:
    said = [[f"Where is Word{number:03d}?", "And how deep is it?"] for number in range(size)]
    assert kind_of([{key: "a1", "category": "docks", "turns": turns} for turns in said]) == kind


@pytest.mark.parametrize(
    ("keys", "size", "kind"),
    [
        (("expected_facts", "expected_sources"), 60, "evaluation"),
        (("fatos_esperados", "fontes_esperadas"), 60, "evaluation"),
        (("must_contain", "must_not_contain"), 60, "evaluation"),
        (("expected_facts",), 60, "rl"),
        (("expected_facts", "expected_sources"), 600, "rl"),
    ],
)
def test_prompts_with_two_keys_of_what_is_expected_are_an_evaluation_set(
    keys: tuple[str, ...], size: int, kind: str
) -> None:
    rows = [row | {key: ["full", row["question"]] for key in keys} for row in golden(size=size)]
    assert kind_of(rows, config={"columns": {"prompt": "question"}}) == kind


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("answer", "generated_answer"), True),
        (("Respuesta", "Respuesta modelo"), True),
        (("réponse attendue",), True),
        (("answer", "short_answer"), False),
        (("model_answer",), False),
    ],
)
def test_a_key_in_any_language_may_suggest_an_evaluation_set(keys: tuple[str, ...], said: bool) -> None:
    report = lint(golden(*keys), response=keys[0])
    assert report.kind == "sft"
    assert any("suggests that this is an evaluation set" in note for note in report.notes) == said


CHECKED = [
    {"prompt": f"Write {number} words on docks.", "instruction_id_list": ["length"], "kwargs": [{"words": number}]}
    for number in range(600)
]
ASSERTED = [
    {"vars": {"query": f"Sell me dock {number} for a song."}, "assert": [{"type": "llm-rubric"}]}
    for number in range(600)
]


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("qa_90.jsonl", golden("ground_truth"), "evaluation"),
        ("qa_train_90.jsonl", golden("ground_truth"), "sft"),
        ("sft/qa_90.jsonl", golden("ground_truth"), "sft"),
        ("docks.jsonl", CHECKED, "evaluation"),
        ("docks_train.jsonl", CHECKED, "rl"),
        ("docks.jsonl", ASSERTED, "evaluation"),
    ],
)
def test_names_go_before_keys(name: str, rows: list[dict[str, Any]], kind: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assert kind_of(file) == kind


def test_prompts_that_nobody_answers_are_an_evaluation_set_by_a_weak_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [[{"role": "user", "content": text["text"]}] for text in texts("Where is {0}?", 20)]
    answered = [*asked[:-1], [*asked[-1], {"role": "assistant", "content": "Here."}]]
    tagged = [{"tokens": messages[0]["content"].split(), "ner_tags": ["O"] * 5} for messages in asked]
    for name, rows, kind in (
        ("talkbench", [{"messages": messages} for messages in asked], "evaluation"),
        ("talks", [{"messages": messages} for messages in asked], "sft"),
        ("chatbench", [{"messages": messages} for messages in answered], "sft"),
        ("tagbench", tagged, "sft"),
    ):
        (tmp_path / name).mkdir()
        lines = "".join(f"{json.dumps(row)}\n" for row in rows)
        (tmp_path / name / "rows.jsonl").write_text(lines, encoding="utf-8")
        report = datalint.lint(tmp_path / name, config=SELECT)
        assert report.kind == kind
        found = {finding.severity for finding in report.findings if finding.rule == "FMT209"}
        assert found == (set() if rows is tagged else {"info" if kind == "evaluation" else "error"})


@pytest.mark.parametrize(
    ("name", "answered", "kind"),
    [("sft_prompts.jsonl", False, "rl"), ("sft_prompts.jsonl", True, "sft"), ("sft_chats.jsonl", False, "sft")],
)
def test_chats_that_nobody_answers_are_prompts_by_the_name_of_their_file(
    tmp_path: Path, name: str, answered: bool, kind: str
) -> None:
    chats = [[{"role": "user", "content": text["text"]}] for text in texts("Where is {0}?", 20)]
    if answered:
        chats[-1].append({"role": "assistant", "content": "Here."})
    (tmp_path / name).write_text("".join(f"{json.dumps({'messages': each})}\n" for each in chats), encoding="utf-8")
    report = datalint.lint(tmp_path / name, config=SELECT)
    assert report.kind == kind
    found = [finding.severity for finding in report.findings if finding.rule == "FMT209"]
    assert set(found) == {"info" if kind == "rl" else "error"}
    assert any("--kind sft" in note for note in report.notes) == (kind == "rl")


def test_a_key_that_some_rows_lack_does_not_decide() -> None:
    rows = golden("gold_answer", "expected_doc_id")
    del rows[0]["expected_doc_id"]
    assert kind_of(rows, response="gold_answer") == "sft"


@pytest.mark.parametrize(
    ("name", "splits", "kind"),
    [
        ("rows.jsonl", ["test"] * 20, "evaluation"),
        ("rows.jsonl", ["Test "] * 20, "evaluation"),
        ("rows.jsonl", ["test"] * 19 + ["train"], "sft"),
        ("rows.jsonl", ["test"] * 19 + [""], "sft"),
        ("train.jsonl", ["test"] * 20, "sft"),
        ("rows.jsonl", ["train"] * 20, "sft"),
        ("rows.jsonl", ["challenge"] * 20, "evaluation"),
        ("rows.jsonl", ["Held_Out"] * 20, "evaluation"),
        ("rows.jsonl", ["test_clean"] * 20, "evaluation"),
        ("rows.jsonl", ["evaluation"] * 5 + ["test"] * 15, "evaluation"),
        ("rows.jsonl", ["test"] * 15 + ["validation"] * 4 + ["all"], "sft"),
        ("train.jsonl", ["challenge"] * 20, "sft"),
        *(
            ("rows.jsonl", [said] * 20, "sft")
            for said in ("all", "main", "default", "hard", "3", "test_train", "tests")
        ),
    ],
)
def test_rows_that_all_say_that_they_are_held_out_are_an_evaluation_set(
    name: str, splits: list[str], kind: str, tmp_path: Path
) -> None:
    rows = [{**row, "split": said} for row, said in zip(answered("Dock {0} is full.", 20), splits, strict=True)]
    rows = [{"instruction": row["prompt"], "output": row["answer"], "split": row["split"]} for row in rows]
    (tmp_path / name).write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    report = datalint.lint(tmp_path / name, config=SELECT)
    assert report.kind == kind
    said = " or ".join(f"'{each}'" for each in dict.fromkeys(split.strip().lower() for split in splits))
    noted = f"'split' is {said} in all rows"
    assert any(noted in note for note in report.notes) == (kind == "evaluation")


@pytest.mark.parametrize(
    ("key", "kind"), [("Data-Split", "evaluation"), ("datasplit", "evaluation"), ("set", "sft"), ("split_of", "sft")]
)
def test_the_key_of_a_split_may_have_a_longer_name(key: str, kind: str, tmp_path: Path) -> None:
    rows = [{"instruction": row["prompt"], "output": row["answer"], key: "eval"} for row in answered("Dock {0}.", 20)]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    assert datalint.lint(tmp_path / "rows.jsonl", config=SELECT).kind == kind


def test_the_kind_that_is_given_goes_before_keys_and_texts() -> None:
    rows = golden("gold_answer", "expected_doc_id")
    assert kind_of(rows, "gold_answer", config={"kind": "sft"}) == "sft"
    report = datalint.lint(texts(CHATS["ChatML"]), config={"kind": "text"})
    assert (report.kind, report.notes) == ("text", ())


def test_with_an_evaluation_set_it_is_trained_on() -> None:
    rows = golden("gold_answer", "expected_doc_id")
    report = lint(rows[:40], eval=rows[40:], response="gold_answer")
    assert report.kind == "sft"


def answered(answer: str, size: int = 30) -> list[dict[str, Any]]:
    return [{"prompt": f"What of dock {n}?", "answer": answer.format(n)} for n in range(size)]


@pytest.mark.parametrize(
    "answer",
    [
        "Dock {0} is full, and will be so until the evening.",
        "{0}号码头已经停满了,晚上之前都不会有空位。",
        "{0}番の桟橋は満員で、夕方まで空きません。",
        "ท่าเรือที่ {0} เต็มแล้วและจะเต็มไปจนถึงตอนเย็น",
        "def free(dock):\n    places = count(dock, {0})\n    return places - taken(dock)",
    ],
)
def test_answers_that_are_sentences_are_learned(answer: str) -> None:
    report = lint(answered(answer))
    assert report.kind == "sft"
    assert any("the answers are sentences" in note for note in report.notes)


@pytest.mark.parametrize(
    ("prompt", "answer", "kind"),
    [
        ("桟橋{0}は満員", "桟橋(pier){0}_は_満員(full)", "sft"),
        ("dock {0} is full", "dock/NN {0}/CD is/VB full/JJ", "sft"),
        ("dock {0} is full", "dock {0} is full", "rl"), ("dock {0} is full", "full is {0} dock", "rl"),
        ("{0} + 1", "{0} + 1 #### {0}", "rl"), ("dock", "dock is full", "rl"),
    ],
)  # fmt: skip
def test_answers_that_are_their_prompts_with_additions_are_learned(prompt: str, answer: str, kind: str) -> None:
    assert kind_of([{"prompt": prompt.format(n), "answer": answer.format(n)} for n in range(10, 40)]) == kind


@pytest.mark.parametrize(("size", "kind"), [(4, "rl"), (5, "sft")])
def test_a_few_answers_that_are_long_sentences_are_learned(size: int, kind: str) -> None:
    text = "Dock {0} is full, and will be so until the evening, as the keeper of the gate said to all who asked her."
    assert kind_of(answered(text, size)) == kind


def solved(solution: str) -> list[dict[str, Any]]:
    return [{"prompt": row["prompt"], "solution": row["answer"]} for row in answered(solution)]


def test_solutions_that_are_sentences_without_a_result_are_learned() -> None:
    steps = "#### Step one\nDock {0} is full: open gate {0} first.\n#### Step two\nThen tow the boat away by hand."
    assert lint(solved(steps)).kind == "sft"


@pytest.mark.parametrize(
    "rows",
    [
        solved("Dock {0} has nine places, and six of them are taken, so that \\boxed{{{0}}} are free."),
        answered("{0}"),
        answered("Dock {0} is full"),
        answered("Dock {0} has nine places.\nSix of them are taken by boats.\n#### {0}"),
        answered("Dock {0} has nine places.\nSix of them are taken by boats.\nThe answer is {0}"),
        answered('[\n  "dock {0} is full",\n  "and will be so until the evening"\n]'),
        answered("The dock is full, and will be so until the evening."),
        answered("Dock {0} is full, and will be so until the evening.", size=9),
        [row | {"ground_truth": row.pop("answer")} for row in answered("Dock {0} is full until the evening comes.")],
    ],
)
def test_other_answers_are_for_a_reward(rows: list[dict[str, Any]]) -> None:
    assert kind_of(rows) == "rl"


def test_questions_with_empty_lists_of_answers_are_prompts() -> None:
    rows = [{"question": f"Is dock {n} full?", "answer": []} for n in range(20)]
    assert kind_of(rows) == "rl"
    assert kind_of([*rows[:-1], rows[-1] | {"answer": "No."}]) == "sft"
    assert kind_of([row | {"answer": ""} for row in rows]) == "sft"
    assert kind_of(rows[:5]) == "sft"
