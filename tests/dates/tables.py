"""Phrase tables, and the day on which their claims were made."""

from datetime import date
from pathlib import Path

from claims.dates import Reading, UnreadableDate, read_phrase
from claims.dates.edtf import looks_like_edtf

MADE_ON = date(2025, 6, 20)
PUBLISHED_ON = date(2026, 3, 10)
PHRASES = Path(__file__).parent / "phrases"


def lines(name: str) -> list[str]:
    """Give the lines of a phrase table without its comments."""
    text = (PHRASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def phrases(name: str) -> list[tuple[str, str]]:
    """Give the rows of a phrase table: the phrase, and the EDTF it stands for."""
    rows = (line.rpartition("|") for line in lines(name))
    return [(phrase.strip(), edtf.strip()) for phrase, _, edtf in rows]


def worded(name: str) -> list[tuple[str, str]]:
    """Give the rows whose phrase is not EDTF, where letters and signs have a meaning of their own."""
    return [row for row in phrases(name) if not looks_like_edtf(row[0])]


def sentences(name: str) -> list[tuple[str, list[str]]]:
    """Give the rows of a sentence table: the sentence, and the EDTF of each date in it."""
    rows = (line.rpartition("|") for line in lines(name))
    return [
        (text.strip(), [edtf.strip() for edtf in dates.split(";")] if dates.strip() else []) for text, _, dates in rows
    ]


def outcome(phrase: str, made_on: date) -> Reading | UnreadableDate:
    """Give what a phrase comes to: a reading or a refusal; anything else that is raised fails the test."""
    try:
        return read_phrase(phrase, made_on=made_on)
    except UnreadableDate as refusal:
        return refusal
