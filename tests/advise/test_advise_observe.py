"""What rows show: kind of task, labels, JSON, a constant prompt, names and numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from every import every

from datalint.advise.advice import advise
from datalint.advise.facts import Answers, DataFacts, Training
from datalint.advise.grounding import grounding
from datalint.config.load import load_settings
from datalint.config.model import TrainingPlan
from datalint.core.registry import Registry
from datalint.operations.advise import read_facts
from datalint.report.advice.text import to_text
from datalint.sources import open_sources


def facts(folder: Path, rows: Sequence[Mapping[str, Any]], name: str = "train.jsonl") -> DataFacts:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    registry = Registry.default()
    # The rules are not what is tested.
    settings = load_settings(registry=registry, isolated=True, overrides={"select": ("RDY107",)})
    return read_facts(settings, registry, open_sources([str(path)])).data


SYSTEM = {"role": "system", "content": "You are the assistant of a bicycle workshop. " * 12}


def chat(*turns: str, system: bool = False) -> dict[str, Any]:
    roles = ("user", "assistant")
    messages = [{"role": roles[at % 2], "content": turn} for at, turn in enumerate(turns)]
    return {"messages": [SYSTEM, *messages] if system else messages}


CALL = {"id": "c", "type": "function", "function": {"name": "find", "arguments": "{}"}}
TASKS = {
    "classification": [
        {"prompt": f"Is number {n} even?", "completion": "even" if n % 2 == 0 else "odd"} for n in range(40)
    ],
    "tagging": [{"tokens": ["Ada", "saw", f"hat{n}"], "tags": ["B-PER", "O", "O"]} for n in range(30)],
    "structured-output": [
        {"prompt": f"Order {n}", "completion": json.dumps({"item": f"hat {n}", "count": n})} for n in range(30)
    ],
    "tool-use": [
        {
            "messages": [
                {"role": "user", "content": f"Find {n}"},
                {"role": "assistant", "content": None, "tool_calls": [CALL]},
                {"role": "tool", "tool_call_id": "c", "content": "found"},
                {"role": "assistant", "content": f"It is there, at shelf {n}."},
            ]
        }
        for n in range(30)
    ],
    "preference": [{"prompt": f"q {n}", "chosen": f"yes, {n}", "rejected": f"no, {n}"} for n in range(30)],
    "reinforcement": [{"prompt": f"Add {n} and {n}"} for n in range(30)],
    "continuation": [{"text": f"Chapter {n}. It was a dark night."} for n in range(30)],
    "chat": [chat(f"a {n}", f"b {n}", f"c {n}", f"d {n}") for n in range(30)],
    "generation": [{"prompt": f"Write about {n}", "completion": f"Of {n} much can be said."} for n in range(30)],
}


@pytest.mark.parametrize("task", TASKS)
def test_the_kind_of_task(task: str, tmp_path: Path) -> None:
    assert facts(tmp_path, TASKS[task]).task == task


@pytest.mark.parametrize(
    ("half", "what"),
    [
        ({"body": {"messages": [{"role": "user", "content": "Is dock {n} full?"}]}}, "requests"),
        ({"response": {"body": {"choices": [{"message": {"content": "No, {n} is free."}}]}}}, "answers"),
    ],
)
def test_halves_of_a_batch_show_nothing_until_they_are_joined(half: Any, what: str, tmp_path: Path) -> None:
    text = json.dumps({"custom_id": "{n}", **half})
    found = facts(tmp_path, [json.loads(text.replace("{n}", str(n))) for n in range(30)])
    assert (found.task, found.because, found.grounding) == (None, "no row is an example yet", None)
    assert found.to_join.startswith(f"{what}, to be joined with their ")
    advice = to_text(advise(Answers(), found, Training(plan=TrainingPlan()), date(2030, 1, 1)))
    assert f"the rows are {found.to_join}" in " ".join(advice.split())
    assert "effective example" not in advice


@pytest.mark.parametrize(
    ("task", "text"),
    [
        ("chat", "user: Is it open on day {n}?\nassistant: Yes.\nuser: And late?\nassistant: Until ten."),
        ("generation", "table: shops\nQ: Which shops are open on day {n}?\nA: SELECT name FROM shops"),
        ("continuation", "Chapter {n}\nNote: the assistant asked: who is there?"),
    ],
)
def test_texts_that_are_transcripts(task: str, text: str, tmp_path: Path) -> None:
    found = facts(tmp_path, [{"text": text.replace("{n}", str(n))} for n in range(30)])
    assert (found.task, found.grounding) == (task, None)


def test_spans_of_texts_are_tags(tmp_path: Path) -> None:
    spans = [
        {"text": f"Ada saw hat {n} there.", "entities": [{"start": 0, "end": 3, "label": "PERSON"}]} for n in range(30)
    ]
    found = facts(tmp_path, spans)
    assert (found.task, "labels for parts of their text" in found.because) == ("tagging", True)


def test_token_ids_show_no_answers(tmp_path: Path) -> None:
    found = facts(tmp_path, [{"input_ids": [n, 7, 8], "labels": [-100, 7, 8]} for n in range(30)])
    assert (found.task, found.grounding, "token ids" in found.because) == ("generation", None, True)


def test_an_evaluation_set_is_none_to_train_on(tmp_path: Path) -> None:
    assert facts(tmp_path, TASKS["generation"], "test.jsonl").task == "evaluation"


def test_answers_that_thousands_share_are_labels_of_any_length(tmp_path: Path) -> None:
    rows = [
        {"prompt": f"Question {n}", "completion": f"Answer {n % 3}, in a long sentence. {'So it is. ' * 9}"}
        for n in range(60)
    ]
    assert facts(tmp_path, rows).task == "classification"
    assert facts(tmp_path, rows[:30]).task == "generation"


def test_what_pictures_show_and_what_is_rejected_add_no_facts(tmp_path: Path) -> None:
    named = "This is Bela, the queen of Mera."
    pictures = [{**chat(f"<image>Who is it, {n}?", named), "images": [f"{n}.png"]} for n in range(20)]
    found = facts(tmp_path, [*pictures, *TASKS["generation"]]).grounding
    assert found is not None
    assert (found.sampled, found.ungrounded) == (30, 0)
    pairs = [{"prompt": f"q {n}", "chosen": f"Nobody knows, {n}.", "rejected": named} for n in range(30)]
    found = facts(tmp_path, pairs).grounding
    assert found is not None
    assert found.ungrounded == 0


def test_few_examples_are_no_labels(tmp_path: Path) -> None:
    rows = [{"prompt": f"What is {n}?", "completion": f"It is {n}."} for n in range(15)]
    assert facts(tmp_path, rows).task == "generation"


def test_labels_are_listed_and_counted(tmp_path: Path) -> None:
    found = facts(tmp_path, TASKS["classification"])
    assert (found.answers, set(found.labels)) == (2, {"even", "odd"})


def test_json_needs_one_set_of_keys(tmp_path: Path) -> None:
    found = facts(tmp_path, TASKS["structured-output"])
    assert (found.json_keys, found.json_share) == (("item", "count"), 1.0)
    fenced = [{**row, "completion": f"```json\n{row['completion']}\n```"} for row in TASKS["structured-output"]]
    assert facts(tmp_path, fenced).json_keys == ("item", "count")
    mixed = [{"prompt": f"{n}", "completion": json.dumps({f"k{n % 3}": n})} for n in range(30)]
    assert (facts(tmp_path, mixed).json_keys, facts(tmp_path, mixed).task) == ((), "structured-output")


def test_the_common_system_prompt_is_measured(tmp_path: Path) -> None:
    found = facts(tmp_path, [chat(f"Hello {n}", f"Good day, {n}", system=True) for n in range(20)]).system
    assert found is not None
    assert found.share == 1.0
    assert found.tokens == pytest.approx(len(SYSTEM["content"].split()), rel=0.3)


def test_a_common_beginning_of_prompts_is_measured(tmp_path: Path) -> None:
    rows = [{"prompt": f"{SYSTEM['content']}{n}: tell me", "completion": f"told {n}"} for n in range(20)]
    found = facts(tmp_path, rows).system
    assert found is not None
    assert found.share == 1.0
    assert found.tokens == pytest.approx(len(SYSTEM["content"].split()), rel=0.3)


def test_a_short_system_prompt_hides_no_long_beginning(tmp_path: Path) -> None:
    rows = [chat(f"{SYSTEM['content']}{n}: tell me", f"told {n}") for n in range(20)]
    for row in rows:
        row["messages"].insert(0, {"role": "system", "content": "Be brief, kind and exact, and never guess. " * 3})
    found = facts(tmp_path, rows).system
    assert found is not None
    words = len(SYSTEM["content"].split()) + 3 * 8
    assert (found.share, found.tokens) == (1.0, pytest.approx(words, rel=0.3))


def test_lengths_of_preferences_are_those_of_one_side(tmp_path: Path) -> None:
    asked, answer = "Where is the key? " * 40, "It is under the mat. " * 40
    pair = facts(tmp_path, [{"prompt": asked, "chosen": answer, "rejected": answer}])
    assert pair.longest == pytest.approx(facts(tmp_path, [{"prompt": asked, "completion": answer}]).longest, abs=2)


def test_repeats_are_no_effective_examples(tmp_path: Path) -> None:
    rows = [{"prompt": "Is it open today?", "completion": "Yes, it is."}] * 3
    assert (facts(tmp_path, rows).effective, facts(tmp_path, rows).rows) == (1, 3)


def test_an_empty_file_shows_nothing(tmp_path: Path) -> None:
    found = facts(tmp_path, [])
    assert (found.rows, found.longest, found.read) == (0, 0, 0)


GROUNDED = [
    ("Who built the tower?", "It was built by Gustave Eiffel in 1889.", True),
    ("Gustave Eiffel built it in 1889. Who did?", "It was built by Gustave Eiffel in 1889.", False),
    ("gustave eiffel, 1889", "It was built by Gustave Eiffel in 1889.", False),
    ("How much is 12 * 35?", "It is 420, since 12 * 30 = 360 and 12 * 5 = 60.", False),
    ("Hallo", "Wir prüfen die Rechnung und der Kunde bekommt dann eine Antwort, das ist die Regel im Laden.", False),
    ("Write code", "```python\nclass Tower(Building):\n    built = 1889\n```", False),
    ("Write code", "public class Tower { List<Building> all = new ArrayList<>(); Paris p = (Paris) x; }", False),
    ("法律问题", "根据《中华人民共和国民法典》和《道路交通安全法》的规定，应当承担责任。", True),
    ("《民法典》和《道路交通安全法》怎么说？", "根据《民法典》和《道路交通安全法》的规定，应当承担责任。", False),
    ("Hi", "Hello! How can I help? Sure. Yes. OK. Please ask. Fine. Great.", False),
    ("Add", "We saw Robert's and Anna’s notes. True and False are values. Returns None.", True),
    ("Robert and Anna", "We saw Robert's and Anna’s notes.", False),
    ("Write", "How To Measure Marketing Success With Great Reports", False),
    ("Plan", "总结Dishes果汁和Water果汁，喝水很重要。", False),
    ("List", "- Apples\n- Bread\n1. Milk\nTitle: Shopping", False),
    ("Who developed the theory of relativity?", "Albert Einstein.", True),
    ("Did Einstein or Newton develop it?", "Albert Einstein.", False),
    ("Is it open?", "Yes, it is.", False),
    ("Explain MCHC", "The doctors of that ward name it Mean Corpuscular Hemoglobin Concentration.", False),
    ("Explain MCV", "The doctors of that ward name it Mean Corpuscular Hemoglobin Concentration.", True),
    (
        "法律问题",
        "根据《刑法》第九十条，结合上述情况，行为人应当依照法律规定承担相应的责任，并且应当依法予以赔偿损失，不得拒绝。",
        False,
    ),
    ("Solve it", "One side is $11$ Then the other one is $12$ Since both sum to $23$ The answer is 23.", False),
    ("", "", False),
]


@every(("prompt", "answer", "adds"), GROUNDED)
def test_names_and_numbers_of_answers(prompt: str, answer: str, adds: bool) -> None:
    found = grounding([(prompt, answer)], ["train.jsonl:1"])
    assert bool(found.ungrounded) == adds
    assert (found.row is not None) == adds


IN_PROMPT = [
    ("Gustave Eiffel built it in 1889. Who did?", "It was built by Gustave Eiffel in 1889.", True),
    ("When is the Lake School 2016?", "The Lake School 2016 takes place on 2020-03-24.", False),
    ("When is the Lake School 2016 of 12 days?", "The Lake School 2016 of 12 days is in room 4.", False),
    ("Plan the Lake School 2016.", "Lake School 2016\nVenue: Rose House", False),
    ("Who funds the Lake School 2016 of 12 days?", "The Lake School 2016 of 12 days: NASA.", False),
    ("Lake School 2016은 어디에 있나요?", "Lake School 2016은 서울에 있습니다.", False),
    ("Lake School 2016은 12일 서울에 있습니다. 어디에?", "The Lake School 2016: 12 서울에", True),
    ("متى مدرسة Lake 2016؟", "مدرسة Lake 2016 في القاهرة", False),
    ("湖 2016 の 12 回はどこですか。", "湖 2016 の 12 回は京都です。", False),
    ("Add 12 and 35 for Ann Lee.", "Ann Lee: 12 and 35 are 47.", False),
]


@every(("prompt", "answer", "all_in"), IN_PROMPT)
def test_answers_whose_names_and_numbers_are_all_in_their_prompts(prompt: str, answer: str, all_in: bool) -> None:
    found = grounding([(prompt, answer)], ["train.jsonl:1"])
    assert (found.compared, found.grounded) == (1, int(all_in))


def test_one_persona_is_no_knowledge() -> None:
    rows = [(f"Who are you, {n}?", f"I am called Vicuna Prime, and {n} people of Lmsys made me.") for n in range(30)]
    others = [("Who made you?", "I am not sure, and in 1999 it was all the work of Ada and Bob.")] * 2
    rows[0] = (
        rows[0][0],
        "The Vicuna Prime is here. The Vicuna Prime is what I am called, and people of Lmsys made me.",
    )
    found = grounding([*rows, *others], [f"t:{n}" for n in range(32)])
    assert (found.ungrounded, found.named, found.persona, found.share) == (32, 30, "Vicuna Prime", 0.0)


def test_rows_of_unknown_shape_show_nothing(tmp_path: Path) -> None:
    found = facts(tmp_path, [{"zzz": {"deep": n}, "yyy": [n]} for n in range(30)])
    assert (found.rows, found.task, found.read, found.grounding) == (30, None, 0, None)


def test_many_labels_need_many_examples(tmp_path: Path) -> None:
    rows = [{"prompt": f"Sort {n}", "completion": f"label {n % 30}"} for n in range(600)]
    assert facts(tmp_path, rows).task == "classification"
    assert facts(tmp_path, rows[:500]).task == "generation"


def test_half_of_the_examples_call_their_tools(tmp_path: Path) -> None:
    tools = [{"type": "function", "function": {"name": "find", "parameters": {"type": "object", "properties": {}}}}]
    calls = [{**row, "tools": tools} for row in TASKS["tool-use"][:10]]
    others = [{**chat(f"Hi {n}", f"Hello {n}"), "tools": tools} for n in range(20)]
    assert facts(tmp_path, [*calls, *others]).task == "tool-use"


def test_what_is_shown_of_answers_is_redacted() -> None:
    secret = "the key of Maria Lopez is Akia 4111 1111 1111 1111 and maria.lopez@example.com in 20190101"
    found = grounding([("", secret)], ["\x1b[31m:1"])
    assert "4111 1111" not in " ".join(found.added)


def test_effective_examples_are_those_of_the_gate(tmp_path: Path) -> None:
    passage = {
        "context": "The shop opens at nine. It closes at five, and stays closed on Sundays.",
        "qas": [
            {"question": f"When does it {what}?", "answers": [{"text": text, "answer_start": at}]}
            for what, text, at in (("open", "nine", 18), ("close", "five", 37), ("rest", "on Sundays", 60))
        ],
    }
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [passage, passage]), encoding="utf-8")
    settings = load_settings(registry=Registry.default(), isolated=True)
    found = read_facts(settings, Registry.default(), open_sources([str(path)]))
    assert found.data.effective == found.outcome.measures["effective-examples"] == 3
