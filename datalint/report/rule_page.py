"""A rule's page: its docstring with its metadata and options."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final

from datalint.core.finding import Confidence
from datalint.core.fix import Action
from datalint.core.rule import Rule
from datalint.support.varied import vary

#: Options are inserted before the first of these sections that a page has.
_AFTER: Final = ("What to do", "Known limits")
#: The effect of `datalint fix`, as a rule's page describes it.
_FIXES: Final = {
    Action.REMOVE: "the row or line is removed",
    Action.KEEP_ONE: "one row of a cluster stays",
    Action.EDIT: "the row is changed",
    Action.BYTE_ORDER_MARK: "the mark is removed",
    Action.BLANK_LINES: "blank lines are removed",
    Action.LINE_ENDINGS: "every line ends in LF",
    Action.ONE_LINE: "every row is written on a line of its own",
    Action.ENCODING: "the file is written in UTF-8",
    Action.JSON: "the row is written as JSON",
}
#: Texts of a default that a page shows, of a list with more than so many.
_SHOWN: Final = 8
_LONG: Final = 12
#: Maximum number of rows that a page shows of an example with a template.
_ROWS: Final = 2
_VARIED: Final = re.compile(r"^```jsonl([^\n]*?) vary=(\d+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def document_of(rule: Rule) -> str:
    """Return the rule's docstring with the templates of its examples expanded to rows."""
    return _VARIED.sub(_with_rows, rule.document)


def _with_rows(fence: re.Match[str]) -> str:
    before, count, after, body = fence.groups()
    rows: list[str] = []
    for line in body.splitlines():
        if "{n}" in line or "{w}" in line:
            rows += vary(line, min(int(count), _ROWS))
            rows += [f"… {int(count) - _ROWS:,} more rows like these"] if int(count) > _ROWS else []
        else:
            rows.append(line)
    return "\n".join((f"```jsonl{before}{after}", *rows, "```"))


def options_of(rule: Rule) -> list[dict[str, Any]]:
    """Return name (kebab case), type, default, help and source of each option."""
    return [
        {
            "name": field.name.replace("_", "-"),
            "type": str(field.type),
            "default": _default(field),
            "help": field.metadata.get("help", ""),
            "source": field.metadata.get("source", ""),
        }
        for field in dataclasses.fields(rule.options_type)
    ]


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return None if field.default is dataclasses.MISSING else field.default


def page(rule: Rule) -> str:
    """Return the page as Markdown."""
    title, _, body = document_of(rule).partition("\n")
    facts = f"{rule.severity.value} · {rule.factor.value} · {rule.scope.value} rule · since {rule.since}"
    if rule.confidence is Confidence.LOW:
        facts += f" · off by default: `--extend-select {rule.name}`"
    if rule.fix is not None:
        facts += f" · {rule.fix.safety.value} fix: {_FIXES[rule.fix.action]}"
    head = f"# {rule.code} {rule.name}\n\n{facts}\n\n{title}\n"
    options = _options_section(rule)
    if options:
        for section in _AFTER:
            mark = f"\n## {section}\n"
            if mark in body:
                before, _, after = body.partition(mark)
                body = f"{before.rstrip()}\n\n{options}{mark}{after}"
                break
        else:
            body = f"{body.rstrip()}\n\n{options}"
    return f"{head}{body.rstrip()}\n"


def _options_section(rule: Rule) -> str:
    options = options_of(rule)
    if not options:
        return ""
    lines = ["## Options", "", f"Set in `[rules.{rule.name}]` of the configuration.", ""]
    for option in options:
        lines.append(f"- `{option['name']}` (default {_shown(option['default'])}): {option['help'].rstrip('.')}.")
        if option["source"]:
            lines[-1] += f" Source of the default: {option['source']}"
        lines[-1] = lines[-1].rstrip(".") + "."
    if any(map(_is_long, (option["default"] for option in options))):
        lines += ["", f"`datalint rule {rule.code} --output-format json` lists the defaults in full."]
    return "\n".join(lines) + "\n"


def _is_long(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset) and len(value) > _LONG


def _shown(value: Any) -> str:
    """Return a default in TOML as code, and of a long list the first texts and how many more there are."""
    if not _is_long(value):
        return f"`{_toml(value)}`"
    return f"`{_toml([*value][:_SHOWN]).removesuffix(']')}, …]`, {len(value) - _SHOWN:,} more"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return "none" if value is None else str(value)


def to_dict(rule: Rule) -> dict[str, Any]:
    """Return the rule's metadata, options and page as plain data."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "factor": rule.factor.value,
        "scope": rule.scope.value,
        "since": rule.since,
        "fix": None if rule.fix is None else rule.fix.safety.value,
        "summary": rule.summary,
        "options": options_of(rule),
        "document": document_of(rule),
    }
