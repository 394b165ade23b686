"""Search on Postgres: a table of its own with a tsvector a claim; on the claim's row it would make each flag dearer."""

from collections.abc import Sequence

from claims.search.words import Term

FOUND = "SELECT claim_id FROM claims_search WHERE words @@ ({query})"
RANKED = """
SELECT points, pk FROM (
    SELECT pk, ts_rank_cd('{{{{0.1, 0.2, 0.5, 1.0}}}}', words, ({query})) AS points FROM (
        SELECT claim_id AS pk, words FROM claims_search
        WHERE words @@ ({query}) AND claim_id IN ({{among}}) ORDER BY claim_id DESC LIMIT {{pool}}
    ) AS newest
) AS measured ORDER BY points DESC, pk DESC LIMIT {{most}}
"""

# One form for what is kept and what is asked: no accents, no capitals, and nothing that the parser would take for an
# address, a path or a signed number.
WORDS = r"""
CREATE OR REPLACE FUNCTION claims_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, claims_plain_words(given))
"""
PLAIN_WORDS = r"""
CREATE OR REPLACE FUNCTION claims_plain_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(regexp_replace(
    regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
"""
TABLE = [
    "CREATE TABLE IF NOT EXISTS claims_search (claim_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS claims_search_words ON claims_search USING gin (words)",
]
DOCUMENT = """
SELECT c.id AS claim_id, setweight(claims_words(c.statement), 'A') || setweight(claims_words(k.name), 'B')
    || setweight(claims_words(coalesce((
        SELECT string_agg(t.name, ' ' ORDER BY t.id) FROM claims_topic t
        JOIN claims_claim_topics ct ON ct.topic_id = t.id WHERE ct.claim_id = c.id), '')), 'B')
    || setweight(claims_words(coalesce((
        SELECT string_agg(q.quote, ' ' ORDER BY q.id) FROM claims_citation q
        WHERE q.claim_id = c.id), '')), 'C') AS words
FROM claims_claim c JOIN claims_claimant k ON k.id = c.claimant_id"""
ASTRAY = f"""
SELECT count(*) FROM ({DOCUMENT}) AS true_ones FULL JOIN claims_search AS kept USING (claim_id)
WHERE true_ones.words IS DISTINCT FROM kept.words"""  # noqa: S608 - our own words

PUT = f"INSERT INTO claims_search (claim_id, words) {DOCUMENT}"
REBUILD = ["TRUNCATE claims_search", PUT, "ANALYZE claims_search"]
AGAIN = "ON CONFLICT (claim_id) DO UPDATE SET words = excluded.words"


def _refresh(claims: str) -> str:
    return f"{PUT} WHERE c.id IN ({claims}) {AGAIN}"


# Name → table, moment, for each statement or row, what is done. A statement's rows are taken together where that is
# free; an UPDATE's could not be told by column then, and the sweep would pay for them.
TRIGGERS: dict[str, tuple[str, str, str, str]] = {
    "search_claim_added": (
        "claims_claim",
        "INSERT",
        "REFERENCING NEW TABLE AS these FOR EACH STATEMENT",
        _refresh("SELECT id FROM these"),
    ),
    "search_claim_edited": (
        "claims_claim",
        "UPDATE OF statement, claimant_id",
        "FOR EACH ROW WHEN (OLD.statement IS DISTINCT FROM NEW.statement OR OLD.claimant_id <> NEW.claimant_id)",
        _refresh("NEW.id"),
    ),
    "search_claim_removed": (
        "claims_claim",
        "DELETE",
        "REFERENCING OLD TABLE AS these FOR EACH STATEMENT",
        "DELETE FROM claims_search WHERE claim_id IN (SELECT id FROM these)",
    ),
    "search_all_removed": ("claims_claim", "TRUNCATE", "FOR EACH STATEMENT", "TRUNCATE claims_search"),
    "search_quote_added": (
        "claims_citation",
        "INSERT",
        "REFERENCING NEW TABLE AS these FOR EACH STATEMENT",
        _refresh("SELECT claim_id FROM these WHERE quote <> ''"),
    ),
    "search_quote_edited": (
        "claims_citation",
        "UPDATE OF quote, claim_id",
        "FOR EACH ROW WHEN (OLD.quote IS DISTINCT FROM NEW.quote OR OLD.claim_id <> NEW.claim_id)",
        _refresh("OLD.claim_id, NEW.claim_id"),
    ),
    "search_quote_removed": (
        "claims_citation",
        "DELETE",
        "REFERENCING OLD TABLE AS these FOR EACH STATEMENT",
        _refresh("SELECT claim_id FROM these WHERE quote <> ''"),
    ),
    "search_topic_added": (
        "claims_claim_topics",
        "INSERT",
        "REFERENCING NEW TABLE AS these FOR EACH STATEMENT",
        _refresh("SELECT claim_id FROM these"),
    ),
    "search_topic_removed": (
        "claims_claim_topics",
        "DELETE",
        "REFERENCING OLD TABLE AS these FOR EACH STATEMENT",
        _refresh("SELECT claim_id FROM these"),
    ),
    "search_topic_renamed": (
        "claims_topic",
        "UPDATE OF name",
        "FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)",
        _refresh("SELECT claim_id FROM claims_claim_topics WHERE topic_id = NEW.id"),
    ),
    "search_claimant_renamed": (
        "claims_claimant",
        "UPDATE OF name",
        "FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)",
        _refresh("SELECT id FROM claims_claim WHERE claimant_id = NEW.id"),
    ),
}
REMOVE = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (table, *_) in TRIGGERS.items()]


def _write(name: str, table: str, moment: str, each: str, done: str) -> list[str]:
    return [
        f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $search$ BEGIN
            {done}; RETURN NULL; END $search$""",
        f"CREATE TRIGGER {name} AFTER {moment} ON {table} {each} EXECUTE FUNCTION {name}()",
    ]


INSTALL = [
    PLAIN_WORDS,
    WORDS,
    *TABLE,
    *REMOVE,
    *(statement for name, parts in TRIGGERS.items() for statement in _write(name, *parts)),
]


def match(terms: Sequence[Term], *, together: str = "&&") -> tuple[str, list[str]]:
    """The terms as an expression of type tsquery, and its parameters.

    Postgres takes them apart as it took apart what is kept; a word's last part then also finds what begins with it.
    """
    # Without quotes and backslashes, and so never anything but one or several lexemes.
    phrase = "phraseto_tsquery('simple', claims_plain_words(%s))"
    prefix = f"(nullif({phrase}::text, '') || ':*')::tsquery"
    return f" {together} ".join(phrase if term.is_phrase else prefix for term in terms), [term.text for term in terms]
