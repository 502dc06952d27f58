"""The decorator that declares a rule, and checks how it is declared.

The annotation of the first parameter is the rule's unit of work: see :mod:`datalint.core.rule`.
"""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from datalint.core.finding import Confidence, Factor, Severity
from datalint.core.fix import Fix
from datalint.core.needs import check_needs
from datalint.core.rule import NoOptions, Options, Policy, Rule, Scope

_CODE = r"[A-Z]{2,8}[0-9]{3}"
_NAME = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_FACTORS = {
    "VOL": Factor.VOLUME,
    "DIV": Factor.DIVERSITY,
    "QUA": Factor.QUALITY,
    "FMT": Factor.FORMAT,
    "BAL": Factor.BALANCE,
    "RDY": Factor.READINESS,
}

#: What a record rule can require of a row, and which rows have it; docs/writing-a-rule.md lists them.
FEATURES: Final[Mapping[str, str]] = {
    "tools": "tools are declared",
    "tool_calls": "a turn calls tools",
    "written_calls": "a response contains a tag of tool calls: `<tool_call>` or `<functioncall>`",
    "tool_results": "a turn is the result of a tool call",
    "preference": "chosen and rejected answers",
    "kto": "an answer with a label that is true or false",
    "stepwise": "the steps of an answer with a label for each",
    "parts": "a message whose content is a list of parts",
    "weights": "a loss weight or mask of a turn",
    "names": "a message with a `name`",
    "media": "an image, audio or video",
    "invalid": "the schema of the shape refuses the row",
    "unknown": "no shape fits",
    "ambiguous": "several shapes fit",
    "misspelled": "a key looks like an optional key of the shape",
    "json": "JSON that parsers repair silently, such as a repeated key",
    "rendering": "the chat template fails, drops something, or makes too many tokens; with `--model`",
    "target": "a target does not take the row as it is; with `--target`",
}


class RuleError(TypeError):
    """A rule is declared incorrectly; the message gives its file and line."""


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    since: str,
    message: str = "",
    requires: Iterable[str] = (),
    needs: Iterable[str] = (),
    tags: Iterable[str] = (),
    gated: bool | None = None,
    each: str | None = None,
    confidence: Confidence | None = None,
    fix: Fix | None = None,
    policy: Policy | tuple[Policy, ...] | None = None,
) -> Callable[[Callable[..., Any]], Rule]:
    """Declare a rule.

    Args:
        code: ``<PREFIX><three digits>``; the built-in prefixes name a factor, a plug-in brings its own.
        name: kebab case; describes the problem ("empty-response", not "no-empty-response").
        severity: of its findings, unless the user or a hit says otherwise.
        since: the first version that has it.
        message: the finding's text, for rules that return an expression and need no detail function.
        requires: for record rules, names of :data:`FEATURES`: the rule runs on rows that have any of them. Empty means
            every row, which costs a call of the function for each.
        needs: what the rule needs apart from the rows, such as ``near``, ``category`` or ``evaluation``: see
            :data:`datalint.core.needs.NEEDS`. Where it is missing, the rule is not assessed.
        tags: for reports: ``security``, ``proposes-option`` if messages propose how to read the rows otherwise,
            ``names-evaluation`` if one may name the evaluation set, or ``says-remedy`` if each message says what to do.
        gated: whether findings count in the per-row quality and format gates, where they point at a row. None means
            that they do, unless the rule looks at the whole dataset.
        each: what a finding stands for, such as ``prompt`` or ``template``, where that is more than the row it points
            at; reports then count these, and give no share of examples.
        confidence: the class of its precision, measured on labelled real rows; None where nobody measured it.
        fix: what ``datalint fix`` does about its findings; None for nothing.
        policy: what its findings say together where a large share of the examples has one: see :class:`Policy`. Of
            several, each concerns hits with keys of its own.

    Raises:
        RuleError: with file and line, when the code, name, severity, requirements, signature or docstring is wrong.
    """

    def declare(function: Callable[..., Any]) -> Rule:
        if not re.fullmatch(_CODE, code):
            raise RuleError(f"{_place(function)}: rule code {code!r} is not two to eight capitals and three digits")
        if not re.fullmatch(_NAME, name):
            raise RuleError(f"{_place(function)}: rule name {name!r} is not kebab case")
        if not isinstance(severity, Severity):
            raise RuleError(f"{_place(function)}: severity={severity!r} of {code} is not a member of Severity")
        scope, options_type = _signature(function)
        try:
            wanted = check_needs(needs)
        except ValueError as error:
            raise RuleError(f"{_place(function)}: {code} has an {error}") from None
        features = frozenset([requires] if isinstance(requires, str) else requires)
        if unknown := sorted(features - FEATURES.keys()):
            known = ", ".join(FEATURES)
            raise RuleError(f"{_place(function)}: {code} requires {unknown[0]!r}, which no row has; there are {known}")
        if not (sys.modules[function.__module__].__doc__ or "").strip():
            raise RuleError(f"{_place(function)}: the module of {code} has no docstring; it is the rule's page")
        return Rule(
            code=code,
            name=name,
            severity=severity,
            since=since,
            scope=scope,
            message=message,
            function=function,
            options_type=options_type,
            factor=_FACTORS.get(code[:-3], Factor.QUALITY),
            requires=features,
            needs=wanted,
            tags=frozenset(tags),
            gated=scope is not Scope.DATASET if gated is None else gated,
            each=each,
            confidence=confidence,
            fix=fix,
            policy=policy,
            module=function.__module__,
        )

    return declare


def _place(function: Callable[..., Any]) -> str:
    return f"{inspect.getsourcefile(function)}:{function.__code__.co_firstlineno}"


def _signature(function: Callable[..., Any]) -> tuple[Scope, type[Options]]:
    # What inspect.signature finds out, without its cost for each of a hundred rules.
    code = function.__code__
    parameters = code.co_varnames[: code.co_argcount]
    hints = function.__annotations__
    others = code.co_kwonlyargcount or code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
    if len(parameters) != 2 or others or any(p not in hints for p in parameters):
        raise RuleError(f"{_place(function)}: a rule takes two annotated parameters, its unit of work and its options")
    namespace = sys.modules[function.__module__].__dict__

    def resolve(annotation: Any) -> Any:
        return namespace.get(annotation, annotation) if isinstance(annotation, str) else annotation

    unit, options_type = (resolve(hints[p]) for p in parameters)
    unit_name = unit if isinstance(unit, str) else typing.cast(str, getattr(unit, "__name__", ""))
    scopes = {
        "FileFacts": Scope.FILE,
        "Record": Scope.RECORD,
        "Turns": Scope.TURN,
        "Examples": Scope.EXAMPLE,
        "Dataset": Scope.DATASET,
    }
    if unit_name not in scopes:
        raise RuleError(f"{_place(function)}: the first parameter is {unit_name!r}, not one of {', '.join(scopes)}")
    if not (isinstance(options_type, type) and issubclass(options_type, Options)):
        raise RuleError(f"{_place(function)}: the second parameter is not annotated with a subclass of Options")
    return scopes[unit_name], NoOptions if options_type is Options else options_type
