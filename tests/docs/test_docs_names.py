"""What a rule's page calls by name is there: another rule, an option, a measure."""

from __future__ import annotations

import re

import pytest
from fences import ROOT

from datalint.config.gates import profile
from datalint.core.rule import Rule
from datalint.rules.catalogue import builtin_rules

RULES = builtin_rules()
#: Names as rules, options and measures have them: words in lower case, with hyphens.
_NAME = re.compile(r"`([a-z]+(?:-[a-z]+)+)`")
KNOWN = {
    *(rule.name for rule in RULES),
    *(name.replace("_", "-") for rule in RULES for name in rule.options_type.__dataclass_fields__),
    *profile("guide"),
    "per-file-ignores",
    "your-api-key",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_names_on_a_page_are_there(rule: Rule) -> None:
    page = (ROOT / "docs" / "rules" / f"{rule.name}.md").read_text(encoding="utf-8")
    assert set(_NAME.findall(page)) <= KNOWN
