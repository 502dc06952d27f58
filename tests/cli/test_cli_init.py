"""``datalint init``: what is shown fits a terminal, and what is written is what ``check`` needs."""

from __future__ import annotations

import functools
import json
import tomllib
from pathlib import Path

import pytest
from cli_runs import Run

FRAGEN = "Frage;Antwort;Quelle\n" + "".join(f"Wie hoch ist Berg {n}?;Er hat {n * 7} Meter.;Atlas\n" for n in range(30))
UNCLEAR = '{"question": "Who?", "first_reply": "Me, I think.", "second_reply": "You."}\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "fragen.csv").write_text(FRAGEN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def there(run: Run, here: Path) -> Run:
    return functools.partial(run, cwd=here)


def written(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "datalint.toml").read_text(encoding="utf-8"))


def test_what_was_guessed_is_shown_and_written(there: Run, here: Path) -> None:
    done = there("init", "fragen.csv")
    assert done.code == 0
    assert "prompt      Frage  Wie hoch ist Berg 0?" in done.text
    assert "wrote datalint.toml; next: datalint check" in done.text
    assert written(here) == {
        "data": ["fragen.csv"],
        "delimiter": ";",
        "columns": {"prompt": "Frage", "response": "Antwort"},
    }
    checked = there("check", "--no-cache", "--output-format", "json")
    report = json.loads(checked.text)
    assert {finding["rule"] for finding in report["findings"]}.isdisjoint({"FMT101", "FMT021"})
    assert not any("guessed" in note for note in report["notes"])


def test_what_the_keys_hold_is_shown_before_the_question_what_they_mean(
    there: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agreed(mapping: str) -> bool:
        print(f"asked: {mapping}")
        return True

    monkeypatch.setattr("datalint.cli.starting_file._agreed", agreed)
    (here / "rows.jsonl").write_text('{"utterance": "Who is it?", "sure_reply": "Nobody is.", "class": "riddle"}\n')
    done = there("init", "rows.jsonl")
    asked = "asked: prompt=utterance,response=sure_reply,category=class"
    assert done.text.index("Nobody is.") < done.text.index(asked) < done.text.index('response = "sure_reply"')


def test_columns_without_names_are_guessed_from_the_values(there: Run, here: Path) -> None:
    lines = (f"Where is boat {n * 7 % 60} of dock {n}?,It is at pier {n * 11 % 60}." for n in range(60))
    (here / "rows.csv").write_text("\n".join(lines))
    assert "guessed from the values" in there("init", "rows.csv").text


def test_a_known_shape_needs_nothing_but_the_data(there: Run, here: Path) -> None:
    (here / "train.jsonl").write_text('{"prompt": "Hi", "completion": "Hello"}\n')
    (here / "test.jsonl").write_text('{"prompt": "Ho", "completion": "Hey"}\n')
    done = there("init", "train.jsonl")
    assert written(here) == {"data": ["train.jsonl"]}
    assert "shape       prompt-completion" in done.text
    assert "evaluation  test.jsonl" in done.text


def test_a_neighbour_that_cannot_be_read_is_no_evaluation_set(there: Run, here: Path) -> None:
    (here / "train.zh").write_text("码头\n", encoding="utf-8")
    (here / "train.en").write_text("a dock\n", encoding="utf-8")
    (here / "test.zh").write_text("船\n", encoding="utf-8")
    assert "test.zh" not in there("init", "train.zh", "--print").text


def test_images_are_no_metadata(there: Run, here: Path) -> None:
    row = '{{"id": {n}, "image": "boat{n}.png", "question": "What is at {n}?", "answer": "A boat."}}'
    (here / "train.jsonl").write_text("".join(row.format(n=n) + "\n" for n in range(9)))
    text = there("init", "train.jsonl", "--print").text
    assert "media       image" in text
    assert "metadata    id\n" in text


CHAT = "<|im_start|>user\\nHow deep is lake {n}?<|im_end|>\\n<|im_start|>assistant\\n{n} metres.<|im_end|>"


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (f'{{{{"text": "{CHAT}"}}}}', "supervised fine-tuning"),
        ('{{"text": "Lake {n} is deep."}}', "texts to continue"),
        ('{{"question": "How deep is {n}?", "gold_answer": "{n} metres", "expected_doc_id": "{n}"}}', "evaluation set"),
        (
            '{{"custom_id": "r{n}", "body": {{"messages": [{{"role": "user", "content": "How deep is lake {n}?"}}]}}}}',
            "requests of a batch",
        ),
    ],
    ids=["rendered chats", "texts", "golden set", "requests"],
)
def test_it_shows_the_kind_that_a_check_reports(there: Run, here: Path, row: str, kind: str) -> None:
    (here / "data.jsonl").write_text("".join(f"{row.format(n=n)}\n" for n in range(20)))
    shown = there("init", "data.jsonl", "--print").text
    assert kind in next(line for line in shown.splitlines() if line.startswith("  kind "))
    report = json.loads(there("check", "data.jsonl", "--no-cache", "--output-format", "json").text)
    kinds = {"supervised fine-tuning": "sft", "texts to continue": "text", "requests of a batch": "rl"}
    assert report["kind"] == kinds.get(kind, "evaluation")


