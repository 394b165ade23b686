"""Figures in words: as a table says them, and as a statement may have them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from claims.models import Comparator, Figure
from claims.models.fields import written

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
SCALES = ((10**12, "trillion", "tn"), (10**9, "billion", "bn"), (10**6, "million", "m"))
PERCENT = "percent"


def amount(value: Decimal, unit: str) -> str:
    """One value with its unit, for people: $20 billion, 75%, 1,250 GW."""
    number, scale = _scaled(value)
    number = f"{number} {scale}" if scale else number
    if unit == PERCENT:
        return f"{number}%"
    if unit in SIGNS:
        return f"{SIGNS[unit]}{number}" if value >= 0 else f"−{SIGNS[unit]}{number.lstrip('-')}"
    return f"{number} {unit}"


def in_words(figure: Figure) -> str:
    """The figure with its comparator: about $5 billion, 10 to 12 GW."""
    first = amount(figure.value, figure.unit)
    if figure.comparator == Comparator.BETWEEN and figure.value_to is not None:
        return _("%(first)s to %(last)s") % {"first": first, "last": amount(figure.value_to, figure.unit)}
    words = {Comparator.AT_LEAST: _("at least"), Comparator.AT_MOST: _("at most"), Comparator.ABOUT: _("about")}
    word = words.get(Comparator(figure.comparator))
    return f"{word} {first}" if word else first


def spellings(figure: Figure) -> list[str]:
    """The ways in which a statement may have the figure: as printed, or as English writes the same value."""
    found = [figure.verbatim]
    for value in filter(None, (figure.value, figure.value_to)):
        number, scale = _scaled(value)
        short = next((letters for _size, name, letters in SCALES if name == scale), "")
        for digits in dict.fromkeys((number, number.replace(",", ""))):
            found += _spelt(digits, scale, short, figure.unit)
    return [spelling for spelling in found if spelling]


def _spelt(digits: str, scale: str, short: str, unit: str) -> list[str]:
    number = f"{digits} {scale}" if scale else digits
    if unit == PERCENT:
        return [f"{digits}%", f"{digits} percent", f"{digits} per cent"]
    if unit in SIGNS:
        sign = SIGNS[unit]
        shorts = [f"{sign}{digits}{short}", f"{sign}{digits}{short[:1].upper()}"] if short else []
        return [f"US{sign}{number}", f"{sign}{number}", f"{number} dollars" if unit == "USD" else "", *shorts]
    return [f"{number} {unit}"]


def _scaled(value: Decimal) -> tuple[str, str]:
    """The number and the word for its size, where the number stays exact and short with it."""
    for size, name, _short in SCALES:
        if abs(value) >= size:
            rest = written(value / size)
            if len(rest.partition(".")[2]) <= 3 and Decimal(rest) * size == value:
                return _grouped(rest), name
    return _grouped(written(value)), ""


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole.lstrip("-")) > 4 else digits
