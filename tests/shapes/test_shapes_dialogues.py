"""Conversations whose turns are spelled in other ways than trainers spell them."""

from __future__ import annotations

from typing import Any

from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.shapes.detect import Detector
from datalint.shapes.dialogues import is_answered, is_dialogue, roles_of
from datalint.shapes.flatten import flatten

TEXT = st.text(max_size=8)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("speaker", "text", "user", "agent", "role")), inner)
    ),
    max_leaves=8,
)


@every(
    ("speakers", "roles"),
    [
        (("USER", "SYSTEM"), "ua"),
        (("seeker", "supporter"), "ua"),
        (("agent", "customer"), "au"),
        (("Ann", "Bo"), "ua"),
        (("Ann", "doctor"), "ua"),
        (("1", "2"), "ua"),
        (("S", "U"), "au"),
        (("u", "b"), "ua"),
        (("A", "C"), "au"),
        (("B", "A"), "ua"),
        (("system", "user", "assistant"), "sua"),
        (("bot", "assistant"), "ua"),
        (("0_Apprentice", "1_Wizard"), "ua"),
        (("0_Wizard", "1_Apprentice"), "au"),
        (("用户", "客服"), "ua"),
        (("Kundin", "Mitarbeiter"), "ua"),
        (("Mitarbeiter", "Kunde"), "au"),
        (("ग्राहक", "सहायक"), "ua"),
        (("müşteri", "temsilci"), "ua"),
        (("speaker",), "u"),
    ],
)
def test_roles_follow_from_names_or_from_who_begins(speakers: tuple[str, ...], roles: str) -> None:
    assert [roles_of(speakers)[each][0] for each in speakers] == list(roles)


def test_names_of_sides_are_roles_in_messages_as_well() -> None:
    turns = [{"role": "usr", "content": "Full?"}, {"role": "sys", "content": "No."}]
    assert flatten([{"messages": turns}], Detector()).examples["roles"].to_list() == ["ua"]


def test_a_system_that_speaks_only_first_answers_nobody() -> None:
    assert roles_of(("system", "user")) == {"system": "system", "user": "user"}
    assert roles_of(("SYSTEM", "USER", "SYSTEM")) == {"SYSTEM": "assistant", "USER": "user"}


def read(row: dict[str, Any], key: str) -> tuple[str, str, str]:
    examples = flatten([row], Detector({"messages": key})).examples
    roles, prompt, response = examples.select("roles", "prompt", "response").row(0)
    return roles, prompt, response


def test_what_one_speaker_says_in_a_row_is_one_turn_and_a_goodbye_is_none() -> None:
    said = [("Ann", "Hi."), ("Ann", "Is it full?"), ("Bo", "No."), ("Ann", "Bye.")]
    row = {"log": [{"speaker": name, "utterance": words} for name, words in said]}
    assert read(row, "log") == ("ua", "Hi.\nIs it full?", "No.")


def test_texts_of_both_sides_are_read_in_the_order_in_which_they_are_said() -> None:
    later = [{"transcript": "Full?", "system_transcript": "No."}, {"transcript": "Now?", "system_transcript": "Yes."}]
    assert read({"x": later}, "x") == ("uaua", "Full?\nNow?", "No.\nYes.")
    before = [{"system_transcript": "", "transcript": "Full?"}, {"system_transcript": "No.", "transcript": "Bye."}]
    assert read({"x": before}, "x") == ("ua", "Full?", "No.")
    turns = flatten([{"x": before}], Detector({"messages": "x"})).turns
    assert turns["path"].to_list() == ["$.x[0].transcript", "$.x[1].system_transcript"]


