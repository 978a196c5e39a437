from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from applications import Launcher
from receiver import Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.fixture
def launch() -> Iterator[Launcher]:
    """Starts applications, and ends those that a failed test leaves behind."""
    launcher = Launcher()
    yield launcher
    launcher.close()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word, as behind a firewall that drops packets."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        yield listener.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
