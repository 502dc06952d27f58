"""What ``import datalint`` costs, and what it gives."""

from __future__ import annotations

import subprocess
import sys

import pytest
from every import every

import datalint

HEAVY = ("pandas", "polars", "numpy", "datasets", "pyarrow", "rich", "jsonschema", "jinja2", "click", "orjson", "ftfy")


def loaded(code: str) -> set[str]:
    """Return which heavy modules a new process holds after running ``code``."""
    probe = f"{code}\nimport sys; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert (
        loaded("import datalint; datalint.Severity, datalint.Finding, datalint.DatalintError, datalint.__version__")
        == set()
    )


def test_linting_rows_imports_neither_pandas_nor_datasets() -> None:
    code = "import datalint; datalint.lint([{'prompt': 'Hi', 'completion': 'Ho'}] * 3).to_dict()"
    assert {"pandas", "datasets", "pyarrow"}.isdisjoint(loaded(code))


@every("name", datalint.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(datalint, name) is not None
    assert name in dir(datalint)


def test_names_are_what_they_say() -> None:
    assert datalint.lint([]).verdict is datalint.Verdict.FAIL
    assert issubclass(datalint.DatalintError, Exception)
    assert datalint.Severity.ERROR.rank < datalint.Severity.WARNING.rank < datalint.Severity.INFO.rank
    assert [factor.value for factor in datalint.Factor] == [
        "volume", "diversity", "quality", "format", "balance", "readiness",
    ]  # fmt: skip


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'datalint' has no attribute 'lnit'"):
        _ = datalint.lnit  # type: ignore[attr-defined]


def test_star_import() -> None:
    namespace: dict[str, object] = {}
    exec("from datalint import *", namespace)
    assert set(datalint.__all__) <= namespace.keys()
