"""The seeds are in our own words."""

import warnings
from itertools import chain

import pytest

from tests.exchange.copying import ROOT, article_at_hand, fingerprints_of, kept_fingerprints, longest_copy

SEEDS = sorted((ROOT / "seeds").iterdir())
TEXTS = {".py", ".md", ".csv", ".txt", ".html", ".js", ".css", ".po", ".toml", ".yml", ".json", ".svg"}
# A date or a sum as printed may be this long; a sentence is longer.
LONGEST_PHRASE = 9


@pytest.fixture(scope="module")
def known():
    """The article's fingerprints, made anew where its text is at hand."""
    article = article_at_hand()
    if article is None:
        warnings.warn("The first article is not at hand: its kept fingerprints stand in for it.", stacklevel=1)
        return kept_fingerprints()
    made = set(fingerprints_of(article.read_text(encoding="utf-8")))
    assert made == kept_fingerprints(), "article_fingerprints.txt is not of this article"
    return made


def is_made(folder):
    """Whether a folder holds what was installed or left over, and not what we wrote."""
    return folder.name.startswith(".") or folder.name == "var" or (folder / "pyvenv.cfg").exists()


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
def test_no_six_words_in_a_row_are_the_articles(file, known):
    assert longest_copy(file.read_text(encoding="utf-8"), known) == 0


def test_no_sentence_of_the_article_stands_in_the_project(known):
    folders = (path for path in ROOT.iterdir() if path.is_dir() and not is_made(path))
    files = chain(ROOT.iterdir(), (ROOT / ".ci").rglob("*"), *(folder.rglob("*") for folder in folders))
    texts = [file for file in files if file.suffix in TEXTS and file.is_file()]
    assert len(texts) > 50
    copied = {str(file): longest_copy(file.read_text(encoding="utf-8", errors="replace"), known) for file in texts}
    assert {file: words for file, words in copied.items() if words > LONGEST_PHRASE} == {}


def test_words_taken_from_a_text_are_found_whatever_stands_around_them():
    text = "One two three, four five six seven eight."
    known = set(fingerprints_of(text))
    assert longest_copy(f"“{text.upper()}”", known) == 8
    assert longest_copy("nought, two three four five six seven; nine", known) == 6
    assert longest_copy("two three four five six nine", known) == 0
