"""What each file of a folder of seeds holds, and what its rows stand for."""

from collections.abc import Mapping, Sequence
from datetime import date

from claims.exchange.columns import Column, field, key, keys, note
from claims.exchange.strict_csv import Row
from claims.logbook import read_projection
from claims.models import Article, Citation, Claim, Claimant, Figure, Source, Topic

NOTE = note("note")
# Each file's columns; those that name another row carry the name of that row's own file in REFERENCES.
FILES: Mapping[str, Sequence[Column]] = {
    "claimants.csv": [key("slug"), *(field(Claimant, name) for name in ("name", "kind", "same_as")), NOTE],
    "sources.csv": [key("slug"), *(field(Source, name) for name in ("name", "homepage", "language")), NOTE],
    "topics.csv": [key("slug"), field(Topic, "name"), NOTE],
    "articles.csv": [
        key("article"),
        key("source"),
        *(field(Article, name) for name in ("title", "byline", "published_on", "language", "url")),
        NOTE,
    ],
    "claims.csv": [
        key("claim"),
        *(field(Claim, name) for name in ("statement", "kind")),
        key("claimant"),
        field(Claim, "made_on"),
        keys("topics"),
        *(field(Claim, name) for name in ("language", "projected_phrase", "projected_date", "revisit_on", "criteria")),
        NOTE,
    ],
    "citations.csv": [
        key("claim"),
        key("article"),
        field(Citation, "role"),
        key("via", is_needed=False),
        *(field(Citation, name) for name in ("attribution", "quote", "reported_as")),
        NOTE,
    ],
    "figures.csv": [
        key("claim"),
        *(
            field(Figure, name)
            for name in ("metric", "role", "comparator", "value", "value_to", "unit", "period", "verbatim")
        ),
        NOTE,
    ],
}
# The file whose first column such a column points to.
REFERENCES = {
    "source": "sources.csv",
    "claimant": "claimants.csv",
    "topics": "topics.csv",
    "claim": "claims.csv",
    "article": "articles.csv",
}
# What may stand in one row of a file only.
ONCE: Mapping[str, Sequence[tuple[str, ...]]] = {
    "claimants.csv": [("slug",)],
    "sources.csv": [("slug",), ("name",)],
    "topics.csv": [("slug",), ("name",)],
    "articles.csv": [("article",), ("url",)],
    "claims.csv": [("claim",)],
    "citations.csv": [("claim", "article")],
}


def project(claim: Claim, row: Row) -> Claim:
    """The claim with the dates of its row. Raises ValidationError on the column that cannot be read."""
    values = row.values
    claim.made_on, claim.language = values["made_on"], values["language"]
    phrase, edtf = values["projected_phrase"], values["projected_date"]
    projected, phrase = read_projection(phrase=phrase, edtf=edtf, made_on=claim.made_on, language=claim.language)
    claim.project(projected, phrase=phrase, revisit_on=values["revisit_on"])
    return claim


def likeness(row: Row) -> tuple[str, str, date | None]:
    """What an article without an address is known again by."""
    return row.values["source"], row.values.get("title", ""), row.values.get("published_on")
