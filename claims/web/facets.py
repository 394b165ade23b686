"""The filters of the timeline as a reader sees them: chips, selects, and what is in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from claims.filters import Query
from claims.lifecycle import Status, Verdict
from claims.models import Claim, ClaimKind
from claims.timeline import STANDINGS, Tally
from claims.web.standing import mark, name

# A select is read by people: it offers what the latest claims have, the most used of it, however many claims there are.
# All else is found by search and by its own address.
MOST_OPTIONS, LATEST = 200, 5000
LONGEST_ECHO = 200
# These have a chip at all times, the others once there is a claim of theirs.
ALWAYS = (Status.OPEN, Status.DUE, Verdict.TRUE, Verdict.PARTLY_TRUE, Verdict.FALSE)
SELECTS = {
    "topic": ("topics__slug", "topics__name"),
    "claimant": ("claimant__slug", "claimant__name"),
    "source": ("citations__article__source__slug", "citations__article__source__name"),
}
DAYS = ("from", "to")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a select."""

    slug: str
    name: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A link that narrows the timeline to a standing, or widens it again where it does so already."""

    code: str
    mark: str
    name: str
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """A filter in force, and the query without it."""

    name: str
    value: str
    query: str


@dataclass(slots=True)
class Form:
    """The form: what was typed, the choices, and what else the address holds."""

    typed: dict[str, str]
    options: dict[str, list[Option]]
    hidden: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        """Whether any of the fields that may be folded away says something."""
        return any(self.typed.get(name) for name in (*DAYS, *SELECTS))

    @property
    def has_odd_days(self) -> bool:
        """Whether a day is written so that a browser's date field would show nothing of it."""
        return any(_day(self.typed[name]) is None for name in DAYS if name in self.typed)


def chips(query: Query, tallies: Iterable[Tally]) -> list[Chip]:
    """One chip a standing, each with how many claims the other filters leave it."""
    counts = dict.fromkeys(STANDINGS, 0)
    for one in tallies:
        counts[one.standing] += one.count
    chosen = chosen_standings(query)
    found = []
    for code in STANDINGS:
        is_chosen = code in chosen
        if is_chosen or counts[code] or code in ALWAYS:
            found.append(Chip(code, mark(code), name(code), counts[code], _only(query, code, chosen), is_chosen))
    return found


def chosen_standings(query: Query) -> set[str]:
    """The chips that are pressed."""
    return {*query.values.get("verdict", []), *query.values.get("status", [])}


def _only(query: Query, code: str, chosen: set[str]) -> str:
    if code in chosen:
        return query.string(status=None, verdict=None)
    if code in Verdict.values:
        return query.string(status=None, verdict=code)
    return query.string(status=code, verdict=None)


def options() -> dict[str, list[Option]]:
    """For each select, what the most of the latest published claims have; in the order of names."""
    published = Claim.objects.published().standing()
    claims = published.filter(pk__in=published.order_by("-pk").values("pk")[:LATEST]).order_by()
    found = {}
    for parameter, (slug, label) in SELECTS.items():
        rows = (
            claims.filter(**{f"{slug}__isnull": False})
            .values(slug=F(slug), name=F(label))
            .annotate(uses=Count("pk", distinct=True))
            .order_by("-uses", "name")[:MOST_OPTIONS]
        )
        every = [Option(row["slug"], row["name"]) for row in rows]
        found[parameter] = sorted(every, key=lambda option: option.name.casefold())
    return found


def form(params: QueryDict, choices: dict[str, list[Option]]) -> Form:
    """The form as it was sent, readable or not; values beyond a select's first are carried along unseen."""
    typed = {name: echo(values[0]) for name in ("q", *DAYS, *SELECTS) if (values := _given(params, name))}
    hidden = [(name, echo(value)) for name in ("status", "verdict", "kind") for value in _given(params, name)]
    hidden += [(name, echo(value)) for name in SELECTS for value in _given(params, name)[1:]]
    return Form(typed, {name: _chosen(every, typed.get(name)) for name, every in choices.items()}, hidden)


def in_force(query: Query, choices: dict[str, list[Option]]) -> list[InForce]:
    """Every filter in force but the standings, which are chips; each with the way to clear it alone."""
    labels = {"q": _("Search"), "kind": _("Kind"), "topic": _("Topic"), "claimant": _("Claimant")}
    labels |= {"source": _("Source"), "from": _("From"), "to": _("To")}
    found = []
    for parameter, texts in query.texts.items():
        for text in texts if parameter in labels else []:
            rest = [other for other in texts if other != text]
            shown = _shown(parameter, text, choices)
            found.append(InForce(labels[parameter], shown, query.string(**{parameter: rest or None})))
    return found


def _shown(parameter: str, text: str, choices: dict[str, list[Option]]) -> str:
    if parameter == "kind":
        return str(ClaimKind(text).label)
    return next((option.name for option in choices.get(parameter, []) if option.slug == text), text)


def _chosen(every: Sequence[Option], slug: str | None) -> list[Option]:
    marked = [Option(option.slug, option.name, is_chosen=option.slug == slug) for option in every]
    if slug and not any(option.is_chosen for option in marked):
        marked.append(Option(slug, slug, is_chosen=True))
    return marked


def _day(text: str) -> date | None:
    """The day, where the text is one."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _given(params: QueryDict, name: str) -> list[str]:
    return [text for text in params.getlist(name)[:50] if text.strip()]


def echo(text: str) -> str:
    """What was typed, in a form that a page can always hold: nothing that no document may contain."""
    return "".join(sign for sign in text[:LONGEST_ECHO] if sign.isprintable())
