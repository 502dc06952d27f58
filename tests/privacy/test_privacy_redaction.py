"""Secrets and personal data: what is found, what is not, and what :func:`hide` leaves of a text."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from itertools import pairwise
from unittest import mock

import polars as pl
import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.privacy import cards, national, phones, secret
from datalint.privacy import personal as numbers
from datalint.privacy.personal import PERSONAL_DIGITS, PERSONAL_NUMBERS, PERSONAL_SIGNS, personal
from datalint.privacy.redaction import hide
from datalint.privacy.secret import secret_signs, secrets
from datalint.privacy.secret_format import SIGNS

_RANDOM = "q7Xr2LmV9sTbKd4WnYc8ZpHf3JgEuA51Re0oMi6QkBx8DvNw5GtHy2SzCj7PlUa4"
_PEM_LINES = "\n".join(("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7", _RANDOM, "Zk3="))

# Joined from pieces, so that no scanner of repositories takes this file for a leak.
SECRETS = {
    "AWS access key": "AKIA" + "Q3EGVN7PLXZB2WTY",
    "GitHub personal access token": "ghp" + "_" + _RANDOM[:36],
    "GitLab personal access token": "glpat" + "-" + _RANDOM[:20],
    "Anthropic key": "sk-ant" + "-api03-" + _RANDOM,
    "OpenAI key": "sk-proj" + "-" + _RANDOM,
    "API key": "sk" + "-" + _RANDOM[:48],
    "Hugging Face token": "hf" + "_" + _RANDOM[:34],
    "Google API key": "AI" + "za" + _RANDOM[:35],
    "Google client secret": "GOC" + "SPX-" + _RANDOM[:28],
    "Slack legacy bot token": "xo" + "xb-" + "2847561930-" + _RANDOM[:24],
    "Slack webhook URL": "hooks.slack" + ".com/services/T02KD7MQX/B05TRW9ZL/" + _RANDOM[:24],
    "Stripe key": "sk" + "_live_" + _RANDOM[:24],
    "SendGrid API token": "SG" + "." + _RANDOM[:22] + "." + _RANDOM[:43],
    "npm access token": "npm" + "_" + _RANDOM[:36],
    "PyPI upload token": "pypi" + "-AgEIcHlwaS5vcmc" + _RANDOM,
    "Groq key": "gsk" + "_" + _RANDOM[:52],
    "Azure storage key": "AccountKey=" + (_RANDOM * 2)[:86] + "==",
    "JSON web token": "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "1aWQiOjQ3MTF9." + _RANDOM[:43],
    "private key": "-----BEGIN " + f"PRIVATE KEY-----\n{_PEM_LINES}\n-----END PRIVATE KEY-----",
    "password in a URL": "postgres://app:" + _RANDOM[:12] + "@db.example.org/shop",
    "bearer token": "Authorization: Bearer " + _RANDOM[:32],
    "basic authorization": "Authorization: Basic " + b64encode(f"deploy:{_RANDOM[:16]}".encode()).decode(),
    "assigned secret": 'client_secret = "' + _RANDOM[:24] + '"',
}
PERSONAL = {
    "ada.miller@posteo.net": "e-mail address",
    "+49 30 5683920": "phone number",
    "4539 1488 0343 6467": "card number",
    "DE89 3704 0044 0532 0130 00": "IBAN",
    "34.83.180.15": "IP address",
    "2a00:1450:4001:81b::200e": "IP address",
    "2607:F8B0:4005:080A:0000:0000:0000:200E": "IP address",
    "2003::15": "IP address",
    "de89370400440532013000": "IBAN",
}
#: National identity numbers of no person, with the words that name them; the check digits are made to be right.
NATIONAL = {
    "My SSN is 212-09-9999.": "212-09-9999",
    "His social security number: 536 90 4399": "536 90 4399",
    "CPF 390.533.447-05": "390.533.447-05",
    "我的CPF是390.533.447-05": "390.533.447-05",
    "AHV 756.9217.0769.85": "756.9217.0769.85",
    "PESEL: 44051401359": "44051401359",
    "codice fiscale RCCMNL83S18D969H": "RCCMNL83S18D969H",
    "我的身份证号码是11010519491231002X。": "11010519491231002X",
    "DNI 54362315K": "54362315K",
    "henkilötunnus 131052-308T": "131052-308T",
    "Steuer-ID: 36 574 261 809": "36 574 261 809",
    "NHS number 943 476 5919": "943 476 5919",
    "BSN 111222333": "111222333",
    "Aadhaar 2341 2341 2346": "2341 2341 2346",
}
#: Numbers next to a word, and what is none.
NAMED = {
    "Call me on 01.84.17.61.18?": "01.84.17.61.18",
    "Desk: (898)666-3621x0135": "(898)666-3621x0135",
    "28-64-66-98 office": "28-64-66-98",
    "28-64-66-98 office的": "28-64-66-98",
    "On RuPay: 8172 3645 9012 3456": "8172 3645 9012 3456",
    "+46 (0)8 928 571 38 fax": "+46 (0)8 928 571 38",
    "My credit card is 3056-930902-5904": "3056-930902-5904",
}
NO_NAMED = [
    "His private cellar will have 3600-1200=2400 bottles.",
    "the unit cell FROM 1-101336-1, a table cell of 12-345678",
    "SSN 078-05-1120 is that of a leaflet, SSN 987-65-4321 and SSN 000-12-3456 are none.",
    "212-09-9999 and 44051401359, 11010519491231002X",
    "PESEL 44051401358, CPF 390.533.447-06, DNI 54362315A",
    "mobile 192.168.0.1, phone 10.0.19041.1, version 930.167.3943",
    "stars around +54.3489 210.8023 0.5deg",
]
CLEAN = [
    "",
    "The quick brown fox jumps over the lazy dog 12 times.",
    "AKIAIOSFODNN7EXAMPLE",
    "sk-" + "x" * 48,
    "api_key = 'your_api_key_here'",
    'password = "correct-horse-battery-staple"',
    "primary_key = 'a1b2c3d4e5f6a7b8c9d0'",
    "name@example.org, git@github.com, logo@2x.png",
    "555-123-4567, 1-800-622-0221, 123-456-7890, 200 300 4000",
    "::1, fe80::1, fd12:3456:789a::1, ff02::fb, 2001:db8::1, 2002:c000:204::1, 3fff::1, 2001:0:53aa:64c::1",
    "2001:4860:4860::8888, 2606:4700:4700:0:0:0:0:1111, 2a00:1450::/32, 2a00:1450:4001:81b::/64",
    "12:30:45, 2024:05:01 12:30:45, 2003:05:01:12:30:45, 2021::panic, std::vector<int>, a::b, 2345::12",
    "00:1A:2B:3C:4D:5E, 2a:00:14:50:40:01:08:1b, 2a00:14ff:fe50:1234, sha256:2a00145040:01::8",
    "2a00:1:2:3:4:5:6:7:8, 1:2a00::12, face:2a00::12, ::2a00:1:2, 2a00::b::1, 2a00:12345::1, 2a00::1x, x2a00::1",
    "192.168.0.1, 8.8.8.8, version 10.2.33.1, Chrome/91.0.4472.124, 34.64.0.0/10",
    "2024-05-01 12:30:45, 1618884473123, 978-3-16-148410-0",
    "4539 1488 0343 6468, DE88 3704 0044 0532 0130 00",
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "def f(x): return x + 12345678901234567890",
    "ghp_1234567890abcdefghijklmnopqrstuvwxyz12, sk-abcdefghijklmnopqrstuvwxyz123456",
    "sk-a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
    "AKIAZZZZZZZZZZZZZZZZ, SK" + "x" * 32 + ", xoxb-xoxb-my-bot-token-12345, xoxe.xoxp-1-TheConfigurationTokenGoesHere",
    "video_box.ico-7a388b69018576d24b59331fd60aab0c.png, the SLOVAKIA2345672345672 and MALAYSIA",
    '"ClientToken": "4752b573-40a6-4eac-a8a4-a72058761219", KMSMasterKeyId=8f14e45f-ceea-467f-a4d3-c51b2d9e8a70',
    "arn:aws:secretsmanager:us-east-1:4711:secret:blue4-auth7-3QNd8mM",
    "secret = 'JBSWY3DPEHPK3PXP', PrivateKey = q4N65BkS3kH7e8f9a0b1c2d3e4f5g6h7i8j9k0l1m2n3o4p5",
    "password_hash = '5f4dcc3b5aa765d61d8327deb882cf99'",
    "token_type=a8f5f167f44f4964e6c998dee827110c, session_token_path: /var/lib/x1y2z3/4711/8a7b6c",
    "a task-specific desk-top, risk-adjusted_returns_in_the_long_run, state-of-the-art-but-also-well-known",
]
HOSTILE = ["a" * 100_000, "1" * 100_000, "a@" * 50_000, "+1 " * 30_000, "eyJ" * 30_000, "AB12 " * 20_000]
HOSTILE += ["2a00:" * 20_000, "2a00::" * 20_000, "2a00:1:" * 20_000, "a:" * 50_000]
HOSTILE += [
    "1." * 50_000,
    "-----BEGIN PRIVATE KEY-----" * 3_000,
    "A" * 19_960 + "!" + "A" * 30 + "-----END PRIVATE KEY-----",
    "key=" * 25_000,
    "a://b:" * 15_000,
    "(" * 100_000,
]
HOSTILE += ["ghp_" * 25_000, "_" * 100_000, "a-" * 50_000, "=(" * 50_000, "eyJaaaaaaaa." * 9_000, "Basic QUJD" * 10_000]
HOSTILE += [f"_ghp_{'a1' * 18}" * 2_400, "xoxb-1-" * 15_000, "Azz" * 30_000 + ".atlasv1.", "key: '" + "a1" * 50_000]


def may_hold_a_secret(text: str) -> bool:
    """Return what the expressions say that are asked before the finder is."""
    signs, column = secret_signs(), pl.Series([text]).str
    tailed, valued = (any(column.contains_any(part)[0] for part in parts) for parts in (signs.tailed, signs.valued))
    return bool(
        column.contains(signs.words)[0]
        or (column.contains(signs.either)[0] and (valued or (column.contains(signs.tail)[0] and tailed)))
    )


@every(("kind", "value"), SECRETS.items(), ids=SECRETS)
def test_a_secret_is_found_by_gates_and_finder(kind: str, value: str) -> None:
    for text in (f"Use this: {value} and go on.", f"{value}.", f"go on\n{value}\n", f"go on\\n{value}\\n"):
        assert [found.kind for found in secrets(text)] == [kind]
        assert may_hold_a_secret(text)


PASSWORDS = [
    "https://deploy:Xk9mqvtzw@git.acme.io/app.git",
    "postgres://app:q7vmntrwz4@db.acme.io:5432/shop",
    "smtps://ada@acme.io:Fnq83JZs@smtp.acme.io:465",
    "redis://:x" + _RANDOM[:12] + "@10.1.2.3",
    "Basic " + b64encode(b"deploy:Xk9mqvtzw").decode(),
    "basic " + b64encode(f"{_RANDOM[:20]}:".encode()).decode(),
]
NO_PASSWORDS = [
    "https://user:p4ssw0rd@db.acme.io/app, https://admin:adm1nistrat0r@db.acme.io, mysql://root:letmein2024@acme.io",
    "postgres://app:qvmntrwz47@localhost/shop, postgres://app:qvmntrwz47@db/shop, redis://a:qvmntrwz47@cache.internal",
    "https://deploy:${TOKEN_2}@acme.io, https://{user}:{password1}@acme.io, https://%s:%s12345@acme.io",
    "https://deploy:Xk9mqvtzw@example.com, https://deploy:Xk9mqvtzw@git.example.org/app.git",
    "Authorization: Basic " + b64encode(b"username:password1").decode(),
    "Authorization: Basic " + b64encode(b"Aladdin:open sesame").decode(),
    "basic understanding of characteristics, Basic ABCDEFGHIJKLMNOP, Basic " + "QUJD" * 8,
]


@pytest.mark.parametrize("text", PASSWORDS)
def test_a_password_in_use_is_found(text: str) -> None:
    assert len(secrets(f"try {text} now")) == 1
    assert may_hold_a_secret(text)


@pytest.mark.parametrize("text", NO_PASSWORDS)
def test_a_password_of_examples_is_none(text: str) -> None:
    assert secrets(text) == []


@pytest.mark.parametrize(("value", "kind"), PERSONAL.items(), ids=PERSONAL)
def test_a_personal_datum_is_found_by_gates_and_finder(value: str, kind: str) -> None:
    text = f"It is ({value}), I believe."
    if kind == "phone number":
        text = f"It is {value}, I believe."
    found = personal(text)
    assert [(each.kind, text[each.start : each.end]) for each in found] == [(kind, value)]
    column = pl.Series([text]).str
    digits = column.contains(PERSONAL_DIGITS)[0] and column.contains(PERSONAL_NUMBERS)[0]
    assert digits or column.contains(PERSONAL_SIGNS)[0]


@every(("text", "value"), (NATIONAL | NAMED).items())
def test_a_number_is_found_by_the_word_next_to_it(text: str, value: str) -> None:
    assert [text[each.start : each.end] for each in personal(text)] == [value]
    column = pl.Series([text]).str
    assert (column.contains(PERSONAL_DIGITS)[0] and column.contains(PERSONAL_NUMBERS)[0]) or "+" in text
    assert value not in hide(text)


@pytest.mark.parametrize("text", NO_NAMED)
def test_a_number_next_to_such_a_word_may_be_none(text: str) -> None:
    assert personal(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://[2a00:1450:4001:81b::200e]:443/x", "2a00:1450:4001:81b::200e"),
        ("clientIp:2a00:1450:4001:81b::200e, ok", "2a00:1450:4001:81b::200e"),
        ("2a00:1450:4001:81b::200e: timed out", "2a00:1450:4001:81b::200e"),
        ("2a00:1450:4001:81b::200e/64 via eth0", "2a00:1450:4001:81b::200e"),
        ("地址2a00:1450:4001:81b::200e。", "2a00:1450:4001:81b::200e"),
        ("It was 2a00:1450:4001:81b::200e.", "2a00:1450:4001:81b::200e"),
        ("::ffff:34.83.180.15", "34.83.180.15"),
    ],
)
def test_what_may_stand_around_an_address(text: str, found: str) -> None:
    assert [text[each.start : each.end] for each in personal(text)] == [found]
    assert pl.Series([text]).str.contains(PERSONAL_DIGITS)[0]
    assert pl.Series([text]).str.contains(PERSONAL_NUMBERS)[0]
    assert found not in hide(text)


@every("text", CLEAN)
def test_clean_text_stays(text: str) -> None:
    assert secrets(text) == []
    assert personal(text) == []
    assert hide(text) == text


@every("value", [*SECRETS.values(), *PERSONAL], ids=[*SECRETS, *PERSONAL])
def test_hide_leaves_no_quarter_of_a_value_and_all_around_it(value: str) -> None:
    shown = hide(f"before {value} after")
    assert shown.startswith("before ")
    assert shown.endswith(" after")
    assert "[redacted, " in shown
    assert value not in shown
    assert _RANDOM[4:16] not in shown


def test_hide_takes_every_one() -> None:
    text = f"{SECRETS['GitHub personal access token']} or ada@posteo.net or {SECRETS['AWS access key']}"
    assert hide(text) == " or ".join(
        ("ghp_…[redacted, 40 characters]", "ada…[redacted, 14 characters]", "AKIA…[redacted, 20 characters]")
    )


def test_hide_takes_the_value_and_leaves_its_name() -> None:
    assert hide(SECRETS["assigned secret"]) == 'client_secret = "q7Xr…[redacted, 24 characters]"'


@pytest.mark.parametrize("value", ["gh" + "p_" + "k3J8s" * 7 + "Q", "sk" + "_test_4eC39HqLyjWDarjtT1zdp7dc"])
def test_what_is_not_worth_a_report_is_hidden_all_the_same(value: str) -> None:
    """It has little entropy, or documentation shows it."""
    assert secrets(value) == []
    assert hide(f"Use {value}.") == f"Use {value[:4]}…[redacted, {len(value)} characters]."


@pytest.mark.parametrize("cut", [slice(0, 130), slice(60, None)], ids=["head", "tail"])
def test_a_private_key_is_known_by_either_end(cut: slice) -> None:
    shown = hide(f"{SECRETS['private key']}"[cut])
    assert _RANDOM[4:16] not in shown


@every("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_hostile_text_ends(text: str) -> None:
    assert isinstance(hide(text), str)


@given(st.text(max_size=80), st.sampled_from([*SECRETS.values(), *PERSONAL]), st.text(max_size=80))
def test_hide_is_final_and_spans_are_ordered(before: str, value: str, after: str) -> None:
    text = f"{before} {value} {after}"
    for found in (secrets(text), personal(text)):
        assert all(0 <= each.start < each.end <= len(text) for each in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
    shown = hide(text)
    assert hide(shown) == shown


#: Pieces of secrets and personal data, and what may stand between them.
PIECES = st.one_of(
    st.sampled_from(
        [*SECRETS.values(), *PERSONAL, " ", "-", ".", "+", "(", ") ", "1 ", "key", "=", ": ", "@", ":", "::"]
    ),
    st.tuples(st.sampled_from([*SECRETS.values(), *PERSONAL]), st.integers(0, 60), st.integers(0, 60)).map(
        lambda cut: cut[0][: cut[1]] + cut[0][cut[2] :]
    ),
    st.text(max_size=6),
)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_what_is_quick_to_look_for_hides_nothing_from_the_patterns(text: str) -> None:
    found = secrets(text), personal(text)
    assert not found[0] or may_hold_a_secret(text)
    table = secret._table()
    everything = table._replace(
        by_sign={sign: {"": sum(strings.values(), ())} for sign, strings in table.by_sign.items()}
    )
    groups = tuple(("", pattern) for _, pattern in phones.PHONES)
    anything = dict.fromkeys(("_IBAN_CORE", "_ADDRESS_CORE", "LONG_CORE", "DIGITS"), "")
    with (
        mock.patch.multiple(
            secret, _table=lambda: everything, FORMS=tuple(form._replace(core="") for form in secret.FORMS)
        ),
        mock.patch.multiple(phones, PHONES=groups, _LABEL_CORE=""),
        mock.patch.multiple(national, NATIONAL_WORDS=""),
        mock.patch.multiple(cards, CARD_CORE=""),
        mock.patch.multiple(numbers, **anything),
    ):
        assert (secrets(text), personal(text)) == found


@given(st.text(alphabet="_-:=(>\\' \naA0+/.~", max_size=60))
def test_a_sign_is_part_of_what_is_looked_for_first(text: str) -> None:
    signs = [re.search(sign, text, re.ASCII) is not None for sign in SIGNS.values()]
    assert (re.search(secret._EITHER_SIGN, text, re.ASCII) is not None) == any(signs)


def test_import_is_light() -> None:
    code = "import sys, datalint.privacy.redaction; print([m for m in ('polars', 'stdnum') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_number_of_a_place_that_no_register_knows_is_shown() -> None:
    assert list(national.national_numbers("身份证 112233198501010007")) == []
