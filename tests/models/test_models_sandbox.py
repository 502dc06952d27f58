"""Hostile templates end with an error, within the limits, and reach nothing outside."""

from __future__ import annotations

import pytest

from datalint.models.template import ChatTemplate, Failure, RenderedText, TemplateError

MESSAGES = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]

ENDLESS = {
    "nested loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    "{{ m(40) }}",
    "recursive loop": "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "loop in a caller": "{% macro m() %}{% for i in range(9999) %}{{ caller() }}{% endfor %}{% endmacro %}"
    "{% call m() %}{% for i in range(9999) %}{% endfor %}{% endcall %}",
}  # fmt: skip
#: Doubles a text or list sixty times.
_DOUBLE = "{{% set ns = namespace(x={}) %}}{{% for i in range(60) %}}{}{{% endfor %}}"
LONG = {
    "repeated text": "{{ 'a' * 10**9 }}",
    "repeated list": "{{ ([0] * 10**9) | length }}",
    "power": "{{ 10 ** (10 ** 8) }}",
    "product": "{% set ns = namespace(n=2**9999) %}{% for i in range(30) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
    "doubled by +": _DOUBLE.format("'ab'", "{% set ns.x = ns.x + ns.x %}"),
    "doubled by ~": _DOUBLE.format("'ab'", "{% set ns.x = ns.x ~ ns.x %}"),
    "doubled list": _DOUBLE.format("[1]", "{% set ns.x = ns.x + ns.x %}"),
    "doubled by a block": _DOUBLE.format("'ab'", "{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}"),
    "doubled by join": _DOUBLE.format("'ab'", "{% set ns.x = [ns.x, ns.x] | join %}"),
    "doubled by a method": _DOUBLE.format("'ab'", "{% set ns.x = ''.join([ns.x, ns.x]) %}"),
    "replaced": "{{ ('a' * 99999) | replace('a', 'a' * 99999) }}",
    "replaced by a method": "{{ ('a' * 99999).replace('a', 'a' * 99999) }}",
    "centred": "{{ 'a' | center(10**9) }}",
    "padded": "{{ 'a'.ljust(10**9) }}",
    "filled": "{{ 'a'.zfill(10**9) }}",
    "tabs": "{{ '\t'.expandtabs(10**9) }}",
    "format": "{{ '{:>999999999}'.format('a') }}",
    "format with a mapping": "{{ '{a:>999999999}'.format_map({'a': 1}) }}",
    "nested format": "{{ '{:>{w}}'.format('a', w=10**9) }}",
    "percent": "{{ '%999999999d' % 1 }}",
    "percent with a star": "{{ '%*d' % (10**9, 1) }}",
    "format filter": "{{ '%999999999d' | format(1) }}",
    "indent": "{{ 'a\nb' | indent(10**9) }}",
    "JSON": "{{ [1] | tojson(indent=10**9) }}",
    "batch": "{{ [1] | batch(10**9, 'x') | list }}",
    "lorem ipsum": "{{ lipsum(n=10**6) }}",
    "doubled by JSON": _DOUBLE.format("'\\\\'", "{% set ns.x = ns.x | tojson %}"),
    "doubled by a format": _DOUBLE.format("'ab'", "{% set ns.x = '{}{}'.format(ns.x, ns.x) %}"),
    "doubled by the filter format": _DOUBLE.format("'ab'", "{% set ns.x = '%s%s' | format(ns.x, ns.x) %}"),
    "doubled by attributes": _DOUBLE.format("'ab'", "{% set ns.x = ([{'a': ns.x}] * 2) | join(attribute='a') %}"),
    "doubled by text of lists": _DOUBLE.format("['ab']", "{% set ns.x = [ns.x | string, ns.x | string] %}"),
    "nested lists": _DOUBLE.format("[1]", "{% set ns.x = [ns.x, ns.x] %}"),
    "nested objects": _DOUBLE.format("[1]", "{% set ns.x = {'a': ns.x, 'b': ns.x} %}"),
    "nested views": _DOUBLE.format("{'a': 1}", "{% set ns.x = {'a': ns.x.items(), 'b': ns.x.items()} %}"),
    "nested batches": _DOUBLE.format("[1]", "{% set ns.x = (ns.x * 2) | batch(2) | list %}"),
    "sum of lists": "{{ ([[0] * 99999] * 9) | sum(start=[]) | length }}",
    "glue over a generator": "{{ range(99999) | map('string') | join('y' * 99999) | length }}",
    "glue by a method": "{{ ('y' * 99999).join(range(99999) | map('string')) | length }}",
    "glue over a range": "{{ range(99999) | join('y' * 99999) | length }}",
    "glue by a method over a range": "{{ ('y' * 99999).join(range(99999)) | length }}",
    "rounded to a power": "{{ 15 | round(-10**9) }}",
    "rounded down by a power": "{{ 1.5 | round(10**9, 'floor') }}",
    "tabs in a text": "{{ ('\t' * 99999).expandtabs(9999) | length }}",
    "separators": "{{ ([1] * 99999) | tojson(separators=['x' * 9999, ':']) | length }}",
    "indented depth": _DOUBLE.format("[1]", "{% set ns.x = [ns.x] %}") + "{{ ([ns.x] * 9999) | tojson(indent=999) }}",
    "a long range of a long list": "{% set l = [0] * 999999 %}{% for i in range(999) %}{% set x = l[1:] %}{% endfor %}",
    "kept texts": "{% for i in range(99999) %}{{ 'a' * 9999 }}{% endfor %}",
    "many parts": "{{ ('a ' * 4999999).split() | length }}",
    "letters": "{{ ('a' * 9999999) | list | length }}",
}  # fmt: skip
OUTSIDE = {
    "class of a text": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attribute by filter": "{{ '' | attr('__class__') }}",
    "globals of a function": "{{ raise_exception.__globals__ }}",
    "environment": "{{ self.environment }}{{ self._TemplateReference__context.environment.loader.x }}",
    "format string": "{{ '{0.__class__.__init__.__globals__}'.format(namespace) }}",
    "namespace": "{{ namespace(__class__=1) }}",
    "change of a row": "{{ messages.append(1) }}",
    "change of a message": "{{ messages[0].update(role='x') }}",
}
LOADING = (
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import os %}",
    "{% extends 'base.html' %}",
)
_NAMES = "".join(f"{{% set a{number} = 1 %}}" for number in range(500))
#: What takes Jinja's compiler minutes or gigabytes in greater numbers.
LARGE = {
    "outputs": "{{ a }}" * 2000,
    "names in branches": _NAMES + "{% if a %}" + "{% elif a %}" * 500 + "{% endif %}",
    "names in macros": _NAMES + "{% macro m() %}{% endmacro %}" * 500,
    "nested loops": "{% for a in b %}" * 110 + "{% endfor %}" * 110,
    "a long sum": "{{ a" + " + a" * 999 + " }}",
}


