"""No output shows eight characters in a row of a secret: every format, every rule, every place for a text."""

from __future__ import annotations

import contextlib
import html
import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from near_clusters import find_near_duplicates
from rich.console import Console
from secret_samples import runs, samples, shared

from datalint.api import Dataset, Examples, Hit, Options, Record, Rule, Severity, Turns, rule
from datalint.cli.main import cli
from datalint.cli.writing import FORMATS, report_bytes
from datalint.config.gates import profile
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.plan import Active, Plan
from datalint.engine.run import examine
from datalint.operations.check import run_lint
from datalint.operations.compare import run_compare
from datalint.report import clusters as cluster_report
from datalint.report.compare import html as compare_html
from datalint.report.compare import json as compare_json
from datalint.report.compare import markdown as compare_markdown
from datalint.report.compare import text as compare_text
from datalint.report.model import Report
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object

SAMPLES = list(samples())
#: With quotation marks, which JSON escapes.
SAMPLES += [
    (kind, text.replace(value, f'"{value}"'), value)
    for kind, text, value in samples(seed=1)
    if kind == "assigned secret"
]
FORBIDDEN = runs([value for _, _, value in SAMPLES])
WORDS = """river model answer window garden letter between morning silver doctor kitchen parcel market winter train
light question number because under quickly system button screen sentence customer order refund little seven""".split()
#: Rules that quote rows, keys or values, and that the rows below make fire.
QUOTING = """QUA004 QUA005 QUA006 QUA007 QUA008 QUA009 QUA011 QUA012 QUA013 QUA014 QUA015 QUA023 DIV003 DIV005 DIV006
""".split()
#: As many different prompts as have one answer where a rule finds the answer canned.
ASKED = (
    *("Where to park?", "How much is lunch?", "Who repairs bikes?"),
    *("When does it open?", "Is the museum free?", "Does the ferry run today?"),
)


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def texts(secret: str, chance: random.Random) -> Iterator[str]:
    """Yield responses that make rules quote what stands next to the secret."""
    some, more = words(chance, 20), words(chance, 40)
    yield from (f"{some} {secret}{char} {more}." for char in "\x07\u202e\u200b\xad\ufffd\U000e0041")
    yield from (f"{some} \x07{secret} {more}.", f"{some} {secret} \x07{more}.", f"{some} \x07 {more} {secret}")
    yield from (
        f"café Ã©Ã¨ {secret} {some}.",
        f"{some} {secret} Ã©.",
        f"{some} {secret} â€\x9d so",
        f"{secret}ï¿½ {some}.",
    )
    yield from (f"{some} [Your {secret}] {more}.", f"{{{{name}}}} {secret} {some}.", f"<your {secret}> {some}.")
    yield from (f"I am ChatGPT. {secret} {some}.", f"{secret} I was trained by OpenAI, {some}.")
    yield from (f"As an AI language model {secret} {some}.", f"{secret} As an AI language model, I do not.")
    yield from (f"I'm sorry, but I can't help with {secret} {some}.", f"{secret} I'm sorry, but I cannot assist.")
    yield from (f"{more}. {more}. {some} {secret} and the", f"{more}. {more}. {some} with {secret} of the")
    yield (f"{words(chance, 9)} {secret} " * 12).strip()
    yield f"<|im_start|>{secret}<|im_end|> {some}."


#: Each place for a secret gets every sixth format, and the next place the next sixth. What redaction does to a format
#: does not depend on the place, and every format is cut everywhere in ``test_privacy_cuts``.
SIXTHS = 6


