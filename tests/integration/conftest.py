"""The frame of the integration tests: one real server for each test that asks for `server`."""
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from rookery_server import Server  # noqa: E402
from schemas import Schemas  # noqa: E402


def pytest_report_header(config):
    return f"rookery: {os.environ.get('ROOKERY_BINARY', 'build/release/rookery')}; {Schemas.load().report()}"


@pytest.fixture
def server(tmp_path):
    """A server on an empty data directory, without rate limits."""
    running = Server(tmp_path / "data").start()
    yield running
    running.end()


@pytest.fixture(scope="session")
def schemas():
    """For tests that are about the schemas alone."""
    loaded = Schemas.load()
    if not loaded.available:
        pytest.skip(loaded.report())
    return loaded
