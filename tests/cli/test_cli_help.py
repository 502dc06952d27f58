"""Help costs nothing: no command's --help imports what it will need to work."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from cli_runs import Run, run_program
from every import every

from datalint.cli.main import cli

COMMANDS = [(), *((name,) for name in cli.list_commands(click.Context(cli)))]
HEAVY = {"datasets", "jinja2", "jsonschema", "numpy", "orjson", "pandas", "polars", "pyarrow", "rapidfuzz", "rich"}
#: What a plain file without mistakes, in one format, printed without colours, has no use for.
UNNEEDED = (
    "datalint.advise", "datalint.compare", "datalint.engine.execute.chunk_cache", "datalint.engine.execute.workers",
    "datalint.engine.guesses.fuller_readings", "datalint.engine.guesses.notes_on_keys",
    "datalint.engine.reduce.charts", "datalint.engine.reduce.marked_text", "datalint.records.observed",
    "datalint.models", "datalint.operations.advise", "datalint.operations.baseline", "datalint.operations.init",
    "datalint.report.html", "datalint.rules.common.plan", "datalint.setup.training", "datalint.shapes.inference.infer",
    "datalint.shapes.evidence.sampled", "datalint.shapes.inference.translated_keys",
    "datalint.sources.json_truth.explain", "datalint.sources.python_values", "datalint.sources.readers.delimited",
    "datalint.sources.readers.documents", "datalint.sources.readers.hub", "datalint.sources.readers.memory",
    "datalint.sources.readers.texts",
    "datalint.sources.tables.arrow", "datalint.support.names.column_names", "datalint.support.names.column_words",
    "datasets", "ftfy", "jinja2", "jsonschema.", "multiprocessing.connection", "pandas", "pyarrow", "rich",
    "statistics",
)  # fmt: skip
#: Modules that compile patterns when they are imported: these are passed to functions, or take no part of datalint.
COMPILING = {"datalint.cache.store", "datalint.checkout.repositories", "datalint.config.document"}
#: Notes what compiles patterns while it is imported, runs a command, and prints its exit code, these modules and all.
_PROBE = """
import re, sys
compiled, compile_now = set(), re.compile
def compile_and_note(*arguments, **named):
    caller = sys._getframe(1)
    if caller.f_code.co_name in ("<module>", "<dictcomp>", "<listcomp>"):
        compiled.add(caller.f_globals["__name__"])
    return compile_now(*arguments, **named)
re.compile = compile_and_note
from datalint.cli import main
try:
    main(sys.argv[1:])
except SystemExit as done:
    print(*sorted(compiled), file=sys.stderr)
    print(done.code, *sorted(sys.modules), file=sys.stderr)
"""
#: Runs commands, given as JSON, with --help; prints of each the exit code, its text, and what is imported then.
_HELP = """
import contextlib, io, json, sys
from datalint.cli import main
for command in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            main([*command, "--help"])
        except SystemExit as done:
            code = done.code
    print(json.dumps([code, printed.getvalue(), [*sys.modules]]))
