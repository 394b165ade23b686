"""Stories: what one claimant said on one day, in three articles that tell it on, as rows of every table."""

from datetime import date, timedelta
from random import Random

from django.db.models import Model

from claims.exchange.bulk import Row, next_id
from claims.exchange.demo import words
from claims.exchange.demo.cast import Cast, Speaker
from claims.exchange.demo.lives import COURSES, Life
from claims.lifecycle import EventKind, Verdict
from claims.models import (
    Article,
    Attribution,
    Citation,
    CitationRole,
    Claim,
    ClaimKind,
    Comparator,
    Event,
    Evidence,
    Figure,
    FigureRole,
    Review,
    Stance,
)
from claims.models.claim import ALPHABET
from claims.sweep import JOB

FIRST_MADE, LAST_MADE = date(2014, 7, 1), timedelta(days=60)
CLAIMS = 4
SITE = "https://demo.example/"
FILED: type[Model] = Claim.topics.through
# Every table in the order in which its rows are added, and what is written of each row. A claim comes after its quotes
# and topics, which it is found by: so it is entered into the search index once. Foreign keys are checked at the end.
COLUMNS: dict[type[Model], str] = {
    Article: "id source_id url title byline published_on language text text_sha256 archived_url",
    Citation: "id claim_id article_id role via_id attribution quote reported_as",
    FILED: "id claim_id topic_id",
    Claim: "id public_id statement kind claimant_id made_on language criteria projected_phrase projected_date "
    "projected_from projected_to original_projected_date revisit_on status current_review_id round version flagged_at "
    "published_at created_at updated_at",
    Figure: "id claim_id metric comparator value value_to unit role period verbatim",
    Review: "id claim_id number verdict summary outcome_known_on early_outcome author_id created_at published_at "
    "supersedes_id",
    Evidence: "id review_id article_id url stance quote",
    Event: "id claim_id kind actor_id job at from_status to_status data key",
}
KINDS = (ClaimKind.FORECAST, ClaimKind.FORECAST, ClaimKind.COMMITMENT, ClaimKind.TARGET, ClaimKind.FACTUAL)
STANCES = {Verdict.TRUE: Stance.SUPPORTS, Verdict.FALSE: Stance.REFUTES}