def test_turns_whose_only_key_is_their_speaker_are_read() -> None:
    turns = [{"<human>": "Hi"}, {"<bot>": "Hello"}, {"<human>": "Is it full?"}, {"<bot>": "No."}]
    assert is_dialogue(turns)
    assert is_answered(turns)
    assert read({"x": turns}, "x") == ("uaua", "Hi\nIs it full?", "Hello\nNo.")
    paths = flatten([{"x": turns[2:]}], Detector({"messages": "x"})).turns["path"].to_list()
    assert paths == ["$.x[0].<human>", "$.x[1].<bot>"]
    system = [{"system": "Be kind."}, {"user": "Full?"}, {"assistant": "No."}]
    assert read({"x": system}, "x")[0] == "sua"
    assert is_dialogue([{"customer": "Is the dock full by now?"}, {"agent": "No, half of it is free."}])


def test_objects_of_one_key_that_name_things_are_no_turns() -> None:
    assert not is_dialogue([{"person": "Ann Lee"}, {"vendor": "Dock Inc."}])
    assert not is_dialogue([{"user": "Is the dock full by now?"}, {"user": "And who has the key?"}])
    assert not is_dialogue([{"user": "Is the dock full by now?"}, {"colour": "It is painted in grey."}])
    assert not is_dialogue([{"user": "Ann", "assistant": 7}, {"user": "Bo", "city": "No"}])


def test_what_is_called_and_content_that_is_an_object_are_read() -> None:
    turns = [
        {"role": "user", "content": {"dock": 7}},
        {"role": "assistant", "tool_call": {"name": "open", "parameters": {"dock": 7}}},
        {"role": "tool", "content": {"open": True}},
        {"role": "assistant", "content": [{"said": "It is open."}]},
    ]
    assert is_dialogue(turns)
    assert is_answered(turns)
    assert not is_dialogue([{"role": "assistant", "tool_call": {"name": "open"}}])
    roles, prompt, response = read({"steps": turns}, "steps")
    assert (roles, prompt.splitlines()[0]) == ("ucta", '{"dock":7}')
    assert response == 'open({"dock":7})\n[{"said":"It is open."}]'
    assert 'open({"dock":7})' in str(flatten([{"messages": turns[:3]}], Detector({})).examples.row(0))


def test_turns_with_a_text_are_read_as_a_prompt() -> None:
    row = {"turns": [{"role": "user", "text": "Is it full?"}], "gold": "No."}
    examples = flatten([row], Detector({"prompt": "turns", "response": "gold"})).examples
    assert examples.select("prompt", "response").row(0) == ("Is it full?", "No.")


def test_of_answers_with_their_scores_the_first_one_is_read() -> None:
    row = {
        "title": "Why is it full?",
        "answers": {"a_id": ["a", "b"], "text": ["It rains.", "Who knows?"], "score": [5, 2]},
    }
    examples = flatten([row], Detector({"prompt": "title", "response": "answers"})).examples
    assert examples["response"].to_list() == ["It rains."]


def test_of_several_solutions_in_an_object_the_first_one_is_read() -> None:
    row = {"description": "Count to 3.", "solutions": {"language": [3, 2], "solution": ["print(3)", "echo(3)"]}}
    examples = flatten([row], Detector({"prompt": "description", "response": "solutions"})).examples
    assert examples["response"].to_list() == ["print(3)"]


def test_keys_of_turns_are_in_any_language() -> None:
    row = {"диалог": [{"роль": "клиент", "текст": "Full?"}, {"роль": "оператор", "текст": "No."}]}
    assert read(row, "диалог") == ("ua", "Full?", "No.")
    assert read({"x": [{"says": "Full?", "who": "Ann"}, {"says": "No.", "who": "Bo"}]}, "x") == ("ua", "Full?", "No.")


def test_pairs_and_texts() -> None:
    assert read({"x": [{"question": "Full?", "answer": "No."}]}, "x") == ("ua", "Full?", "No.")
    assert read({"x": [{"вопрос": "Full?", "ответ": "No."}]}, "x") == ("ua", "Full?", "No.")
    assert read({"x": ["Full?", "No.", "Now?"]}, "x") == ("ua", "Full?", "No.")
    assert read({"x": ['{"user": "Full?", "assistant": "No."}']}, "x") == ("ua", "Full?", "No.")
    assert read({"x": ["[客户] Full?", "[Ann] No: not yet."]}, "x") == ("ua", "Full?", "No: not yet.")
    assert read({"x": ["User: Full?", "Bot: No.", "Note that"]}, "x") == ("ua", "User: Full?", "Bot: No.")


