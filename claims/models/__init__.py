"""Claimline's nouns, one a file."""

from claims.models.article import Article
from claims.models.bookmark import Bookmark, Turn
from claims.models.citation import Attribution, Citation, CitationRole
from claims.models.claim import Claim, ClaimKind, StaleClaim
from claims.models.claimant import Claimant, ClaimantKind
from claims.models.event import Actor, AppendOnly, Event
from claims.models.figure import Comparator, Figure, FigureRole
from claims.models.heartbeat import Heartbeat
from claims.models.kept_answer import KeptAnswer
from claims.models.notice import Letter, Notice, Occasion
from claims.models.parcel import Parcel
from claims.models.preference import Nag, Preference, Rhythm, Snooze
from claims.models.review import Evidence, Review, Stance
from claims.models.source import Source
from claims.models.token import ApiToken, Scope
from claims.models.topic import Topic
from claims.models.webhook import Delivery, Webhook, WebhookFormat

__all__ = [
    "Actor",
    "ApiToken",
    "AppendOnly",
    "Article",
    "Attribution",
    "Bookmark",
    "Citation",
    "CitationRole",
    "Claim",
    "ClaimKind",
    "Claimant",
    "ClaimantKind",
    "Comparator",
    "Delivery",
    "Event",
    "Evidence",
    "Figure",
    "FigureRole",
    "Heartbeat",
    "KeptAnswer",
    "Letter",
    "Nag",
    "Notice",
    "Occasion",
    "Parcel",
    "Preference",
    "Review",
    "Rhythm",
    "Scope",
    "Snooze",
    "Source",
    "StaleClaim",
    "Stance",
    "Topic",
    "Turn",
    "Webhook",
    "WebhookFormat",
]
