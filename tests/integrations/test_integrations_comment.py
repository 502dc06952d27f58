"""The comment on a pull request, against a server that answers as GitHub's API does."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from action_runs import Step, act, module, obeyed

comments = module("comment")

BOT = "github-actions[bot]"
MARK = "<!-- datalint -->"
TOKEN = "a-token-of-the-tests-own"
EVENT: dict[str, Any] = {"pull_request": {"number": 7, "head": {"repo": {}}, "base": {"repo": {}}}}


@dataclass
class Api:
    """GitHub's API with one pull request; ``refuse`` answers a method with a status."""

    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refuse: dict[str, int] = field(default_factory=dict)
    login: str | None = BOT

    def add(self, body: str, login: str = BOT) -> int:
        self.comments.append({"id": 1000 + len(self.comments), "body": body, "user": {"login": login}})
        return int(self.comments[-1]["id"])

    def body(self, number: int) -> str:
        return str(next(each["body"] for each in self.comments if each["id"] == number))

    def answer(self, method: str, path: str, data: Any) -> tuple[int, Any]:
        where, query = urlsplit(path).path, parse_qs(urlsplit(path).query)
        self.calls.append((method, where))
        if method in self.refuse and where != "/graphql":
            return self.refuse[method], {"message": "Resource not accessible by integration"}
        if (method, where) == ("POST", "/graphql"):
            return 200, {"data": {"viewer": {"login": self.login}}} if self.login else {"errors": []}
        if (method, where) == ("GET", "/repos/owner/data/issues/7/comments"):
            size, page = int(query["per_page"][0]), int(query["page"][0])
            return 200, self.comments[size * (page - 1) : size * page]
        if (method, where) == ("POST", "/repos/owner/data/issues/7/comments"):
            self.add(data["body"])
            return 201, self.comments[-1]
        if method == "PATCH" and where.startswith("/repos/owner/data/issues/comments/"):
            found = next(each for each in self.comments if each["id"] == int(where.rpartition("/")[2]))
            found["body"] = data["body"]
            return 200, found
        return 404, {"message": "Not Found"}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    found = Api()

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            found.tokens.add(str(self.headers.get("Authorization")))
            code, answer = found.answer(self.command, self.path, json.loads(self.rfile.read(size)) if size else None)
            data = json.dumps(answer).encode()
            self.send_response(code)
            if code in (301, 307):
                self.send_header("Location", f"{found.address}/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self.handle_one()

        def do_POST(self) -> None:
            self.handle_one()

        def do_PATCH(self) -> None:
            self.handle_one()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        found.address = f"http://127.0.0.1:{server.server_port}"
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("GITHUB_API_URL", found.address)
        monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{found.address}/graphql")
        monkeypatch.setenv("GITHUB_REPOSITORY", "owner/data")
        yield found
        server.shutdown()


def publish(text: str = f"{MARK}\nreport\n", key: str = "") -> None:
    thread = comments.Thread.of(EVENT, TOKEN)
    assert thread is not None
    thread.publish(text, key)


def test_the_first_run_writes_a_comment_and_the_next_ones_update_it(api: Api) -> None:
    publish(f"{MARK}\none\n")
    publish(f"{MARK}\ntwo\n")
    assert [each["body"] for each in api.comments] == [f"{MARK}\ntwo\n"]
    assert api.tokens == {f"Bearer {TOKEN}"}


@pytest.mark.parametrize(
    ("body", "login"),
    [
        ("another workflow of the same bot", BOT),
        (f"text above\n{MARK}\n", BOT),
        (f"> {MARK}\n", BOT),
        (f"{MARK} and more\n", BOT),
        (f"{MARK}\nsomebody who knows the marker", "someone"),
        (f"{MARK}\na user with the name of the bot", "github-actions"),
        ("<!-- datalint: other -->\na job with a key", BOT),
        ("", BOT),
    ],
)
def test_no_other_comment_is_edited(api: Api, body: str, login: str) -> None:
    number = api.add(body, login)
    publish()
    assert api.body(number) == body
    assert len(api.comments) == 2
    assert ("PATCH", f"/repos/owner/data/issues/comments/{number}") not in api.calls


@pytest.mark.parametrize("before", [0, 99, 100, 101, 250])
def test_the_comment_is_found_on_any_page(api: Api, before: int) -> None:
    for _ in range(before):
        api.add("another", "someone")
    number = api.add(f"{MARK}\r\nold", BOT)
    publish()
    assert len(api.comments) == before + 1
    assert api.body(number) == f"{MARK}\nreport\n"


def test_jobs_with_keys_have_comments_of_their_own(api: Api) -> None:
    for key in ("", "chat", "code v1.2"):
        publish(key=key)
        publish(f"{MARK}\nagain", key=key)
    assert [each["body"].partition("\n")[0] for each in api.comments] == [
        MARK, "<!-- datalint: chat -->", "<!-- datalint: code v1.2 -->",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["-->", "a--b", "a\nb", " a", "x" * 41, "<b>", "é"])
def test_a_key_is_words(api: Api, key: str) -> None:
    with pytest.raises(comments.CommentError, match="comment-key"):
        publish(key=key)
    assert api.comments == []


@pytest.mark.parametrize(
    ("refuse", "message"),
    [
        ({"POST": 403}, "pull-requests: write"),
        ({"PATCH": 403}, "a fork never may"),
        ({"GET": 404}, "does not see the pull request"),
        ({"GET": 401}, "the token is not valid"),
        ({"GET": 500}, "run the job again"),
        ({"POST": 307}, "run the job again"),
        ({"GET": 301}, "run the job again"),
    ],
)
def test_a_refusal_says_what_to_do(api: Api, refuse: dict[str, int], message: str) -> None:
    if "PATCH" in refuse:
        api.add(MARK)
    api.refuse = refuse
    with pytest.raises(comments.CommentError, match=message) as caught:
        publish()
    assert TOKEN not in str(caught.value)
    assert ("GET", "/elsewhere") not in api.calls


def test_a_token_of_nobody_changes_nothing(api: Api) -> None:
    api.login = None
    number = api.add(f"{MARK}\nold", "None")
    with pytest.raises(comments.CommentError, match="whose the token is"):
        publish()
    assert api.body(number) == f"{MARK}\nold"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "", "127.0.0.1"])
