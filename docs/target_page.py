"""The page that compares all targets, from their files."""

from __future__ import annotations

from collections.abc import Iterator

from datalint.targets.describe import described_limits
from datalint.targets.load import built_in, find_targets
from datalint.targets.spec import Target

_FORMS = {"string": "JSON text", "object": "object", "either": "either", "none": "not read"}


def page() -> str:
    """Return the page."""
    targets = find_targets(built_in())
    about = "The facts behind [`--target`](targets.md). `datalint target NAME` shows all of one."
    lines = ["# All targets", "", about, ""]
    lines += ["| target | as of | | tool arguments | formats |", "|---|---|---|---|---|"]
    lines += [_overview(target) for target in targets]
    lines += ["", "## Limits", "", "| target | limits |", "|---|---|"]
    lines += [f"| `{target.name}` | {_cell('; '.join(described_limits(target)) or 'none')} |" for target in targets]
    lines += ["", "## What is lost in silence", "", "| target | what |", "|---|---|"]
    lines += [f"| `{target.name}` | {_cell(' '.join(_silent(target)))} |" for target in targets]
    lines += ["", "## Sources", ""]
    lines += [f"- `{target.name}`: {_cell('; '.join(map(_address, target.sources)))}" for target in targets]
    return "\n".join(lines) + "\n"


def _overview(target: Target) -> str:
    title = target.title + (f" ({target.status})" if target.status else "")
    formats = ", ".join(dict.fromkeys(each.name for each in target.formats))
    cells = (f"`{target.name}`", target.date.isoformat(), title, _FORMS[target.arguments], formats)
    return f"| {' | '.join(map(_cell, cells))} |"


def _silent(target: Target) -> Iterator[str]:
    """Yield sentences about what the target drops, truncates, alters and ignores."""
    for outcome, verb in (("drops", "Drops"), ("truncates", "Truncates"), ("alters", "Reads otherwise")):
        if says := [check.says for check in target.checks if check.outcome == outcome]:
            yield f"{verb} rows with {', or '.join(says)}."
    if keys := list(dict.fromkeys(f"`{each.key}`" for each in target.ignores)):
        yield f"Ignores {', '.join(keys)}."
    yield from target.silent


def _address(source: str) -> str:
    address, _, rest = source.partition(" ")
    return f"<{address.rstrip(':')}>{' ' if rest else ''}{rest}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
