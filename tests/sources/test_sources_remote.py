"""Files of web servers, of one in this process, and of object stores, with a stand-in for the store."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import ROWS, read_source

from datalint.cli import main
from datalint.core.addresses import without_secrets
from datalint.core.errors import DatalintError
from datalint.sources import open_sources, remote
from datalint.sources.redirects import is_inward

LINES = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
SIGNED = "?X-Amz-Signature=0123456789abcdef0123456789abcdef"


class Web(ThreadingHTTPServer):
    """A web server for the files in ``files``, which counts what it sends."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.status = 200
        self.sized = True
        self.grows = False
        self.moved = ""
        self.sent = 0
        self.gets = 0

    def address(self, name: str) -> str:
        return f"http://user:pass-of-user@127.0.0.1:{self.server_port}/{name}{SIGNED}"

    def shown(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{name}"


class Handler(BaseHTTPRequestHandler):
    server: Web
    protocol_version = "HTTP/1.0"

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        data = self._answer()
        # Before the last byte is sent: afterwards, the client may look, or ask again, at once.
        self.server.gets += 1
        self.server.sent += len(data)
        if self.server.grows:
            self.server.files[self._name()] += LINES
        if data:
            self.wfile.write(data)

    def _name(self) -> str:
        return self.path.partition("?")[0].lstrip("/")

    def _answer(self) -> bytes:
        data = self.server.files.get(self._name())
        if self.server.moved and self._name() == "moved.jsonl":
            self.send_response(302)
            self.send_header("Location", self.server.moved)
            self.end_headers()
            return b""
        self.send_response(404 if data is None else self.server.status)
        if data is None or self.server.status != 200:
            self.end_headers()
            return b""
        if self.server.sized:
            self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{len(data)}"')
        self.end_headers()
        return data

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("sized", [True, False])
@pytest.mark.parametrize("name", ["train.jsonl", "train.jsonl.gz"])
def test_web_rows(web: Web, name: str, sized: bool) -> None:
    web.files[name] = gzip.compress(LINES) if name.endswith(".gz") else LINES
    web.sized = sized
    [source] = open_sources([web.address(name)])
    assert read_source(source).records == ROWS
    assert source.path == web.shown(name)
    # Without a size, the library asks once more to find one.
    assert not sized or (web.gets, web.sent) == (1, len(web.files[name]))


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "no such file"), (403, "access is denied"), (401, "access is denied"), (500, "HTTP status 500")],
)
def test_web_refuses(web: Web, status: int, expected: str) -> None:
    web.files["train.jsonl"] = LINES
    web.status = status
    with pytest.raises(DatalintError) as caught:
        open_sources([web.address("train.jsonl")])
    assert expected in str(caught.value)
    assert web.shown("train.jsonl") in str(caught.value)
    assert "Signature" not in str(caught.value)
    assert "pass-of-user" not in str(caught.value)


def test_a_redirect_is_followed_but_not_to_addresses_of_the_network(web: Web) -> None:
    web.files["train.jsonl"] = LINES
    web.moved = web.shown("train.jsonl")
    assert read_source(open_sources([web.address("moved.jsonl")])[0]).records == ROWS
    web.moved = "http://169.254.169.254/latest/meta-data"
    with pytest.raises(DatalintError, match="redirects to an address inside of this network, which is not followed"):
        open_sources([web.address("moved.jsonl")])


@pytest.mark.parametrize(
    ("host", "to", "expected"),
    [
        ("data.example.org", "127.0.0.1", True),
        ("data.example.org", "localhost", True),
        ("data.example.org", "10.0.0.7", True),
        ("data.example.org", "::1", True),
        ("data.example.org", "cdn.example.org", False),
        ("data.example.org", "93.184.216.34", False),
        ("10.0.0.5", "10.0.0.7", False),
        ("10.0.0.5", "169.254.169.254", True),
        ("93.184.216.34", "192.168.1.1", True),
    ],
)
def test_which_redirects_lead_inward(host: str, to: str, expected: bool) -> None:
    assert is_inward(host, to) is expected


def test_nothing_listens(web: Web) -> None:
    address = web.address("train.jsonl")
    web.server_close()
    with pytest.raises(DatalintError, match="cannot be reached"):
        open_sources([address])


def test_a_change_while_reading(web: Web) -> None:
    web.files["train.jsonl"] = LINES
    web.grows = True
    with pytest.raises(DatalintError, match="changed while it was read"):
        open_sources([web.address("train.jsonl")])


def test_too_large(web: Web) -> None:
    from datalint.sources.inflate import DecompressionLimits

    web.files["train.jsonl"] = LINES
    for web.sized in (True, False):
        with pytest.raises(DatalintError, match="has more than 0 MiB"):
            open_sources([web.address("train.jsonl")], limits=DecompressionLimits(total=10))