def outcome(source: str) -> Failure | str:
    """Return how a template ends: as a failure, or with what it says when it cannot be compiled."""
    try:
        made = ChatTemplate(source, {}).render(MESSAGES)
    except TemplateError as error:
        return str(error)
    assert not isinstance(made, RenderedText), made.text[:100]
    return made


@pytest.fixture
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that are reached in less time."""
    for name, limit in {"STEPS": 3_000, "LENGTH": 1 << 19, "ITEMS": 1 << 15, "CHARS": 1 << 22}.items():
        monkeypatch.setattr(f"datalint.models.limits.MOST_{name}", limit)
    monkeypatch.setattr("datalint.models.sandbox.MOST_ITEMS", 1 << 15)


@pytest.mark.usefixtures("_small_limits")
@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_endless_templates_end(source: str) -> None:
    ended = outcome(source)
    assert isinstance(ended, Failure)
    assert "steps" in ended.message or "RecursionError" in ended.message


@pytest.mark.usefixtures("_small_limits")
@pytest.mark.parametrize("source", LONG.values(), ids=LONG)
def test_long_values_are_refused(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.models.limits.MOST_CHARS", 1 << 25)
    ended = outcome(source)
    message = ended.message if isinstance(ended, Failure) else ended
    assert any(word in message for word in ("longer than", "more than", "random text", "adds lists")), message


def test_a_text_many_times_as_long_as_the_conversation_is_refused() -> None:
    messages = [{"role": "user", "content": "word " * 400}]
    rendered = [
        ChatTemplate(f"{{{{ (messages * {times}) | map(attribute='content') | list }}}}", {}).render(messages)
        for times in (100, 999)
    ]
    assert isinstance(rendered[0], RenderedText)
    assert isinstance(rendered[1], Failure)
    assert "over 8 times those of the conversation" in rendered[1].message


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a'.encode() }}",
        "{{ 'a'.translate({97: 'b'}) }}",
        "{{ (1).to_bytes(9, 'little') }}",
        "{{ 'a' | wordwrap(1, wrapstring='b') }}",
        "{{ 'a' | pprint }}",
    ],
)
def test_what_cannot_be_bounded_is_not_available(source: str) -> None:
    ended = outcome(source)
    assert isinstance(ended, Failure)
    assert "SecurityError" in ended.message or "not available" in ended.message


def test_quadratic_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.models.limits.MOST_SECONDS", 0.1)
    for source in (
        "{% set l = range(99999) | list %}{{ l | select('in', l) | list | length }}",
        "{% set l = [0] * 99999 %}" + "{% if 1 in l %}{% endif %}" * 999,
        "{% set l = [0] * 99999 %}" + "{% set x = l.count(1) %}" * 999,
        "{% set ns = namespace(x=[1]) %}{% for i in range(99999) %}{% set ns.x = [ns.x] %}{% endfor %}",
    ):
        ended = outcome(source)
        assert isinstance(ended, Failure)
        assert "seconds" in ended.message


def test_long_templates_have_all_their_statements() -> None:
    branches = "".join(f"{{% elif n == {n} %}}{n}" for n in range(1, 30))
    source = "{% set n = 17 %}{% if n == 0 %}0" + branches + "{% endif %}" + "{{ n }}{% set n = n + 1 %}" * 20
    expected = "17" + "".join(str(n) for n in range(17, 37))
    assert ChatTemplate(source, {}).render(MESSAGES) == RenderedText(expected)


@pytest.mark.parametrize("source", OUTSIDE.values(), ids=OUTSIDE)
def test_nothing_outside_is_reached(source: str) -> None:
    made = ChatTemplate(source, {}).render(MESSAGES)
    assert isinstance(made, Failure) or made.text == ""
    assert MESSAGES == [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


@pytest.mark.parametrize("source", ["{% if %}", "{{ 'a' ", "{% generation %}", "{{" + "(" * 5000, "{{ 'a' | none }}"])
def test_broken_templates_are_errors_that_say_so(source: str) -> None:
    with pytest.raises(TemplateError, match=r"line 1|RecursionError"):
        ChatTemplate(source, {})


@pytest.mark.parametrize("source", LOADING)
def test_other_templates_are_not_loaded(source: str) -> None:
    with pytest.raises(TemplateError, match="loads another template in line 1"):
        ChatTemplate(source, {})


@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE)
def test_what_would_take_long_to_compile_is_refused(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.models.template_limits.MOST_NODES", 1999)
    with pytest.raises(TemplateError, match=r"it (has|nests)"):
        ChatTemplate(source, {})


def test_nothing_is_evaluated_while_a_template_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.models.limits.MOST_LENGTH", 10)
    made = ChatTemplate("{{ 'a' | center(99) }}{{ ('a' | center(99)) == 'b' }}", {}).render(MESSAGES)
    assert isinstance(made, Failure)
    assert "longer than 10" in made.message


def test_what_is_no_template_is_text() -> None:
    assert ChatTemplate("(" * 9999, {}).render(MESSAGES) == RenderedText("(" * 9999)


def test_a_long_source_is_refused() -> None:
    with pytest.raises(TemplateError, match="longer"):
        ChatTemplate("a" * (2 << 18), {})


def test_a_rendering_does_not_use_up_the_budget_of_the_next() -> None:
    template = ChatTemplate("{% for i in range(99999) %}{% endfor %}{% for i in range(99999) %}{% endfor %}ok", {})
    for _ in range(5):
        assert template.render(MESSAGES) == RenderedText("ok")


def test_the_date_is_the_same_every_day() -> None:
    template = ChatTemplate("{{ strftime_now('%d %b %Y') }}", {})
    assert template.render(MESSAGES) == RenderedText("01 Jan 2026")
