"""Axis, marks and bins: where a day lies, and what is drawn of a claim."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.lifecycle import Status, Verdict
from claims.models import Claim
from claims.timeline import Axis, Histogram, Mark, Tally, standing_of, tally
from claims.timeline.axis import months
from tests import factories

TODAY = date(2026, 11, 22)
days = st.dates(min_value=date.min, max_value=date.max)


def test_an_axis_shows_today_and_every_day_in_reach():
    axis = Axis.around([date(2025, 6, 20), date(2030, 12, 31)], TODAY)
    assert axis.start < date(2025, 6, 20)
    assert axis.end > date(2030, 12, 31)
    assert 0 < axis.at(TODAY) < 100


def test_a_far_off_year_does_not_squash_the_others():
    near = [date(2025, 6, 20), date(2027, 12, 31), date(2030, 12, 31)]
    axis = Axis.around([*near, date(9999, 12, 31), date(1, 1, 1)], TODAY)
    assert axis.end.year < 2080
    assert axis.start.year > 1980
    assert axis.at(date(9999, 12, 31)) == 100
    assert axis.at(date(1, 1, 1)) == 0


def test_a_collection_of_far_off_years_only_still_has_an_axis():
    axis = Axis.around([date(9999, 12, 31)], TODAY)
    assert axis.start < TODAY < axis.end


@given(st.lists(days, max_size=8), days)
def test_any_days_make_an_axis_with_labels_in_order(some, today):
    axis = Axis.around(some, today)
    assert axis.start < axis.end
    assert all(0 <= axis.at(day) <= 100 for day in [*some, today])
    places = [tick.x for tick in axis.ticks()]
    assert places == sorted(places)
    assert len(places) <= 13


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 9, 1), date(2027, 3, 1), ["Sep 2026", "Oct", "Nov", "Dec", "2027", "Feb", "Mar"]),
        (date(2025, 6, 20), date(2030, 12, 31), ["2026", "2027", "2028", "2029", "2030", "2031"]),
        (date(2000, 1, 1), date(2050, 1, 1), ["2000", "2005", "2010", "2015", "2020", "2025", "2030", "2035"]),
    ],
)
def test_labels_suit_the_span(first, last, labels):
    shown = [tick.label for tick in Axis(first - timedelta(days=9), last + timedelta(days=9)).ticks(most=11)]
    assert shown[: len(labels)] == labels


def mark_of(axis=None, **fields):
    claim = factories.ClaimFactory.build(claimant=None, **fields)
    return Mark.of(claim, axis or Axis(date(2020, 1, 1), date(2040, 1, 1)))


def test_a_window_of_a_year_is_drawn_from_its_first_day_to_its_last():
    axis = Axis(date(2020, 1, 1), date(2040, 1, 1))
    mark = mark_of(axis, edtf="2027")
    assert mark.window.fade == ""
    assert mark.window.x == axis.at(date(2027, 1, 1))
    assert mark.window.end == pytest.approx(axis.at(date(2028, 1, 1)), abs=0.02)
    assert (mark.said, mark.flight_to) == (axis.at(date(2025, 6, 20)), mark.window.x)


@pytest.mark.parametrize(
    ("edtf", "fade"),
    [("../2027", "in"), ("2028/..", "out"), ("2030~", "both"), ("2030?", "both"), ("", "both"), ("2027", "")],
)
def test_what_is_vague_or_open_has_soft_ends(edtf, fade):
    assert mark_of(edtf=edtf, revisit_on=date(2032, 1, 1)).window.fade == fade


def test_an_open_start_begins_on_the_day_it_was_said():
    mark = mark_of(edtf="../2027")
    assert mark.window.x == mark.said


def test_a_moved_date_keeps_its_first_window():
    mark = mark_of(edtf="2028", original_projected_date="2027")
    assert mark.first_window is not None
    assert mark.first_window.x < mark.window.x
    assert mark_of(edtf="2028").first_window is None


def test_a_single_day_is_wide_enough_to_be_seen():
    assert mark_of(edtf="2027-03-15").window.width >= 1


def test_a_window_beyond_the_axis_stays_on_its_edge_and_says_so():
    mark = mark_of(edtf="9999")
    assert mark.is_cut_after
    assert not mark.is_cut_before
    assert mark.window.end == 100


@pytest.mark.parametrize("status", ["open", "due", "withdrawn", "draft"])
def test_without_a_verdict_a_claim_stands_where_its_status_says(status):
    assert standing_of(status, None) == status


def test_a_verdict_takes_the_place_of_resolved():
    assert standing_of(Status.RESOLVED, Verdict.FALSE) == "false"


@pytest.mark.django_db
def test_claims_are_counted_by_month_and_standing_in_one_query(django_assert_num_queries):
    factories.open_claim(edtf="2027")
    factories.open_claim(edtf="../2027-12")
    factories.due_claim(edtf="2026-03")
    factories.resolved_claim(edtf="2026-03", verdict=Verdict.FALSE)
    with django_assert_num_queries(1):
        counted = {(one.month, one.standing): one.count for one in tally(Claim.objects.all())}
    december, march = months(date(2027, 12, 31)), months(date(2026, 3, 31))
    assert counted == {(december, "open"): 2, (march, "due"): 1, (march, "false"): 1}


def counted(*pairs):
    return [Tally(months(day), "open", count) for day, count in pairs]


@pytest.mark.parametrize(
    ("last", "label"),
    [
        (date(2027, 6, 1), "Jun 2027"),
        (date(2033, 6, 1), "Q2 2033"),
        (date(2060, 6, 1), "2060"),
        (date(2250, 6, 1), "2250–2254"),
    ],
)
def test_bins_suit_the_span(last, label):
    histogram = Histogram(counted((TODAY, 1), (last, 2)), TODAY)
    assert [bin_.label for bin_ in histogram.bins if bin_.total == 2] == [label]
    assert 16 <= len(histogram.bins) <= 48


def test_what_lies_far_beyond_is_counted_in_the_outermost_bin_which_has_no_edge():
    histogram = Histogram(counted((date(2027, 5, 1), 5), (date(2029, 5, 1), 5), (date(9999, 1, 1), 1)), TODAY)
    assert histogram.bins[-1].total == 6
    assert histogram.bins[-1].last is None
    assert histogram.bins[0].first is not None


@given(st.lists(st.tuples(days, st.integers(1, 9)), max_size=8), days)
@example([], date(9999, 5, 1))
def test_no_claim_is_lost_between_bins(pairs, today):
    histogram = Histogram(counted(*pairs), today)
    assert sum(bin_.total for bin_ in histogram.bins) == sum(count for _day, count in pairs)
    assert 16 <= len(histogram.bins) <= 60
    assert 0 <= histogram.today <= 100
