"""What is wrong with seeds is said with file, line and column, all of it at once, and nothing is written."""

import csv
from datetime import UTC, datetime

import pytest

from claims.exchange.importer import load_seeds
from claims.exchange.seeds import BadSeeds
from claims.models import Article, Claim, Claimant, Figure, Source, Topic

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def faults(seeds):
    """What loading says; it must have written nothing."""
    with pytest.raises(BadSeeds) as refused:
        load_seeds(seeds, at=AT)
    assert not any(model.objects.exists() for model in (Claim, Claimant, Source, Topic, Article))
    return [str(fault) for fault in refused.value.faults]


def change(seeds, file, line, **cells):
    """Put these cells into a line of the file; line 1 is the header."""
    path = seeds / file
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    for column, cell in cells.items():
        rows[line - 1][rows[0].index(column)] = cell
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


DAY = "Write a day as YYYY-MM-DD, such as 2027-12-31."
NUMBER = "Write a plain number, such as 20000000000 or 12.5."
NAME = "Write a short name of small letters, digits and hyphens."


@pytest.mark.parametrize(
    ("file", "line", "column", "cell", "message"),
    [
        ("claims.csv", 2, "statement", "", "This must not be empty."),
        ("claims.csv", 2, "statement", "\n \n", "This must not be empty."),
        ("claims.csv", 2, "statement", "one\ntwo", "Character 4 cannot be kept (U+000A)."),
        ("claims.csv", 2, "statement", "a" * 501, "Ensure this value has at most 500 characters (it has 501)."),
        ("claims.csv", 2, "statement", "a\x00b", "Character 2 cannot be kept (U+0000)."),
        ("claims.csv", 2, "criteria", "a\u202eb", "Character 2 cannot be kept (U+202E)."),
        ("claims.csv", 2, "note", "a\x07b", "Character 2 cannot be kept (U+0007)."),
        ("claims.csv", 2, "kind", "promise", "Write one of: forecast, commitment, target, factual."),
        ("claims.csv", 2, "claim", "One Two", NAME),
        ("claims.csv", 2, "made_on", "20 June 2025", DAY),
        ("claims.csv", 2, "made_on", "2025-6-20", DAY),
        ("claims.csv", 2, "made_on", "20250620", DAY),
        ("claims.csv", 2, "made_on", "2025-02-30", DAY),
        ("claims.csv", 2, "made_on", "", "This must not be empty."),
        ("claims.csv", 2, "language", "english", "Write a language as a short tag: en, id, pt-BR."),
        ("claims.csv", 2, "topics", "regulation; regulation", "The same name stands here twice."),
        ("claims.csv", 2, "topics", "regulation;", "This must not be empty."),
        ("claims.csv", 2, "topics", "weather", "There is no “weather” in topics.csv."),
        ("claims.csv", 2, "claimant", "nobody", "There is no “nobody” in claimants.csv."),
        ("claims.csv", 2, "revisit_on", "", "No date has an end here: choose the day to revisit the claim."),
        ("claims.csv", 2, "revisit_on", "2025-06-19", "The revisit day lies before the day the claim was made."),
        ("claims.csv", 3, "claim", "monopoly-accusation", "This stands in line 2 already."),
        ("claimants.csv", 2, "same_as", "javascript:alert(1)", "Only addresses that begin with http:// or https://"),
        ("sources.csv", 3, "name", "The Wall Street Journal", "This stands in line 2 already."),
        ("sources.csv", 3, "slug", "the-wall-street-journal", "This stands in line 2 already."),
        ("articles.csv", 2, "source", "", "This must not be empty."),
        ("articles.csv", 2, "source", "nowhere", "There is no “nowhere” in sources.csv."),
        ("citations.csv", 2, "claim", "nothing", "There is no “nothing” in claims.csv."),
        ("citations.csv", 3, "article", "nothing", "There is no “nothing” in articles.csv."),
        ("citations.csv", 3, "via", "nothing", "No citation of this claim is in “nothing”."),
        ("citations.csv", 3, "article", "wsj-report", "This stands in line 2 already."),
        ("citations.csv", 3, "via", "techcrunch-report", "This makes a circle"),
        ("figures.csv", 2, "value", "3e9", NUMBER),
        ("figures.csv", 2, "value", "3,000", NUMBER),
        ("figures.csv", 2, "value", "NaN", NUMBER),
        ("figures.csv", 2, "value", "٣", NUMBER),
        ("figures.csv", 2, "value", "1" + "0" * 40, NUMBER),
        ("figures.csv", 2, "value", "", "This must not be empty."),
        ("figures.csv", 2, "value_to", "4000000000", "A range (between), and only a range, has an upper end."),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_by_line_and_column(seeds, file, line, column, cell, message):
    change(seeds, file, line, **{column: cell})
    said = faults(seeds)
    assert any(fault.startswith(f"{file}, line {line}, {column}: {message}") for fault in said), said


def test_an_article_that_nothing_tells_from_another_is_refused(seeds):
    change(seeds, "articles.csv", 4, source="the-wall-street-journal")
    assert faults(seeds) == [
        "articles.csv, line 4, title: Nothing tells this article from line 3: give a title, day or address."
    ]


def test_an_origin_that_had_the_claim_from_another_article_is_refused(seeds):
    change(seeds, "citations.csv", 3, role="origin")
    assert faults(seeds) == ["citations.csv, line 3, via: An origin had the claim from no other article."]


def test_a_range_without_an_upper_end_is_refused(seeds):
    change(seeds, "figures.csv", 2, comparator="between")
    assert faults(seeds) == ["figures.csv, line 2, value_to: A range (between), and only a range, has an upper end."]


def test_a_date_that_is_no_edtf_is_refused_in_its_own_column(seeds):
    change(seeds, "claims.csv", 6, projected_date="2030-13")
    (said,) = faults(seeds)
    assert said.startswith("claims.csv, line 6, projected_date: ")


def test_a_range_that_ends_before_it_starts_is_refused(seeds):
    change(seeds, "figures.csv", 2, comparator="between", value_to="2")
    assert faults(seeds) == ["figures.csv, line 2, value_to: The upper end must be greater than the lower one."]


def test_a_phrase_that_is_no_date_is_refused_in_the_readers_words(seeds):
    change(seeds, "claims.csv", 8, projected_phrase="when pigs fly", projected_date="")
    (said,) = faults(seeds)
    assert said.startswith("claims.csv, line 8, projected_phrase: “when pigs fly” was not understood as a date.")


def test_a_circle_is_said_of_every_citation_that_is_caught_in_it(seeds):
    change(seeds, "citations.csv", 2, role="relay", via="creativestation-2025-06-20")
    assert [fault.split(":")[0] for fault in faults(seeds)] == [f"citations.csv, line {n}, via" for n in (2, 3, 4)]


def test_a_claim_that_stands_nowhere_is_refused(seeds):
    change(seeds, "citations.csv", 15, claim="yearly-costs", article="wsj-report")
    assert faults(seeds) == ["claims.csv, line 9, claim: Nothing in citations.csv says where this claim stands."]


def test_every_fault_of_every_file_is_told_at_once(seeds):
    change(seeds, "topics.csv", 2, name="")
    change(seeds, "claims.csv", 9, made_on="soon", kind="guess")
    change(seeds, "claims.csv", 2, statement="")
    change(seeds, "figures.csv", 3, value="many")
    assert [fault.split(":")[0] for fault in faults(seeds)] == [
        "topics.csv, line 2, name",
        "claims.csv, line 2, statement",
        "claims.csv, line 9, kind",
        "claims.csv, line 9, made_on",
        "figures.csv, line 3, value",
    ]


def test_a_row_after_one_of_several_lines_is_counted_right(seeds):
    change(seeds, "claims.csv", 2, criteria="One.\nTwo.\nThree.")
    change(seeds, "claims.csv", 3, kind="guess")
    assert faults(seeds)[0].startswith("claims.csv, line 5, kind: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "topics.csv, line 1, slug: This column is missing."),
        (b"slug\ncompute\n", "topics.csv, line 1, name: This column is missing."),
        (b"slug,name,slug\n", "topics.csv, line 1, slug: This column stands here twice."),
        (b"slug,name,colour\n", "topics.csv, line 1, 'colour': There is no such column; there are: slug, name, note."),
        (b"slug,name,\x1b[31m\n", "topics.csv, line 1, '\\x1b[31m': There is no such column"),
        (b"slug,name\na,A\nb,\xff\n", "topics.csv, line 3: This is not UTF-8. Save the file as CSV UTF-8."),
        (b'slug,name\na,A\nb,"B\nc,C\n', "topics.csv, line 3: This cannot be read as CSV (unexpected end of data)."),
        (b'slug,name\na,"A"B\n', "topics.csv, line 2: This cannot be read as CSV"),
        (b"slug,name\na,A,B\n", "topics.csv, line 2: This row has 3 cells, and the header 2."),
        (b"slug,name\na,\n", "topics.csv, line 2, name: This must not be empty."),
        (b"slug,name\na," + b"A" * 200_000 + b"\n", "topics.csv, line 2: This cannot be read as CSV"),
        (b"\x00\x01\x02", "topics.csv, line 1, '\\x00\\x01\\x02': There is no such column"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_a_line(seeds, content, message):
    (seeds / "topics.csv").write_bytes(content)
    assert faults(seeds)[0].startswith(message)


def test_a_file_that_is_missing_is_named(seeds):
    (seeds / "figures.csv").unlink()
    assert faults(seeds) == ["figures.csv: This file cannot be read: No such file or directory."]


def test_files_as_a_spreadsheet_saves_them_are_read(seeds):
    for file in seeds.glob("*.csv"):
        text = file.read_text(encoding="utf-8").replace("\n", "\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n")
    assert load_seeds(seeds, at=AT) == 8


def leave_out(seeds, file, *columns):
    """Take these columns out of the file, and turn the order of the others round."""
    path = seeds / file
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    names = [name for name in reversed(rows[0]) if name not in columns]
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_columns_may_be_left_out_and_stand_in_any_order(seeds):
    leave_out(seeds, "claimants.csv", "kind", "same_as")
    leave_out(seeds, "sources.csv", "homepage", "language")
    leave_out(seeds, "articles.csv", "byline", "url", "note")
    leave_out(seeds, "claims.csv", "kind", "topics", "projected_date", "criteria", "note")
    leave_out(seeds, "citations.csv", "attribution")
    leave_out(seeds, "figures.csv", "role", "comparator", "value_to", "period", "verbatim")
    assert load_seeds(seeds, at=AT) == 8
    assert Claimant.objects.get().kind == "organisation"
    assert set(Source.objects.values_list("language", flat=True)) == {"en"}
    assert set(Claim.objects.values_list("kind", "criteria")) == {("forecast", "")}
    assert set(Claim.objects.values_list("projected_date", flat=True)) == {"", "2027", "2030", "2030~"}
    assert set(Figure.objects.values_list("role", "comparator", "value_to")) == {("target", "=", None)}


def test_an_empty_cell_is_what_the_readme_says(seeds):
    change(seeds, "claims.csv", 2, kind="", topics="", language="", criteria="")
    change(seeds, "figures.csv", 3, comparator="", role="")
    assert load_seeds(seeds, at=AT) == 8
    claim = Claim.objects.get(statement__contains="monopoly")
    assert (claim.kind, claim.language, claim.topics.count()) == ("forecast", "en", 0)
    assert Figure.objects.get(unit="percent").comparator == "="


def test_a_range_needs_the_column_that_says_so(seeds):
    change(seeds, "figures.csv", 2, value_to="4000000000")
    leave_out(seeds, "figures.csv", "comparator")
    assert faults(seeds) == ["figures.csv, line 2, value_to: A range (between), and only a range, has an upper end."]
