"""A database filled with demo claims, story by story: the same ones each time, in bounded memory."""

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from claims.exchange import bulk
from claims.exchange.demo.cast import SLUGS, engage
from claims.exchange.demo.stories import CLAIMS, COLUMNS, SITE, Teller
from claims.models import Article, Claim

# Stories a transaction.
CHUNK = 500
ARTICLES = 3


def is_all_demo() -> bool:
    """Whether there is no claim here but those of a demo."""
    return not Claim.objects.exclude(claimant__slug__startswith=SLUGS).exists()


def fill(claims: int, *, seed: int, today: date, tell: Callable[[int, int], None]) -> int:
    """How many claims were added, so that there are as many of the demo as was asked for.

    `tell` hears after each chunk how many of how many have been added. What is there stays; what was interrupted
    goes on where it ended.
    """
    wanted = claims - Claim.objects.filter(claimant__slug__startswith=SLUGS).count()
    teller = Teller(engage(), seed=seed, today=today)
    story = Article.objects.filter(url__startswith=SITE).count() // ARTICLES
    added = 0
    while added < wanted:
        with transaction.atomic():
            end = min(added + CHUNK * CLAIMS, wanted)
            while added < end:
                told = min(CLAIMS, end - added)
                teller.tell(story, told)
                story, added = story + 1, added + told
            for model, rows in teller.take():
                bulk.insert(model, COLUMNS[model].split(), rows)
            bulk.continue_ids(*COLUMNS)
        tell(added, wanted)
    if connection.vendor == "postgresql" and added:
        # At once, and not whenever autovacuum comes by: the first queries would go by what was here before.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return added
