"""Who may do what in the API: one table, and nothing that is not in it."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from claims.models import ApiToken, Scope

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which itself imports this module, by the settings

# No account needed; what is shown is then what `visible_to` leaves.
ANYONE = ""

# View → method → the right that is needed (claims/models/roles.py says which role has it). HEAD is asked as GET.
NEEDED: dict[str, dict[str, str]] = {
    "ClaimList": {"GET": ANYONE, "POST": "claims.add_claim"},
    "ClaimDetail": {
        "GET": ANYONE,
        "PUT": "claims.change_claim",
        "PATCH": "claims.change_claim",
        "DELETE": "claims.delete_claim",
    },
    "PublishClaim": {"POST": "claims.publish_claim"},
    "PostponeClaim": {"POST": "claims.change_claim"},
    "RescheduleClaim": {"POST": "claims.change_claim"},
    "WithdrawClaim": {"POST": "claims.withdraw_claim"},
    "ReopenClaim": {"POST": "claims.reopen_claim"},
    "ReviewList": {"GET": ANYONE, "POST": "claims.add_review"},
    "PublishReview": {"POST": "claims.publish_claim"},
    "CitationList": {"GET": ANYONE, "POST": "claims.add_citation"},
    "FigureList": {"GET": ANYONE, "POST": "claims.add_figure"},
    "ClaimEvents": {"GET": ANYONE},
    "EventFeed": {"GET": ANYONE},
    "ClaimantList": {"GET": ANYONE, "POST": "claims.add_claimant"},
    "ClaimantDetail": {"GET": ANYONE, "PATCH": "claims.change_claimant"},
    "SourceList": {"GET": ANYONE, "POST": "claims.add_source"},
    "SourceDetail": {"GET": ANYONE, "PATCH": "claims.change_source"},
    "TopicList": {"GET": ANYONE, "POST": "claims.add_topic"},
    "TopicDetail": {"GET": ANYONE, "PATCH": "claims.change_topic"},
    "ArticleList": {"GET": ANYONE, "POST": "claims.add_article"},
    "ArticleDetail": {"GET": ANYONE, "PATCH": "claims.change_article"},
    "WebhookList": {"GET": "claims.view_webhook", "POST": "claims.add_webhook"},
    "WebhookDetail": {
        "GET": "claims.view_webhook",
        "PATCH": "claims.change_webhook",
        "DELETE": "claims.delete_webhook",
    },
    "RenewSecret": {"POST": "claims.change_webhook"},
    "SendTest": {"POST": "claims.change_webhook"},
    "DeliveryList": {"GET": "claims.view_delivery"},
    "DeliveryDetail": {"GET": "claims.view_delivery"},
    "SendAgain": {"POST": "claims.change_delivery"},
    "ParseDate": {"GET": ANYONE},
    "Schema": {"GET": ANYONE},
    "Docs": {"GET": ANYONE},
}


class RolePermission(BasePermission):
    """Lets in whom the table lets in; a view or method without an entry is closed to all."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the person, and the token's scope, allow the method."""
        method = (request.method or "").upper()
        rights = NEEDED.get(type(view).__name__, {})
        if method == "OPTIONS":
            return bool(rights)
        if method.lower() not in view.http_method_names or not hasattr(view, method.lower()):
            raise MethodNotAllowed(method)
        needed = rights.get("GET" if method == "HEAD" else method)
        if needed is None:
            return False
        if method not in SAFE_METHODS and isinstance(request.auth, ApiToken) and request.auth.scope != Scope.WRITE:
            self.message = "This token may only read."
            return False
        return needed == ANYONE or bool(request.user and request.user.has_perm(needed))