def run_command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Return the exit code of a command and what it printed."""
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--no-cache"])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out + printed.err


def test_reports_show_no_credentials(web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    web.files["train.jsonl"] = LINES
    web.files["eval.jsonl"] = LINES[: LINES.index(b"\n") + 1]
    address = web.address("train.jsonl")
    outputs = [tmp_path / name for name in ("r.html", "r.json", "r.sarif", "r.md", "r.xml", "r.csv")]
    options = [option for path in outputs for option in ("--output", str(path))]
    _, output = run_command(capsys, "check", address, "--eval", web.address("eval.jsonl"), "--isolated", *options)
    texts = [output, *(path.read_text(encoding="utf-8") for path in outputs)]
    assert web.shown("train.jsonl") in output
    assert not any(secret in text for text in texts for secret in ("Signature", "0123456789abcdef", "pass-of-user"))


def test_only_what_was_typed(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    web.files["train.jsonl"] = LINES
    monkeypatch.chdir(tmp_path)
    Path("datalint.toml").write_text(f'data = ["{web.address("train.jsonl")}"]', encoding="utf-8")
    confined = ["check", web.address("train.jsonl"), "--isolated", "--confine", "."]
    for arguments, expected in ((["check"], "pass it on the command line"), (confined, "under --confine")):
        code, output = run_command(capsys, *arguments)
        assert code == 2
        assert expected in output
    assert web.gets == 0


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def missing(*_: Any, **__: Any) -> Any:
        raise ImportError

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(DatalintError, match="pip install gcsfs"):
        open_sources(["gs://bucket/train.jsonl"])
    with pytest.raises(DatalintError, match=r"datalint-sft\[remote\]"):
        open_sources(["s3://bucket/train.jsonl"])


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A store in memory under ``s3://``, with an entity tag for each file."""
    import fsspec
    from fsspec.implementations.memory import MemoryFileSystem

    class Store(MemoryFileSystem):  # type: ignore[misc]
        protocol = "s3"
        cachable = False
        store: dict[str, Any] = {}  # noqa: RUF012 - the library's own interface
        pseudo_dirs = [""]  # noqa: RUF012
        requests: list[tuple[int, int]] = []  # noqa: RUF012
        grows = False

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return super()._strip_protocol(path.replace("s3://", "memory://"))  # type: ignore[no-any-return]

        def info(self, path: str, **kwargs: Any) -> dict[str, Any]:
            facts = super().info(path, **kwargs)
            return {**facts, "ETag": str(facts["size"])}

        def cat_file(self, path: str, start: int | None = None, end: int | None = None, **kwargs: Any) -> bytes:
            self.requests.append((start or 0, end or 0))
            data = super().cat_file(path, start=start, end=end, **kwargs)
            if self.grows:
                self.pipe_file(path, LINES * 2)
            return data  # type: ignore[no-any-return]

    monkeypatch.setattr(remote, "RANGE", 64)
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda url, **_: (Store(), Store._strip_protocol(url)))
    made = Store()
    made.pipe_file("/bucket/sft/train.jsonl", LINES)
    made.pipe_file("/bucket/sft/eval.jsonl", LINES)
    made.pipe_file("/bucket/sft/.cache/train.jsonl", LINES)
    made.pipe_file("/bucket/sft/README.md", b"about the data")
    made.pipe_file("/bucket/other/more.jsonl", LINES)
    return Store


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("s3://bucket/sft/train.jsonl", ["sft/train.jsonl"]),
        ("s3://bucket/sft", ["sft/train.jsonl"]),
        ("s3://bucket/sft/", ["sft/train.jsonl"]),
        ("s3://bucket/sft/*", ["sft/eval.jsonl", "sft/train.jsonl"]),
        ("s3://bucket/other", ["other/more.jsonl"]),
    ],
)
def test_store_rows(store: Any, given: str, names: list[str]) -> None:
    sources = open_sources([given, given])
    assert [source.path.removeprefix("s3://").lstrip("/") for source in sources] == [f"bucket/{each}" for each in names]
    for source in sources:
        assert read_source(source).records == ROWS
    assert sum(end - start for start, end in store.requests) == len(names) * len(LINES)


def test_store_changes(store: Any) -> None:
    store.grows = True
    with pytest.raises(DatalintError, match="changed while it was read"):
        open_sources(["s3://bucket/sft/train.jsonl"])


@pytest.mark.parametrize("given", ["s3://bucket/none", "s3://bucket/none.jsonl", "s3://bucket/*.jsonl", "s3://"])
def test_store_without_data(store: Any, given: str) -> None:
    with pytest.raises(DatalintError, match="check the address"):
        open_sources([given])


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a:b@host:8/x.jsonl?sig=1#part", "https://host:8/x.jsonl"),
        ("HTTPS://host/x.jsonl?sig=1", "https://host/x.jsonl"),
        ("https://[broken/x?sig=1", "https://…"),
        ("s3://bucket/a?.jsonl", "s3://bucket/a?.jsonl"),
        ("abfs://container@account.example/x.jsonl", "abfs://container@account.example/x.jsonl"),
        ("data/a?.jsonl", "data/a?.jsonl"),
    ],
)
def test_addresses_without_secrets(address: str, shown: str) -> None:
    assert without_secrets(address) == shown
