"""The prompt is everything the model reads: what stands beside the turns counts, and facts about a row don't."""

from __future__ import annotations

from typing import Any

import pytest
from every import every

from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.side_keys import use_of

CHAT: dict[str, Any] = {
    "messages": [{"role": "user", "content": "Is it full?"}, {"role": "assistant", "content": "No."}]
}
QUESTION: dict[str, Any] = {"question": "Is it full?", "answer": "No."}


def hashes(*rows: dict[str, Any]) -> tuple[list[int], list[int]]:
    examples = flatten(rows, Detector()).examples
    return examples["surroundings"].to_list(), examples["identity"].to_list()


@every("row", [CHAT, QUESTION])
@every(
    ("key", "one", "other"),
    [
        ("documents", ["Dock 3 has room."], ["Dock 4 has room."]),
        ("tools", '[{"name": "a"}]', '[{"name": "b"}]'),
        ("image", "1.png", "2.png"),
        ("img", "1.png", "2.png"),
        ("photo", {"bytes": None, "path": "1.jpg"}, {"bytes": None, "path": "2.jpg"}),
        ("file_name", "a/1.wav", "a/2.wav"),
        ("arquivo_imagem", "1.jpeg", "2.jpeg"),
        ("图片", "1.png", "2.png"),
        ("remarks_of_the_desk", "Dock 3 has room.", "Dock 4 has room."),
        ("备忘", "三号有空位", "四号有空位"),
        ("db_id", "docks_1", "docks_2"),
        ("database", "docks", "ports"),
        ("dbname", "docks", "ports"),
        ("db", "docks", "ports"),
        ("schema_name", "docks", "ports"),
        ("table_id", "1-7", "1-8"),
    ],
)
def test_what_the_model_reads_makes_another_context(row: dict[str, Any], key: str, one: Any, other: Any) -> None:
    examples = flatten([row, {**row, key: one}, {**row, key: other}, {key: one, **row}], Detector()).examples
    read = examples.select("prompt", "surroundings").rows()
    assert len(set(read)) == 3
    assert read[1] == read[3]


@pytest.mark.parametrize("key", ["target_lang", "target_language"])
def test_the_language_of_a_translation_makes_another_context(key: str) -> None:
    one, other = hashes(*({"source": "No.", "target": "No.", key: each} for each in ("it", "es")))[0]
    assert one != other


@pytest.mark.parametrize("row", [CHAT, QUESTION])
@pytest.mark.parametrize("key", ["explanation", "rationale", "gold_sql_output"])
def test_what_is_learned_makes_another_example_of_the_same_context(row: dict[str, Any], key: str) -> None:
    read, everything = hashes({**row, key: "It has room."}, {**row, key: "It is empty."})
    assert len(set(read)) == 1
    assert len(set(everything)) == 2


@every("row", [CHAT, QUESTION])
@every(
    ("key", "one", "other"),
    [
        ("id", "a b", "a c"), ("row_index", 1, 2), ("source", "one wiki", "two wikis"), ("split", "train", "test"),
        ("category", "a b", "c d"), ("url", "https://a", "https://b"), ("file_name", "1.md", "2.md"),
        ("license", "MIT or so", "BSD"), ("created_at", "2026-01-01 10:00", "2026-01-02 10:00"),
        ("reviewed", True, False), ("score", 1, 2),
        ("Unnamed: 0", 1, 2), ("", "1", "2"), ("anything", 1, 2), ("anything", "word", "other"), ("anything", None, ""),
    ],
)  # fmt: skip
def test_facts_about_a_row_change_nothing(row: dict[str, Any], key: str, one: Any, other: Any) -> None:
    assert hashes({**row, key: one}, {**row, key: other}) == ([0, 0], [0, 0])


@pytest.mark.parametrize("key", ["db_id", "db", "schema_name", "table_id"])
def test_a_database_whose_tables_are_in_the_row_changes_nothing(key: str) -> None:
    rows = [{**QUESTION, "create_statements": "CREATE TABLE docks (id INT)", key: each} for each in ("a", "b")]
    (one, other), _ = hashes(*rows)
    assert one == other


def test_of_keys_that_the_user_did_not_map_only_contexts_count() -> None:
    rows = [
        {"ask": "Is it full?", "say": "No.", "mark": {"name": "calm"}, "remarks of the desk": text, "rationale": text}
        for text in ("Dock 3 has room.", "Dock 4 has room.")
    ]

    def differ(columns: dict[str, str], **more: list[str]) -> bool:
        told = [{**row, **{key: values[place] for key, values in more.items()}} for place, row in enumerate(rows)]
        examples = flatten(told, Detector(columns)).examples
        return len(set(examples.select("prompt", "surroundings", "identity").rows())) > 1

    both = {"prompt": "ask", "response": "say"}
    assert not differ(both)
    assert not differ({"text": "ask"})
    assert not differ(both, client_context=["on a phone", "at a desk"])
    assert differ(both, passage=["Dock 3 has room.", "Dock 4 has room."])
    assert differ(both, photo=["1.jpg", "2.jpg"])
    # What a prompt without an answer is rewarded for.
    assert differ({"prompt": "ask"})


