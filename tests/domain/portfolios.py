"""Portfolios of initiatives of any kind, for properties of their ranking."""

import numpy as np
from hypothesis import strategies as st

from crm_core.domain.priorities.portfolio import Numbers, Portfolio

MONEY = st.floats(1, 1e7)
SHARES = st.floats(0, 1)


def numbers(of: st.SearchStrategy[float], count: int) -> st.SearchStrategy[Numbers]:
    return st.lists(of, min_size=count, max_size=count).map(np.array)


def unsaid(of: st.SearchStrategy[float]) -> st.SearchStrategy[float]:
    """One in some is not known."""
    return of | st.just(np.nan)


@st.composite
def portfolios(draw: st.DrawFn, *, gaps: bool = True, most: int = 8) -> Portfolio:
    """One to eight initiatives and up to three goals; `gaps`: some of it nobody said."""
    count, goals = draw(st.integers(1, most)), draw(st.integers(0 if gaps else 1, 3))
    maybe = unsaid if gaps else lambda of: of

    def of(each: st.SearchStrategy[float]) -> Numbers:
        return draw(numbers(each, count))

    lasts = of(maybe(st.integers(1, 12).map(float)))
    serves = draw(numbers(st.sampled_from((0.0, 1.0)), count * goals)).reshape(count, goals)
    return Portfolio(
        value=of(maybe(MONEY)),
        reach=of(maybe(st.integers(1, 500).map(float))),
        risk=of(maybe(st.floats(0, 0.9))),
        amount=of(maybe(st.floats(0.1, 5))),
        duration=lasts,
        duration_least=np.maximum(lasts - of(st.integers(0, 3).map(float)), 0),
        duration_most=lasts + of(st.integers(0, 6).map(float)),
        left=of(unsaid(st.integers(-3, 20).map(float))),
        flags=of(st.sampled_from((0.0, 0.25, 1.0, 2.5))),
        cost=of(maybe(MONEY)),
        strength=of(maybe(st.sampled_from((1 / 3, 2 / 3, 1.0)))),
        serves=serves,
        weights=draw(numbers(st.floats(0, 100), goals)),
        factors=draw(numbers(st.sampled_from((0.5, 1.0)), goals)),
        others=of(st.sampled_from((0.5, 1.0))),
    )
