"""What a span costs, compared with the plain SDK in one run."""

from __future__ import annotations

from applications import TESTS_FOLDER, Launcher
from receiver import Receiver


def test_a_span_costs_no_more_than_a_tenth_above_one_of_the_plain_sdk(launch: Launcher, receiver: Receiver) -> None:
    application = launch(
        str(TESTS_FOLDER / "overhead_application.py"), OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint, SERVICE_NAME="a"
    )
    assert float(application.after("ratio ", 120)) < 1.1, application.output
    assert application.wait() == 0
    assert len(receiver.spans) > 60_000