def blocks(number: int, secret: str, chance: random.Random) -> Iterator[list[dict[str, Any]]]:
    """Yield rows that hold a secret, those together that a rule, a chart or a comparison shows together."""
    for text in texts(secret, chance):
        yield [{"prompt": f"{words(chance, 12)} {number}?", "completion": text, "category": secret}]
    for gap in range(0, 64, 17):
        filler = ("and so on " * 9)[:gap]
        long = words(random.Random(gap + 100 * number), 60)
        asked = words(random.Random(gap), 30)
        yield [
            row
            for end in ("old", "new")
            for row in (
                {"prompt": f"{asked} {end} {filler} {secret} {number}", "completion": "Yes."},
                {"prompt": f"{long[:9]}?", "completion": f"{long} {secret} {filler} {end}."},
            )
        ]
    yield [
        {"prompt": f"May {number} be it?", "completion": f"Line one\n{answer}, {secret} it is {answer}."}
        for answer in ("Yes", "No")
    ]
    yield [
        {"prompt": f"{asked} {number}", "completion": f"Please ask the people who {secret} know it all."}
        for asked in ASKED
    ]
    yield [{"prompt": f"What is {name} and {secret}?", "completion": words(chance, 8)} for name in WORDS[:3]]
    user, reply = {"role": "user", "content": secret}, {"role": "assistant", "content": words(chance, 9)}
    yield from ([{"messages": [other, reply]}] for other in ({**user, "role": secret}, {**user, "name": secret}))
    yield [{"messages": [{"role": "user", "content": [{"type": secret, "text": secret}]}, reply], "tools": secret}]
    yield from (
        [{secret: 1, "zzz": secret}],
        [{"promt": secret, "completion": secret}],
        [{"messages": secret}],
        [{"messages": [secret]}],
    )
    yield [{"prompt": secret, "chosen": secret, "rejected": secret, "score": secret}]
    more = {secret: secret, "score": number, "weight": secret}
    yield [{"prompt": words(chance, 9), "completion": words(chance, 9), **more}]
    yield from ([{"prompt": words(chance, 9), "completion": [secret]}], [{"prompt": secret, "completion": ""}])
    if '"' in secret:
        return  # in JSON within JSON it has backslashes, which no format allows for
    function = {"name": f"{secret} ", "parameters": {"type": "object", "properties": {"mode": {"enum": [secret]}}}}
    for arguments in (f'{{"mode": {secret}', json.dumps(secret), json.dumps({"mode": f"{secret}2", secret: 1})):
        call = {"id": "1", "type": "function", "function": {"name": f"{secret} ", "arguments": arguments}}
        turns = [user, {"role": "assistant", "content": None, "tool_calls": [call]}]
        yield [{"messages": turns, "tools": [{"type": "function", "function": function}]}]


def rows(seed: int) -> Iterator[dict[str, Any]]:
    """Yield rows that hold secrets wherever a rule, a chart or a comparison may show some text."""
    chance = random.Random(seed)
    for number, (_, secret, _) in enumerate(SAMPLES):
        for place, block in enumerate(blocks(number, secret, chance)):
            if (number + place) % SIXTHS == 0:
                yield from block
    for number in range(60):
        key, end = SAMPLES[-3][1], ("short", "brief", "terse")[number % 37 % 3 if number > 50 else 0]
        system = f"Send {key if number < 55 else key[:-3] + 'Zq7'} with every call, and be {end}."
        turns = [("system", system), ("user", words(chance, 9)), ("assistant", words(chance, 9))]
        yield {"messages": [{"role": role, "content": text} for role, text in turns]}


