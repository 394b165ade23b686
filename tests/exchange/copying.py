"""Whether a text holds words of the first article, told by fingerprints: its text is no part of the project."""

import hashlib
import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FINGERPRINTS = Path(__file__).with_name("article_fingerprints.txt")
RUN = 6
DIGITS = 12


def fingerprints_of(text: str) -> list[str]:
    """One for every six words that follow each other, in order."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return [hashlib.sha256(run.encode()).hexdigest()[:DIGITS] for run in runs]


def kept_fingerprints() -> set[str]:
    """The article's, as they were kept."""
    return set(FINGERPRINTS.read_text(encoding="ascii").split())


def article_at_hand() -> Path | None:
    """The article's text, where CLAIMLINE_SEED_ARTICLE says it lies."""
    named = os.environ.get("CLAIMLINE_SEED_ARTICLE")
    return Path(named) if named else None


def longest_copy(text: str, known: set[str]) -> int:
    """How many words that follow each other in the text do so in the article; 0 for fewer than six."""
    longest = run = 0
    for fingerprint in fingerprints_of(text):
        run = run + 1 if fingerprint in known else 0
        longest = max(longest, run)
    return longest + RUN - 1 if longest else 0
