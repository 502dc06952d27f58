from __future__ import annotations

import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from rule_pages import PAGE

from datalint.core import registry as registry_module
from datalint.core.errors import DatalintError
from datalint.core.finding import Confidence
from datalint.core.registry import Registry, suggestion
from datalint.core.rule import Rule
from datalint.rules import catalogue
from datalint.rules.catalogue import builtin_rules, index_path, main, render_index

RULE = (
    PAGE
    + """
from __future__ import annotations
from datalint.api import FileFacts, Options, Severity, rule

@rule("{code}", "{name}", severity=Severity.WARNING, since="0.1")
def {function}(facts: FileFacts, options: Options):
    yield from ()
"""
)


def source(code: str, name: str) -> str:
    return RULE.format(code=code, name=name, function=name.replace("-", "_"))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder on the import path; what is imported from it is forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def install(site: Path) -> Callable[..., None]:
    """Lay down a distribution with an entry point, and its files."""

    def install(distribution: str, value: str, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        folder = site / f"{distribution.replace('-', '_')}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        (folder / "entry_points.txt").write_text(f"[datalint.rules]\nmain = {value}\n")

    return install


@pytest.fixture
def indexed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Built-in rules of our own making, behind an index; the module of QUA024 can't be imported."""
    rows = {
        "FMT001": "invalid-json",
        "FMT101": "unknown-shape",
        "FMT104": "missing-key",
        "QUA002": "empty-response",
        "QUA024": "personal-data",
    }
    index = ModuleType("datalint.rules.index")
    index.INDEX = {code: (name, f"made_{code}", "warning") for code, name in rows.items()}  # type: ignore[attr-defined]
    index.OFF = frozenset(("QUA024",))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datalint.rules.index", index)
    for code, name in rows.items():
        module = ModuleType(f"datalint.rules.made_{code}", "A made-up rule.")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        if code != "QUA024":
            exec(compile(source(code, name), f"{name}.py", "exec"), module.__dict__)
    registry = Registry()
    registry.load_builtin()
    return registry


def codes(registry: Registry) -> list[str]:
    return [rule.code for rule in registry]


class TestIndex:
    def test_is_up_to_date(self) -> None:
        assert index_path().read_text(encoding="utf-8") == render_index(builtin_rules()), (
            "run: python -m datalint.rules --write-index"
        )

    def test_holds_each_rule_once_under_a_builtin_prefix(self) -> None:
        registry = Registry()
        registry.load_builtin()

        assert len(registry) == len(builtin_rules())
        assert set(registry.prefixes) <= registry_module.BUILTIN_PREFIXES
        assert all(registry.entry(code).origin == "datalint" for code in registry.codes)

    def test_is_written_and_checked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "index.py"
        monkeypatch.setattr(catalogue, "index_path", lambda: path)

        assert main(["--check"]) == 1
        assert main(["--write-index"]) == 0
        assert main(["--check"]) == 0
        assert path.read_bytes() == render_index(builtin_rules()).encode()
        path.write_text("stale")
        assert main(["--check"]) == 1
        assert main([]) == 2
        assert "usage: " in capsys.readouterr().err

    def test_loading_it_imports_no_rule(self) -> None:
        code = (
            "import sys; from datalint.core.registry import Registry; r = Registry(); r.load_builtin(); "
            "assert r.selector('ALL') == set(r.codes); "
            "print(*sorted(n for n in sys.modules if n.startswith('datalint.rules')))"
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert found.stdout.split() == ["datalint.rules", "datalint.rules.index"]

    def test_rules_of_low_confidence_are_off(self, indexed: Registry) -> None:
        assert set(indexed.codes) - set(indexed.default_codes) == {"QUA024"}

    def test_names_the_rules_of_low_confidence(self) -> None:
        registry = Registry()
        registry.load_builtin()
        low = {rule.code for rule in builtin_rules() if rule.confidence is Confidence.LOW}
        assert set(registry.codes) - set(registry.default_codes) == low

    def test_that_is_stale_is_an_error(self, indexed: Registry) -> None:
        sys.modules["datalint.rules.made_FMT101"].__dict__["unknown_shape"].code = "FMT199"

        with pytest.raises(DatalintError, match="index of rules is out of date at FMT101"):
            indexed.find("FMT101")

    def test_of_a_module_without_a_rule_is_an_error(self, indexed: Registry) -> None:
        with pytest.raises(DatalintError, match="made_QUA024 contains 0 rules; a rule module contains one"):
            indexed.find("QUA024")


class TestNames:
    @pytest.mark.parametrize("text", ["FMT104", "missing-key"])
    def test_code_and_name_find_one_rule(self, indexed: Registry, text: str) -> None:
        assert indexed.find(text).code == "FMT104"
        assert indexed.find(text) is indexed.find("FMT104")

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("FTM104", '; did you mean "FMT104"?'),
            ("ftm104", '; did you mean "FMT104"?'),
            ("mising-key", '; did you mean "missing-key"?'),
            ("Missing-Key", '; did you mean "missing-key"?'),
            ("emptyresponse", '; did you mean "empty-response"?'),
            ("", "; `datalint rules` lists them"),
            ("nothing-like-it", "; `datalint rules` lists them"),
            ("ALL", "; `datalint rules` lists them"),
            ("FMT", "; `datalint rules --select FMT` lists the rules with this prefix"),
        ],
    )
    def test_of_no_rule(self, indexed: Registry, text: str, hint: str) -> None:
        with pytest.raises(DatalintError) as caught:
            indexed.find(text)

        assert str(caught.value) == f'unknown rule "{text}"{hint}'

    def test_of_no_rule_are_safe_to_print(self, indexed: Registry) -> None:
        with pytest.raises(DatalintError) as caught:
            indexed.find("\x1b[31m\n::error::" + "x" * 100_000)

        assert str(caught.value).startswith('unknown rule "\\x1b[31m\\n::error::xxx')
        assert len(str(caught.value)) < 150

    @pytest.mark.parametrize(
        ("text", "expected", "specificity"),
        [
            ("ALL", {"FMT001", "FMT101", "FMT104", "QUA002", "QUA024"}, 0),
            ("FMT", {"FMT001", "FMT101", "FMT104"}, 1),
            ("FMT1", {"FMT101", "FMT104"}, 2),
            ("QUA0", {"QUA002", "QUA024"}, 2),
            ("FMT10", {"FMT101", "FMT104"}, 3),
            ("FMT104", {"FMT104"}, 4),
            ("missing-key", {"FMT104"}, 4),
            ("all", {"FMT001", "FMT101", "FMT104", "QUA002", "QUA024"}, 0),
            ("fmt1", {"FMT101", "FMT104"}, 2),
            ("fmt104", {"FMT104"}, 4),
        ],
    )
    def test_as_selectors(self, indexed: Registry, text: str, expected: set[str], specificity: int) -> None:
        assert indexed.selector(text) == expected
        assert indexed.specificity(text) == specificity

    @pytest.mark.parametrize("text", ["FM", "F", "FMT2", "FMT19", "FMT999", "al", "QUALITY", "*", "FMT*", " FMT", ""])
    def test_that_select_nothing(self, indexed: Registry, text: str) -> None:
        with pytest.raises(DatalintError, match=r"^unknown rule "):
            indexed.selector(text)

    def test_a_longer_prefix_is_another_prefix(self, indexed: Registry, site: Path) -> None:
        (site / "longer.py").write_text(source("FMTX001", "longer-prefix"))
        indexed.load_local(site / "longer.py")

        assert indexed.selector("FMT") == {"FMT001", "FMT101", "FMT104"}
        assert indexed.selector("FMTX") == {"FMTX001"}

    def test_suggestions_are_near_or_none(self) -> None:
        assert suggestion("treshold", ["threshold", "view"]) == '; did you mean "threshold"?'
        assert suggestion("veiw", ["threshold", "view"]) == '; did you mean "view"?'
        assert suggestion("bands", ["threshold", "view"]) == ""
        assert suggestion("bands", []) == ""


