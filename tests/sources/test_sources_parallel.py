"""Parallel text in two files is read as pairs: line i of one file and line i of the other one."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.checkout.confine import Confinement
from datalint.operations.check import lint
from datalint.sources import open_sources
from datalint.sources.parallel.roles import roles_of
from datalint.support.varied import sentence

ASKED = [f"{sentence(n)}?" for n in range(30)]
SAID = [f"{sentence(1000 + n)}." for n in range(30)]


def write(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))


def rows(*paths: Path, **settings: Any) -> list[dict[str, Any]]:
    """Return the rows of the only source of some paths."""
    [source] = open_sources([str(path) for path in paths], **settings)
    return [record for chunk in source.chunks(0) for record in chunk.load().records]


def containers(*paths: Path, **settings: Any) -> list[str]:
    return [source.container for source in open_sources([str(path) for path in paths], **settings)]


@pytest.mark.parametrize(
    ("asked", "said", "keys"),
    [
        ("train.source", "train.target", ("prompt", "response")),
        ("src-train.txt", "tgt-train.txt", ("prompt", "response")),
        ("complex.txt", "simple.txt", ("prompt", "response")),
        ("train.in", "train.out", ("prompt", "response")),
        ("questions.txt", "answers.txt", ("prompt", "response")),
        ("articles.txt", "titles.txt", ("prompt", "response")),
        ("input/train.txt", "output/train.txt", ("prompt", "response")),
        ("src_dev.txt", "ref_dev.txt", ("prompt", "response")),
        ("train.nl", "train.cm", ("prompt", "response")),
        ("ocr.txt", "truth.txt", ("prompt", "response")),
        ("sources.txt", "corrections.txt", ("prompt", "response")),
        ("train.source", "train.corrected", ("prompt", "response")),
        ("dialogues.txt", "summaries.txt", ("prompt", "response")),
        ("English.txt", "Ilokano.txt", ("source", "target")),
    ],
)
@pytest.mark.parametrize("given", [(0,), (1,), (0, 1), ()])
def test_what_is_asked_is_the_prompt_whichever_file_is_named(
    tmp_path: Path, asked: str, said: str, keys: tuple[str, str], given: tuple[int, ...]
) -> None:
    write(tmp_path / asked, ASKED)
    write(tmp_path / said, SAID)
    paths = [(tmp_path / asked, tmp_path / said)[each] for each in given] or [tmp_path]
    if len(given) < 2 and not is_named(asked):
        return
    assert rows(*paths) == [dict(zip(keys, pair, strict=True)) for pair in zip(ASKED, SAID, strict=True)]


def is_named(name: str) -> bool:
    """Whether a file is read under its name alone."""
    return not name.endswith(".nl")


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (("train.de",), "en de"),
        (("train.de", "train.en"), "de en"),
        (("train.en", "train.de"), "en de"),
        ((".",), "en de"),
    ],
)
def test_of_two_languages_the_order_that_is_given_counts_and_english_is_first_by_itself(
    tmp_path: Path, names: Sequence[str], order: str
) -> None:
    write(tmp_path / "train.en", ASKED)
    write(tmp_path / "train.de", SAID)
    sides = {"en": ASKED, "de": SAID}
    found = rows(*(tmp_path / name for name in names))
    assert [" ".join(row["translation"]) for row in found] == [order] * 30
    assert [row["translation"] for row in found] == [{key: sides[key][n] for key in sides} for n in range(30)]


def test_of_other_languages_the_first_in_the_alphabet_is_first(tmp_path: Path) -> None:
    write(tmp_path / "train.oc", ASKED)
    write(tmp_path / "train.pt_BR", SAID)
    assert [*rows(tmp_path / "train.pt_BR")[0]["translation"]] == ["oc", "pt_BR"]


def test_labels_are_those_of_the_text(tmp_path: Path) -> None:
    write(tmp_path / "train.txt", ASKED)
    write(tmp_path / "train_labels.txt", ["0", "1"] * 15)
    assert rows(tmp_path / "train.txt")[1] == {"text": ASKED[1], "label": "1"}
    report = lint(str(tmp_path / "train.txt"), eval=False)
    assert [factor.verdict.value for name, factor in report.factors.items() if name == "balance"] == ["pass"]


def test_tags_are_those_of_the_words(tmp_path: Path) -> None:
    write(tmp_path / "seq.in", ["late ferries to dover", "boats"] * 15)
    write(tmp_path / "seq.out", ["O O O B-to", "O"] * 15)
    assert rows(tmp_path / "seq.in")[:2] == [
        {"tokens": ["late", "ferries", "to", "dover"], "tags": ["O", "O", "O", "B-to"]},
        {"tokens": ["boats"], "tags": ["O"]},
    ]


def test_intents_are_read_with_the_tags_of_words(tmp_path: Path) -> None:
    write(tmp_path / "seq.in", ["late ferries to dover", "boats"] * 15)
    write(tmp_path / "seq.out", ["O O O B-to", "O"] * 15)
    write(tmp_path / "label", ["find", "list"] * 15)
    first = {"tokens": ["late", "ferries", "to", "dover"], "tags": ["O", "O", "O", "B-to"], "intent": "find"}
    for path in (tmp_path / "seq.in", tmp_path):
        assert rows(path)[0] == first
    [source] = open_sources([str(tmp_path)])
    assert source.facts().rows_of == (
        "a line, the tokens, with the same line of seq.out, the tags and the same line of label, the intent"
    )


@pytest.mark.parametrize(
    ("one", "other", "labels", "keys"),
    [
        ("premise.txt", "hypothesis.txt", "labels.txt", ("premise", "hypothesis", "label")),
        ("train_premise.txt", "train_hypothesis.txt", "train_labels.txt", ("premise", "hypothesis", "label")),
        ("s1.txt", "s2.txt", "labels.txt", ("sentence1", "sentence2", "label")),
    ],
)
def test_texts_that_are_compared_are_read_with_their_labels(
    tmp_path: Path, one: str, other: str, labels: str, keys: tuple[str, ...]
) -> None:
    write(tmp_path / one, ASKED)
    write(tmp_path / other, SAID)
    write(tmp_path / labels, ["entailment", "neutral"] * 15)
    for path in (tmp_path / one, tmp_path / other, tmp_path):
        assert rows(path)[0] == dict(zip(keys, (ASKED[0], SAID[0], "entailment"), strict=True))


def test_findings_are_those_of_pairs(tmp_path: Path) -> None:
    asked, said = [*ASKED], [*SAID]
    said[4] = ""
    asked[9] = said[9] = "  "
    asked[7], said[7] = asked[6], said[6]
    said[12] = asked[12]
    write(tmp_path / "train.source", asked)
    write(tmp_path / "train.target", said)
    report = lint(str(tmp_path), eval=False, config={"select": ["empty-response", "exact-duplicate", "echoed-prompt"]})
    places = [(each.name, each.line, each.path) for each in report.findings]
    assert ("empty-response", 5, "$.response") in places
    assert ("exact-duplicate", 8) in [each[:2] for each in places]
    assert report.examples == 29
    assert [(each.path, each.rows_read, each.blank_lines) for each in report.files] == [
        (str(tmp_path / "train.source"), 29, 1)
    ]
    note = "train.source: a row is a line, the prompt, with the same line of train.target, the response"
    assert note in report.notes


def test_splits_of_a_folder_are_compared_as_pairs(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    write(tmp_path / "train.tgt", SAID)
    write(tmp_path / "val.src", [ASKED[3], ASKED[4], "Is this one new?"])
    write(tmp_path / "val.tgt", [SAID[3], "Another answer is right here.", "It is a new one."])
    report = lint(str(tmp_path), config={"select": ["leaked-example"]})
    assert [(each.line, each.related[0].line) for each in report.findings] == [(4, 1)]
    assert [(each.split, each.rows_read) for each in report.files] == [("train", 30), ("evaluation", 3)]


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (["."], None),
        (["train.de", "train.en"], None),
        (["train.en"], ["val.de", "val.en"]),
        (["train.de", "train.en"], ["val.en"]),
    ],
)
def test_an_evaluation_set_has_the_language_of_the_training_data_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], held: list[str] | None
) -> None:
    for split, start in (("train", 0), ("val", 25)):
        write(tmp_path / f"{split}.en", ASKED[start:])
        write(tmp_path / f"{split}.de", SAID[start:])
    monkeypatch.chdir(tmp_path)
    more = {} if held is None and given == ["."] else {"eval": held or ["val.en", "val.de"]}
    report = lint(given, config={"select": ["leaked-example"]}, **more)
    assert [each.line for each in report.findings] == [26, 27, 28, 29, 30]


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (("a.en", "a.de", "a.fr"), (30, 30, 30)),
        (("train.src", "train.tgt"), (30, 29)),
        (("s1.txt", "s2.txt"), (30, 30)),
        (("premise.txt", "hypothesis.txt", "labels.txt"), (30, 30, 30)),
        (("gold.txt", "pred.txt"), (30, 30)),
        (("chapter1.txt", "chapter2.txt"), (30, 30)),
        (("pos.txt", "neg.txt"), (30, 30)),
        (("train.txt", "notes.txt"), (30, 30)),
        (("a/train.txt", "b/train.txt"), (30, 30)),
        (("train.src", "valid.tgt"), (30, 30)),
    ],
)
def test_other_texts_are_not_paired(tmp_path: Path, names: Sequence[str], counts: Sequence[int]) -> None:
    for number, (name, count) in enumerate(zip(names, counts, strict=True)):
        write(tmp_path / name, [sentence(number * 1000 + n) for n in range(count)])
    assert "parallel-text" not in containers(*(tmp_path / name for name in names))


def test_of_three_texts_two_that_are_named_are_pairs(tmp_path: Path) -> None:
    for name in ("a.en", "a.de", "a.fr"):
        write(tmp_path / name, ASKED)
    assert containers(tmp_path / "a.fr", tmp_path / "a.de") == ["parallel-text"]
    assert containers(tmp_path / "a.fr") == ["text"]
    assert containers(tmp_path) == ["text"] * 3


def test_numbers_of_lines_that_differ_are_said_once(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    write(tmp_path / "train.tgt", SAID[1:])
    report = lint(str(tmp_path), eval=False, config={"select": ["FMT"]})
    said = [note for note in report.notes if "not read as pairs" in note]
    assert said == ["train.src: not read as pairs with train.tgt: they have 30 and 29 lines"]


def test_a_last_empty_line_is_none(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    write(tmp_path / "train.tgt", [*SAID, "", ""])
    assert len(rows(tmp_path / "train.src")) == 30


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_other_encodings_are_read_and_reported_with_the_file(tmp_path: Path, encoding: str) -> None:
    asked = ["Où est la gare là-bas, près de la forêt ?", *ASKED[1:]]
    write(tmp_path / "train.target", SAID)
    write(tmp_path / "train.source", asked, encoding)
    assert rows(tmp_path / "train.target")[0] == {"prompt": asked[0], "response": SAID[0]}
    write(tmp_path / "train.source", ASKED)
    write(tmp_path / "train.target", asked, encoding)
    assert rows(tmp_path / "train.source")[0] == {"prompt": ASKED[0], "response": asked[0]}
    report = lint(str(tmp_path / "train.source"), eval=False, config={"select": ["FMT"]})
    assert (
        [each.message.startswith("train.target: ") for each in report.findings] == [True] * len(report.findings) != []
    )


def test_compressed_sides_are_pairs(tmp_path: Path) -> None:
    for name, lines in (("train.en.gz", ASKED), ("train.de.gz", SAID)):
        (tmp_path / name).write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    assert rows(tmp_path / "train.en.gz", tmp_path / "train.de.gz")[3] == {
        "translation": {"en": ASKED[3], "de": SAID[3]}
    }


def test_a_line_without_an_encoding_is_refused_with_its_pair(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    (tmp_path / "train.tgt").write_bytes("\n".join(SAID).encode().replace(b"\n", b"\n\xff\x81\x00\n", 1)[:-1] + b"\n")
    text = (tmp_path / "train.tgt").read_bytes().split(b"\n")
    (tmp_path / "train.tgt").write_bytes(b"\n".join([text[0], text[1], *text[3:]]))
    report = lint(str(tmp_path / "train.src"), eval=False, config={"select": ["FMT"]})
    read, refused = report.files[0].rows_read, report.files[0].rows_refused
    assert read + refused == 30


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_what_is_no_file_of_the_folder_is_no_side(tmp_path: Path) -> None:
    folder, outside = tmp_path / "data", tmp_path / "secret.txt"
    write(folder / "train.src", ASKED)
    write(outside, SAID)
    (folder / "train.tgt").symlink_to(outside)
    assert containers(folder / "train.src") == ["text"]
    (folder / "train.tgt").unlink()
    os.mkfifo(folder / "train.tgt")
    assert containers(folder / "train.src") == ["text"]
    (folder / "train.tgt").unlink()
    (folder / "train.tgt").mkdir()
    assert containers(folder / "train.src") == ["text"]


def test_a_side_outside_of_the_confinement_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "in" / "train.txt", ASKED)
    write(tmp_path / "out" / "train.txt", SAID)
    path = tmp_path / "in" / "train.txt"
    assert containers(path) == ["parallel-text"]
    assert containers(path, confine=Confinement.to([path.parent])) == ["text"]
    assert containers(path, confine=Confinement.to([tmp_path])) == ["parallel-text"]


@pytest.mark.parametrize("data", [b"", b"\n" * 30, b"\0\x01\x02" * 90 + b"\n" * 30, b"PK\x03\x04" + b"x\n" * 30])
def test_what_is_no_text_is_no_side(tmp_path: Path, data: bytes) -> None:
    write(tmp_path / "train.src", ASKED)
    (tmp_path / "train.tgt").write_bytes(data)
    assert containers(tmp_path / "train.src") == ["text"]


def test_very_long_lines_are_pairs_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "train.src", ["word " * 500_000, "b"])
    write(tmp_path / "train.tgt", ["A", "B"])
    assert [len(row["prompt"]) for row in rows(tmp_path / "train.src")] == [2_500_000, 1]
    monkeypatch.setattr("datalint.sources.parallel.pairing.LONGEST", 1 << 20)
    assert containers(tmp_path / "train.src") == ["text"]


def test_a_side_that_changes_while_it_is_read_ends_the_run(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    write(tmp_path / "train.tgt", SAID)
    [source] = open_sources([str(tmp_path / "train.src")])
    write(tmp_path / "train.tgt", SAID[:9])
    from datalint.sources.base import refuse_changed

    with pytest.raises(datalint.DatalintError, match=r"train\.tgt changed while it was read"):
        refuse_changed([source])


def test_large_files_are_read_in_chunks_with_the_same_rows(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED * 40)
    write(tmp_path / "train.tgt", SAID * 40)
    [source] = open_sources([str(tmp_path / "train.src")], chunk_bytes=4096)
    loaded = [chunk.load() for chunk in source.chunks(0)]
    assert len(loaded) > 10
    assert sum(len(each.records) for each in loaded) == 1200
    assert source.fetch([601]) == [{"prompt": ASKED[1], "response": SAID[1]}]


@pytest.mark.parametrize(
    ("one", "other", "keys"),
    [
        ("a/train.pt_BR", "a/train.en", ("en", "pt_BR")),
        ("a/train.eng_Latn", "a/train.deu_Latn", ("eng_Latn", "deu_Latn")),
        ("a/x.de-en.de", "a/x.de-en.en", ("en", "de")),
        ("fr/train.fr", "en/train.en", ("en", "fr")),
        ("a/train.txt", "a/labels_train.txt", ("text", "label")),
        ("a/seq.in", "a/label", ("text", "label")),
        ("a/dev.pred", "a/dev.gold", None),
        ("a/one.txt", "a/two.txt", None),
    ],
)
def test_names_say_what_a_side_is(one: str, other: str, keys: tuple[str, str] | None) -> None:
    for pair in ((one, other), (other, one)):
        found = roles_of(*map(Path, pair))
        assert (None if found is None else found.keys) == keys


def test_files_that_are_opened_again_are_read_once_while_they_are_in_use(tmp_path: Path) -> None:
    write(tmp_path / "train.src", ASKED)
    write(tmp_path / "train.tgt", SAID)
    given = [str(tmp_path / "train.src")]
    [source] = open_sources(given)
    assert open_sources(given)[0] is source
    write(tmp_path / "train.tgt", [*SAID[1:], SAID[0]])
    [again] = open_sources(given)
    assert again is not source
    assert again.fetch([0]) == [{"prompt": ASKED[0], "response": SAID[1]}]


@pytest.mark.parametrize(
    ("asked", "said", "is_header"),
    [
        ("source_sentence", "target_sentence", True),
        ("src_text ", "tgt_text", True),
        ("source_sentence", "Where is it?", False),
        ("get_name", "set_name", False),
        ("house", "home", False),
    ],
)
def test_first_lines_with_names_of_columns_are_no_pair(tmp_path: Path, asked: str, said: str, is_header: bool) -> None:
    write(tmp_path / "train.src", [asked, *ASKED])
    write(tmp_path / "train.tgt", [said, *SAID])
    [source] = open_sources([str(tmp_path / "train.src")])
    assert len(rows(tmp_path / "train.src")) == len(ASKED) + (not is_header)
    assert ("line 1 has the names of columns and is left out" in source.facts().rows_of) == is_header
