"""The rules there are: the built-in ones by an index, third parties' by entry point, a project's by file.

Built-in rules are known from the literal index in ``datalint/rules/index.py``, and imported only when
somebody asks for the rule itself. ``python -m datalint.rules --write-index`` writes the index again.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.finding import Confidence, Severity
from datalint.core.plugins import entry_points, rules_in, run_file, sole_rule
from datalint.core.rule import Rule
from datalint.privacy.display import excerpt, printable
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: Code prefixes that only the built-in rules may use.
BUILTIN_PREFIXES: Final = frozenset(("FMT", "VOL", "DIV", "QUA", "BAL", "RDY"))

# Spelled as strings: core is below the rules and may not import the rules by name.
_RULES = "datalint.rules"
_INDEX = f"{_RULES}.index"
_BUILTIN = "datalint"
#: Characters of a name's beginning that are enough to suggest it.
_LEAST_SHARED: Final = 4
_SELECTOR = lazy_pattern(r"([A-Z]{2,8})([0-9]{0,2})")


class RuleEntry(NamedTuple):
    """What is known of a rule without importing it; ``origin`` names who brings it.

    A rule that is not ``on`` has low confidence: it runs only where it is selected by code or name.
    """

    code: str
    name: str
    severity: Severity
    module: str
    origin: str
    on: bool = True

    @property
    def prefix(self) -> str:
        """The code's letters."""
        return self.code[:-3]

    def __str__(self) -> str:
        return f"{self.code} {self.name} ({self.origin}, module {self.module})"


