"""Remedies with the names of this run's files, so that the commands in them can be copied."""

from __future__ import annotations

import os
import posixpath
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.core.results import Outcome
from datalint.privacy.display import Shown, printable
from datalint.report.holding_out import advice, other_rows, pool_of
from datalint.report.places import is_file
from datalint.report.wording import shown_path
from datalint.shapes.formats import text
from datalint.sources.data_files import fixed_path
from datalint.support.lazy_pattern import lazy_pattern

#: A command in a remedy, and the words in it that stand for files and targets: the data, the evaluation set, a new file
#: or folder, the only target that was named, the commonest shape if rows can be converted to it.
_COMMAND: Final = lazy_pattern(r"`datalint [^`]*`")
_PLACEHOLDER: Final = lazy_pattern(r"\b(DATA|EVAL|FILE|DIR|TARGET|SHAPE)\b")
#: Options that say how rows are read, which every command needs again; the first take a value.
_WITH_VALUE: Final = ("--kind", "--columns", "--delimiter", "--quote", "--split", "--stdin-filename", "--config")
_FLAGS: Final = ("--header", "--no-header", "--isolated")
#: The share of rows to hold out in remedies.
_SHARE: Final = "--eval 10%"
_HOLD: Final = lazy_pattern(r"^Hold out .*`datalint split")
#: How that is done, and what is done with files that have a line for each line of another one.
_SPLITTING: Final = lazy_pattern(r": `datalint split DATA[^`]*`")
_SPLIT: Final = "`datalint split DATA"
_SAME_LINES: Final = ", the same lines of both files"
_AGAINST: Final = " --against "
#: What removes training rows that leak, and what is done instead where more than this share of the rows would go.
_LEAKS: Final = " --against EVAL "
_MOST_LEAK: Final = 0.5
_AGAIN: Final = (
    "Divide the data again, with all answers to one prompt on the same side, since most rows leak and few would be left"
    ": `datalint split DATA --eval 10% --output DIR`"
)
#: The share of evaluation examples from which on they are copies of training rows, and what is divided then.
_COPIES: Final = 0.9
_ALONE: Final = (
    "Divide the training data again, since nearly all evaluation examples are copies of its rows and hold nothing new"
    ": `datalint split DATA --eval 10% --output DIR`"
)
#: What is left out of a remedy where most rows are plain texts, which have no prompt to convert.
_CONVERTING: Final = lazy_pattern(r", or convert [^:`]{1,99}: `datalint convert DATA --to SHAPE[^`]*`")
#: What a message names that may be the evaluation set, the tag of its rule, and what is done with it first.
_NEARBY: Final = lazy_pattern(r": if (?:it is|they are) one, --eval (.+)$")
_EVAL: Final = " --eval "
_NAMING: Final = "names-evaluation"
#: What a message names that was made from the data, and what is done instead of holding out rows of that.
_MADE: Final = lazy_pattern(r": if you train on a file made from this data, check (.+)$")
_CHECK_MADE: Final = "Check the file that you train on: `datalint check {}`"
#: The end of a message about an evaluation set without its labels, and what is done instead of dividing all rows again.
_HIDDEN: Final = lazy_pattern(r": (the labels were left out)$")
_LABELLED: Final = (
    "Add the labels to the evaluation set, or hold out rows that have one"
    ": `datalint split DATA --eval 10% --output DIR`"
)
#: A key that a message names because its values say which rows are held out, and what is done then.
_MARKED: Final = lazy_pattern(r"^'(.+)' is '.+ rows?, read as training data: ")
_BY_MARKS: Final = "Write the rows of each value of {} to a file of their own: no row has to be held out by chance"
_CHECK_WITH: Final = "Check with it if it is one, and hold out rows otherwise: `datalint check DATA{}`"
#: What stands in a command for a key, which only the option for a group fills in.
_KEY: Final = " KEY"
_GROUP: Final = "--group-by"
#: Commands that take several files, and write these or a folder.
_OF_SEVERAL: Final = ("`datalint dedupe", "`datalint fix", "`datalint split", "`datalint check")
#: Files of a command that are named one by one.
_MOST: Final = 3
#: Characters of a command; with longer names, the placeholders are clearer.
_LONGEST: Final = 400


