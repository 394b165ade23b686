"""Claimline's nouns, one a file."""

from claims.models.article import Article
from claims.models.citation import Attribution, Citation, CitationRole
from claims.models.claim import Claim, ClaimKind, StaleClaim
from claims.models.claimant import Claimant, ClaimantKind
from claims.models.event import Actor, AppendOnly, Event
from claims.models.figure import Comparator, Figure, FigureRole
from claims.models.heartbeat import Heartbeat
from claims.models.review import Evidence, Review, Stance
from claims.models.source import Source
from claims.models.token import ApiToken, Scope
from claims.models.topic import Topic

__all__ = [
    "Actor",
    "ApiToken",
    "AppendOnly",
    "Article",
    "Attribution",
    "Citation",
    "CitationRole",
    "Claim",
    "ClaimKind",
    "Claimant",
    "ClaimantKind",
    "Comparator",
    "Event",
    "Evidence",
    "Figure",
    "FigureRole",
    "Heartbeat",
    "Review",
    "Scope",
    "Source",
    "StaleClaim",
    "Stance",
    "Topic",
]
