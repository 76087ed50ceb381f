"""The simulation of a cluster: what it says cannot be better than workers and coordinator are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

if sys.platform == "win32":
    pytest.skip("the benchmark reads memory as Linux and macOS tell it", allow_module_level=True)
scale_cluster = pytest.importorskip("scale_cluster")

TIMES = st.lists(st.floats(0.01, 10), min_size=1, max_size=20)


@given(times=TIMES, coordinator=st.floats(0.0001, 1), workers=st.integers(1, 40))
def test_no_cluster_is_faster_than_its_workers_or_its_coordinator(times, coordinator, workers):
    costs = scale_cluster.Costs(tuple(times), coordinator, 50)
    rate = scale_cluster.simulate(costs, workers, tasks=200)
    assert rate <= 50 * workers / min(times) * (1 + 1e-9)
    assert rate <= 50 / coordinator * (1 + 1e-9)


@given(time=st.floats(0.01, 10), workers=st.integers(1, 40))
def test_with_equal_tasks_and_a_coordinator_that_costs_nothing_all_workers_are_at_work(time, workers):
    rate = scale_cluster.simulate(scale_cluster.Costs((time,), 0.0, 50), workers, tasks=40 * workers)
    assert rate == pytest.approx(50 * workers / time)


def test_past_what_the_coordinator_takes_more_workers_bring_nothing():
    costs = scale_cluster.Costs((1.0, 1.2, 0.8), 0.02, 50)
    assert scale_cluster.simulate(costs, 100) == pytest.approx(50 / 0.02, rel=0.02)
    assert scale_cluster.simulate(costs, 200) == pytest.approx(50 / 0.02, rel=0.02)
