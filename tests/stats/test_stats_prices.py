"""The dated table of prices."""

from __future__ import annotations

import datetime

from datalint.stats.prices import costs_of, find_prices, known_prices, providers


def test_each_price_has_a_source_and_a_date() -> None:
    for price in known_prices():
        assert price.source.startswith("https://")
        assert datetime.date(2026, 1, 1) <= price.as_of
        assert price.per_million > 0
    names = [price.name for price in known_prices()]
    assert len(set(names)) == len(names)


def test_a_price_is_named_by_provider_or_with_the_model() -> None:
    assert {price.provider for price in find_prices("Tinker")} == {"tinker"}
    assert [price.model for price in find_prices("tinker/qwen/qwen3-8b")] == ["Qwen/Qwen3-8B"]
    assert find_prices("qwen") == []
    assert all(find_prices(name) for name in providers())


def test_a_price_is_stale_after_180_days() -> None:
    prices = find_prices("tinker/Qwen/Qwen3-8B")
    day = prices[0].as_of
    fresh, old = (costs_of(prices, 2_500_000, day + datetime.timedelta(days))[0] for days in (180, 181))
    assert (fresh.stale, old.stale) == (False, True)
    assert fresh.amount == 1.1
