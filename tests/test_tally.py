"""Counts that all processes share, and that go on without Redis."""

import threading
from unittest import mock

import pytest

from claims import tally
from claims.tally import Tally
from tests.faults.conftest import broker, idle_broker  # noqa: F401 - fixtures

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.mark.processes
def test_all_processes_count_together(broker):  # noqa: F811
    one, other = Tally(broker.url), Tally(broker.url)
    assert [counting.add("a", minute=1) for counting in (one, other, one)] == [1, 2, 3]
    assert one.add("b", minute=1) == 1
    assert other.add("a", minute=2) == 1
    assert 0 < one._redis.ttl("claimline:tally:1:a") <= tally.KEPT


@pytest.mark.processes
def test_a_count_goes_on_while_redis_is_away_and_is_shared_again_when_it_is_back(idle_broker, monkeypatch):  # noqa: F811
    one, other = Tally(idle_broker.url), Tally(idle_broker.url)
    assert [one.add("a", minute=1) for _ in range(3)] == [1, 2, 3]
    idle_broker.start()
    assert one.add("a", minute=1) == 4  # not asked again so soon
    one._aside_until = 0.1
    assert [one.add("a", minute=1), other.add("a", minute=1), one.add("a", minute=1)] == [1, 2, 3]
    idle_broker.stop()
    assert one.add("a", minute=1) == 5


def test_without_redis_a_minute_begins_anew(caplog):
    counting = Tally(NOWHERE)
    assert [counting.add("a", minute=1) for _ in range(2)] == [1, 2]
    assert counting.add("b", minute=1) == 1
    assert counting.add("a", minute=2) == 1
    assert caplog.text.count("counting without Redis") == 1


def test_redis_is_asked_by_one_while_it_is_away():
    counting = Tally(NOWHERE)
    counting._aside_until = 0.1
    asking, answered = threading.Event(), threading.Event()

    def slow(_key):
        asking.set()
        answered.wait(10)
        raise TimeoutError

    with mock.patch.object(counting, "_add_for_all", side_effect=slow) as asked:
        thread = threading.Thread(target=counting.add, args=["a"], kwargs={"minute": 1})
        thread.start()
        assert asking.wait(10)
        assert counting.add("a", minute=1) == 1
        answered.set()
        thread.join(10)
    assert asked.call_count == 1
    assert counting.add("a", minute=1) == 3


@pytest.mark.parametrize("url", ["redis+socket:///nowhere?virtual_host=x", "x://"])
def test_an_address_that_redis_cannot_read_is_a_redis_that_is_away(url):
    assert Tally(url).add("a", minute=1) == 1


def test_a_process_remembers_only_so_many_names(monkeypatch):
    monkeypatch.setattr(tally, "MOST_NAMES", 3)
    counting = Tally(NOWHERE)
    for name in "abcd":
        counting.add(name, minute=1)
    assert counting.add("a", minute=1) == 2
    assert counting.add("d", minute=1) == 0
    assert len(counting._here) == 3
