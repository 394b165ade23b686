"""Search on SQLite: an FTS5 table with a row a claim."""

from collections.abc import Sequence

from claims.search.words import Term

# Statement, claimant, topics, quotes: what a hit in each is worth.
WEIGHTS = "8.0, 4.0, 4.0, 1.0"
FOUND = "SELECT rowid FROM claims_search WHERE claims_search MATCH %s"
# The plus keeps the claims asked for from leading the search, which would be begun anew for each of them.
RANKED = f"""
SELECT points, pk FROM (
    SELECT rowid AS pk, -bm25(claims_search, {WEIGHTS}) AS points FROM claims_search
    WHERE claims_search MATCH %s AND +rowid IN ({{among}}) ORDER BY rowid DESC LIMIT {{pool}}
) ORDER BY points DESC, pk DESC LIMIT {{most}}
"""  # noqa: S608 - our own words; values are parameters

TABLE = """
CREATE VIRTUAL TABLE IF NOT EXISTS claims_search USING fts5(
    statement, claimant, topics, quotes, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
)"""
DOCUMENT = """
SELECT c.id, c.statement, k.name,
    coalesce((SELECT group_concat(t.name, ' · ') FROM claims_topic t JOIN claims_claim_topics ct ON ct.topic_id = t.id
              WHERE ct.claim_id = c.id), ''),
    coalesce((SELECT group_concat(q.quote, ' · ') FROM claims_citation q WHERE q.claim_id = c.id AND q.quote <> ''), '')
FROM claims_claim c JOIN claims_claimant k ON k.id = c.claimant_id"""
PUT = f"INSERT INTO claims_search (rowid, statement, claimant, topics, quotes) {DOCUMENT}"
REBUILD = ["DELETE FROM claims_search", PUT, "INSERT INTO claims_search (claims_search) VALUES ('optimize')"]
ASTRAY = f"""
SELECT count(*) FROM (
    SELECT * FROM (SELECT rowid, statement, claimant, topics, quotes FROM claims_search EXCEPT {DOCUMENT})
    UNION ALL SELECT * FROM ({DOCUMENT} EXCEPT SELECT rowid, statement, claimant, topics, quotes FROM claims_search)
)"""  # noqa: S608 - our own words


def _refresh(claims: str) -> str:
    return f"DELETE FROM claims_search WHERE rowid IN ({claims}); {PUT} WHERE c.id IN ({claims})"  # noqa: S608 - ours


# Name → table, moment, condition, what is done.
TRIGGERS: dict[str, tuple[str, str, str, str]] = {
    "search_claim_added": ("claims_claim", "INSERT", "TRUE", _refresh("NEW.id")),
    "search_claim_edited": (
        "claims_claim",
        "UPDATE OF statement, claimant_id",
        "OLD.statement IS NOT NEW.statement OR OLD.claimant_id <> NEW.claimant_id",
        _refresh("NEW.id"),
    ),
    "search_claim_removed": ("claims_claim", "DELETE", "TRUE", "DELETE FROM claims_search WHERE rowid = OLD.id"),
    "search_quote_added": ("claims_citation", "INSERT", "NEW.quote <> ''", _refresh("NEW.claim_id")),
    "search_quote_edited": (
        "claims_citation",
        "UPDATE OF quote, claim_id",
        "OLD.quote IS NOT NEW.quote OR OLD.claim_id <> NEW.claim_id",
        _refresh("OLD.claim_id, NEW.claim_id"),
    ),
    "search_quote_removed": ("claims_citation", "DELETE", "OLD.quote <> ''", _refresh("OLD.claim_id")),
    "search_topic_added": ("claims_claim_topics", "INSERT", "TRUE", _refresh("NEW.claim_id")),
    "search_topic_removed": ("claims_claim_topics", "DELETE", "TRUE", _refresh("OLD.claim_id")),
    "search_topic_renamed": (
        "claims_topic",
        "UPDATE OF name",
        "OLD.name IS NOT NEW.name",
        _refresh("SELECT claim_id FROM claims_claim_topics WHERE topic_id = NEW.id"),
    ),
    "search_claimant_renamed": (
        "claims_claimant",
        "UPDATE OF name",
        "OLD.name IS NOT NEW.name",
        _refresh("SELECT id FROM claims_claim WHERE claimant_id = NEW.id"),
    ),
}
REMOVE = [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS]
INSTALL = [
    TABLE,
    *REMOVE,
    *(
        f"CREATE TRIGGER {name} AFTER {moment} ON {table} WHEN {condition} BEGIN {done}; END"
        for name, (table, moment, condition, done) in TRIGGERS.items()
    ),
]


def match(terms: Sequence[Term], *, together: str = " AND ") -> str:
    """The terms as FTS5 wants them, each a string to it, so that nothing in them is an operator."""
    return together.join(f'"{term.text.replace(chr(34), "")}"{"" if term.is_phrase else " *"}' for term in terms)