@pytest.mark.parametrize(("rows", "said"), [(20, "20 rows"), (60, "the first ")])
def test_rows_beyond_the_part_that_is_read_are_not_counted(there: Run, here: Path, rows: int, said: str) -> None:
    text = "The dock is deep. " * 4_000
    (here / "long.jsonl").write_text("".join(f'{{"text": "{n} {text}"}}\n' for n in range(rows)))
    first = there("init", "long.jsonl", "--print").text.splitlines()[0]
    assert first.startswith(f"long.jsonl  jsonl, {said}")
    assert f"{rows} rows" not in first or rows == 20


@pytest.mark.parametrize(("rows", "said"), [(150, "1 value"), (900, "1 value in the first 200 rows; sorted by it?")])
def test_a_file_that_is_sorted_by_its_category_has_one_value_first(
    there: Run, here: Path, rows: int, said: str
) -> None:
    lines = [
        f'{{"text": "Ship {n} waits at the quay.", "label": "{"late" if n < 800 else "early"}"}}' for n in range(rows)
    ]
    (here / "train.jsonl").write_text("\n".join(lines))
    shown = there("init", "train.jsonl", "--print").text
    found = next(line for line in shown.splitlines() if line.startswith("  category "))
    assert said in found
    assert ("sorted by it" in found) == (rows > 200)


def test_a_category_without_a_value_is_none(there: Run, here: Path) -> None:
    rows = [{"question": f"What is {n} + 1?", "options": None, "label": None, "answer": f"{n + 1}"} for n in range(20)]
    (here / "train.jsonl").write_text("\n".join(map(json.dumps, rows)))
    shown = there("init", "train.jsonl", "--print").text
    assert "0 values" not in shown
    assert "  category    none found" in shown


def test_an_unclear_guess_is_a_comment(there: Run, here: Path) -> None:
    (here / "train.jsonl").write_text(UNCLEAR)
    done = there("init", "train.jsonl")
    assert written(here) == {"data": ["train.jsonl"]}
    text = (here / "datalint.toml").read_text()
    assert '# prompt = "question"\n# response = "first_reply"\n' in text
    assert "perhaps prompt=question, response=first_reply" in done.text
    assert "wrote datalint.toml; next: edit [columns] in it, then datalint check" in done.text


def test_rows_that_are_not_read_are_for_check_to_explain(there: Run, here: Path) -> None:
    rows = "".join(json.dumps({"text": [f"The boat {n}", "is late."]}) + "\n" for n in range(12))
    (here / "train.jsonl").write_text(rows)
    done = there("init", "train.jsonl")
    assert "wrote datalint.toml; next: datalint check, which says why rows are not read\n" in done.text


