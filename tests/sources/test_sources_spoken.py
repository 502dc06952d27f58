"""Text files with conversations: a speaker on each line, and a blank line after each conversation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests_sources_reading import read_source

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

ASKED = [f"Is dock {n} full?" for n in range(8)]


def told(asks: str = "User", answers: str = "Assistant", end: str = "\n") -> str:
    blocks = [f"{asks}: {text}{end}{answers}: It is, at {n}: as ever.{end}  - and more" for n, text in enumerate(ASKED)]
    return f"{end}{end}".join(blocks) + end


ROWS = [
    {
        "messages": [
            {"role": "user", "content": text},
            {"role": "assistant", "content": f"It is, at {n}: as ever.\n  - and more"},
        ]
    }
    for n, text in enumerate(ASKED)
]


@pytest.mark.parametrize("chunk_bytes", [16, 90, 1 << 20])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("asks", "answers"), [("User", "Assistant"), ("Q", "A"), ("Human 1", "AI"), ("USER", "SYSTEM")]
)
def test_a_conversation_is_a_row(tmp_path: Path, asks: str, answers: str, end: str, chunk_bytes: int) -> None:
    (tmp_path / "a.txt").write_bytes(told(asks, answers, end).encode())
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    assert (read.source.container, read.records) == ("dialogue", ROWS)
    assert read.source.fetch(list(range(len(ROWS))), read.offsets) == ROWS


def answered(question: str, answer: str, between: str = "") -> str:
    lines = ((question.format(n=n, text=text), answer.format(n=n)) for n, text in enumerate([*ASKED, *ASKED]))
    return f"\n{between}".join(f"{asked}\n{reply}" for asked, reply in lines) + "\n"


@pytest.mark.parametrize("chunk_bytes", [16, 90, 1 << 20])
@pytest.mark.parametrize(
    ("question", "answer", "between", "container"),
    [
        ("user> {text}", "bot> It is, at {n}", "\n", "dialogue"),
        ("Q{n}. {text}", "A{n}. It is, at {n}", "\n", "dialogue"),
        ("{n} USER: {text}", "{n} ASSISTANT: It is, at {n}", "\n", "dialogue"),
        ("{n} USER:\n{text}\n", "{n} SYSTEM:\nIt is, at {n}", "\n", "exchanges"),
        ("A: {text}", "B: It is, at {n}", "\n", "dialogue-between-two"),
        ("Speaker A: {text}", "Speaker B: It is, at {n}", "\n", "dialogue-between-two"),
        ("{n}. {text}", "Answer: It is, at {n}", "\n", "numbered-questions"),
        ("{n}. Q: {text}", "   A: It is, at {n}", "\n", "numbered-questions"),
        ("### Question\n{text}", "### Answer\nIt is, at {n}", "\n", "dialogue"),
        ("## Question {n}\n\n{text}\n", "## Answer {n}\n\nIt is, at {n}", "\n", "exchanges"),
        ("### Instruction\n{text}\n", "### Response\nIt is, at {n}", "\n", "exchanges"),
        ("=== USER ===\n{text}", "=== ASSISTANT ===\nIt is, at {n}", "\n", "dialogue"),
        ("=== USER ===\n\n{text}\n", "=== ASSISTANT ===\n\nIt is, at {n}", "\n", "exchanges"),
        ("--- user {n} ---\n{text}\n", "--- assistant {n} ---\nIt is, at {n}", "", "exchanges"),
        ("**User:**\n{text}\n", "**Assistant:**\nIt is, at {n}", "", "exchanges"),
        ("[USER]\n\n\n{text}\n", "[ASSISTANT]\n\n\nIt is, at {n}", "", "exchanges"),
        ("{text}", "It is, at {n}", "\n", "questions-in-two-lines"),
        ("user> {text}", "bot> It is, at {n}", "", "exchanges"),
        ("Q: {text}", "A: It is, at {n}", "", "exchanges"),
        ("Q: {text}", "A: It is, at {n}", "-\n", "exchanges"),
        ("Q{n}) {text}", "A{n}) It is, at {n}", "", "exchanges"),
        ("Q: {text}\n", "A: It is, at {n}", "\n", "exchanges"),
        ("{n}. {text}", "Ans: It is, at {n}", "", "exchanges"),
        ("### Instruction:\n{text}\n", "### Response:\nIt is, at {n}", "\n", "exchanges"),
    ],
)
def test_a_question_with_its_answer_is_a_row(
    tmp_path: Path, question: str, answer: str, between: str, container: str, chunk_bytes: int
) -> None:
    (tmp_path / "a.txt").write_text(answered(question, answer, between))
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    assert read.source.container == container
    assert [[turn["content"].strip() for turn in each["messages"]] for each in read.records] == [
        [text, f"It is, at {n}"] for n, text in enumerate([*ASKED, *ASKED])
    ]
    assert [turn["role"] for turn in read.records[3]["messages"]] == ["user", "assistant"]
    assert read.source.fetch(list(range(len(read.records))), read.offsets) == read.records


@pytest.mark.parametrize(
    "text",
    [
        answered("A: dock {n}", "C: It is, at {n}", "\n"),
        answered("{n}. dock", "It is, at {n}", "\n"),
        answered("{text}", "Is it at {n}?", "\n"),
        answered("The dock {n} is long", "and full of boats", "\n"),
        answered("{text}", "It is, at {n}", ""),
        answered("Note: {text}", "Answer: It is, at {n}", ""),
        "".join(answered("Q: {text}", "A: It is, at {n}", "").splitlines(keepends=True)[:18]),
        answered("Q: {text}\nso\nis\nit", "A: It is, at {n}\nand\nmore", ""),
        answered("## Input\n\n{text}\n", "## Output\n\nIt is, at {n}\n", "\n"),
        answered("=== WEST ===\n\n{text}\n", "=== EAST ===\n\nIt is, at {n}\n", "\n"),
        answered("== user\n\n{text}\n", "== assistant\n\nIt is, at {n}\n", "\n"),
        answered("=== user ===\n\n{text}\n", "=== user ===\n\nIt is, at {n}\n", "\n"),
    ],
    ids=[
        "other names",
        "no answer",
        "two questions",
        "no question",
        "no blank lines",
        "no speaker",
        "few",
        "hardly any",
        "headings of a task",
        "headings of places",
        "half of the signs",
        "one speaker",
    ],
)
def test_other_lines_are_no_questions_with_answers(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    container = open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container
    assert container in ("text", "text-blocks")


@pytest.mark.parametrize("chunk_bytes", [90, 1 << 20])
def test_questions_and_answers_have_paragraphs(tmp_path: Path, chunk_bytes: int) -> None:
    rows = "Question: Where is dock {0}?\n\nIt has:\n\n1. a pier\n2. a crane\nAnswer: North.\n\nBeyond it, sand.\n\n"
    (tmp_path / "a.txt").write_text("".join(rows.format(n) for n in range(30)) + "Question: Why?\nAnswer: \n")
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    assert (read.source.container, len(read.records)) == ("exchanges", 31)
    assert [turn["content"] for turn in read.records[7]["messages"]] == [
        "Where is dock 7?\n\nIt has:\n\n1. a pier\n2. a crane",
        "North.\n\nBeyond it, sand.",
    ]
    assert [turn["content"] for turn in read.records[30]["messages"]] == ["Why?", ""]
    # Prose in which others speak now and then.
    (tmp_path / "a.txt").write_text("".join(rows.format(n) for n in range(30)).replace("Answer: North", "North", 9))
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container == "text"


def test_an_input_belongs_to_the_instruction_above_it(tmp_path: Path) -> None:
    rows = "### Instruction:\nName dock {0}.\n\n### Input:\nDock {0} is new.\n\n### Response:\nNew {0}.\n\nBye.\n\n"
    (tmp_path / "a.txt").write_text("".join(rows.format(n) for n in range(20)))
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=1 << 20)))
    assert len(read.records) == 20
    said = [" ".join(turn["content"].split()) for turn in read.records[7]["messages"]]
    assert said == ["Name dock 7. Dock 7 is new.", "New 7. Bye."]


def test_lines_of_nobody_and_of_the_system(tmp_path: Path) -> None:
    more = "\nSystem: Be kind.\nUser: Hi\nBot: Hello\nNote: so it is\n\nNobody says this.\nTwice.\n"
    (tmp_path / "a.txt").write_text(told() + more, encoding="utf-8")
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()))
    assert [(turn["role"], turn["content"]) for turn in read.records[-2]["messages"]] == [
        ("system", "Be kind."),
        ("user", "Hi"),
        ("assistant", "Hello\nNote: so it is"),
    ]
    assert read.records[-1] == {"text": "Nobody says this.\nTwice."}


@pytest.mark.parametrize(
    "text",
    [
        told().replace("\n\n", "\n"),
        told("Ingredients", "Method"),
        told("User", "User"),
        told("Assistant", "User"),
        told().replace("User: Is dock 3", "Is dock 3"),
        "\n\n".join(told().split("\n\n")[:4]),
    ],
    ids=["no blank lines", "other words", "no answers", "answers first", "no speaker", "few"],
)  # fmt: skip
def test_other_texts_are_no_conversations(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container != "dialogue"


def test_such_rows_are_conversations(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(told(), encoding="utf-8")
    report = lint(str(tmp_path / "a.txt"), config={}, eval=False)
    assert [file.shape for file in report.files] == ["openai-chat"]
    assert {finding.rule for finding in report.findings}.isdisjoint({"FMT101", "FMT103", "FMT206"})


def talks(heading: str, end: str, *, asks: str = "(user): ", answers: str = "(system): ") -> str:
    said = [f"{asks}{text}\n{answers}It is.\n  - and more\n{asks}ok\n{answers}Bye." for text in ASKED]
    return "".join(f"{heading.format(n=n)}{text}{end}\n" for n, text in enumerate(said))


@pytest.mark.parametrize("chunk_bytes", [16, 90, 1 << 20])
@pytest.mark.parametrize(
    ("heading", "end"),
    [
        ("---\n", ""),
        ("Dialogue {n}\n", ""),
        ("Dialogue {n}:\n\n", "\n"),
        (" participant : 3 dialog: {n} in setting: terse\n", "---"),
        ("{n}.\n", "\n---"),
        ("# Session no. {n}\n", "\n====\n"),
        ("", "\n---"),
    ],
)
@pytest.mark.parametrize(
    ("asks", "answers"), [("(user): ", "(system): "), ("[User] ", "[Bot] "), ("Client: ", "Agent: "), ("<q1>", "")]
)
def test_a_conversation_below_a_heading_is_a_row(
    tmp_path: Path, heading: str, end: str, asks: str, answers: str, chunk_bytes: int
) -> None:
    (tmp_path / "a.txt").write_text(talks(heading, end, asks=asks, answers=answers))
    read = read_source(open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    if not answers:
        assert read.source.container in ("text", "text-blocks", "text-parts")
        return
    assert read.source.container == "marked-dialogues"
    assert [[(turn["role"], turn["content"]) for turn in each["messages"]] for each in read.records] == [
        [("user", text), ("assistant", "It is.\n  - and more"), ("user", "ok"), ("assistant", "Bye.")] for text in ASKED
    ]
    assert read.source.fetch(list(range(len(read.records))), read.offsets) == read.records


@pytest.mark.parametrize(
    "text",
    [
        talks("Dialogue {n}\n", "", answers="(user): "),
        talks("Dialogue {n}\n", "", asks="(dock): ", answers="(boat): "),
        "".join(f"# Call {n}\n(user): Is dock {n} full?\nIt is.\nSo it was.\nAnd more.\n" for n in range(9)),
        "\n".join(talks("---\n", "").split("\n")[:24]),
    ],
    ids=["nobody answers", "other names", "hardly any speakers", "few"],
)
def test_other_texts_below_headings_are_no_conversations(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container in (
        "text",
        "text-blocks",
        "text-parts",
    )


@pytest.mark.parametrize(
    ("one", "other", "repeated"),
    [
        ("Doctor: ", "Patient: ", False),
        ("[speaker 1] ", "[speaker 2] ", False),
        ("B: ", "A: ", False),
        ("ham: ", "spam: ", True),
        ("Q: ", "Q: ", True),
        ("", "Doctor: ", True),
    ],
)
def test_turns_of_which_no_conversation_is_read_are_no_copies(
    tmp_path: Path, one: str, other: str, *, repeated: bool
) -> None:
    lines = [f"{one}How are you on day {n}?\n{other}Quite well, thank you.\n" for n in range(40)]
    (tmp_path / "a.txt").write_text("Anna: So we begin.\n" + "".join(lines))
    report = lint(str(tmp_path / "a.txt"), config={"select": ["DIV001"]}, eval=False)
    assert report.files[0].shape == "text"
    assert bool(report.findings) is repeated
    assert any("people who speak in turn" in note for note in report.notes) is not repeated


def test_messages_that_are_not_read_have_no_note_on_their_repeats(tmp_path: Path) -> None:
    rows = [
        {"role": name, "content": said}
        for n in range(50)
        for name, said in (
            ("user", f"Is berth {n} of the harbour free today?"),
            ("keeper", f"Yes, berth {n} is free." if n > 2 else "Yes, it is free today."),
        )
    ]
    (tmp_path / "rows.json").write_text(json.dumps(rows))
    report = lint(str(tmp_path / "rows.json"), eval=False)
    assert report.files[0].shape == "unknown"
    assert not any("speak in turn" in note for note in report.notes)


@pytest.mark.parametrize("chunk_bytes", [16, 1 << 20])
@pytest.mark.parametrize(
    "text",
    [
        "Agent: Harbour office.\nUser: Is dock 7 full?\nUser: Or dock 8?\n"
        "Agent: Dock 7 is.\n\nDo you need one?\nUser: No.\n",
        "\nagent> Harbour office.\n\nuser> Is dock 7 full?\nOr dock 8?\n\n"
        "agent> Dock 7 is.\nDo you need one?\n\nuser> No.",
        "--- assistant ---\nHarbour office.\n--- user ---\nIs dock 7 full?\nOr dock 8?\n"
        "--- assistant ---\nDock 7 is.\n\nDo you need one?\n--- user ---\nNo.",
    ],
)
def test_the_transcript_of_one_conversation_is_a_row(tmp_path: Path, text: str, chunk_bytes: int) -> None:
    (tmp_path / "call.txt").write_text(text)
    read = read_source(open_path(str(tmp_path / "call.txt"), "call.txt", OpenSettings(chunk_bytes=chunk_bytes)))
    assert (read.source.container, len(read.records)) == ("whole-dialogue", 1)
    assert [(turn["role"], turn["content"].replace("\n\n", "\n")) for turn in read.records[0]["messages"]] == [
        ("assistant", "Harbour office."),
        ("user", "Is dock 7 full?\nOr dock 8?"),
        ("assistant", "Dock 7 is.\nDo you need one?"),
        ("user", "No."),
    ]
    assert read.source.fetch([0], read.offsets) == read.records


@pytest.mark.parametrize(
    "text",
    [
        # Questions and answers, three speakers, one, nobody in most lines, a remark above, and two conversations.
        "Q: Is dock 7 full?\nA: It is.\nQ: And 8?\nA: No.\n",
        "User: Is dock 7 full?\nBot: It is.\nCustomer: And 8?\nBot: No.\n",
        "User: Is dock 7 full?\nUser: And 8?\n",
        "User: Is dock 7 full?\nBot: It is.\nThe boats\nwait\nat the gate\n",
        "Seen at dock 7.\nUser: Is dock 7 full?\nBot: It is.\n",
        "User: Is dock 7 full?\nBot: It is.\n\nUser: And 8?\nBot: No.\n",
        "User: Is dock 7 full?\nUser: And 8?\nUser: Well?\nUser: Is it?\nUser: So?\nBot: It is.\n",
        "Agent: Harbour office.\nUser: Is dock 7 full?\n" * 300,
        "=== USER ===\nIs dock 7 full?\n\nAssistant: It is,\nas\never\n",
    ],
)
def test_other_lines_with_names_are_no_transcript(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert open_path(str(tmp_path / "a.txt"), "a.txt", OpenSettings()).container != "whole-dialogue"


def test_a_folder_of_transcripts_has_a_row_for_each(tmp_path: Path) -> None:
    for n in range(3):
        said = f"Agent: Harbour office.\nUser: Is dock {n} full?\nAgent: Dock {n} is, I fear.\n"
        (tmp_path / f"call_{n}.txt").write_text(said)
    report = lint(str(tmp_path), config={}, eval=False)
    assert (report.examples, {file.shape for file in report.files}) == (3, {"openai-chat"})
    assert any("the whole file, which is one conversation" in note for note in report.notes)
    assert {finding.rule for finding in report.findings}.isdisjoint({"DIV001", "DIV012"})


TURNS = ["Ann->Bo+Cy: Dock {n} it is.", "Bo->Ann: Thank you.", "Cy->Ann: Is gate {n} open?", "Ann->Cy: Thank you."]


@pytest.mark.parametrize(
    "form",
    ["{at:02} {said}", "{at}. {said}", "{said}", "[00:0{at}:07] {said}", "0{at}:10 {said}", "- {said}", "**{bold}"],
)
def test_turns_of_people_are_noted_and_repeat_no_others(tmp_path: Path, form: str) -> None:
    for n in range(6):
        said = [turn.format(n=n) for turn in (*TURNS, *TURNS[:3], TURNS[1])]
        lines = [form.format(at=at, said=turn, bold=turn.replace(":", ":**", 1)) for at, turn in enumerate(said, 1)]
        (tmp_path / f"day_{n}.txt").write_text("\n".join(lines))
    report = lint(str(tmp_path), config={"select": ["DIV001"]}, eval=False)
    assert any("each line is a turn of a conversation" in note for note in report.notes)
    assert not report.findings


@pytest.mark.parametrize(
    "lines",
    [
        ["Note: dock 7 is full.", "It opens at nine.", "Note: bring a lamp.", "Tip: wait.", *"abcd"],
        ["Ann: Dock 7 it is.", "Bo: Thank you.", "Ann: Is it?"],
        [f"Ann: Dock {n} is full." for n in range(9)],
        [f"{name}: Dock 7 is full." for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal")],
        [f"{name}: {n}" for n in range(9) for name in ("Name", "Berth", "Flag")],
        [f"10:0{n} {('INFO', 'WARN', 'INFO', 'ERROR', 'WARN')[n % 5]}: dock 7 is full" for n in range(10)],
    ],
    ids=["remarks", "few", "one", "each another", "records", "log"],
)
def test_other_named_lines_are_no_turns(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "a.txt").write_text("\n".join(lines))
    report = lint(str(tmp_path / "a.txt"), config={"select": ["FMT"]}, eval=False)
    assert not any("turn of a conversation" in note for note in report.notes)
