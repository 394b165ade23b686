"""Pages by key."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim
from claims.paging import Cursor, Order, RowIs, UnreadableCursor, page
from tests.factories import ClaimantFactory, ClaimFactory, open_claim

ENDS = Order("projected_to", "ends_on")
LATEST = Order("-projected_to", "ends_on", is_descending=True)


def walk(rows, order, *, size):
    seen, cursor = [], None
    while True:
        found = page(rows, order, size=size, cursor=cursor and Cursor.read(cursor, order.name))
        seen.append([row.pk for row in found.rows])
        if found.next is None:
            return seen, found
        cursor = found.next


@pytest.mark.django_db
@pytest.mark.parametrize("order", [ENDS, LATEST])
def test_every_row_is_on_one_page_and_the_way_back_is_the_same(order):
    claimant = ClaimantFactory()
    for year in (2030, 2027, 2027, 2027, 2029, 2028, 2027):
        ClaimFactory(edtf=str(year), claimant=claimant)
    pages, last = walk(Claim.objects.all(), order, size=3)
    assert [len(rows) for rows in pages] == [3, 3, 1]
    assert len({pk for rows in pages for pk in rows}) == 7
    back = page(Claim.objects.all(), order, size=3, cursor=Cursor.read(last.previous, order.name))
    assert [row.pk for row in back.rows] == pages[1]
    first = page(Claim.objects.all(), order, size=3, cursor=Cursor.read(back.previous, order.name))
    assert [row.pk for row in first.rows] == pages[0]
    assert first.previous is None


@pytest.mark.django_db
def test_a_row_logged_in_between_moves_no_other_row():
    claimant = ClaimantFactory()
    for year in (2027, 2028, 2029, 2030):
        ClaimFactory(edtf=str(year), claimant=claimant)
    first = page(Claim.objects.all(), ENDS, size=2)
    ClaimFactory(edtf="2026", claimant=claimant)
    second = page(Claim.objects.all(), ENDS, size=2, cursor=Cursor.read(first.next, ENDS.name))
    assert [row.projected_date for row in second.rows] == ["2029", "2030"]


@pytest.mark.django_db
def test_a_page_deep_in_the_timeline_is_found_through_its_index():
    rows = (
        Claim.objects.published().filter(RowIs(["ends_on", "pk"], ">", [date(2027, 1, 1), 5])).order_by("ends_on", "pk")
    )
    open_claim()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows[:50].explain()
    assert "claim_timeline" in plan, plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    "text", ["", "x", "WyJ4Il0", "é", "!" * 20, "A" * 500, str(Cursor("other", False, date(2027, 1, 1), 5))]
)
def test_a_cursor_that_is_not_ours_is_refused(text):
    with pytest.raises(UnreadableCursor):
        Cursor.read(text, ENDS.name)


@given(st.text(max_size=300))
def test_no_text_makes_a_cursor_fail_otherwise(text):
    try:
        Cursor.read(text, ENDS.name)
    except UnreadableCursor:
        pass


@given(st.booleans(), st.dates(), st.integers(1, 2**63 - 1))
def test_a_cursor_reads_back_as_it_was_written(backward, key, pk):
    cursor = Cursor(ENDS.name, backward, key, pk)
    assert Cursor.read(str(cursor), ENDS.name) == cursor