def test_keys_of_which_nothing_is_known_are_no_question(there: Run, here: Path) -> None:
    rows = [
        {
            "prompt": f"Is dock {n} full?",
            "response_1": f"It is, of {n}.",
            "response_2": f"No, {n} is not.",
            "response_3": f"Nobody asked for {n}.",
            "label": n % 2,
        }
        for n in range(30)
    ]
    (here / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = there("init", "train.jsonl")
    assert "shape       unknown: say what the keys mean with --columns\n  key         " in done.text
    written = (here / "datalint.toml").read_text()
    assert "columns" not in tomllib.loads(written)
    assert 'Keys: prompt, response_1, response_2, response_3, label\n# [columns]\n# prompt = "KEY"\n' in written


def test_texts_in_objects_are_shown_by_their_paths(there: Run, here: Path) -> None:
    rows = [
        {
            "n": n,
            "data": {"front": f"Is dock {n} full?", "rear": {"body": f"Ask {n} of them."}, "v": 3},
            "way": {"v": n},
        }
        for n in range(30)
    ]
    (here / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = there("init", "train.jsonl")
    assert "  key         data.front  Is dock 0 full?\n  key         data.rear.body  Ask 0 of them.\n" in done.text
    assert "Keys: n, data.front, data.rear.body, way\n" in (here / "datalint.toml").read_text()


def test_each_key_is_named_in_full(there: Run, here: Path) -> None:
    keys = [f"measurement of the dock {n:02}" for n in range(45)]
    rows = [{key: f"It is {n} in {key}." for key in keys} for n in range(4)]
    (here / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    written = there("init", "train.jsonl", "--print").text
    lines = [line.removeprefix("# ").removeprefix("Keys: ") for line in written.splitlines()]
    first = next(place for place, line in enumerate(lines) if "measurement" in line)
    named = ", ".join(line.rstrip(",") for line in lines[first : lines.index("[columns]")])
    assert named.endswith(" and 5 more")
    assert len(set(keys).intersection(named.removesuffix(" and 5 more").split(", "))) == 40
    assert max(map(len, written.splitlines())) <= 102


def test_the_only_key_is_filled_in(there: Run, here: Path) -> None:
    (here / "train.jsonl").write_text("".join(json.dumps({"answer": f"It is dock {n}."}) + "\n" for n in range(4)))
    assert '# [columns]\n# text = "answer"\n' in there("init", "train.jsonl", "--print").text


def test_what_the_user_says_is_written(there: Run, here: Path) -> None:
    there("init", "fragen.csv", "--columns", "text=Frage", "--delimiter", ";", "--header")
    assert written(here) == {
        "data": ["fragen.csv"],
        "delimiter": ";",
        "header": True,
        "columns": {"text": "Frage"},
    }


def test_print_writes_nothing(there: Run, here: Path) -> None:
    done = there("init", "fragen.csv", "--print")
    assert done.code == 0
    assert '[columns]\nprompt = "Frage"' in done.text
    assert not (here / "datalint.toml").exists()


@pytest.mark.parametrize("name", ["datalint.toml", ".datalint.toml", "pyproject.toml"])
def test_no_configuration_is_overwritten_unasked(there: Run, here: Path, name: str) -> None:
    before = '[tool.datalint]\nprofile = "strict"\n' if name == "pyproject.toml" else 'profile = "strict"\n'
    (here / name).write_text(before)
    done = there("init", "fragen.csv")
    assert (done.code, (here / name).read_text()) == (2, before)
    assert f"{name} exists" in done.error
    forced = there("init", "fragen.csv", "--force")
    assert forced.code == (0 if name == "datalint.toml" else 2)
    assert there("init", "fragen.csv", "--print").code == 0


def test_files_elsewhere_are_configured_in_their_folder(
    there: Run, here: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("data")
    (other / "fragen.csv").write_text(FRAGEN, encoding="utf-8")
    assert there("init", str(other / "fragen.csv")).code == 0
    assert written(other)["data"] == ["fragen.csv"]
    assert not (here / "datalint.toml").exists()


def test_it_fits_a_terminal_whatever_the_rows_hold(there: Run, here: Path) -> None:
    row = {f"key {n}\x1b[31m": "word \x1b[2J" * 50 for n in range(40)} | {
        "question": "Who? " * 99,
        "reply": "Me. " * 99,
    }
    for name in "abcdefgh":
        (here / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    done = there("init", ".", "--print")
    screen = done.text.splitlines()
    assert len(screen) <= 24
    assert max(map(len, screen)) <= 80
    assert "\x1b" not in done.text


CHANNELS = [
    {
        "user_query": f"Is ferry {n} late?",
        "agent_reply": f"No, it left at {n}:20.",
        "channel": ("web", "app", "shop")[n % 3],
    }
    for n in range(24)
]
LABELS = [
    {"prompt": f"Ferry {n} was {('late', 'on time')[n % 2]}.", "completion": ("bad", "good")[n % 2]} for n in range(60)
]
TOPICS = [
    {"prompt": f"Is ferry {n} late?", "completion": f"No, it left at {n}:20.", "category": f"trip {n}"}
    for n in range(24)
]


@pytest.mark.parametrize(
    ("rows", "said", "line"),
    [
        (
            CHANNELS,
            "'channel' could be one: --category channel",
            "none found; channel could be one: set balance.field to it",
        ),
        (LABELS, "balance counts 'response' (the responses are a set of labels, 2 values)", "response, 2 values"),
        (TOPICS, "'category' is no category", "none found; set balance.field to a key"),
    ],
)
def test_the_category_is_that_of_a_check(
    there: Run, here: Path, rows: list[dict[str, str]], said: str, line: str
) -> None:
    (here / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert f"  category    {line}\n" in there("init", "rows.jsonl", "--print").text
    assert said in " ".join(there("check", "rows.jsonl", "--full", "--isolated").text.split())


def test_keys_that_a_check_does_not_read_are_no_metadata(there: Run, here: Path) -> None:
    (here / "rows.jsonl").write_text("".join(f"{json.dumps(row | {'id': n})}\n" for n, row in enumerate(CHANNELS)))
    assert "not read: channel" in there("check", "rows.jsonl", "--isolated").text
    shown = there("init", "rows.jsonl", "--print").text
    assert "  not read    channel\n  metadata    id\n" in shown


def test_json(there: Run, here: Path) -> None:
    document = json.loads(there("init", "fragen.csv", "--print", "--output-format", "json").text)
    assert document["files"][0]["keys"] == {"prompt": ["Frage"], "response": ["Antwort"]}
    assert document["files"][0]["guess"] == {"option": "--columns prompt=Frage,response=Antwort", "clear": True}
    assert (document["written"], document["evaluation"]) == (None, [])
    assert tomllib.loads(document["configuration"])["delimiter"] == ";"


def test_a_name_that_suggests_an_evaluation_set_is_said_as_a_check_says_it(there: Run, here: Path) -> None:
    row = '{"prompt": "Hi", "completion": "Hello"}\n'
    (here / "outputs").mkdir()
    (here / "outputs" / "rows.jsonl").write_text(row)
    done = there("init", "outputs/rows.jsonl", "--print")
    assert "this may be one itself: --kind evaluation, or --kind sft" in done.text
    assert "may be an evaluation set itself" in there("check", "outputs/rows.jsonl", "--no-cache").text
    assert "may be one itself" not in there("init", "outputs/rows.jsonl", "--print", "--kind", "sft").text
    (here / "rows.jsonl").write_text(row)
    assert "no file found next to it" in there("init", "rows.jsonl", "--print").text


def test_a_file_that_a_check_proposes_as_an_evaluation_set_is_named(there: Run, here: Path) -> None:
    for name, rows in (("boats.jsonl", range(200)), ("harbour_test.jsonl", range(200, 260))):
        lines = (f'{{"prompt": "Where is boat {n}?", "completion": "At gate {n}."}}\n' for n in rows)
        (here / name).write_text("".join(lines))
    assert "--eval harbour_test.jsonl" in there("check", "boats.jsonl", "--no-cache").text
    assert "harbour_test.jsonl may be one: if it is, set eval to it" in there("init", "boats.jsonl", "--print").text


def test_a_long_path_leaves_room_for_the_rows(there: Run, here: Path) -> None:
    name = f"{'harbour-' * 12}rows.jsonl"
    (here / name).write_text('{"prompt": "Hi", "completion": "Hello"}\n')
    first = there("init", name, "--print").text.splitlines()[0]
    assert first.startswith("…")
    assert first.endswith("-rows.jsonl  jsonl, 1 row")
    assert len(first) <= 80
