"""The test kit for rule authors: run one rule on a few rows, or on cases kept as data.

from datalint.testing import run_rule

findings = run_rule(my_rule, rows=[{"prompt": "Hi", "completion": ""}])
assert [finding.row for finding in findings] == [1]
"""

from datalint.support.varied import sentence, vary
from datalint.testing.cases import Case, Expected, check_case, check_cases, load_cases
from datalint.testing.examples import Example, documented_examples
from datalint.testing.running import fix_rule, run_rule

__all__ = [
    "Case",
    "Example",
    "Expected",
    "check_case",
    "check_cases",
    "documented_examples",
    "fix_rule",
    "load_cases",
    "run_rule",
    "sentence",
    "vary",
]
