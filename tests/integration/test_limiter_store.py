"""Several limiters on one Redis: together they admit the limit, and not one more."""
import asyncio
import json
import shutil
import socket
import subprocess
import time

import pytest

from limiter_process import Limiter

NODES = 4
CLIENTS = 1000
REQUESTS = 4  # of each client
LIMIT = 700
LEASE = 10
LIMITS = f"""
domain: shared
descriptors:
  - key: strict
    rate_limit: {{unit: month, requests_per_unit: {LIMIT}, reach: shared, when_lost: refuse}}
  - key: leased
    rate_limit: {{unit: month, requests_per_unit: {LIMIT}, reach: leased, lease: {LEASE}, lease_for: 30s,
                  when_lost: refuse}}
  - key: open
    rate_limit: {{unit: month, requests_per_unit: 1, reach: shared, when_lost: allow}}
  - key: own
    rate_limit: {{unit: month, requests_per_unit: 3, reach: shared, when_lost: local}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Redis:
    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly",
             "no", "--dir", str(self.folder)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                assert time.monotonic() < deadline, "redis-server did not start"
                time.sleep(0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis(tmp_path):
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    server = Redis(tmp_path).start()
    yield server
    server.kill()


@pytest.fixture
def nodes(tmp_path, redis):
    running = [Limiter(tmp_path / f"node{number}", "--store", f"redis://127.0.0.1:{redis.port}", grpc=number == 0)
               .configure(LIMITS).start() for number in range(NODES)]
    yield running
    for node in running:
        node.end()


async def client(node, gate, body):
    """How many of its requests are allowed; all clients begin at one moment."""
    reader, writer = await asyncio.open_connection("127.0.0.1", node.http_port)
    request = f"POST /v1/take HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
    await gate.wait()
    allowed = 0
    for _ in range(REQUESTS):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(int(line.split(": ")[1]) for line in head.splitlines()
                      if line.lower().startswith("content-length"))
        await reader.readexactly(length)
        status = int(head.split()[1])
        assert status in (200, 429)
        allowed += status == 200
    writer.close()
    return allowed


def rush(nodes, key):
    """How many of the requests of a thousand clients at once are allowed by all nodes together."""
    body = json.dumps({"domain": "shared", "descriptors": [[[key, "everybody"]]]})

    async def run():
        gate = asyncio.Event()
        clients = [asyncio.create_task(client(nodes[number % len(nodes)], gate, body))
                   for number in range(CLIENTS)]
        await asyncio.sleep(0.5)
        gate.set()
        return sum(await asyncio.gather(*clients))

    return asyncio.run(run())


def test_a_thousand_clients_on_four_nodes_get_exactly_the_limit(nodes):
    assert rush(nodes, "strict") == LIMIT


def test_leases_admit_at_most_the_limit_and_what_is_leased(nodes):
    allowed = rush(nodes, "leased")
    assert LIMIT - NODES * LEASE <= allowed <= LIMIT + NODES * LEASE


def test_a_node_goes_by_its_rules_while_the_store_is_lost(nodes, redis):
    node = nodes[0]
    assert node.take("shared", [("own", "x")], hits=3).status == 200
    redis.kill()
    # The first to ask after the loss may have to wait for the store in vain.
    node.take("shared", [("strict", "x")])
    assert node.take("shared", [("strict", "x")]).status == 429
    assert [node.take("shared", [("open", "x")]).status for _ in range(3)] == [200] * 3
    own = [node.take("shared", [("own", "y")]).status for _ in range(4)]
    assert own == [200, 200, 200, 429], "each node counts for itself"
    redis.start()
    deadline = time.monotonic() + 30
    while node.take("shared", [("strict", "z")]).status != 200:
        assert time.monotonic() < deadline, "the store was not found again"
        time.sleep(0.05)


def test_the_store_decides_over_grpc_too(nodes):
    from limiter_process import GrpcClient
    with GrpcClient(nodes[0]) as client:
        assert client.take("shared", [("own", "g")], hits=2).statuses[0].limit_remaining == 1
    assert nodes[1].take("shared", [("own", "g")]).json()["statuses"][0]["remaining"] == 0
    assert nodes[2].take("shared", [("own", "g")]).status == 429
