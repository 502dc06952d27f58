"""The ``datalint`` command: its subcommands and exit codes."""

from __future__ import annotations

import atexit
import contextlib
import errno
import importlib
import os
import sys
import threading
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from datalint.cli.terminal import replace_closed_streams, silence
from datalint.core.errors import DatalintError
from datalint.support.interrupts import INTERRUPTED, catch_interrupts, ignore_interrupts

#: 0: passed or warned; 1: the gate failed; 2: could not run; 130 (``INTERRUPTED``): interrupted.
OK: Final = 0
FAILED: Final = 1
COULD_NOT_RUN: Final = 2

_COMMANDS: Final = {
    "check": "Pass or fail a dataset, and say why (the default).",
    "init": "Show how a dataset is read, and write datalint.toml.",
    "fix": "Fix what can be fixed, and write the dataset.",
    "dedupe": "Write a dataset without its duplicates.",
    "split": "Divide a dataset into parts that do not leak into each other.",
    "convert": "Convert rows of any shape to one shape.",
    "compare": "Show what changed between two datasets, or since a git revision.",
    "baseline": "Record the current findings, so that check reports only new ones.",
    "advise": "Say whether to fine-tune at all, and by which method.",
    "review": "Let people review findings, and apply their verdicts.",
    "stats": "Show the figures of a dataset: lengths, tokens, turns, categories.",
    "preview": "Show one row as a model reads it: text, tokens, loss.",
    "models": "List the models that --model knows by name.",
    "model": "Show what a model's chat template refuses or drops.",
    "targets": "List the trainers and providers that --target knows.",
    "target": "Show what a trainer or provider accepts, drops and ignores.",
    "clusters": "Show near-duplicate clusters, or every verified pair.",
    "rules": "List the rules.",
    "rule": "Explain one rule.",
    "config": "Show the settings in effect, and where each was set.",
    "cache": "Show or clear the cache of earlier runs.",
}

_EPILOG: Final = """\b
Examples:
  datalint train.jsonl                      is it fit to train on?
  datalint train.jsonl --eval eval.jsonl    and does it leak?
  datalint train.jsonl -o report.html       write a report to share
  datalint rule near-duplicate              what does this finding mean?

Exit codes: 0 passed (or warned), 1 failed, 2 could not run.
"""


#: Options of the command without a subcommand.
_OPTIONS: Final = frozenset(("-h", "--help", "--version"))


def _is_path(word: str) -> bool:
    """Return whether a word is meant as a path: a file, a folder, a glob or an address, there or not."""
    return word == "-" or any(mark in word for mark in "./*?[\\:") or os.path.lexists(word)


def _no_command(word: str) -> str:
    from datalint.core.registry import suggestion

    hint = suggestion(word, _COMMANDS) or f"; the commands are {', '.join(_COMMANDS)}"
    return f"{word!r} is neither a command nor a file{hint}"


class _Commands(click.Group):
    """Imports a command's module only when it runs, so that --help costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"datalint.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``check`` before arguments that name no command: a path, or options of ``check``."""
        if args and args[0] not in _COMMANDS and args[0] not in _OPTIONS:
            if not args[0].startswith("-") and not _is_path(args[0]):
                raise click.UsageError(_no_command(args[0]), ctx)
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from datalint import __version__

        click.echo(f"datalint {__version__}")
        ctx.exit()


@click.command(
    cls=_Commands,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "DATALINT"},
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def cli() -> None:
    """The linter for fine-tuning data.

    Reads a dataset before training, scores it on volume, diversity, quality, format, balance and readiness
    against a fine-tuning guide's thresholds, and passes or fails it.
    """


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; nothing a user can do ends in a traceback.

    Without ``argv`` the process is this command's own, and ends with it at once.
    """
    # No matrix is ever multiplied here, and the threads that numpy starts for it cost more than its import.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Memory that one chunk has used serves the next one, in workers too: Polars returns it after half a second, which
    # is about the time of a chunk, and the system clears each page before it gives it again.
    os.environ.setdefault("_RJEM_MALLOC_CONF", "dirty_decay_ms:5000")
    replace_closed_streams()
    try:
        if argv is None:
            catch_interrupts()
        code = _invoke(sys.argv[1:] if argv is None else list(argv))
        sys.stdout.flush()
    except click.ClickException as error:
        _show(error)
        code = COULD_NOT_RUN
    except DatalintError as error:
        click.echo(f"error: {error}", err=True)
        code = COULD_NOT_RUN
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        silence()
        code = OK
    except OSError as error:
        code = _full() if error.errno in (errno.ENOSPC, errno.EDQUOT) else _unexpected(error)
    except MemoryError:
        click.echo("error: out of memory; check the files one by one, or on a larger machine", err=True)
        code = COULD_NOT_RUN
    except Exception as error:
        code = _unexpected(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a Rust library raises is no Exception
            raise
        code = _unexpected(error)
    code = code if isinstance(code, int) else OK
    if argv is None:
        ignore_interrupts()
        _end(code)
    sys.exit(code)


def _end(code: int) -> NoReturn:
    """End the process without taking its objects apart, as mypy does too: for 5,000 rows that takes 70 ms.

    Exit functions still run, and threads are still waited for.
    """
    if threading.active_count() == 1:
        atexit._run_exitfuncs()
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def _invoke(arguments: list[str]) -> object:
    """Run the command; click's own ``main`` would turn a closed pipe into a failure."""
    if "_DATALINT_COMPLETE" in os.environ:
        return cli.main(arguments, prog_name="datalint", standalone_mode=False)
    try:
        with cli.make_context("datalint", arguments) as context:
            return cli.invoke(context)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code


def _show(error: click.ClickException) -> None:
    """Print an error of the command line; it may quote file names, which a glob gave."""
    import io

    from datalint.privacy.display import printable_lines

    words = io.StringIO()
    error.show(words)
    click.echo(printable_lines(words.getvalue().rstrip("\n")), err=True)


def _full() -> int:
    with contextlib.suppress(OSError, ValueError):  # what a test gives for standard output may be no file
        silence()
    click.echo(
        "error: No space left on device, where the output or temporary files go: free some and run again", err=True
    )
    return COULD_NOT_RUN


def _refused(error: BaseException) -> str | None:
    """Return what the system refused, and which limit to raise; None for any other error."""
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many open files; raise the limit (ulimit -n)"
    # Python's own words, and those of a panic in a Rust library.
    if any(words in str(error) for words in ("can't start new thread", "Resource temporarily unavailable")):
        return "the system starts no more threads; raise the limit of processes (ulimit -u) or memory (ulimit -v)"
    if any(words in str(error) for words in ("failed to map segment", "Cannot allocate memory")):
        return "the system gives no more memory; raise the limit (ulimit -v)"
    return None


def _unexpected(error: BaseException) -> int:
    import tempfile
    import traceback

    if (refused := _refused(error)) is not None:
        click.echo(f"error: {refused} and run again", err=True)
        return COULD_NOT_RUN
    from datalint.privacy.display import excerpt
    from datalint.privacy.redaction import hide

    with tempfile.NamedTemporaryFile("w", prefix="datalint-", suffix=".log", delete=False, encoding="utf-8") as log:
        # Whoever reports the error may publish the file, and an exception may quote a row.
        log.write(hide("".join(traceback.format_exception(error))))
    words = f"{type(error).__name__}: {excerpt(str(error), 200)!r}"
    click.echo(f"error: datalint itself failed ({words}); the details are in {log.name}", err=True)
    return COULD_NOT_RUN