class TestPlugins:
    @pytest.mark.parametrize(
        ("value", "files", "expected"),
        [
            ("acme", {"acme.py": source("ACME001", "one")}, ["ACME001"]),
            ("acme:one", {"acme.py": source("ACME001", "one")}, ["ACME001"]),
            (
                "acme",
                {
                    "acme/__init__.py": "from acme.one import one\nfrom acme.one import one as again",
                    "acme/one.py": source("ACME001", "one"),
                    "acme/two.py": source("ACME002", "two"),
                },
                ["ACME001"],
            ),
            (
                "acme",
                {
                    "acme/__init__.py": "",
                    "acme/two.py": source("ACME002", "two"),
                    "acme/_draft.py": "raise RuntimeError",
                    "acme/deep/__init__.py": "",
                    "acme/deep/one.py": source("ACME001", "one"),
                },
                ["ACME001", "ACME002"],
            ),
        ],
        ids=["module", "rule", "package that names its rules", "package that doesn't"],
    )
    def test_are_found(
        self, install: Callable[..., None], value: str, files: dict[str, str], expected: list[str]
    ) -> None:
        install("acme-rules", value, files)
        registry = Registry()
        registry.load_plugins()

        assert codes(registry) == expected
        entry = registry.entry(expected[0])
        assert entry.origin == f"plug-in acme-rules, entry point main = {value}"

    def test_are_found_in_a_zip(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "acme.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("zipped_acme.py", source("ACME001", "one"))
            archive.writestr("acme-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
            archive.writestr("acme-1.0.dist-info/entry_points.txt", "[datalint.rules]\nmain = zipped_acme:one\n")
        monkeypatch.syspath_prepend(path)
        registry = Registry()
        registry.load_plugins()

        assert codes(registry) == ["ACME001"]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            (
                "import no_such_module",
                "failed to load: ModuleNotFoundError: No module named 'no_such_module'",
            ),
            ("def", "failed to load: SyntaxError: invalid syntax (acme.py, line 1)"),
            ("raise SystemExit(3)", "failed to load: SystemExit: 3"),
            ("raise ValueError('a\\nb\\x1b')", "failed to load: ValueError: a\\nb\\x1b"),
            (source("ACME001", "Not-Kebab").replace("Not_Kebab", "one"), "failed to load: RuleError: "),
            ("", "contains no rule"),
            ("main = 3", "contains no rule"),
        ],
    )
    def test_that_fail_to_load(self, install: Callable[..., None], text: str, reason: str) -> None:
        install("acme-rules", "acme", {"acme.py": text})

        with pytest.raises(DatalintError) as caught:
            Registry().load_plugins()

        assert str(caught.value).startswith(f"plug-in acme-rules, entry point main = acme: {reason}")
        assert "\n" not in str(caught.value)

    def test_that_offer_something_else(self, install: Callable[..., None]) -> None:
        install("acme-rules", "acme:one", {"acme.py": "one = 3"})

        with pytest.raises(DatalintError, match="is a int, which is neither a module nor a rule"):
            Registry().load_plugins()

    def test_may_not_use_a_builtin_prefix(self, install: Callable[..., None]) -> None:
        install("acme-rules", "acme", {"acme.py": source("QUA900", "one")})

        with pytest.raises(DatalintError) as caught:
            Registry().load_plugins()

        assert str(caught.value) == (
            "QUA900 one (plug-in acme-rules, entry point main = acme, module acme) "
            "uses the prefix QUA, which is reserved for built-in rules; choose another"
        )

    def test_that_clash_by_code_or_name(self, install: Callable[..., None], indexed: Registry) -> None:
        install("acme-rules", "acme", {"acme.py": source("ACME001", "one")})
        install("other-rules", "other", {"other.py": source("ACME001", "two")})
        install("third-rules", "third", {"third.py": source("THIRD001", "missing-key")})

        with pytest.raises(DatalintError) as caught:
            indexed.load_plugins()
        assert str(caught.value) == (
            "two rules have the same code or name: "
            "ACME001 one (plug-in acme-rules, entry point main = acme, module acme) and "
            "ACME001 two (plug-in other-rules, entry point main = other, module other); rename one of them"
        )

        by_name: Rule = __import__("third").missing_key
        with pytest.raises(DatalintError) as caught:
            indexed.add(by_name, "plug-in third-rules")
        assert str(caught.value) == (
            "two rules have the same code or name: "
            "FMT104 missing-key (datalint, module datalint.rules.made_FMT104) and "
            "THIRD001 missing-key (plug-in third-rules, module third); rename one of them"
        )

    def test_loaded_twice_are_no_clash(self, install: Callable[..., None]) -> None:
        install("acme-rules", "acme", {"acme.py": source("ACME001", "one")})
        registry = Registry()
        registry.load_plugins()
        registry.load_plugins()

        assert codes(registry) == ["ACME001"]