def test_an_address_is_one_of_the_web(api: Api, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", address or "x")
    with pytest.raises(comments.CommentError, match="is not an address"):
        publish()


def test_nobody_answers(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", "http://127.0.0.1:1/graphql")
    with pytest.raises(comments.CommentError, match="no answer"):
        publish()


# The step.


def commented(workspace: Path, event: dict[str, Any] | None = None, **inputs: str) -> Step:
    inputs = {"comment": "true", "github_token": TOKEN, "base_ref": "none", "config_from": "head"} | inputs
    return act(workspace, event=EVENT if event is None else event, paths="fixtures/tiny.jsonl", **inputs)


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, api: Api) -> Api:
    """Let the runs of the step keep the variables of GitHub's API."""
    monkeypatch.setattr("action_runs.API", {
        "GITHUB_API_URL": api.address, "GITHUB_GRAPHQL_URL": f"{api.address}/graphql",
        "GITHUB_REPOSITORY": "owner/data",
    })  # fmt: skip
    return api


def test_the_step_comments_and_updates(workspace: Path, runner: Api) -> None:
    assert commented(workspace, comment_key="tiny").code == 1
    assert runner.comments[0]["body"].startswith("<!-- datalint: tiny -->\n## ")
    step = commented(workspace, comment_key="tiny", config="nowhere.toml")
    assert step.code == 2
    assert len(runner.comments) == 1
    assert runner.comments[0]["body"].startswith("<!-- datalint: tiny -->\n## ❌ datalint could not run\n\n<pre>")
    assert "no comment" not in step.log


def test_a_comment_that_is_refused_changes_no_verdict(workspace: Path, runner: Api) -> None:
    runner.refuse = {"POST": 403}
    step = commented(workspace, comment_file="c.md")
    assert (step.code, step.outputs["verdict"]) == (1, "fail")
    assert any("datalint%3A no comment" in command and "pull-requests: write" in command for command in step.commands)
    assert TOKEN not in step.log
    assert obeyed(step.log)
    assert (workspace / "c.md").read_text(encoding="utf-8").startswith(MARK)


@pytest.mark.parametrize(
    ("inputs", "event", "message"),
    [
        ({}, {}, "no comment: the workflow does not run for a pull request"),
        ({"comment": "perhaps"}, EVENT, "give true or false"),
        ({"github_token": ""}, EVENT, "give the input github-token"),
    ],
)
def test_a_step_that_can_not_comment_says_so(
    workspace: Path, runner: Api, inputs: dict[str, str], event: dict[str, Any], message: str
) -> None:
    step = commented(workspace, event, config="nowhere.toml", **inputs)
    assert step.code == 2
    assert message in step.log
    assert runner.calls == []
