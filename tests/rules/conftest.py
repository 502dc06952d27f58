"""Tests that only run when they are asked for."""

from __future__ import annotations

import pytest

#: Tests of one rule each, whose cases usually share a run with those of the others.
OF_ONE_RULE = "test_a_rule_by_itself"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of one rule each, unless ``-k`` selects tests or a test is named on the command line."""
    if config.option.keyword or any(OF_ONE_RULE in argument for argument in config.args):
        return
    left_out = [item for item in items if getattr(item, "originalname", "") == OF_ONE_RULE]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