def concrete(remedy: Shown, outcome: Outcome, arguments: Sequence[str] | None) -> Shown:
    """Return a remedy whose commands name the files of the run, where there is one of each; ``arguments`` are its."""
    names = _names(outcome, arguments or ())
    if "SHAPE" in remedy:
        if (shape := _commonest(outcome)) == text.SHAPE.name:
            remedy = printable(_CONVERTING.sub("", remedy))
        elif shape is not None and _is_written(shape):
            names["SHAPE"] = shape
    more = " ".join(shlex.quote(each) for each in reading(arguments or ()))
    groups = " ".join(_groups(arguments or ()))
    held = any(file.split == "evaluation" for file in outcome.files)
    copies = False
    if held and _HOLD.search(remedy) and _named(outcome, _HIDDEN) is not None:
        remedy, held = printable(_LABELLED), False
    if _LEAKS in remedy and _most_leak(outcome) and _divided_again(outcome, arguments or ()) is not None:
        copies = _are_copies(outcome)
        remedy, held = printable(_ALONE if copies else _AGAIN), not copies
    pool = pool_of(outcome, alone=copies)
    several = sum(file.split == "train" for file in outcome.files) > 1
    if _HOLD.search(remedy) and "DATA" in names and not several:
        remedy = _with_named(remedy, outcome, names["DATA"])
    if _HOLD.search(remedy):
        remedy = advice(remedy, outcome, named="DATA" in names)
        # A file of which another one has a line for each cannot be split alone.
        remedy = printable(_SPLITTING.sub(_SAME_LINES, remedy)) if outcome.paired else remedy
    if pool.is_together and _SPLIT in remedy:
        remedy = other_rows(pool)

    def filled(match: re.Match[str]) -> str:
        if several and not match[0].startswith(_OF_SEVERAL):
            return match[0]
        written = "FILE" in names or not _are_replaceable(outcome)
        command = match[0] if written else match[0].replace("--output FILE", "--in-place")
        if groups:
            command = command.replace(f"{_GROUP}{_KEY}", groups)
        if command.startswith("`datalint split"):
            if held and (_KEY in command or (both := _divided_again(outcome, arguments or ())) is None):
                return command
            if (asked := pool.asked) == 0:
                return command
            command = command.replace(_SHARE, f"--eval {asked}")
            if outcome.group_key and not re.search("[…`]", outcome.group_key):
                command = command.replace(" --output", f" {_GROUP} {shlex.quote(outcome.group_key)} --output")
            command = command.replace(" DATA", f" {both}") if held else command
        if any(name not in names for name in _PLACEHOLDER.findall(command)):
            return command
        made = _PLACEHOLDER.sub(lambda word: names[word[1]], command)
        made = f"{made[:-1]} {more}`" if more else made
        return made if len(made) <= _LONGEST else command

    return printable(_COMMAND.sub(filled, remedy))


def _most_leak(outcome: Outcome) -> bool:
    """Return whether the rows that a rule asks to remove from training are most of them."""
    shares = (rule.share for rule in outcome.rules.values() if _LEAKS in rule.remedy)
    return any(share is not None and share > _MOST_LEAK for share in shares)


def _are_copies(outcome: Outcome) -> bool:
    """Return whether nearly all evaluation examples are copies of training rows."""
    examples, leaked = (outcome.measures.get(name) for name in ("evaluation-examples", "leaked-exact"))
    return bool(examples and leaked and leaked >= _COPIES * examples)


def _are_replaceable(outcome: Outcome) -> bool:
    """Return whether all training files can be written as they are."""
    from datalint.fixes.writing import is_replaceable

    return all(is_replaceable(file.container) for file in outcome.files if file.split == "train")


def _divided_again(outcome: Outcome, arguments: Sequence[str]) -> str | None:
    """Return the files of both splits as words of a command, each content once; None where one is no file of its own.

    What is to be divided again is all of the data, not one of its parts.
    """
    trained = {file.path for file in outcome.files if file.split == "train"}
    held = [file.path for file in outcome.files if file.split != "train"]
    if outcome.paired or not trained.isdisjoint(held):
        return None  # lists or sheets of one file, or files with a line for each row of another
    contents = {file.path: file.sha256 or file.path for file in outcome.files}
    firsts = {sha256: path for path, sha256 in reversed(contents.items())}
    paths = [path for path, sha256 in contents.items() if firsts[sha256] == path]
    if not all(is_file(path) and "`" not in path for path in paths):
        return None
    return " ".join(shlex.quote(as_typed(path, arguments)) for path in paths)


def _commonest(outcome: Outcome) -> Shown | None:
    """Return the commonest shape of the data; None if it has none."""
    files = [file for file in outcome.files if file.split == "train" and file.shape is not None]
    commonest = max(files, key=lambda file: file.rows_read, default=None)
    return None if commonest is None else commonest.shape


def _is_written(shape: str) -> bool:
    """Whether rows can be converted to a shape."""
    from datalint.shapes.conversion.writing import WRITERS

    return shape in WRITERS


