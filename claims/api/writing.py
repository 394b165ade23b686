"""From the values of a body to a claim and its parts; every refusal names its place in the body."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.api.problems import within
from claims.dates import UnreadableDate, read_phrase
from claims.logbook import read_projection
from claims.models import Article, Citation, Claim, Evidence, Figure

Values = Mapping[str, Any]
PLAIN = ("statement", "kind", "language", "claimant", "made_on", "criteria")
DATING = frozenset({"projected_phrase", "projected_date", "revisit_on", "made_on", "language"})
CITED = ("role", "attribution", "quote", "reported_as")


def fill(claim: Claim, values: Values) -> None:
    """Set what the body gives, and what follows from it; saves nothing. ValidationError where the claim refuses it."""
    follows = _follows_from_phrase(claim)
    for name in PLAIN:
        if name in values:
            setattr(claim, name, values[name])
    if DATING & values.keys():
        _project(claim, values, follows=follows)
    claim.full_clean()


def _follows_from_phrase(claim: Claim) -> bool:
    """Whether the date is what its phrase means, and so moves with the day from which it counts."""
    if claim.made_on is None or not claim.projected_phrase:
        return False
    return _meant_by(claim) == claim.projected_date


def _meant_by(claim: Claim) -> str | None:
    try:
        return read_phrase(claim.projected_phrase, made_on=claim.made_on, language=claim.language).date.edtf
    except UnreadableDate:
        return None


def _project(claim: Claim, values: Values, *, follows: bool) -> None:
    """A date in the body is taken; without one it stays, or is read anew where it counts from another day now."""
    chosen: date | None = claim.revisit_on if claim.is_revisit_chosen else None
    chosen = values.get("revisit_on", chosen)
    phrase, edtf = claim.projected_phrase, claim.projected_date
    if "projected_phrase" in values or "projected_date" in values:
        # Two spellings of one thing: the one that is not sent does not outlive the other.
        phrase, edtf = values.get("projected_phrase", ""), values.get("projected_date", "")
    elif follows:
        edtf = _meant_by(claim) or edtf
    projected, phrase = read_projection(
        phrase=phrase.strip(), edtf=edtf.strip(), made_on=claim.made_on, language=claim.language
    )
    claim.project(projected, phrase=phrase, revisit_on=chosen)


def save_parts(claim: Claim, values: Values) -> None:
    """Save the topics, figures and citations that the body gives, each list as a whole."""
    if "topics" in values:
        claim.topics.set(values["topics"])
    if "figures" in values:
        claim.figures.all().delete()
        for number, row in enumerate(values["figures"]):
            save_figure(claim, row, place=f"figures[{number}]")
    if "citations" in values:
        _replace_citations(claim, values["citations"])


def save_figure(claim: Claim, values: Values, *, place: str = "") -> Figure:
    """A new figure of the claim."""
    figure = Figure(claim=claim, **values)
    with within(place):
        figure.full_clean()
    figure.save(force_insert=True)
    return figure


def _replace_citations(claim: Claim, rows: Sequence[Values]) -> None:
    """An article that stays cited keeps its citation, and with it the id that the history names."""
    held = {
        citation.article_id: citation for citation in claim.citations.select_related("article").defer("article__text")
    }
    claim.citations.update(via=None)
    earlier: list[Citation] = []
    for number, row in enumerate(rows):
        place = f"citations[{number}]"
        article = saved_article(_among(held.values(), row["article"]), place=f"{place}.article")
        citation = held.pop(article.pk, None) or Citation(claim=claim, article=article)
        earlier.append(save_citation(citation, row, earlier, place=place))
    for citation in held.values():
        citation.delete()


def _among(held: Iterable[Citation], article: Article) -> Article:
    """The same article without an address, where the claim cites it: sent twice it is still one."""
    if article.pk is not None or article.url:
        return article
    same = (one.article for one in held if not one.article.url and _told_by(one.article) == _told_by(article))
    return next(same, article)


def _told_by(article: Article) -> tuple[Any, ...]:
    return article.source_id, article.title, article.byline, article.published_on, article.language


def save_citation(citation: Citation, values: Values, earlier: Sequence[Citation], *, place: str = "") -> Citation:
    """The citation with these values; `via` is the position of one of the earlier ones."""
    if any(other.article_id == citation.article_id for other in earlier):
        raise _refused(place, "article", "This article is cited already.", code="unique")
    via = values["via"]
    if via is not None and via >= len(earlier):
        raise _refused(place, "via", "This is not the position of an earlier citation.", code="does_not_exist")
    citation.via = None if via is None else earlier[via]
    for name in CITED:
        setattr(citation, name, values[name])
    with within(place):
        citation.full_clean()
    citation.save(update_fields=None if citation._state.adding else ["via", *CITED])
    return citation


def saved_article(article: Article, *, place: str) -> Article:
    """The article, saved if it is new; one that somebody else logged since the body was read is taken as it is."""
    if article.pk is None and article.url:
        article = Article.objects.filter(url=article.url, source=article.source).defer("text").first() or article
    if article.pk is None:
        with within(place):
            article.full_clean()
        article.save(force_insert=True)
    return article


def evidence_of(rows: Iterable[Values]) -> list[Evidence]:
    """Evidence to be saved with its review; each is checked here, where its place is known."""
    items = []
    for number, row in enumerate(rows):
        place = f"evidence[{number}]"
        article = row["article"] and saved_article(row["article"], place=f"{place}.article")
        item = Evidence(**{**row, "article": article})
        with within(place):
            item.full_clean(exclude=["review"])
        items.append(item)
    return items


def _refused(place: str, name: str, message: str, *, code: str) -> ValidationError:
    return ValidationError({f"{place}.{name}" if place else name: [ErrorDetail(message, code=code)]})
