"""Prompts that stand in several rows, and which of them have answers that contradict each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.neardup import normalize
from datalint.records.dataset import Group, shared_turns
from datalint.shapes.formats import text_label
from datalint.support.duplicates import repeated

#: Answers up to this many characters and words are closed (a label, a number, a name): two different ones
#: contradict. Longer ones may be two good answers, as in sets of one prompt and many completions.
_CLOSED = 40
_CLOSED_WORDS = 4
#: Prompts with several answers whose texts are read to see whether they contradict; and of these, with long ones.
_MOST_CONFLICTS = 5_000
_MOST_LONG = 1_000
_BEGINNING = 100
#: How an answer begins that says yes or no: "No problem" and "Si vous …" say neither.
_YES = r"(?:yes|yeah|yep|sí|oui|ja|да|是的|对)"
_NO = r"(?:no|nope|non|nein|нет|不是|不)"
_STOPS = r"(?:[,.;:!，。；：！]|\s[—–-]\s)"
#: Texts with a label of up to this many characters are read again, where they are not more than so many.
_BRIEF = 200
_MOST_LABELLED = 100_000


def find_repeated_prompts(examples: pl.DataFrame) -> list[Group]:
    """Return groups of rows with one context (system, prompt, earlier turns) and several different answers."""
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    answered = examples.select("context", "answer", "is_preference", "prompt_chars", "response_chars", index).filter(
        (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0) & ~pl.col("is_preference")
    )
    groups = (
        answered.filter(repeated(answered["context"]))
        .unique(["context", "answer"], keep="first", maintain_order=True)
        .group_by("context", maintain_order=True)
        .agg("i")
        .filter(pl.col("i").list.len() >= 2)
    )
    return [Group(rows) for rows in groups["i"].to_list()]


def find_punctuated(examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return groups of short texts with different labels that are one text but for hyphens, commas and full stops.

    A question or exclamation mark tells two texts apart, as a label may hang on it.
    """
    brief = pl.col("prompt_chars").is_between(1, _BRIEF) & (pl.col("response_chars") > 0)
    index = pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
    rows = examples.select("shape", "context", "answer", "prompt_chars", "response_chars", index)
    rows = rows.filter((pl.col("shape") == text_label.SHAPE.name) & brief)
    if not 2 <= rows.height <= _MOST_LABELLED:
        return []
    [prompts] = reader.parts(rows["i"].to_numpy(), "prompt")
    groups = (
        rows.with_columns(_without_marks(prompts).alias("words"))
        .filter((pl.col("words") != "") & pl.col("words").is_duplicated())
        .unique(["words", "answer"], keep="first", maintain_order=True)
        .group_by("words", maintain_order=True)
        .agg("i", pl.col("context").n_unique().alias("prompts"))
        .filter((pl.col("i").list.len() >= 2) & (pl.col("prompts") >= 2))
    )
    return [Group(found) for found in groups["i"].to_list()]


def _without_marks(texts: pl.Series) -> pl.Series:
    parted = normalize(texts.str.normalize("NFKC")).str.replace_all(r"\b[-‐]\b", " ")
    return parted.str.replace_all(r"[.,。、]+( |$)", "$1").str.replace_all(" {2,}", " ").str.strip_chars()


def find_conflicts(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    """Return those of the repeated prompts, and of what :func:`find_punctuated` finds, whose answers contradict.

    Closed answers (up to 40 characters and four words) contradict when neither holds the other once case and
    punctuation are gone; others when one begins with yes and another with no. Else long answers to one prompt are
    several answers, which :func:`find_repeated_prompts` reports. No row is in two groups.
    """
    found = _contradicting(groups, examples, reader)
    told = {row for group in found for row in group.rows}
    more = _contradicting(find_punctuated(examples, reader), examples, reader)
    found += [group for group in more if told.isdisjoint(group.rows)]
    return sorted(found, key=lambda group: group.rows[0])


def _contradicting(groups: Sequence[Group], examples: pl.DataFrame, reader: Reader) -> list[Group]:
    chars = examples["response_chars"].to_numpy()
    closed = [all(chars[row] <= _CLOSED for row in group.rows) for group in groups]
    short = [group for group, each in zip(groups, closed, strict=True) if each][:_MOST_CONFLICTS]
    long = [group for group, each in zip(groups, closed, strict=True) if not each][:_MOST_LONG]
    rows = sorted({row for group in (*short, *long) for row in group.rows})
    answers = {row: text.response for row, text in zip(rows, reader.texts(rows), strict=True)}
    found = [group for group in short if _contradict([_bare(answers[row]) for row in group.rows])]
    told = {id(group) for group in found}
    found += [
        group
        for group in (*short, *long)
        if id(group) not in told and _is_yes_and_no([answers[row] for row in group.rows])
    ]
    return found


def _is_yes_and_no(answers: list[str]) -> bool:
    begin = shared_turns(answers)
    return all(
        any(re.match(rf"(?i)\s*{word}{_STOPS}", answer[begin : begin + _BEGINNING]) for answer in answers)
        for word in (_YES, _NO)
    )


def _bare(answer: str) -> str:
    number = re.fullmatch(r"\s*(-?\d+)\.0+\s*", answer)
    return number.group(1) if number else " ".join(re.findall(r"\w+", answer.casefold()))


def _contradict(answers: list[str]) -> bool:
    first = answers[0]
    if any(len(answer.split()) > _CLOSED_WORDS for answer in answers):
        return False
    return any(f" {first} " not in f" {other} " and f" {other} " not in f" {first} " for other in answers[1:])
