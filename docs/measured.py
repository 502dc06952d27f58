"""The table of published measurements in advise.md."""

from __future__ import annotations

from datalint.advise.measurements import Compared, compare_measurements

#: Headings by the kind of measurements.
TITLES = {
    "held out": "Held-out runs",
    "reserved": "What an allocator had reserved",
    "measured": "Measured runs",
    "requirement": "Requirements without a stated length",
}
BEGIN = "<!-- measurements: begin -->"
END = "<!-- measurements: end -->"


def filled(text: str) -> str:
    """Return a page with the table between its marks, if it has them."""
    head, begin, rest = text.partition(f"{BEGIN}\n")
    _, end, tail = rest.partition(END)
    return f"{head}{begin}\n{table()}\n{end}{tail}" if begin and end else text


def table() -> str:
    """Return the measurements as tables, those of each kind together, and how many agree."""
    found = [*compare_measurements()]
    lines: list[str] = []
    for kind, title in TITLES.items():
        mine = [each for each in found if each.kind == kind]
        rest = [each for each in mine if not each.fitted]
        apart = "" if len(rest) == len(mine) else f" {_agree(rest, 'not fitted ')}"
        lines += [f"### {title}", "", f"{_agree(mine)}{apart}", ""]
        lines += ["| setting | published, GB | interval, GB | likely | error | | source |"]
        lines += ["|---|--:|--:|--:|--:|---|---|", *map(_row, mine), ""]
    titles = {each.source: each.title for each in found}
    lines += ["Sources:", "", *(f"- **{name}**: {title}" for name, title in titles.items()), ""]
    return "\n".join(lines)


def _agree(found: list[Compared], which: str = "") -> str:
    near = sum(abs(each.error) <= 0.15 for each in found)
    right = sum(each.agrees for each in found)
    return (
        f"Of the {len(found)} {which}rows, {right} agree: the published value lies in the interval, or the likely "
        f"value within 15 % of it ({near})."
    )


def _row(each: Compared) -> str:
    low, likely, high = (f"{end:,.1f}" if end < 100 else f"{end:,.0f}" for end in each.estimated)
    marks = ", ".join(word for word in ("fitted" if each.fitted else "", "" if each.agrees else "**outside**") if word)
    published = f"{each.published:,.1f}" if each.published < 100 else f"{each.published:,.0f}"
    return f"| {each.setting} | {published} | {low}–{high} | {likely} | {each.error:+.0%} | {marks} | {each.source} |"