def test_an_answer_that_stands_before_its_prompt_answers_the_item_before() -> None:
    turns = [
        {"assistant": "", "user": "Full?"},
        {"assistant": "No.", "user": "Since when?"},
        {"assistant": "It never was.", "user": "Thanks."},
    ]
    assert read({"x": turns}, "x") == ("uaua", "Full?\nSince when?", "No.\nIt never was.")
    assert not is_answered(turns)
    failed = [{"user": "Full?", "assistant": ""}, {"user": "Now?", "assistant": "No."}]
    assert read({"x": failed}, "x") == ("uaua", "Full?\nNow?", "\nNo.")
    assert is_answered(failed)


@every(
    ("speakers", "answered"),
    [
        ("Ann Bo Ann Bo", True),
        ("Ann Bo Cy Ann", False),
        ("1 2 3 1", False),
        ("user Bo Cy", False),
        ("user Bo user", True),
        ("doctor Ann Bo Cy", True),
        ("system USER Ann", True),
    ],
)
def test_of_several_people_nobody_answers(speakers: str, answered: bool) -> None:
    turns = [{"speaker": name, "text": f"turn {place}"} for place, name in enumerate(speakers.split())]
    assert is_dialogue(turns, "dialogue")
    assert is_answered(turns) is answered


@every(
    ("key", "turns", "roles"),
    [
        ("conversation", [("is_human", True), ("is_human", False)], "ua"),
        ("x", [("is_human", False), ("is_human", True), ("is_human", False)], "aua"),
        ("dialog", [("isBot", False), ("isBot", True)], "ua"),
        ("chat", [("from_user", True), ("from_user", True), ("from_user", False)], "ua"),
        ("messages", [("is_human", False), ("is_human", True), ("is_human", False)], "aua"),
    ],
)
def test_who_speaks_may_be_true_or_false(key: str, turns: list[tuple[str, bool]], roles: str) -> None:
    row = {key: [{"message": f"turn {place}", name: value} for place, (name, value) in enumerate(turns)]}
    assert is_dialogue(row[key], key)
    assert read(row, key)[0] == roles


@every(
    ("turns", "is_read", "answered"),
    [
        ([["customer", "Is dock 3 full?"], ["agent", "It is not."]], True, True),
        ([["YOU", "I take the rope."], ["THEM", "Then I take 7 nails."]], True, False),
        ([["You", "I take the rope."], ["Them", "Then I take 7 nails."]], False, False),
        ([["YOU", "I take the rope."], ["YOU", "And 7 nails."]], False, False),
        ([["Is it full?", "No."], ["Since when?", "It never was."]], False, False),
        ([["agent", 1], ["customer", 2]], False, False),
        ([["customer", "Is dock 3 full?"], ["agent"]], False, False),
    ],
)
def test_pairs_of_a_speaker_and_a_text_are_turns(turns: list[list[Any]], is_read: bool, answered: bool) -> None:
    assert is_dialogue(turns, "dialogue") is is_read
    assert is_read <= (is_answered(turns) is answered)
    if answered:
        found = flatten([{"talk": turns}], Detector({"messages": "talk"})).turns.select("role", "text", "path").rows()
        assert found == [
            ("user", "Is dock 3 full?", "$.talk[0][1]"),
            ("assistant", "It is not.", "$.talk[1][1]"),
        ]


