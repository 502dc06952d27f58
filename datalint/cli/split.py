"""``datalint split``: divide a dataset into training and evaluation rows that do not leak into each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import (
    GroupedCommand,
    color_option,
    config_file_options,
    format_option,
    panel_option,
    quiet_option,
    reading_options,
    speed_options,
)
from datalint.cli.overwriting import OutputPath
from datalint.cli.proposing import check_of, same_command
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions

if TYPE_CHECKING:
    from datalint.fixes.sides import Share
    from datalint.operations.split import Split

_SIDES = "Parts"
_CERTIFICATE = "split.json"
#: Rows of a part, and share of them, from which those with a response of training rows are named.
_NAMED, _NAMED_SHARE = 5, 0.05
#: Options that say how the command shows what it does, which the one that it proposes does without.
_SHOWING = frozenset(("quiet", "color", "output_format"))


class ShareType(click.ParamType["Share"]):
    """A number of rows, or a share of them in percent."""

    name = "ROWS|PERCENT%"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Share:
        from datalint.fixes.sides import Share

        if isinstance(value, Share):
            return value
        number = re.fullmatch(r"(\d{1,12})|(\d{1,2}(?:\.\d{1,6})?)%", str(value))
        if number is None or not float(number[1] or number[2]):
            self.fail(f"{value!r} is neither a number of rows, such as 200, nor a share, such as 10%", param, ctx)
        return Share(rows=int(number[1])) if number[1] else Share(share=float(number[2]) / 100)


@click.command(
    "split",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint split data.jsonl --eval 10% --output parts
  datalint split data.jsonl --eval 200 --test 200 --seed 7 -o parts
  datalint split data.jsonl --eval 5% --group-by source -o parts
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--eval", "held", panel=_SIDES, type=ShareType(), required=True, help="Rows of the evaluation set: 200, or 10%."
)
@panel_option("--test", panel=_SIDES, type=ShareType(), help="Rows of a test set.")
@panel_option(
    "--seed",
    panel=_SIDES,
    type=click.IntRange(min=0),
    metavar="N",
    default=0,
    show_default=True,
    help="Which rows are chosen.",
)
@panel_option(
    "--group-by",
    panel=_SIDES,
    multiple=True,
    metavar="KEY",
    help="Keep the rows with one value of this key together. Repeatable.  [default: those of the configuration]",
)
@panel_option(
    "--category", panel=_SIDES, metavar="KEY", help="Stratify by this key: each part gets its share of every value."
)
@panel_option(
    "--output",
    "-o",
    panel="Output",
    metavar="DIR",
    help="Write train.jsonl, eval.jsonl, test.jsonl and split.json to this folder.",
)
@format_option("text", "json")
@quiet_option
@color_option
@reading_options
@config_file_options
@trust_options
@speed_options
def command(
    paths: tuple[str, ...],
    held: Share,
    test: Share | None,
    seed: int,
    output: str | None,
    **given: Any,
) -> None:
    """Divide a dataset into parts, so that no row of one part leaks into another.

    Exact, normalised and near-duplicates and rows with one prompt or one long and rare response stay together, and
    every part has its share of each category and length. Lines keep their bytes, except for rows that are no JSON
    object, which are written as one. split.json says what was kept together and that a check finds no leak; when rows
    are added and the same is asked for again, it keeps the others where they are.

    Without --output nothing is written.
    """
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, left_out, load_configuration, open_inputs
    from datalint.cli.progress import progress
    from datalint.cli.report_cache import known_chunks
    from datalint.operations.split import run_split

    options = RunOptions.of(given)
    shares = {"eval": held} | ({} if test is None else {"test": test})
    settings, registry = load_configuration(paths, options)
    inputs = inputs_of(settings, paths, "split")
    folder = None if output is None else Path(output)
    targets = {} if folder is None else {name: folder / f"{name}.jsonl" for name in ("train", *shares)}
    if folder is not None:
        named = [*targets.values(), folder / _CERTIFICATE]
        guard([OutputPath(f"--output {path}", str(path)) for path in named], settings, options, [inputs])
    sources = open_inputs(settings, paths, inputs, options)
    with known_chunks(paths, options) as cache, progress(sources, quiet=options.output.quiet) as advance:
        split = run_split(
            settings,
            registry,
            sources,
            shares,
            seed=seed,
            earlier=None if folder is None else _earlier(folder / _CERTIFICATE),
            progress=advance,
            jobs=options.speed.jobs or cores(),
            partial=is_partial(settings, paths),
            cache=cache,
        )
    if folder is not None:
        _write(split, folder, targets)
    if options.output.output_format == "json":
        from datalint.cli.terminal import write_bytes

        write_bytes([_encoded(split.certificate)])
    elif not options.output.quiet:
        from datalint.report.inert import inert

        click.echo("\n".join(map(inert, _words(split, folder, left_out(inputs, options)))))


def _earlier(path: Path) -> Mapping[str, Any] | None:
    """Return the certificate of an earlier run; None for none, or for what is none."""
    import orjson

    from datalint.core.files import read_regular

    try:
        found = orjson.loads(read_regular(path))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _encoded(certificate: Mapping[str, Any]) -> bytes:
    from datalint.report.inert import to_json_document

    return to_json_document(certificate)


def _write(split: Split, folder: Path, targets: Mapping[str, Path]) -> None:
    """Write the parts and the certificate: all, or none."""
    from contextlib import ExitStack

    from datalint.cli.fix_targets import make_folder
    from datalint.fixes.files import unwritable
    from datalint.fixes.parts import rows_of_parts
    from datalint.support.replacing import Replacement

    make_folder(folder)
    try:
        with ExitStack() as stack:
            certificate = stack.enter_context(Replacement(folder / _CERTIFICATE))
            certificate.file.write(_encoded(split.certificate))
            files = [stack.enter_context(Replacement(path)) for path in targets.values()]
            for number in range(len(split.fixes.sources)):
                for part, rows in rows_of_parts(split.fixes, number, split.sides.sides):
                    files[part].file.write(rows)
            for each in (*files, certificate):
                each.finish(durable=True)
    except OSError as error:
        raise unwritable(error, "choose another folder") from None


def _words(split: Split, folder: Path | None, held: str) -> Iterator[str]:
    """Yield what was divided, what was kept together, and what to do next."""
    import shlex

    from datalint.privacy.display import excerpt, printable
    from datalint.support.numbers import counted

    certificate = split.certificate
    yield ", ".join(f"{name} {count:,}" for name, count in certificate["rows"].items()) + " rows"
    if held:
        yield f"left out, as of an evaluation set: {held}"
    yield from _kept_together(certificate)
    if certificate["unreadable"]:
        unread = counted(certificate["unreadable"], "line")
        yield f"{unread} that no row can be read from: in no part, and listed by datalint check"
    yield f"leaks between the parts: {certificate['leaks']:,}"
    if split.divided_key:
        key = printable(shlex.quote(split.divided_key))
        yield f'most rows outside of train have the "{excerpt(split.divided_key, 40)}" of a row of train: to keep these'
        yield f"  rows together, add --group-by {key}"
    same = "have a response that train has too, for another prompt"
    for name, count in certificate["same_responses"].items():
        rows = certificate["rows"][name]
        if count >= max(_NAMED, _NAMED_SHARE * rows):
            yield f"{count:,} of {counted(rows, 'row')} of {name} {same}"
    yield from _next_words(split, folder)


def _kept_together(certificate: Mapping[str, Any]) -> Iterator[str]:
    """Yield which rows were kept in one part, and why."""
    from datalint.fixes.groups import in_words
    from datalint.support.numbers import counted

    together = certificate["kept_together"]
    if together["groups"]:
        largest = f"at most {together['largest']:,} in one"
        groups = counted(together["groups"], "group")
        why = in_words(together["connected_by"], certificate["group_by"])
        yield f"kept together: {counted(together['rows'], 'row')} in {groups}, {largest}"
        yield f"  by {why}"
    if together["common_prompt"]:
        yield f"{together['common_prompt']:.0%} of the rows have one prompt, so that prompts do not keep rows together"


def _next_words(split: Split, folder: Path | None) -> Iterator[str]:
    """Yield what was written to the folder, if any, and the next command."""
    from datalint.privacy.display import printable
    from datalint.report.wording import shown_path

    if folder is not None:
        train, held = str(folder / "train.jsonl"), str(folder / "eval.jsonl")
        yield f"Written to {shown_path(str(folder))}"
        if "test" not in split.certificate["rows"] and (left := folder / "test.jsonl").is_file():
            yield f"{shown_path(str(left))} is of an earlier split, and may share rows with these parts: delete it"
        if any(map(split.fixes.standardizes, range(len(split.fixes.sources)))):
            yield "rows that were not JSON objects are written as objects"
        yield f"next: {printable(check_of([train], '--eval', held))}"
    else:
        yield "Nothing is written yet"
        yield f"next: {printable(same_command('split', '--output', 'parts', without=_SHOWING))}"
