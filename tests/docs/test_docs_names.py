"""What a rule's page calls by name is there: another rule, an option, a measure, a setting."""

from __future__ import annotations

import pkgutil
import re

from fences import ROOT

import datalint
from datalint.config.gates import profile
from datalint.config.model import Settings, TrainingPlan
from datalint.rules.catalogue import builtin_rules
from datalint.targets.load import built_in

RULES = builtin_rules()
#: Names as rules, options and measures have them: words in lower case, with hyphens.
_NAME = re.compile(r"`([a-z]+(?:-[a-z]+)+)`")
KNOWN = {
    *(rule.name for rule in RULES),
    *(name.replace("_", "-") for rule in RULES for name in rule.options_type.__dataclass_fields__),
    *profile("guide"),
    *(name.replace("_", "-") for table in (Settings, TrainingPlan) for name in table.__dataclass_fields__),
    *built_in(),
    "per-file-ignores",
    "your-api-key",
}


def test_names_on_a_page_are_there() -> None:
    for rule in RULES:
        page = (ROOT / "docs" / "rules" / f"{rule.name}.md").read_text(encoding="utf-8")
        assert set(_NAME.findall(page)) <= KNOWN, rule.name


def test_the_functions_and_modules_of_the_architecture_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {module.name for module in pkgutil.iter_modules(datalint.__path__)}
    names = [name for name in re.findall(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`", text) if name.partition(".")[0] in packages]
    assert len(names) > 80
    for name in names:
        pkgutil.resolve_name(f"datalint.{name}")