class TestLocal:
    def test_file_runs_and_its_functions_can_be_sent_to_a_worker(self, site: Path) -> None:
        path = site / "my own.py"
        path.write_text(source("OWN001", "own-rule") + "\ndef measure():\n    return 3\n")
        registry = Registry.default(local=[path])

        assert registry.find("own-rule").code == "OWN001"
        module = sys.modules[registry.entry("OWN001").module]
        assert pickle.loads(pickle.dumps(module.measure))() == 3
        registry.load_local(path)
        assert registry.entry("OWN001").origin == f"local plug-in {path}"

    @pytest.mark.parametrize(
        ("name", "text", "reason"),
        [
            ("own.py", "1 / 0", "failed to load: ZeroDivisionError: division by zero"),
            ("own.py", "raise SystemExit", "failed to load: SystemExit: "),
            ("own.py", "", "contains no rule"),
            ("own.txt", source("OWN001", "own-rule"), "is not a Python file"),
            ("missing.py", None, "no such file"),
        ],
    )
    def test_file_that_fails(self, site: Path, name: str, text: str | None, reason: str) -> None:
        if text is not None:
            (site / name).write_text(text)
        before = set(sys.modules)

        with pytest.raises(DatalintError) as caught:
            Registry().load_local(site / name)

        assert str(caught.value) == f"local plug-in {site / name}: {reason}"
        assert not {
            n for n in set(sys.modules) - before if n.startswith("datalint_local") and reason != "contains no rule"
        }

    def test_rule_of_low_confidence_is_off(self, site: Path) -> None:
        for code, confidence in (("ACME001", "LOW"), ("ACME002", "MEDIUM")):
            text = source(code, f"no-acme-{code[-1]}").replace(
                'since="0.1"', f'since="0.1", confidence=Confidence.{confidence}'
            )
            (site / f"{code}.py").write_text(text.replace("import FileFacts,", "import Confidence, FileFacts,"))
        registry = Registry.default(local=[site / "ACME001.py", site / "ACME002.py"])
        assert "ACME001" in registry.codes
        assert "ACME001" not in registry.default_codes
        assert "ACME002" in registry.default_codes

    def test_file_may_not_use_a_builtin_prefix(self, site: Path) -> None:
        (site / "own.py").write_text(source("FMT900", "own-rule"))

        with pytest.raises(DatalintError, match="uses the prefix FMT"):
            Registry().load_local(site / "own.py")