def broken_lines() -> Iterator[bytes]:
    """Yield lines that no parser reads, or that hold more than it says."""
    for _, secret, _ in SAMPLES:
        inside = json.dumps(secret)[1:-1]
        yield from (f'{{"prompt": "{inside}", "completion": oops}}'.encode(), f'{{"prompt": "{inside}'.encode())
        yield from (f'{{"{inside}": 1, "{inside}": NaN}}'.encode(), f'{{"prompt": "\\q{inside}"}}'.encode())
        yield from (f'{{"prompt": "{inside}\t"}}'.encode(), secret.encode(), b"\xff" + secret.encode())
        yield from (f'"{inside}"'.encode(), f'{{"a": "{inside}"}} {{"b": "{inside}"}}'.encode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a training and an evaluation set, an edited copy of both, and a schema."""
    path = tmp_path_factory.mktemp("secrets")
    train, new = list(rows(1)), list(rows(1))
    for number, row in enumerate(new):
        if number % 3 == 0:
            new[number] = {f"{key} 2" if len(key) > 12 else key: value for key, value in row.items()}
        elif number % 3 == 1 and isinstance(row.get("completion"), str):
            new[number] = row | {"completion": f"{row['completion']} Indeed.", "category": "other"}
    # The comparison has rows of its own on either side, and labels that become others.
    train += ({"prompt": f"{secret} gone", "completion": secret, "label": secret} for _, secret, _ in SAMPLES)
    new += (
        {"prompt": f"{secret} come", "completion": f"{secret} it is", "label": f"{secret}."} for _, secret, _ in SAMPLES
    )
    held = [
        row | {"completion": f"{row['completion']} so"} for row in train[::9] if isinstance(row.get("completion"), str)
    ]
    # Near-duplicates and comparisons show few places of a row, which a third of the rows has as well: those of one
    # format are not those of the next.
    some, changed = ([row for number, row in enumerate(data) if number // 8 % 3 == 0] for data in (train, new))
    every = {"train": train, "some": some, "changed": changed, "held": [*held, *train[:40]]}
    for name, data in every.items():
        lines = [json.dumps(row).encode() for row in data]
        (path / f"{name}.jsonl").write_bytes(b"\n".join([*lines, *(broken_lines() if name == "train" else ())]))
    schema = {"properties": {"category": {"pattern": "^x", "maxLength": 3}, "score": {"enum": ["x"]}}}
    (path / "schema.json").write_text(json.dumps(schema))
    return path


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    with contextlib.chdir(folder):
        return lint(
            "train.jsonl",
            held="held.jsonl",
            overrides={"schema": "schema.json", "select": ["ALL", *QUOTING], "balance.field": "category"},
        )


def lint(*names: str, held: str | None = None, overrides: dict[str, Any] | None = None) -> Report:
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True, overrides=overrides or {})
    evaluation = open_sources([held]) if held else []
    return run_lint(settings, registry, open_sources(list(names)), evaluation, charts=True)


def assert_none(output: str) -> None:
    """Check an output as it is and as its readers read it."""
    for text in {output, unquote(html.unescape(output))}:
        assert shared(text, FORBIDDEN) == []


def test_the_rows_make_the_rules_speak(report: Report) -> None:
    assert set(QUOTING) - set(report.rules) == set()
    assert report.internal_errors == 0
    assert report.charts is not None
    assert report.charts.members
    assert report.charts.category


@pytest.mark.parametrize("kind", FORMATS)
def test_reports(report: Report, kind: str, folder: Path) -> None:
    # Edits are of rows that are read again.
    with contextlib.chdir(folder):
        output = report_bytes(report, kind, full=True).decode()
    assert_none(output)
    if kind == "json":
        assert_edits_are_listed(json.loads(output))


def assert_edits_are_listed(output: dict[str, Any]) -> None:
    edits = [edit for finding in output["findings"] for edit in finding["edits"]]
    assert sum("redacted" in (edit["old"] or "") for edit in edits) > len(SAMPLES)
    assert {edit["op"] for edit in edits} >= {"replace", "rename", "remove"}


def test_python_and_notebooks(report: Report) -> None:
    assert_none(report._repr_html_())
    assert_none(report.to_pandas().to_csv())
    assert_none(str([*report.findings]))


def test_clusters(folder: Path) -> None:
    with contextlib.chdir(folder):
        found = find_near_duplicates(open_sources(["some.jsonl"]), all_pairs=True)
        for kind in ("text", "json", "jsonl"):
            assert_none(b"".join(cluster_report.pair_lines(found, kind)).decode())
            assert_none(b"".join(cluster_report.cluster_lines(found, kind)).decode())
        for width in (60, 200):
            file = io.StringIO()
            cluster_report.print_clusters(found, Console(file=file, width=width), members=50)
            assert "[redacted" in file.getvalue()
            assert_none(file.getvalue())


def test_comparisons(folder: Path) -> None:
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True, overrides={"balance.field": "category"})
    with contextlib.chdir(folder):
        sides = [(open_sources([name]), open_sources(["held.jsonl"])) for name in ("some.jsonl", "changed.jsonl")]
        found = run_compare(settings, registry, sides[0], sides[1])
    assert found.edits
    assert found.fields
    assert found.keys
    assert found.category is not None
    assert found.added
    assert found.removed
    assert found.findings
    for text in (
        compare_text.to_text(found, full=True),
        compare_json.to_json(found).decode(),
        compare_markdown.to_markdown(found),
        compare_html.to_html(found),
    ):
        assert_none(text)


#: File names end a path, so a secret with a slash in it can't be one.
NAMES = [
    value for _, text, value in SAMPLES if "/" not in text and "\n" not in text and len(text) < 200 and text == value
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return a report about files whose names are secrets."""
    path = tmp_path_factory.mktemp("names")
    sound = '{"prompt": "A?", "completion": "B"}\n'
    with contextlib.chdir(path):
        Path("held.jsonl").write_text(sound)
        for name in NAMES:
            Path(f"{name}.jsonl").write_text(sound + '{"prompt": "", "completion": ""}\n[]\n')
        return lint(*(f"{name}.jsonl" for name in NAMES), held="held.jsonl")


@pytest.mark.parametrize("kind", FORMATS)
def test_names_of_files(named: Report, kind: str) -> None:
    assert len(NAMES) > 10
    assert_none(report_bytes(named, kind, full=True).decode())


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{}.jsonl"),
        ("check", "held.jsonl", "--eval", "{}"),
        ("check", "held.jsonl", "--select", "{}"),
        ("check", "held.jsonl", "--category", "{}"),
        ("check", "held.jsonl", "--config", "{}.toml"),
        ("check", "held.jsonl", "--schema", "{}.json"),
        ("check", "held.jsonl", "--output", "json:{}/x"),
        ("check", "held.jsonl", "--output", "{}"),
        ("check", "held.jsonl", "--base-ref", "{}"),
        ("check", "held.jsonl", "--{}"),
        ("compare", "{}", "held.jsonl"),
        ("baseline", "held.jsonl", "--accept", "{}", "--reason", "x"),
        ("clusters", "{}"),
        ("rule", "{}"),
        ("{}",),
    ],
)
def test_messages(tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "held.jsonl").write_text('{"prompt": "A?", "completion": "B"}\n')
    for name in NAMES[:4]:
        from datalint.cli.main import main

        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            main([each.format(name) for each in arguments])
        assert said.getvalue()
        assert_none(said.getvalue())


