"""The token in each e-mail with which its reader stops them, without logging in."""

from django.core.signing import BadSignature, Signer

_SALT = "claims.notify.unsubscribe"


def token_for(person_id: int) -> str:
    """What stands in the address; good for this one thing, and for ever, because old e-mails are opened late."""
    return Signer(salt=_SALT).sign_object(person_id)


def person_of(token: str) -> int | None:
    """Whose it is; None where it was not made here."""
    try:
        found = Signer(salt=_SALT).unsign_object(token)
    except BadSignature:
        return None
    return found if isinstance(found, int) else None
