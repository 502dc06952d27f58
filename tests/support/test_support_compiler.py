"""Functions are compiled under the name of this version."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint import __version__
from datalint.support import compiler

pytest.importorskip("numba", reason="the extra fast is not installed")


def test_machine_code_is_kept_by_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "twice.py"
    file.write_text("def twice(number):\n    return 2 * number\n")
    monkeypatch.syspath_prepend(tmp_path)
    import twice  # type: ignore[import-not-found]

    kept = []
    for version in (__version__, "99.1"):
        monkeypatch.setattr(compiler, "__version__", version)
        made = compiler.compiled([twice.twice], [])
        assert made is not None
        assert made[0](21) == 42
        kept.append({path.name for path in (tmp_path / "__pycache__").glob("*.nbi")})
    assert len(kept[0]) == 1
    assert len(kept[1]) == 2