def test_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = NAMES[0]
    (tmp_path / "datalint.toml").write_text(
        f'schema = "{name}.json"\n[balance]\nfield = "{name}"\n[balance.expected]\n{name} = 1\n'
    )
    for kind in ("text", "json"):
        shown = CliRunner().invoke(cli, ["config", "--output-format", kind])
        assert shown.exit_code == 0
        assert "[redacted" in shown.output
        assert_none(shown.output)


CUTTING = {"BAD001": Turns, "BAD002": Examples, "BAD003": Record, "BAD004": Dataset}


def cutting(code: str, scope: type) -> Rule:
    """Return a rule of a plug-in that cuts each text before it quotes it, in the middle of the secret."""

    def dataset(data: Dataset) -> Iterator[Hit]:
        for at, text in enumerate(data.texts(range(data.size))):
            yield Hit(f'dataset says "{text.response[40:70]}"', at=at, excerpt=text.response[45:75])

    def record(each: Record) -> Iterator[Hit]:
        text = each.value["completion"]
        yield Hit(f'record says "{text[40:70]}"', path=f"$.{text[44:60]}", excerpt=text[45:75], key=text[40:60])
        if len(text) % 7 == 0:
            raise ValueError(text[40:70])

    def function(unit: Any, options: Options) -> Any:
        if scope is Turns:
            return unit.is_response
        return unit.response != "" if scope is Examples else dataset(unit) if scope is Dataset else record(unit)

    def detail(row: dict[str, Any], options: Options) -> Hit:
        text = row["text"] if scope is Turns else row["response"]
        if len(text) % 7 == 0:
            raise ValueError(text[40:70])
        return Hit(f'says "{text[40:70]}"', excerpt=text[45:75])

    function.__annotations__ = {"unit": scope, "options": Options}
    made = rule(code, f"cutting-{scope.__name__.lower()}", severity=Severity.ERROR, since="0.1")(function)
    if scope in (Turns, Examples):
        made.detail(detail)
    return made


def test_plug_ins_that_cut_before_they_quote() -> None:
    given = [
        {"prompt": "What?", "completion": f"{('and so on ' * 5)[:gap]} {text} and more of it."}
        for _, text, value in SAMPLES
        for gap in range(0, 40, 3)
    ]
    made = [cutting(code, scope) for code, scope in CUTTING.items()]
    plan = Plan(rules=tuple(Active(each, each.options(), each.severity) for each in made))
    outcome = examine([from_object(given)], [], plan, list(profile("guide").values())).outcome
    for code in CUTTING:
        assert len(outcome.findings.of(code)) >= len(given) // 2, code
    assert_none("\n".join(str(finding) for finding in outcome.findings))
    assert_none(outcome.findings.table.write_json())


def test_only_redaction_makes_text_that_may_be_shown() -> None:
    """Nothing but the module that redacts and escapes calls the types that say so."""
    package = Path(cluster_report.__file__).parents[1]
    maker = re.compile(r"\b(Shown|FileName)\(|cast\([\"']?(Shown|FileName)\b|NewType\([\"'](Shown|FileName)")
    makers = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if maker.search(path.read_text())}
    assert makers == {"privacy/display.py"}
