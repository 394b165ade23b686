"""Figures for Prometheus: what the web server's processes have counted, and what stands in the database."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from claims import health
from claims.lifecycle import Status
from claims.models import Heartbeat
from claims.notify import outbox


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All of them, in Prometheus' text format; where METRICS_TOKEN is set, to its bearer alone."""
    headers = {"Cache-Control": "no-store"}
    if not _is_welcome(request):
        headers["WWW-Authenticate"] = "Bearer"
        return HttpResponse("A token is needed.\n", content_type="text/plain", status=401, headers=headers)
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_DIR))  # type: ignore[no-untyped-call]
    registry.register(Figures(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers=headers)


def _is_welcome(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    return not token or constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")


class Figures(Collector):
    """What the database tells, as of now; a database that is away tells nothing but that."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """The figures; few queries, and none that counts claims."""
        try:
            found = [*self._jobs(), *self._stock(), *self._backlogs()]
        except Error:
            yield _gauge("database_up", "Whether the database answers.", 0)
            return
        yield _gauge("database_up", "Whether the database answers.", 1)
        yield from found

    def _jobs(self) -> Iterator[Metric]:
        sweep = Heartbeat.objects.filter(job=health.SWEEP).first() or Heartbeat()
        yield _counter("sweeps", "Sweeps that ended well.", sweep.runs)
        yield _counter("sweep_failures", "Sweeps that ended in an error.", sweep.failures)
        yield _counter("flags", "Claims flagged by sweeps that ended well.", sweep.handled_total)
        yield _counter("sweep_seconds", "Time that sweeps took, in all.", sweep.seconds_total)
        yield _gauge("sweep_last_seconds", "Time that the last sweep took.", sweep.seconds)
        if sweep.ended_at:
            yield self._age("sweep_age_seconds", "Time since the last sweep that ended well.", sweep.ended_at)

    def _stock(self) -> Iterator[Metric]:
        stock = Heartbeat.objects.filter(job=health.STOCK).first()
        if stock is None or stock.ended_at is None:
            return
        yield self._age("stock_age_seconds", "Time since claims and parcels were counted.", stock.ended_at)
        claims = GaugeMetricFamily("claimline_claims", "Claims.", labels=["status"])
        for status in Status.values:
            claims.add_metric([status], stock.data.get("claims", {}).get(status, 0))
        parcels = GaugeMetricFamily("claimline_parcels", "E-mails and webhook calls.", labels=["channel", "state"])
        failed = GaugeMetricFamily(
            "claimline_parcel_failed_attempts", "Attempts in vain for the parcels that are kept.", labels=["channel"]
        )
        for channel, counts in stock.data.get("parcels", {}).items():
            failed.add_metric([channel], counts["failed_attempts"])
            for state in ("pending", "delivered", "parked"):
                parcels.add_metric([channel, state], counts[state])
        yield from (claims, parcels, failed)

    def _backlogs(self) -> Iterator[Metric]:
        ready = GaugeMetricFamily(
            "claimline_outbox_ready",
            f"Parcels to be sent now; {health.MOST + 1} are that many or more.",
            labels=["channel"],
        )
        oldest = GaugeMetricFamily(
            "claimline_outbox_oldest_seconds",
            "For how long the first of them could have been sent.",
            labels=["channel"],
        )
        for channel in health.CHANNELS:
            found = health.backlog(channel, self.now)
            ready.add_metric([channel], found.ready)
            oldest.add_metric([channel], found.age(self.now).total_seconds())
        yield from (ready, oldest)
        yield _gauge("outbox_unread_events", "Events of which nobody has been told yet.", outbox.unread())

    def _age(self, name: str, told: str, at: datetime) -> Metric:
        return _gauge(name, told, (self.now - at).total_seconds())


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"claimline_{name}", told, value=value)


def _counter(name: str, told: str, value: float) -> Metric:
    return CounterMetricFamily(f"claimline_{name}", told, value=value)