@every(
    ("turns", "is_read"),
    [
        ([["Is dock three full?", "No."], ["And since when?", "It never was."]], True),
        ([["码头三满了吗？", "没有。"], ["从什么时候开始？", "一直都没有满过。"]], True),
        ([["第三个码头怎么样", "满了。"]], True),
        ([["满了吗", "没有。"]], False),
        ([["码头三现在满了没有？", "没有。"], ["OK", "好的。"]], True),
        ([["张小明同学", "码头满了吗？"], ["李老师傅", "没有。"], ["张小明同学", "好的。"]], False),
        ([["心理咨询师", "码头满了吗？"]], False),
        ([["ท่าเรือเต็มแล้วหรือยัง", "ยัง"]], True),
        ([["码头三满了吗？", 3]], False),
    ],
)
def test_pairs_of_what_is_said_and_the_answer_are_turns(turns: list[list[Any]], is_read: bool) -> None:
    """In a script without blanks, names are shorter than texts, and those of speakers recur."""
    assert is_dialogue(turns, "dialogue") is is_read
    assert not is_dialogue(turns, "pairs")
    if is_read:
        found = flatten([{"talk": turns}], Detector({"messages": "talk"})).turns.select("role", "text").rows()
        assert found == [(role, text) for pair in turns for role, text in zip(("user", "assistant"), pair, strict=True)]


def test_a_mark_of_a_turn_is_no_speaker() -> None:
    assert not is_dialogue([{"message": "one", "is_read": True}, {"message": "two", "is_read": False}])
    assert not is_dialogue([{"message": "one", "is_human": True}, {"message": "two", "is_human": 1}])


def test_lists_of_comments_files_and_attributes_are_no_conversations() -> None:
    for items in (
        [{"author": "Kim", "text": "Fine."}, {"author": "Lou", "text": "Windy."}],
        [{"name": "a.txt", "content": "x"}, {"name": "b.txt", "content": "y"}],
        [{"name": "colour", "value": "red"}],
        ["one", "two"],
    ):
        assert not is_dialogue(items, "items")


@given(st.lists(ANYTHING, max_size=4))
def test_no_list_is_too_odd_to_read(items: list[Any]) -> None:
    is_dialogue(items, "dialog")
    is_answered(items)
    read({"dialog": items}, "dialog")


#: Sides of published dialogues, and their names in other languages: who asks, and who answers.
SIDES = [
    ("customer", "agent"), ("patient", "doctor"), ("client", "therapist"), ("student", "tutor"), ("visitor", "guide"),
    ("caller", "operator"), ("Buyer", "Seller"), ("passenger", "clerk"), ("user", "expert"), ("来访者", "咨询师"),
    ("고객", "상담원"), ("المريض", "الطبيب"),
]  # fmt: skip


@every(("one", "other"), SIDES)
def test_turns_of_a_named_side_are_those_of_this_side(one: str, other: str) -> None:
    for key, role, said in (("messages", "role", "content"), ("conversations", "from", "value")):
        row = {key: [{role: one, said: "Is it full?"}, {role: other, said: "No."}]}
        examples = flatten([row], Detector()).examples
        assert [examples[name][0] for name in ("roles", "prompt", "response")] == ["ua", "Is it full?", "No."]


def test_turns_of_a_persona_are_no_side() -> None:
    row = {"messages": [{"role": "narrator", "content": "Night fell."}, {"role": "assistant", "content": "Yes."}]}
    assert flatten([row], Detector()).examples["roles"][0] == "xa"


def test_turns_under_keys_of_their_own_are_read_in_order() -> None:
    detector = Detector({"system": "s", "messages": "q1+a1+q2+a2"})
    row = {"s": "Be kind.", "q1": "Full?", "a1": "No.", "q2": "And now?", "a2": "Yes."}
    found = flatten([row, row | {"q2": None, "a2": ""}, row | {"a1": None}], detector)
    assert found.turns.select("role", "path").rows()[:3] == [("system", "$.s"), ("user", "$.q1"), ("assistant", "$.a1")]
    read = found.examples.select("prompt", "response").rows()
    assert read == [("Full?\nAnd now?", "No.\nYes."), ("Full?", "No."), ("Full?\nAnd now?", "\nYes.")]
    assert detector.shape({"q1": "Full?", "a1": "No."}).name == "mapped"
    assert detector.shape({"q1": "Full?"}).name == "unknown"
