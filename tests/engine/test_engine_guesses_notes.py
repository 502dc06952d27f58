"""Notes on what is read as something else, or left unread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from guess_runs import FRAGE, SETTINGS, checked, codes, write

from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources import open_sources


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"prompt": "Full {n}?", "response": "It is.", "label": "intrinsic"}, "which responses are wrong"),
        ({"prompt": "Full {n}?", "response": "It is.", "label": "dock"}, ""),
        ({"history": ["Hi {n}", "Full?"], "response": "It is {n}."}, "--columns messages=history,response=response"),
        (
            {"source": "Is it full {n}?", "gold": "Ist es voll {n}?", "model": "sysa", "target": "Ist {n} es voll?"},
            '"model" says which system wrote "target", which is learned; to learn the reference: '
            "--columns prompt=source,response=gold",
        ),
        ({"source": "Is it full {n}?", "gold": "Ist es voll?", "model": "sys{n}", "target": "Ist es {n} voll?"}, ""),
        ({"source": "Is it full {n}?", "gold": "Ist es voll {n}?", "model": "sys", "target": "Ist es voll {n}?"}, ""),
        ({"source": "Is it full {n}?", "gold_id": "{n}", "model": "sysa", "target": "Ist es {n} voll?"}, ""),
        ({"source": "Is it full {n}?", "gold": "Ist es voll?", "source_file": "a", "target": "Ist {n} voll?"}, ""),
        ({"prompt": "Full {n}?", "history": ["Hi", "Yes?", "Ah"], "response": "No."}, "with an odd number of them"),
        (
            {"conversations": [{"from": "user", "content": "Full {n}?"}, {"from": "assistant", "content": "No {n}."}]},
            'rename "content" to "value", or "from" to "role"',
        ),
        (
            {"messages": [{"role": "user", "value": "Full {n}?"}], "chosen": "No {n}.", "rejected": "Yes {n}."},
            'rename "value" to "content", or "role" to "from"',
        ),
    ],
)
def test_a_note_says_what_is_read_as_something_else(tmp_path: Path, row: dict[str, Any], note: str) -> None:
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(40)]
    notes = [
        each
        for each in checked(write(tmp_path / "a.jsonl", rows)).notes
        if "balance" not in each and "--kind" not in each
    ]
    assert any(note in each for each in notes) if note else not any("guessed" not in each for each in notes)


@pytest.mark.parametrize(
    ("name", "text", "noted"),
    [
        ("prompts_train.jsonl", "When does ferry {n} leave?", True),
        ("prompts_train.jsonl", "Ferry {n} leaves at noon.", False),
        ("ferries.jsonl", "When does ferry {n} leave?", False),
    ],
)
def test_a_note_says_that_questions_may_be_prompts(tmp_path: Path, name: str, text: str, *, noted: bool) -> None:
    rows = [{"text": text.replace("{n}", str(n)), "id": n} for n in range(40)]
    notes = checked(write(tmp_path / name, rows)).notes
    assert any("to read them as prompts: --columns prompt=text" in note for note in notes) is noted


@pytest.mark.parametrize(("models", "named"), [(2, '"gpt-4" and "llama"'), (3, '"gpt-4", "llama", "qwen"')])
def test_a_note_says_that_no_answer_of_several_models_is_learned(tmp_path: Path, models: int, named: str) -> None:
    answers = {
        "gpt-4": "It is full at {n}, I think.",
        "llama": "There is room for {n} boats.",
        "qwen": "Ask me at {n} again, please.",
    }
    answers = dict([*answers.items()][:models])
    rows = [
        {"question": f"Is it full {n}?"} | {key: text.format(n=n) for key, text in answers.items()} for n in range(40)
    ]
    option = "--columns prompt=question,response=gpt-4"
    note = f"a.jsonl: {named} are answers of models, and none of them is learned; to learn one: {option}"
    assert note in checked(write(tmp_path / "a.jsonl", rows)).notes


@pytest.mark.parametrize(
    ("key", "said"),
    [
        *(("thought_process", True), ("thinking_trajectories", True), ("r1_thinking_trajectory", True)),
        *(("teacher_reasoning", True), ("teacherRationale", True), ("teacher_name", False)),
        *(("reasoning_type", False), ("trajectories", False)),
        *(("assistant_scratchpad", True), ("hiddenReasoning", True), ("internal_note", False)),
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_note_says_that_reasoning_is_not_read(tmp_path: Path, key: str, said: bool, listed: bool) -> None:
    thoughts = [f"It has the sign of Ada, {n}." for n in range(9)]
    rows = [
        {"question": f"Who owns boat {n}?", key: [text] if listed else text, "answer": "Ada"}
        for n, text in enumerate(thoughts)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    learned, read = f"prompt=question,response={key}+answer", f"prompt=question,context={key},response=answer"
    how = f"; to learn it: --columns {learned}; to have it in the prompt: --columns {read}"
    assert [*map(str, notes)] == [f'a.jsonl: the reasoning under "{key}" is neither read nor learned{how}'] * said


@pytest.mark.parametrize(
    ("key", "noted"), [("reasoning", True), ("reasoning_steps", True), ("reasoning_chains", False)]
)
def test_a_note_says_how_to_learn_steps_of_reasoning(tmp_path: Path, key: str, noted: bool) -> None:
    rows = [
        {"question": f"Who owns boat {n}?", key: [f"Boat {n} has a sign.", "It is that of Ada."], "answer": "Ada"}
        for n in range(9)
    ]
    notes = checked(write(tmp_path / "a.jsonl", rows)).notes
    assert any(f"to learn it: --columns prompt=question,response={key}+answer" in note for note in notes) is noted


def test_reasoning_with_the_answer_behind_it_is_learned_instead_of_that(tmp_path: Path) -> None:
    rows = [
        {
            "question": f"Who owns boat {n}?",
            "result": f"<think>Boat {n} has a sign, and the sign is that of {name}.</think><answer>{name}</answer>",
            "answer": name,
        }
        for n, name in enumerate(["Ada Berg", "Bo Lind", "Cem Kaya"] * 4)
    ]
    found = checked(write(tmp_path / "a.jsonl", rows))
    said = 'the reasoning under "result" is neither read nor learned; to learn it, with the answer in it: --columns'
    assert f"a.jsonl: {said} prompt=question,response=result" in found.notes
    assert "FMT112" not in {finding.rule for finding in found.findings}


@pytest.mark.parametrize("key", ["reasoning_chains", "reasoning_steps", "chain_of_thought"])
def test_a_note_says_that_reasoning_in_a_list_of_objects_is_not_read(tmp_path: Path, key: str) -> None:
    rows = [
        {
            "question": f"Who owns boat {n}?",
            key: [{"model": "backwards", "steps": [f"The sign of boat {n} is that of Ada.", "She has no other boat."]}],
            "answer": "Ada",
        }
        for n in range(9)
    ]
    said = f'a.jsonl: the reasoning under "{key}" is neither read nor learned'
    assert said in checked(write(tmp_path / "a.jsonl", rows)).notes


def test_a_thought_in_rows_that_are_not_read_is_no_reasoning(tmp_path: Path) -> None:
    rows = [{"place": f"Dock {n}", "thought": f"Nobody waits for me at dock {n}.", "mood": "low"} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert not notes


@pytest.mark.parametrize("said", [False, True])
def test_reasoning_that_is_in_a_message_is_learned(tmp_path: Path, said: bool) -> None:
    rows = [
        {
            "prompt": f"Who owns boat {n}?",
            "generation": (thought := f"<think>It has the sign of Ada, {n}.</think>Ada"),
            "messages": [
                {"role": "user", "content": f"Who owns boat {n}?"},
                {"role": "assistant", "content": thought if said else "Ada"},
            ],
        }
        for n in range(9)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any("neither read nor learned" in str(note) for note in notes) is not said


@pytest.mark.parametrize(("key", "said"), [("answer_format", False), ("answer_draft", True)])
def test_the_format_of_an_answer_is_no_reasoning(tmp_path: Path, key: str, said: bool) -> None:
    form = "<think>Why it is so.</think> Then the name alone."
    rows = [{"question": f"Who owns boat {n}?", "answer": "Ada", key: form} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any("the reasoning under" in note for note in notes) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>It has the sign of Ada.</think>", True),
        ("\n<think>\nIt has the sign of Ada.\n</think>\nIt is hers.", True),
        ("<think>It has the sign of Ada.", False),
        ("Write <think>it has the sign of Ada</think> first.", False),
    ],
)
def test_a_note_names_reasoning_between_tags_under_any_key(tmp_path: Path, text: str, said: bool) -> None:
    rows = [{"question": f"Who owns boat {n}?", "why": text, "answer": "Ada"} for n in range(9)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert any('the reasoning under "why" is neither read' in each for each in notes) == said


@pytest.mark.parametrize(
    ("places", "said"),
    [("[{0}, {1}]", True), ("[({0}, {1})]", True), ("[[{0}, {1}]]", True), ("[2, 3]", False), ("[900, 901]", False)],
)
def test_a_note_names_places_in_a_text(tmp_path: Path, places: str, said: bool) -> None:
    spans = [places.format(21, 24 + n % 5) for n in range(30)]
    rows = [
        {"text": f"Boat {n} is at dock {n * 7} in the old harbour.", "marked": each} for n, each in enumerate(spans)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    found = "a.jsonl: numbers next to the text look like offsets in it and are not read: marked"
    expected = f"{found}; to learn them: --columns prompt=text,response=marked"
    assert [*map(str, notes)] == [expected] * said


def test_a_note_names_lists_of_parts_of_a_text(tmp_path: Path) -> None:
    rows = [{"text": f"Boat {n} is at dock {n * 7}.", "n_boat": f"['Boat {n}']", "n_gate": "['x']"} for n in range(30)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    option = "--columns prompt=text,response=n_boat"
    said = f"a.jsonl: lists next to the text contain parts of it and are not read; to learn them: {option}"
    assert [*map(str, notes)] == [said]


@pytest.mark.parametrize(
    ("chosen", "rejected", "said"), [(["It is."], ["No.", "Go away."], True), ("It is.", "No.", False)]
)
def test_a_note_says_that_one_of_several_answers_is_read(
    tmp_path: Path, chosen: object, rejected: object, said: bool
) -> None:
    rows = [{"prompt": f"Is dock {n} full?", "chosen": chosen, "rejected": rejected} for n in range(30)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    expected = (
        "a.jsonl: of the answers listed in chosen and rejected, the first ones are read; the others are checked only "
        "for empty ones and those on both sides"
    )
    assert [*map(str, notes)] == [expected] * said


@pytest.mark.parametrize("count", [2, 40])
def test_nothing_is_learned_of_a_rendered_conversation_but_its_own_answers(tmp_path: Path, count: int) -> None:
    talk = "Ann: Is dock {0} full?\nBen: Boat {0} has been at dock {0} since noon, and nobody has seen its owner."
    text = f"<|im_start|>user\n{talk}<|im_end|>\n<|im_start|>assistant\nDock {{0}} is full.<|im_end|>"
    rows = [
        {"dialogue": talk.format(n), "dock_note": f"Dock {n} is full.", "text": text.format(n)} for n in range(count)
    ]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    assert not notes


@pytest.mark.parametrize(("key", "said"), [("bart_summary", True), ("topic", False)])
def test_a_note_names_what_may_be_learned_of_a_text(tmp_path: Path, key: str, said: bool) -> None:
    text = "Boat {0} is at dock {1} in the old harbour. Its owner has not been seen since day {0}, and nobody asks."
    other = "Boat {0} is at a dock and has no owner." if said else "boats"
    rows = [
        {
            "text": text.format(n, n * 7),
            key: other.format(n),
            "pegasus_summary": f"Boat {n} has been alone at dock {n * 7} for days.",
        }
        for n in range(30)
    ]
    rows = rows if said else [{"text": row["text"], key: ("boats", "docks")[n % 2]} for n, row in enumerate(rows)]
    _, notes = with_guesses(make_plan(SETTINGS, Registry.default()), open_sources([write(tmp_path / "a.jsonl", rows)]))
    option = "--columns prompt=text,response=bart_summary"
    assert [*map(str, notes)] == [
        f"a.jsonl: only the text is read; to learn an answer or label next to it: {option}"
    ] * said


def test_a_note_counts_the_rows_that_an_annotator_left_out(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 4, "label": "SONG"}]
    rows = [{"text": f"song {n} of the day", "spans": spans, "answer": "accept"} for n in range(40)]
    assert not [note for note in checked(write(tmp_path / "a.jsonl", rows)).notes if "answer" in note]
    assert not checked(
        write(tmp_path / "c.jsonl", [{"question": f"Who {n}?", "answer": ["Bo"]} for n in range(9)])
    ).notes
    rows[3]["answer"], rows[5]["answer"], rows[8]["answer"] = "ignore", "reject", "ignore"
    (note,) = [note for note in checked(write(tmp_path / "b.jsonl", rows)).notes if "answer" in note]
    assert note == (
        'b.jsonl: "answer" is "reject" in 1 and "ignore" in 2 of 40 rows, which are learned like the others: '
        "delete them"
    )
    tasks = [{"text": r["text"], "label": "X", "answer": r["answer"], "_task_hash": n} for n, r in enumerate(rows)]
    report = checked(write(tmp_path / "d.jsonl", tasks))
    assert [file.shape for file in report.files] == ["prodigy"]
    assert report.notes[0] == (
        'd.jsonl: "answer" is "reject" in 1 and "ignore" in 2 of 40 rows, whose labels are not read: delete them'
    )


@pytest.mark.parametrize(
    ("name", "said", "note"),
    [
        ("train.jsonl", "test", '"metadata.split" is "test" in 3 of 60 rows, which are trained on'),
        ("val.jsonl", "train", '"metadata.split" is "train" in 3 of 60 rows, which are held out'),
        ("train.jsonl", "train", ""),
        ("rows.jsonl", "test", ""),
        ("test.jsonl", "validation", ""),
    ],
)
def test_a_note_says_where_rows_are_of_another_split_than_their_file(
    name: str, said: str, note: str, tmp_path: Path
) -> None:
    own = "train" if name == "train.jsonl" else "val"
    rows = [{**row, "metadata": {"split": said if n < 3 else own}} for n, row in enumerate(FRAGE)]
    found = [each for each in checked(write(tmp_path / name, rows)).notes if "split" in each]
    assert found == ([f"{name}: {note}"] if note else [])


def test_the_split_of_rows_without_an_evaluation_set_is_said_once(tmp_path: Path) -> None:
    rows = [{**row, "split": "test" if n < 3 else "train"} for n, row in enumerate(FRAGE)]
    report = checked(write(tmp_path / "train.jsonl", rows))
    assert not [note for note in report.notes if "split" in note]
    assert "RDY001" in codes(report)


def test_a_note_names_the_languages_of_questions_that_are_not_read(tmp_path: Path) -> None:
    def rows(*languages: str) -> list[dict[str, Any]]:
        asked = [[{"language": name, "string": f"Is {n} full? ({name})"} for name in languages] for n in range(20)]
        return [{"question": each, "query": {"sparql": f"ASK {{ {n} }}"}} for n, each in enumerate(asked)]

    [note] = [note for note in checked(write(tmp_path / "a.jsonl", rows("de", "en", "fr"))).notes if "language" in note]
    assert note.startswith('a.jsonl: each question is in up to 3 languages, and "en" is read: write those in de, fr as')
    notes = checked(write(tmp_path / "b.jsonl", rows("en"))).notes
    assert not any("language" in note for note in notes)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"id": "{n}", "turns": [{"speaker": "USER", "utterance": "Is {n} full?", "frames": [{"slot": 1}]}]},
            "turns.frames",
        ),
        (
            {"turns": [{"speaker": "USER", "utterance": "Is {n} full?", "apis": [{"request": {"dock": "{n}"}}]}]},
            "turns.apis",
        ),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "belief_state": {"dock": "{n}"}}, "belief_state"),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "Target": "The dock {n} is full again."}, "Target"),
        ({"prompt": "Is {n} full?", "completion": "No {n}", "target": "dock {n}", "state": "CA", "slots": []}, ""),
    ],
)  # fmt: skip
def test_a_note_names_states_that_are_not_read(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    if "turns" in row:
        row = {**row, "turns": [*row["turns"], {"speaker": "SYSTEM", "utterance": "Not yet, {n}.", "frames": []}]}
    rows = [json.loads(json.dumps(row).replace("{n}", str(n))) for n in range(20)]
    notes = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "neither read" in note]
    assert notes == ([f"train.jsonl: what is under {said} is neither read nor learned"] if said else [])


@pytest.mark.parametrize(("key", "said"), [("paragraph", True), ("context", False)])
def test_a_note_counts_the_passages_that_are_empty(tmp_path: Path, key: str, said: bool) -> None:
    rows = [
        {
            key: f"Dock {n} holds {n * 7} boats." if n % 4 else "",
            "question": f"Is dock {n} full?",
            "answer": f"No, {n}.",
        }
        for n in range(40)
    ]
    notes = [note for note in checked(write(tmp_path / "train.jsonl", rows)).notes if "empty" in note]
    note = f'train.jsonl: "{key}" is empty in 10 of the first 40 rows: their questions are asked without it'
    assert notes == ([note] if said else [])