class Registry:
    """Rules by code and name. Iterating yields every rule in code order, and imports it if need be."""

    def __init__(self) -> None:
        self._entries: dict[str, RuleEntry] = {}
        self._by_name: dict[str, str] = {}
        self._rules: dict[str, Rule] = {}

    @classmethod
    def default(cls, *, local: Iterable[Path] = ()) -> Registry:
        """Return the built-in rules, the installed plug-ins', and those of the files ``local``, which run."""
        registry = cls()
        registry.load_builtin()
        registry.load_plugins()
        for path in local:
            registry.load_local(path)
        return registry

    def load_builtin(self) -> None:
        """Enter the built-in rules from their index; imports none of them."""
        index = importlib.import_module(_INDEX)
        for code, (name, module, severity) in index.INDEX.items():
            self._enter(
                RuleEntry(code, name, Severity(severity), f"{_RULES}.{module}", _BUILTIN, code not in index.OFF)
            )

    def load_plugins(self) -> None:
        """Import and register what installed distributions offer in the entry-point group ``datalint.rules``.

        An entry point's value is a rule, or a module or package that holds some (:func:`plugins.rules_in`).

        Raises:
            DatalintError: naming distribution and entry point, when one fails to import, holds no rule, uses
                a built-in prefix, or clashes with another rule.
        """
        for entry in entry_points():
            distribution = entry.dist.name if entry.dist else "of no distribution"
            origin = f"plug-in {distribution}, entry point {entry.name} = {entry.value}"
            try:
                rules = rules_in(entry.load())
            except (Exception, SystemExit) as error:
                raise DatalintError(f"{origin}: {_reason(error)}") from error
            self._add_all(rules, origin)

    def load_local(self, path: Path) -> None:
        """Run a local Python file and register its rules; only for users who pass ``--allow-local-plugins``.

        Raises:
            DatalintError: naming the file, for the same reasons as :meth:`load_plugins`.
        """
        origin = f"local plug-in {printable(str(path))}"
        if not path.is_file():
            raise DatalintError(f"{origin}: no such file")
        try:
            rules = rules_in(run_file(path))
        except (Exception, SystemExit) as error:
            raise DatalintError(f"{origin}: {_reason(error)}") from error
        self._add_all(rules, origin)

    def add(self, rule: Rule, origin: str) -> None:
        """Register one rule that ``origin`` brings.

        Raises:
            DatalintError: when its prefix is a built-in one, its code or name is taken (names both sides), or its page
                lacks a section.
        """
        on = rule.confidence is not Confidence.LOW
        entry = RuleEntry(rule.code, rule.name, rule.severity, rule.module, origin, on)
        if entry.prefix in BUILTIN_PREFIXES:
            raise DatalintError(
                f"{entry} uses the prefix {entry.prefix}, which is reserved for built-in rules; choose another"
            )
        if missing := rule.missing_sections:
            titles = ", ".join(f'"## {title}"' for title in missing)
            raise DatalintError(
                f"{entry}: the docstring of the module lacks {titles}; docs/writing-a-rule.md lists all sections"
            )
        self._enter(entry)
        self._rules[rule.code] = rule

    def find(self, code_or_name: str) -> Rule:
        """Return a rule by code or name; DatalintError with a suggestion where there is none."""
        return self._load(self.code_of(code_or_name))

    def code_of(self, code_or_name: str) -> str:
        """Return the code of a rule by code (in any case) or name, without importing it; raises as :meth:`find`."""
        if code_or_name in self._by_name:
            return self._by_name[code_or_name]
        if (code := code_or_name.upper()) in self._entries:
            return code
        raise self._unknown(code_or_name, (*self._entries, *self._by_name))

    def entry(self, code: str) -> RuleEntry:
        """Return what is known of the rule ``code`` without importing it."""
        return self._entries[code]

    def selector(self, text: str) -> frozenset[str]:
        """Return the codes that a code, a prefix (``FMT``, ``fmt1``, ``QUA0``), a name or ``ALL`` selects, in any case.

        Raises:
            DatalintError: with a suggestion, when it selects nothing.
        """
        capitals = text.upper()
        if capitals == "ALL":
            return frozenset(self._entries)
        if text in self._by_name or capitals in self._entries:
            return frozenset((self.code_of(text),))
        if match := _SELECTOR.fullmatch(capitals):
            letters, digits = match.groups()
            found = [c for c in self._entries if c[:-3] == letters and c[-3:].startswith(digits)]
            if found:
                return frozenset(found)
        raise self._unknown(text, (*self._entries, *self._by_name, *self.prefixes, "ALL"))

    def specificity(self, text: str) -> int:
        """Return how narrow a selector is: 0 ``ALL``, 1 ``FMT``, 2 ``FMT1``, 3 ``FMT10``, 4 one rule."""
        capitals = text.upper()
        if text in self._by_name:
            return 4
        if capitals == "ALL":
            return 0
        match = _SELECTOR.fullmatch(capitals)
        return 1 + len(match.group(2)) if match else 4

    @property
    def by_name(self) -> dict[str, str]:
        """The code of every rule, by its code and by its name."""
        return {code: code for code in self._entries} | self._by_name

    @property
    def default_codes(self) -> tuple[str, ...]:
        """The codes of the rules that run without a selection, sorted."""
        return tuple(code for code in self.codes if self._entries[code].on)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, sorted."""
        return tuple(sorted(self._entries))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Every code prefix of letters, sorted."""
        return tuple(sorted({entry.prefix for entry in self._entries.values()}))

    def __iter__(self) -> Iterator[Rule]:
        return (self._load(code) for code in self.codes)

    def __len__(self) -> int:
        return len(self._entries)

    def _add_all(self, rules: list[Rule], origin: str) -> None:
        for rule in rules:
            self.add(rule, origin)

    def _enter(self, entry: RuleEntry) -> None:
        taken = self._entries.get(entry.code) or self._entries.get(self._by_name.get(entry.name, ""))
        if taken == entry:
            return
        if taken:
            raise DatalintError(f"two rules have the same code or name: {taken} and {entry}; rename one of them")
        self._entries[entry.code] = entry
        self._by_name[entry.name] = entry.code

    def _load(self, code: str) -> Rule:
        if code not in self._rules:
            rule = sole_rule(importlib.import_module(self._entries[code].module))
            if rule.code != code:
                raise DatalintError(f"the index of rules is out of date at {code}; write it again")
            self._rules[code] = rule
        return self._rules[code]

    def _unknown(self, text: str, known: Iterable[str]) -> DatalintError:
        # A factor's folder of rules has its name.
        of_factor = {e.module.split(".")[-2]: e.prefix for e in self._entries.values() if "." in e.module}
        prefix = of_factor.get(text.lower(), text.upper())
        if _SELECTOR.fullmatch(prefix) and any(code.startswith(prefix) for code in self._entries):
            hint = f"; `datalint rules --select {prefix}` lists the rules with this prefix"
        else:
            hint = suggestion(text, known) or "; `datalint rules` lists them"
        return DatalintError(f"unknown rule {quoted(text)}{hint}")


def quoted(text: str) -> str:
    """Return ``text`` in double quotes, short and safe to print."""
    return f'"{excerpt(text, 60)}"'


def suggestion(text: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "…"?`` for the nearest of ``known``, or nothing when none is near.

    Near is one edit (a swap of neighbours is one) for every four characters, case aside. Otherwise it is the only name
    that begins with the first four characters or more of ``text``, or with all of it.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    text, names = text[:100], list(known)
    cutoff = max(1, len(text) // 4)
    found = process.extractOne(text, names, scorer=OSA.distance, processor=str.lower, score_cutoff=cutoff)
    nearest = found[0] if found else _beginning(text.lower(), names)
    return f"; did you mean {quoted(nearest)}?" if nearest else ""


def _beginning(text: str, names: Sequence[str]) -> str | None:
    """Return the only name that shares the longest beginning with a text, of four characters or more."""
    from rapidfuzz.distance import Prefix

    shared = {name: int(Prefix.similarity(text, name.lower())) for name in names}
    longest = max(shared.values(), default=0)
    nearest = [name for name, length in shared.items() if length == longest]
    return nearest[0] if longest >= _LEAST_SHARED and longest >= len(text) // 2 and len(nearest) == 1 else None


def _reason(error: BaseException) -> str:
    text = excerpt(str(error), 300)
    return text if isinstance(error, DatalintError) else f"failed to load: {type(error).__name__}: {text}"
