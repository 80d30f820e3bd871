"""Counters for Prometheus, in a registry of their own."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE

from bot.letters import Outcome
from knowledge.ask.reply import Reply

__all__ = ["CONTENT_TYPE", "Metrics"]

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """What is counted while the bot runs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter(
            "planbot_updates", "Updates by kind", ["kind"], registry=self.registry
        )
        self._handled = Counter(
            "planbot_updates_handled",
            "Updates by how their handling ended",
            ["ended"],
            registry=self.registry,
        )
        self._outcomes = Counter(
            "planbot_answers", "Answers by outcome", ["outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "planbot_answer_seconds",
            "Time to find an answer",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._sends = Counter(
            "planbot_sends",
            "Messages by method and by what became of them",
            ["method", "outcome"],
            registry=self.registry,
        )
        self._retries = Counter(
            "planbot_send_retries", "Messages tried again", ["method"], registry=self.registry
        )
        self._errors = Counter(
            "planbot_errors", "Errors while handling updates", ["kind"], registry=self.registry
        )
        self.queue = Gauge(
            "planbot_queue_length",
            "What waits: updates to be handled, messages to be sent",
            ["queue"],
            registry=self.registry,
        )

    def updated(self, kind: str) -> None:
        """Count an update that arrived."""
        self._updates.labels(kind).inc()

    def handled(self, ended: str) -> None:
        """Count an update that was handled, and how it ended."""
        self._handled.labels(ended).inc()

    def answered(self, reply: Reply) -> None:
        """Count an answer and the time it took."""
        self._outcomes.labels(reply.outcome.value).inc()
        self._seconds.observe(reply.ms / 1000)

    def sent(self, method: str, outcome: Outcome) -> None:
        """Count what became of a message."""
        self._sends.labels(method, type(outcome).__name__.lower()).inc()

    def retried(self, method: str) -> None:
        """Count a message that is tried again."""
        self._retries.labels(method).inc()

    def failed(self, kind: str) -> None:
        """Count an error of a handler."""
        self._errors.labels(kind).inc()

    def text(self) -> bytes:
        """Return everything in Prometheus's text format."""
        return generate_latest(self.registry)