"""


def modules_after(*arguments: str) -> tuple[str, set[str], str]:
    """Return the exit code, the modules that a run imported, and what it printed."""
    done = run_program(_PROBE, *arguments)
    code, *modules = done.stderr.splitlines()[-1].split()
    return code, set(modules), done.stdout


def test_help_works_and_imports_nothing_heavy() -> None:
    """All in one process: what one command imports is there after the next ones too."""
    done = run_program(_HELP, json.dumps(COMMANDS))
    for command, line in zip(COMMANDS, done.stdout.splitlines(), strict=True):
        code, printed, modules = json.loads(line)
        assert code == 0, command
        assert printed.startswith(f"Usage: {' '.join(('datalint', *command))} ")
        assert "Examples:" in printed, command
        assert HEAVY.intersection(modules) == set(), command


@every("command", COMMANDS, ids=lambda command: " ".join(command) or "datalint")
def test_examples_fit_on_a_line_of_80_columns(run: Run, command: tuple[str, ...]) -> None:
    """They are not wrapped, so that they can be copied."""
    lines = run(*command, "--help").text.partition("Examples:")[2].splitlines()
    assert [line for line in lines if len(line) > 80] == []


def leaves(command: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        yield names
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from leaves(inner, *names, name)


@every("command", [*leaves(cli)], ids=" ".join)
def test_every_command_prints_text_or_json(run: Run, command: tuple[str, ...]) -> None:
    shown = run(*command, "--help").text
    [formats] = re.findall(r"--output-format \[([^\]]+)\]", shown)
    assert {"text", "json"} <= set(formats.split("|"))
    assert "[default: text]" in shown
    assert "'tables' is not one of" in run(*command, "--output-format", "tables").error


#: What commands that read rows take, by the heading in their help. ``clusters`` does not judge them.
SHARED = {
    "Input": ("--columns", "--split", "--stdin-filename"),
    "Configuration": ("--config", "--isolated", "--allow-local-plugins"),
    "Speed": ("--jobs", "--max-memory", "--no-cache", "--cache-dir"),
    "Output": ("--output-format",),
}
JUDGING = {
    "Input": ("--eval", "--category", "--schema"),
    "Rule selection": ("--select", "--ignore", "--extend-select"),
    "Configuration": ("--profile",),
}


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        *((name, [SHARED, JUDGING]) for name in ("check", "compare", "baseline")),
        ("clusters", [SHARED, {"Output": ("--output", "--quiet")}]),
        *((name, [{"Output": ("--output", "--quiet")}]) for name in ("check", "compare")),
        ("rule", [{"Configuration": SHARED["Configuration"]}]),
    ],
)
def test_commands_share_options_and_their_headings(
    run: Run, command: str, wanted: list[dict[str, tuple[str, ...]]]
) -> None:
    sections = re.split(r"^(\w[\w ]+):$", run(command, "--help").text, flags=re.MULTILINE)
    found = dict(zip(sections[1::2], sections[2::2], strict=True))
    for each in wanted:
        for heading, options in each.items():
            assert [name for name in options if not re.search(rf"^  (-[qo], )?{name} ", found[heading], re.M)] == []


def test_version(run: Run) -> None:
    from datalint import __version__

    assert run("--version").text == f"datalint {__version__}\n"


def test_checking_jsonl_imports_and_compiles_nothing_that_it_does_not_need() -> None:
    done = run_program(_PROBE, "check", "--isolated", "good/train.jsonl")
    compiling, imported = (line.split() for line in done.stderr.splitlines()[-2:])
    assert imported[0] == "0"
    assert "PASS  score" in done.stdout
    assert {name for name in imported[1:] if name.startswith(UNNEEDED)} == set()
    assert {name for name in compiling if name.startswith("datalint.")} - COMPILING == set()


def test_findings_in_chats_need_no_words_of_other_languages(tmp_path: Path) -> None:
    words = "The bike at the dock by the river has a flat tyre and a bent wheel, so please send somebody for it".split()
    texts = [" ".join((*words[: n % 20], f"today{n}", *words[n % 20 :], f"bike {n * 37}")) for n in range(20)]
    answers = [*(" ".join(reversed(text.split())) for text in texts), "", " ".join(reversed(texts[0].split())) + "!!"]
    rows = [
        {
            "id": n,
            "messages": [{"role": "user", "content": text}, {"role": "assistant", "content": answer}],
            "category": "repair",
            "reviewed": True,
        }
        for n, (text, answer) in enumerate(zip([*texts, "Which dock?", f"{texts[0]}!"], answers, strict=True))
    ]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    _, modules, printed = modules_after("check", "--isolated", "--full", str(path))
    assert all(f"] {name}: " in printed for name in ("near-duplicate", "empty-response"))
    assert "datalint.support.names.column_words" not in modules


def test_advice_without_data_imports_nothing_heavy() -> None:
    code, modules, printed = modules_after("advise", "--isolated", "--goal", "speed", "--model", "Qwen/Qwen3-8B")
    assert code == "0", printed
    assert modules & {"numpy", "polars", "pyarrow", "datasets"} == set()


def test_advice_on_few_rows_runs_only_the_rules_that_decide_which_are_valid() -> None:
    code, modules, _ = modules_after("advise", "--isolated", "--no-cache", "good/train.jsonl")
    judged = ("datalint.rules.quality.", "datalint.rules.diversity.", "datalint.rules.balance.")
    assert (code, [name for name in modules if name.startswith(judged)]) == ("0", [])
    assert any(name.startswith("datalint.rules.format.") for name in modules)


def test_the_python_api_is_free_to_import() -> None:
    program = "import sys, datalint; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = run_program(program)
    assert done.returncode == 0
    assert set(done.stdout.split()) & HEAVY == set()
