"""The option ``--columns`` is one word of a shell command for any names of keys."""

from __future__ import annotations

import shlex

import pytest

from datalint.support.columns_option import columns_option


@pytest.mark.parametrize(
    ("pairs", "option"),
    [
        ("prompt=frage,response=größe", "--columns prompt=frage,response=größe"),
        ("text=a.b,context=c+d-e", "--columns text=a.b,context=c+d-e"),
        ("prompt=Rate (1-5)", '--columns "prompt=Rate (1-5)"'),
        ("prompt=who(m)", '--columns "prompt=who(m)"'),
        ("prompt=it's", '--columns "prompt=it\'s"'),
        ("prompt=$(x) !", "--columns 'prompt=$(x) !'"),
    ],
)
def test_the_option_is_quoted_where_a_shell_needs_it(pairs: str, option: str) -> None:
    assert columns_option(pairs) == option
    assert shlex.split(columns_option(pairs)) == ["--columns", pairs]