def test_a_long_response_to_one_prompt_is_one_example_whatever_objects_of_unknown_use_say() -> None:
    for length, differ in ((120, False), (20, True)):
        row = {"question": "Is it full?", "answer": ("No, and it was not full yesterday either. " * 3)[:length]}
        read, everything = hashes({**row, "typing": {"says": "yes, no"}}, {**row, "typing": {"says": "no, yes"}})
        assert (len(set(read)), len(set(everything)) == 2) == (2, differ)
        for key, one, other in (("photo", "1.jpg", "2.jpg"), ("hunk", "a = 1", "a = 2"), ("lines", ["a b"], ["a c"])):
            assert len(set(hashes({**row, key: one}, {**row, key: other})[1])) == 2, key


@every("row", [CHAT, QUESTION])
@every(
    ("key", "one", "other"),
    [
        ("город", "Москва", "Казань"),
        ("seen", "2026-01-01 10:00", "2026-01-02 11:30:00"),
        ("seen", {"first": "2026-01-01 10:00"}, {"first": "2026-01-02 10:00"}),
        ("usage", {"ms": 812, "cost": 0.2}, {"ms": 97, "cost": 0.1}),
        ("embedding", [0.25, 0.5], [0.5, 0.25]),
        ("original", {"place": 1, "question": "Is it full?", "found": []}, {"place": 2, "question": "Is it full?"}),
        ("raw", [{"id": "cmpl-1", "says": "No."}], [{"id": "cmpl-2", "says": "No."}]),
        ("annotation", {"by": {"name": "Ann Lee"}}, {"by": {"name": "Bo Lee"}}),
        ("generation", {"model": "small one", "tokens": 3}, {"model": "large one", "tokens": 4}),
    ],
)
def test_dates_and_numbers_and_names_in_objects_change_nothing(
    row: dict[str, Any], key: str, one: Any, other: Any
) -> None:
    for each in hashes({**row, key: one}, {**row, key: other}):
        assert len(set(each)) == 1


@every("row", [CHAT, QUESTION])
@every(
    ("one", "other"),
    [
        ({"first": {"memo": ["Dock 3 has room."]}}, {"first": {"memo": ["Dock 4 has room."]}}),
        (["oak", "elm"], ["oak", "ash"]),
        ([["三号有空位", 1]], [["四号有空位", 1]]),
    ],
)
def test_texts_in_objects_and_lists_make_another_context(row: dict[str, Any], one: Any, other: Any) -> None:
    read, _ = hashes({**row, "stock": one}, {**row, "stock": other})
    assert len(set(read)) == 2


def test_a_text_counts_alike_whatever_its_column_holds() -> None:
    alone, _ = hashes({**CHAT, "memo": "Dock 3 has room."})
    mixed, _ = hashes({**CHAT, "memo": 3}, {**CHAT, "memo": "Dock 3 has room."}, {**CHAT, "memo": ["x y"]})
    assert mixed[1] == alone[0]
    assert mixed[0] == 0 != mixed[2]


def test_context_beside_a_question_is_a_part_of_the_prompt() -> None:
    rows = [{**QUESTION, "passage": text} for text in ("Dock 3 has room.", "Dock 4 has room.")]
    flat = flatten([*rows, {**QUESTION, "passage": ""}], Detector())
    assert not flat.rich
    assert flat.examples["prompt"].to_list() == [
        "Is it full?\nDock 3 has room.",
        "Is it full?\nDock 4 has room.",
        "Is it full?",
    ]
    assert flat.examples["surroundings"].to_list() == [0, 0, 0]


@every(
    ("key", "use"),
    [
        ("question_id", "metadata"), ("answer_type", "metadata"), ("isReviewed", "metadata"), ("numTokens", "metadata"),
        ("tableSchema", "context"), ("option_3", "metadata"), ("reference_answer", "learned"), ("foo", "unknown"),
        ("x" * 100, "unknown"), ("\ud800", "metadata"), ("subCategory", "metadata"), ("sub_topics", "metadata"),
        ("substance", "unknown"), ("userImage", "metadata"), ("user_image", "context"), ("avatar", "metadata"),
        ("profilePhoto", "metadata"), ("author_picture", "metadata"), ("profile", "context"), ("image", "context"),
        ("languages", "metadata"),
    ],
)  # fmt: skip
def test_names_tell_what_a_key_holds(key: str, use: str) -> None:
    assert use_of(key) == use


def test_a_key_may_be_no_unicode() -> None:
    rows = [{"prompt": "a", "completion": "b", "context \ud800": value} for value in ("x", 3, "y")]
    assert len(set(hashes(*rows)[0])) == 3


def test_a_list_of_turns_that_no_shape_reads_is_compared() -> None:
    """Some rows with the same keys have it read, whose turns are compared already."""
    row = {"prompt": "Which dock?", "completion": "Dock 3."}
    unread = [{**row, "dialogue": [["ANN", f"Dock {n} is shut."], ["BO", "Then 3."]]} for n in (1, 2)]
    read = [{"role": "user", "content": "Is it full?"}, {"role": "assistant", "content": "No."}]
    together = flatten([*unread, {**row, "dialogue": read}], Detector()).examples["surroundings"].to_list()
    assert together[:2] == flatten(unread, Detector()).examples["surroundings"].to_list()
    assert len({*together}) == 3
    assert together[2] == flatten([row], Detector()).examples["surroundings"].to_list()[0]