class Teller:
    """Makes the rows of one story after the other, and keeps them until they are taken."""

    def __init__(self, cast: Cast, *, seed: int, today: date) -> None:
        self.cast, self.seed, self.today = cast, seed, today
        self.rows: dict[type[Model], list[Row]] = {model: [] for model in COLUMNS}
        self.next = {model: next_id(model) for model in COLUMNS}

    def tell(self, story: int, claims: int) -> None:
        """A story with so many claims; the same for the same seed, number and day."""
        rng = Random(f"{self.seed}:{story}")  # noqa: S311 - invented data, the same each time
        made_on = FIRST_MADE + timedelta(days=rng.randrange((self.today - LAST_MADE - FIRST_MADE).days + 1))
        speaker = self.cast.speaker(rng)
        articles = [
            self._add(
                Article,
                source,
                f"{SITE}{self.seed}/{story}/{place}",
                f"Demo article {story}-{place}: {speaker.name[5:]} looks ahead",
                "",
                str(made_on + timedelta(days=place - 1)),
                *("en", "", "", ""),
            )
            for place, source in enumerate(self.cast.three_sources(rng), start=1)
        ]
        for number in range(story * CLAIMS, story * CLAIMS + claims):
            life = COURSES[number % len(COURSES)](rng, made_on, self.today)
            self._claim(rng, speaker, life, articles, public_id_of(self.seed, number))

    def take(self) -> list[tuple[type[Model], list[Row]]]:
        """The rows that were made since the last time, table by table."""
        made, self.rows = self.rows, {model: [] for model in COLUMNS}
        return list(made.items())

    def _add(self, model: type[Model], *values: object) -> int:
        pk = self.next[model]
        self.next[model] += 1
        self.rows[model].append((pk, *values))  # type: ignore[arg-type]
        return pk

    def _claim(self, rng: Random, speaker: Speaker, life: Life, articles: list[int], public_id: str) -> None:
        figure, deed = _figure(rng) if rng.random() < 0.45 else (None, words.deed(rng))
        window, projected = life.window, life.window.projected
        claim = self._add(
            Claim,
            public_id,
            f"{speaker.name} {deed} {window.phrase}",
            rng.choice(KINDS),
            speaker.pk,
            str(life.made_on),
            "en",
            "Demo: the yearly report says so." if rng.random() < 0.5 else "",
            window.phrase,
            projected.edtf,
            projected.start and str(projected.start),
            projected.end and str(projected.end),
            life.first.projected.edtf,
            str(window.revisit_on),
            life.status,
            # Its last review, which is added below.
            self.next[Review] + len(life.reviews) - 1 if life.reviews else None,
            life.round,
            len(life.events),
            life.flagged_at,
            life.published_at,
            life.created_at,
            life.updated_at,
        )
        self._cite(rng, claim, articles, deed)
        for topic in self.cast.some_topics(rng):
            self._add(FILED, claim, topic)
        if figure is not None:
            self._add(Figure, claim, *figure, FigureRole.TARGET, str(window.revisit_on.year), "")
        self._review(life, claim, articles)
        self._befall(life, claim)

    def _cite(self, rng: Random, claim: int, articles: list[int], deed: str) -> None:
        first, second, third = articles
        said = rng.choice((Attribution.ON_RECORD, Attribution.DOCUMENT, Attribution.ANONYMOUS))
        quote = f"Demo quote: {deed}, all being well in {words.place(rng)}."
        origin = self._add(Citation, claim, first, CitationRole.ORIGIN, None, said, quote, "")
        relay = (CitationRole.RELAY, origin, Attribution.OTHER_OUTLET, "", "")
        relayed = self._add(Citation, claim, second, *relay)
        drift = f"Demo: told as {words.deed(rng)}" if rng.random() < 0.05 else ""
        ends = (
            (CitationRole.RELAY, relayed, Attribution.OTHER_OUTLET, "", drift),
            (CitationRole.RELAY, origin, Attribution.OTHER_OUTLET, "", drift),
            (CitationRole.CONFIRMATION, None, Attribution.ANONYMOUS, "Demo quote: it is on its way.", drift),
            (CitationRole.ORIGIN, None, Attribution.ON_RECORD, "", drift),
        )
        self._add(Citation, claim, third, *rng.choices(ends, (70, 15, 8, 7))[0])

    def _review(self, life: Life, claim: int, articles: list[int]) -> None:
        earlier = None
        for number, review in enumerate(life.reviews, start=1):
            known_on = review.at[:10]
            summary = f"Demo verdict {number}: {review.verdict.label}, as the yearly report has it."
            fixed = (self.cast.editor, review.at, review.at, earlier)
            earlier = self._add(Review, claim, number, review.verdict, summary, known_on, review.is_early, *fixed)
            stance = STANCES.get(review.verdict, Stance.CONTEXT)
            self._add(Evidence, earlier, None, f"{SITE}reports/{claim}/{number}", stance, "")
            if review.is_early:
                self._add(Evidence, earlier, articles[-1], "", Stance.CONTEXT, "Demo quote: it is settled.")

    def _befall(self, life: Life, claim: int) -> None:
        for told in life.events:
            doer = (None, JOB) if told.kind == EventKind.FLAGGED else (self.cast.editor, "")
            key = Event.key_of(claim, told.kind, round=told.round, version=told.version)
            self._add(Event, claim, told.kind, *doer, told.at, told.source, told.status, told.data, key)


def public_id_of(seed: int, number: int) -> str:
    """The claim's public id: scattered, and another one for each number."""
    # Multiplying by what shares no factor with the count of all ids meets each of them once.
    at = (number * 77_777_777_777 + seed * 1_000_000_007) % len(ALPHABET) ** 10
    signs = []
    for _ in range(10):
        at, sign = divmod(at, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def _figure(rng: Random) -> tuple[tuple[str, Comparator, str, str | None, str], str]:
    """A quantity as its row has it (metric to unit), and the deed in whose words it stands."""
    metric, unit, printed, most = rng.choice(words.METRICS)
    value = rng.randrange(2, most)
    how = rng.choice((Comparator.EQUAL, Comparator.EQUAL, Comparator.AT_LEAST, Comparator.ABOUT, Comparator.BETWEEN))
    to = value + rng.randrange(1, value + 1) if how == Comparator.BETWEEN else None
    scale = 1_000_000_000 if "billion" in printed else 1
    amount = printed.format(value if to is None else f"{value} to {to}")
    top = None if to is None else str(to * scale)
    return (metric, how, str(value * scale), top, unit), f"brings {metric} to {amount} in {words.place(rng)}"