def _with_named(remedy: Shown, outcome: Outcome, data: str) -> Shown:
    """Return what to do first with the files near the data that a finding names; ``remedy`` where it names none."""
    folder = re.split(r"[^/\\]*$", shlex.split(data)[0])[0]
    if (nearby := _named(outcome, _NEARBY)) is not None:
        paths = (posixpath.normpath(f"{folder}{each}") for each in nearby.split(_EVAL))
        return printable(_CHECK_WITH.format("".join(f"{_EVAL}{shlex.quote(path)}" for path in paths)))
    if (made := _named(outcome, _MADE)) is not None:
        return printable(_CHECK_MADE.format(shlex.quote(posixpath.normpath(f"{folder}{made}"))))
    if (key := _named(outcome, _MARKED)) is not None:
        return printable(_BY_MARKS.format(f"'{key}'"))
    return remedy


def _named(outcome: Outcome, pattern: re.Pattern[str]) -> str | None:
    """Return the names of files near the data in the message of a finding that names the evaluation set."""
    naming = (each.code for each in outcome.enabled if _NAMING in each.rule.tags)
    found = (pattern.search(finding.message) for code in naming for finding in outcome.findings.of(code, 1))
    return next((match[1] for match in found if match is not None and not re.search("[…`]", match[1])), None)


def command_in(remedy: Shown) -> Shown | None:
    """Return the first command of a remedy that can be run as it is; None without one."""
    found = _COMMAND.search(remedy)
    return None if found is None or _PLACEHOLDER.search(found[0]) else printable(found[0].strip("`"))


def as_typed(path: str, arguments: Sequence[str]) -> Shown:
    """Return a path as the user typed it, and as an absolute one where the user typed others as such."""
    typed = path in arguments or any(map(os.path.isabs, arguments))
    return printable(path) if typed else shown_path(path)


def folder_of(paths: Sequence[str], arguments: Sequence[str]) -> str | None:
    """Return the folder that the user typed and that holds all of the paths; None if there is none."""
    pairs = zip(("", *arguments), arguments, strict=False)
    # What follows an option may be its value.
    typed = (each for before, each in pairs if not before.startswith("-") and not each.startswith("-"))
    folders = (each for each in typed if each.rstrip("/"))
    return next((each for each in folders if all(path.startswith(f"{each.rstrip('/')}/") for path in paths)), None)


def _names(outcome: Outcome, arguments: Sequence[str]) -> dict[str, str]:
    """Return what placeholders stand for, none for what is no file; of several files, only ``DATA`` stands for all.

    A file that is fixed already has no new one, and is replaced. One of which another file has a line for each is not
    changed alone.
    """
    names = {"DIR": "parts"}
    if len(outcome.targets) == 1:
        names["TARGET"] = shlex.quote(outcome.targets[0].name)
    for name, split in (("DATA", "train"), ("EVAL", "evaluation")):
        files = [file for file in outcome.files if file.split == split]
        # The evaluation set may be several files, each with its option. A backtick would end the command early.
        if not files or (name == "DATA" and outcome.paired):
            continue
        if name == "DATA" and len(files) > 1:
            if (several := _several([file.path for file in files], arguments)) is not None:
                names[name] = several
            continue
        trained = {file.path for file in outcome.files if file.split == "train"}
        if name == "EVAL" and any(file.path in trained for file in files):
            continue  # lists or sheets of the same file
        if all(is_file(file.path) and "`" not in file.path for file in files):
            names[name] = _AGAINST.join(shlex.quote(as_typed(file.path, arguments)) for file in files)
            if name == "DATA" and (fixed := fixed_path(files[0].path, files[0].container)) is not None:
                names["FILE"] = shlex.quote(as_typed(fixed, arguments))
    return names


def _several(paths: Sequence[str], arguments: Sequence[str]) -> str | None:
    """Return words for several files: the folder that the user typed, or each of a few; None if there is no way."""
    folder = folder_of(paths, arguments)
    if folder is not None and "`" not in folder:
        return shlex.quote(printable(folder))
    if len(set(paths)) > _MOST or not all(is_file(path) and "`" not in path for path in paths):
        return None
    return " ".join(shlex.quote(as_typed(path, arguments)) for path in dict.fromkeys(paths))


def _groups(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the options for groups of a command's arguments, as words of another command."""
    for before, argument in zip(("", *arguments), arguments, strict=False):
        if "`" in argument:
            continue  # it would end the command early
        if before == _GROUP or argument.startswith(f"{_GROUP}="):
            yield f"{_GROUP} {printable(shlex.quote(argument.removeprefix(f'{_GROUP}=')))}"


def reading(arguments: Sequence[str]) -> Iterator[str]:
    """Yield those of a command's arguments that say how rows are read."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _WITH_VALUE:
            yield argument
            yield from [value] if (value := next(rest, None)) is not None else []
        elif argument in _FLAGS or argument.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            yield argument
