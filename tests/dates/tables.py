"""Phrase tables, and the day on which their claims were made."""

from datetime import date
from pathlib import Path

from claims.dates import Reading, UnreadableDate, read_phrase

MADE_ON = date(2025, 6, 20)
PHRASES = Path(__file__).parent / "phrases"


def lines(name: str) -> list[str]:
    """Give the lines of a phrase table without its comments."""
    text = (PHRASES / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def phrases(name: str) -> list[tuple[str, str]]:
    """Give the rows of a phrase table: the phrase, and the EDTF it stands for."""
    rows = (line.rpartition("|") for line in lines(name))
    return [(phrase.strip(), edtf.strip()) for phrase, _, edtf in rows]


def outcome(phrase: str, made_on: date) -> Reading | UnreadableDate:
    """Give what a phrase comes to: a reading or a refusal; anything else that is raised fails the test."""
    try:
        return read_phrase(phrase, made_on=made_on)
    except UnreadableDate as refusal:
        return refusal
