"""What a column writes, it reads again."""

from datetime import date
from decimal import Decimal

import pytest

from claims.exchange.columns import field, keys
from claims.models import Article, Claim, Figure


@pytest.mark.parametrize(
    ("column", "value", "cell"),
    [
        (keys("topics"), ["compute", "spending"], "compute; spending"),
        (keys("topics"), [], ""),
        (field(Claim, "statement"), "Costs reach “$20 billion”, in 2027", "Costs reach “$20 billion”, in 2027"),
        (field(Claim, "made_on"), date(2025, 6, 20), "2025-06-20"),
        (field(Claim, "revisit_on"), None, ""),
        (field(Claim, "criteria"), "One line.\nAnother.", "One line.\nAnother."),
        (field(Figure, "value"), Decimal("0.75"), "0.75"),
        (field(Figure, "value"), Decimal("-0.000000000001"), "-0.000000000001"),
        (field(Figure, "value_to"), None, ""),
        (field(Article, "url"), "https://news.example/a", "https://news.example/a"),
    ],
)
def test_a_value_is_the_same_when_it_comes_back(column, value, cell):
    assert column.write(value) == cell
    assert column.read(cell) == value
