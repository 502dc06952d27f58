"""Selection of rules, their options, and the severities of their findings."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from datalint.config.paths import covers
from datalint.config.values import (
    SettingError,
    Trail,
    UnknownKeyError,
    UnknownNameError,
    dotted,
    fields,
    table,
)
from datalint.core.errors import DatalintError
from datalint.core.finding import Severity
from datalint.core.registry import Registry, quoted, suggestion
from datalint.core.rule import Options, Rule
from datalint.privacy.display import excerpt
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Selection, Settings

_NARROWEST = 4
_T = TypeVar("_T")


class Selected(NamedTuple):
    """A selected rule, its options, and the default severity of its findings."""

    rule: Rule
    options: Options
    severity: Severity


def resolve(settings: Settings, registry: Registry) -> list[Selected]:
    """Return the rules of a run in code order; imports them.

    Raises:
        DatalintError: for a selector, rule or option that doesn't exist, and an option that can't be.
    """
    options = rule_options(settings, registry)
    graver = severities(settings, registry)
    rules = [registry.find(code) for code in selected_codes(settings, registry)]
    return [
        Selected(rule, options.get(rule.code) or rule.options(), graver.get(rule.code, rule.severity)) for rule in rules
    ]


def selected_codes(settings: Settings, registry: Registry) -> tuple[str, ...]:
    """Return the codes of the rules that run, sorted, without importing a rule.

    Every rule runs unless settings say otherwise, except those of low confidence, which need their code or name. Layers
    go from the file to the command line: ``select`` replaces what lies below, ``extend-select`` and ``ignore`` change
    it. Within a layer a narrower selector beats a wider one (``FMT104`` over ``FMT1`` over ``FMT`` over ``ALL``), and
    of two as narrow ``ignore`` wins.
    """
    enabled = set(registry.default_codes)
    for layer in settings.selections:
        decided = _decided(layer, registry)
        base = enabled if layer.select is None else set()
        enabled = {code for code in base | decided.keys() if decided.get(code, True)}
    return tuple(sorted(enabled))


def severities(settings: Settings, registry: Registry) -> dict[str, Severity]:
    """Return the severity that ``[severity]`` gives each code; a narrower selector beats a wider one."""
    found: dict[str, Severity] = {}
    for selector, severity in sorted(settings.severity.items(), key=lambda kv: registry.specificity(kv[0])):
        found.update(dict.fromkeys(registry.selector(selector), severity))
    return found


def rule_options(settings: Settings, registry: Registry) -> dict[str, Options]:
    """Return the options of each configured rule by code; imports those rules alone.

    Raises:
        SettingError: with the trail of the table or option that is wrong.
    """
    found: dict[str, Options] = {}
    for name, values in settings.rules.items():
        trail = ("rules", name)
        code = _named(registry.code_of, name, trail)
        if code in found:
            raise UnknownNameError(f"{dotted(trail)}: {code} has two tables, by code and by name; keep one", trail)
        found[code] = _options(registry.find(code), values, trail)
    return found


def file_ignores(settings: Settings, registry: Registry) -> Callable[[str], frozenset[str]]:
    """Return a function from a file's path to the codes that ``per-file-ignores`` silences in it."""
    table = [
        (pattern, frozenset().union(*(registry.selector(text) for text in selectors)))
        for pattern, selectors in settings.per_file_ignores.items()
    ]

    @functools.cache
    def ignored(path: str) -> frozenset[str]:
        return frozenset().union(*(codes for pattern, codes in table if covers(pattern, path, settings.root)))

    return ignored


def check(settings: Settings, registry: Registry) -> None:
    """Raise SettingError, with its trail, for the first thing in the file that names what doesn't exist."""
    for trail, text in _selectors(settings):
        _named(registry.selector, text, trail)
    rule_options(settings, registry)
    if settings.gates:
        from datalint.config.gates import load_gates

        load_gates(settings)


def _selectors(settings: Settings) -> Iterator[tuple[Trail, str]]:
    lists: list[tuple[Trail, tuple[str, ...]]] = [
        (("select",), settings.select or ()),
        (("extend-select",), settings.extend_select),
        (("ignore",), settings.ignore),
        *((("per-file-ignores", glob), texts) for glob, texts in settings.per_file_ignores.items()),
    ]
    for trail, texts in lists:
        yield from (((*trail, index), text) for index, text in enumerate(texts))
    yield from ((("severity", text), text) for text in settings.severity)


def _named(find: Callable[[str], _T], text: str, trail: Trail) -> _T:
    try:
        return find(text)
    except DatalintError as error:
        raise UnknownNameError(f"{dotted(trail)}: {error}", trail) from None


def _decided(layer: Selection, registry: Registry) -> dict[str, bool]:
    decided: dict[str, bool] = {}
    for narrowness in range(_NARROWEST + 1):
        for texts, wanted in (((*(layer.select or ()), *layer.extend_select), True), (layer.ignore, False)):
            for text in texts:
                if registry.specificity(text) == narrowness:
                    chosen = registry.selector(text)
                    if wanted and narrowness < _NARROWEST:
                        chosen = chosen.intersection(registry.default_codes)
                    decided.update(dict.fromkeys(chosen, wanted))
    return decided


def _options(rule: Rule, values: Mapping[str, object], trail: Trail) -> Options:
    try:
        options: Options = table(values, rule.options_type)
    except UnknownKeyError as error:
        if len(error.path) > 1:
            raise error.under(*trail) from None
        raise UnknownNameError(_no_option(rule, str(error.path[0])), (*trail, *error.path)) from None
    except SettingError as error:
        raise error.under(*trail) from None
    except (TypeError, ValueError) as error:
        raise UnknownNameError(f"{dotted(trail)}: {excerpt(str(error), 200)}", trail) from None
    return options


def _no_option(rule: Rule, key: str) -> str:
    known = list(fields(rule.options_type))
    near = suggestion(key, known)
    if key == "severity" and not near:
        near = "; severities are set in [severity]"
    names = f"its options: {', '.join(known)}" if known else "it has none"
    return f"{rule.name} has no such option {quoted(key)}{near} ({names})"
