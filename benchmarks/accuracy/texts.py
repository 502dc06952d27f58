"""Rules about single texts: refusals, personal data, secrets, mojibake, languages."""

from __future__ import annotations

import csv
import importlib
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.accuracy.rows import answers, findings, reported_rows
from benchmarks.accuracy.scores import Score
from datalint.languages.identify import identify
from datalint.privacy.personal import personal
from datalint.privacy.secret import secrets

#: Types of presidio-research, and the kinds of QUA024 that claim them.
_KINDS: Final = {
    "EMAIL_ADDRESS": "e-mail address",
    "PHONE_NUMBER": "phone number",
    "CREDIT_CARD": "card number",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP address",
    "US_SSN": "national number",
}
#: The twenty languages of lingua's 75 with most speakers (Ethnologue 2023).
LANGUAGES: Final = "en zh hi es fr ar bn pt ru ur id de ja mr te tr ta vi tl ko".split()
#: Languages of the test of off-language rows, and how many rows it has.
_HOSTS: Final = ("en", "zh", "ja", "ko", "ru", "ar")
_HOST_ROWS: Final = 200


def xstest(folder: Path) -> Iterator[Score]:
    """Score refusals: a reported completion is right if it is a full or partial refusal."""
    labels: list[str] = []
    others: list[str] = []
    texts: list[str] = []
    for path in sorted((folder / "model_completions").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        matched = folder / "evaluation" / "automated_evaluation_labels" / f"{path.stem}_streval.csv"
        with matched.open(encoding="utf-8", newline="") as file:
            others += [row["strmatch_label"] for row in csv.DictReader(file)]
        texts += [row["completion"] for row in rows]
        labels += [row["final_label"] for row in rows]
    reported = reported_rows(answers(texts), "QUA007")
    matching = {row for row, label in enumerate(others) if "refusal" in label}
    full = {row for row, label in enumerate(labels) if label.startswith("2")}
    any_refusal = {row for row, label in enumerate(labels) if not label.startswith("1")}
    for tool, mine in (("datalint", reported), ("XSTest's string matching", matching)):
        counts = (len(full), len(full & mine), len(mine), len(any_refusal & mine))
        yield Score("QUA007", "xstest", "full refusals", tool, len(texts), *counts)


def presidio(folder: Path) -> Iterator[Score]:
    """Score personal data by kind; a reported span is right if it overlaps a label of a kind that is claimed."""
    yield from _presidio(folder / "data" / "synth_dataset_v2.json", "")
    yield from _presidio(folder / "tests" / "data" / "generated_large.json", ", second file")


def _presidio(path: Path, suffix: str) -> Iterator[Score]:
    samples = json.loads(path.read_text("utf-8"))
    shown = findings(answers([sample["full_text"] for sample in samples]), ["QUA024"])
    rows = {each.row - 1 for each in shown if each.row}
    totals = [0] * 4
    for label, kind in _KINDS.items():
        positives = found = reported = right = 0
        for number, sample in enumerate(samples):
            spans = [each for each in sample["spans"] if each["entity_type"] == label]
            claimed = [each for each in sample["spans"] if each["entity_type"] in _KINDS]
            mine = [each for each in personal(sample["full_text"]) if number in rows]
            positives += len(spans)
            found += sum(any(_overlap(each, span) for each in mine) for span in spans)
            of_kind = [each for each in mine if each.kind == kind]
            reported += len(of_kind)
            right += sum(any(_overlap(each, span) for span in claimed) for each in of_kind)
        counts = (len(samples), positives, found, reported, right)
        totals = [one + other for one, other in zip(totals, counts[1:], strict=True)]
        yield Score("QUA024", "presidio", f"{label}{suffix}", "datalint", *counts)
    yield Score("QUA024", "presidio", f"all{suffix}", "datalint", len(samples), *totals)


def _overlap(found: tuple[str, int, int], span: dict[str, int]) -> bool:
    return found[1] < span["end_position"] and span["start_position"] < found[2]


def credsweeper(folder: Path) -> Iterator[Score]:
    """Score secrets: labelled values that are found, and what is found in the files that no rule of theirs reports."""
    scripts = importlib.import_module("secret_formats")
    samples = list(dict.fromkeys(scripts.credsweeper(folder)))
    files = list(scripts.credsweeper_files(folder))

    def score(tool: str, find: Callable[[str], list[str]]) -> Score:
        hits = sum(
            any(
                value in sample.text[sample.start : sample.end] or sample.text[sample.start : sample.end] in value
                for value in find(sample.text)
            )
            for sample in samples
        )
        reported = right = 0
        for _, text, values in files:
            for value in set(find(text)):
                reported += 1
                right += any(value in known or known in value for known in values)
        return Score("QUA023", "credsweeper", "tokens", tool, len(samples), len(samples), hits, reported, right)

    yield score("datalint", lambda text: [text[each.start : each.end] for each in secrets(text)])
    scan = _detect_secrets()
    if scan is not None:
        yield score("detect-secrets", scan)


def _detect_secrets() -> Callable[[str], list[str]] | None:
    """Return the scan of detect-secrets with its detectors of formats; None if it is not installed."""
    try:
        from detect_secrets.core.scan import scan_line
        from detect_secrets.settings import default_settings
    except ImportError:
        return None

    def scan(text: str) -> list[str]:
        with default_settings() as settings:
            settings.disable_plugins("Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector")
            return [each.secret_value for line in text.splitlines() for each in scan_line(line) if each.secret_value]

    return scan


def ftfy(folder: Path) -> Iterator[Score]:
    """Score mojibake: texts that ftfy's encoding repair should change, and texts that it should leave."""
    cases = [
        case
        for name in ("in-the-wild", "synthetic", "negative", "language-names")
        for case in json.loads((folder / "tests" / "test-cases" / f"{name}.json").read_text("utf-8"))
        if case["expect"] == "pass"
    ]
    broken = {
        number for number, case in enumerate(cases) if case.get("fixed-encoding", case["fixed"]) != case["original"]
    }
    reported = reported_rows(answers([case["original"] for case in cases]), "QUA011")
    right = len(broken & reported)
    yield Score("QUA011", "ftfy", "texts", "datalint", len(cases), len(broken), right, len(reported), right)
    from ftfy.badness import is_bad

    peer = {number for number, case in enumerate(cases) if is_bad(case["original"])}
    right = len(broken & peer)
    yield Score("QUA011", "ftfy", "texts", "ftfy.badness", len(cases), len(broken), right, len(peer), right)


def lingua(folder: Path) -> Iterator[Score]:
    """Score identification, and rows made of labelled sentences: answers and rows in another language."""
    sentences = {
        code: [line for line in path.read_text("utf-8").splitlines() if line.strip()]
        for code in LANGUAGES
        if (path := folder / "language-models" / code / "testdata" / "sentences.txt").is_file()
    }
    tools: dict[str, Callable[[str], str | None]] = {"datalint": _code}
    try:
        langdetect = importlib.import_module("langdetect")
    except ImportError:
        pass
    else:
        langdetect.DetectorFactory.seed = 0
        tools["langdetect"] = lambda text: _by_langdetect(langdetect, text)
    for tool, code_of in tools.items():
        pairs = [(code, code_of(text)) for code, texts in sentences.items() for text in texts]
        right = sum(code == found for code, found in pairs)
        reported = sum(found is not None for _, found in pairs)
        yield Score("QUA019", "lingua", "language of a sentence", tool, len(pairs), len(pairs), right, reported, right)
    yield _mismatches(sentences)
    yield _off_language(sentences)


def _code(text: str) -> str | None:
    found = identify(text)
    # The model has no name for both; the rules count them as one.
    return None if found is None else found.group


def _by_langdetect(langdetect: object, text: str) -> str | None:
    try:
        found: str = langdetect.detect(text)  # type: ignore[attr-defined]
    except Exception:
        return None
    return found.partition("-")[0]


def _mismatches(sentences: dict[str, list[str]]) -> Score:
    """Score answers in another language: one pair of sentences in twenty is of two languages."""
    chance = random.Random(1)
    rows, wrong = [], set()
    for code, texts in sentences.items():
        for number in range(0, len(texts) - 1, 2):
            prompt, answer = texts[number], texts[number + 1]
            if chance.random() < 0.05:
                answer = chance.choice(sentences[chance.choice([each for each in sentences if each != code])])
                wrong.add(len(rows))
            rows.append({"prompt": prompt, "completion": answer})
    reported = reported_rows(rows, "QUA019")
    right = len(wrong & reported)
    return Score(
        "QUA019", "lingua", "pairs of sentences", "datalint", len(rows), len(wrong), right, len(reported), right
    )


def _off_language(sentences: dict[str, list[str]]) -> Score:
    """Score rows of another language among those of one."""
    chance = random.Random(1)
    units = positives = right = reported = 0
    for host in _HOSTS:
        rows = [{"prompt": "", "completion": text} for text in sentences[host][:_HOST_ROWS]]
        others = [code for code in sentences if code != host]
        rows += [{"prompt": "", "completion": chance.choice(sentences[chance.choice(others)])} for _ in range(5)]
        mine = reported_rows(rows, "QUA030")
        units += len(rows)
        positives += 5
        reported += len(mine)
        right += len({row for row in mine if row >= len(rows) - 5})
    return Score("QUA030", "lingua", "rows of sentences", "datalint", units, positives, right, reported, right)
