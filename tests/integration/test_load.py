"""The load generator against the real server: each workload, and that it notices what is wrong."""
import collections
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from load_bench import ANY_MACHINE, BENCH, Meddler, Network, bench
from rookery_server import Server


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    folder = tmp_path_factory.mktemp("load")
    server = Server(folder / "data").start()
    yield Network(server, folder)
    server.end()


@pytest.mark.parametrize("loop", [[], ["--closed"]], ids=["open", "closed"])
@pytest.mark.parametrize("workload, kinds", [
    ("home", {"home", "home-deeper"}),
    ("home-poll", {"home-poll"}),
    ("profile", {"profile"}),
    ("thread", {"thread"}),
    ("post", {"post"}),
    ("follow", {"follow", "unfollow"}),
    ("mix", {"home", "home-deeper", "post"}),
    ("social", {"home", "profile", "post"}),
])
def test_a_workload_runs_and_its_answers_are_right(network, workload, kinds, loop):
    result = network.run(workload, *loop, check=0)
    assert result["valid"] and result["errors"] == {} and result["samples"] > 0 and result["wrong"] == 0
    assert {kind["kind"] for kind in result["kinds"]} == kinds
    assert result["all"]["answers"] > 0 and result["all"]["max_ms"] >= result["all"]["p99_ms"] > 0
    assert result["server_rss_after"] > 1_000_000 and result["server_cpu_us"] > 0
    if "home" in kinds:
        assert result["compared"] > 0


def test_posts_made_during_a_run_are_looked_for_on_the_pages(network):
    for seed in (1, 2):
        result = network.run("mix", "--seed", seed, "--readers", "uniform", rate=300, sample=1, check=0)
        assert result["compared"] > 100


def test_a_generated_graph_needs_no_file(network):
    result = network.run("home", "--graph-accounts", 60, "--graph-seed", 5, check=0)
    assert result["compared"] > 0
    result = network.run("home", "--graph-accounts", 60, "--graph-seed", 6, check=1)
    assert result["wrong"] > 0


def test_the_share_who_follow_the_first_account_is_known_to_the_judge(tmp_path):
    server = Server(tmp_path / "data").start()
    try:
        everybody = Network(server, tmp_path, options=["--celebrity-share", 1])
        assert {a for a, b in everybody.follows() if b == 1} == set(range(2, 61))
        shape = ["--graph-accounts", 60, "--graph-seed", 5]
        assert everybody.run("home", *shape, "--graph-celebrity-share", 1, check=0)["compared"] > 0
        result = everybody.run("home", *shape, check=1)
        assert any("whom the reader does not follow" in reason for reason in result["reasons"])
    finally:
        server.end()


def test_following_leaves_the_graph_as_it_was(network):
    def counts():
        return [network.server.anonymous().get(f"/api/v1/accounts/{n}")["followers_count"] for n in range(1, 13)]

    before = counts()
    network.run("follow", check=0)
    network.run("follow", "--closed", check=0)
    assert counts() == before


def test_prepared_requests_are_sent_as_they_stand(network, tmp_path):
    token = network.tokens.read_text().split()[1]
    requests = tmp_path / "requests"
    requests.write_text(f"# two\nGET /api/v1/accounts/verify_credentials {token}\nGET /api/v2/instance\n")
    assert network.run("raw", "--requests", requests, check=0)["all"]["answers"] > 0
    requests.write_text(f"GET /api/v1/timelines/home {token}\n")
    plain, compressed = (network.run("raw", "--requests", requests, *words, check=0)["kinds"][0]
                         for words in ([], ["--gzip"]))
    assert compressed["bytes_per_answer"] < plain["bytes_per_answer"] / 2
    requests.write_text("GET /api/v1/nothing\n")
    result = network.run("raw", "--requests", requests, check=1)
    assert result["errors"] == {"status 404": pytest.approx(120, abs=60)}


@pytest.mark.parametrize("loop", [[], ["--closed"]], ids=["open", "closed"])
def test_a_client_that_stays_awake_counts_what_it_worked(network, loop):
    result = network.run("home", "--awake", *loop, check=0)
    assert result["stays_awake"] is True and result["compared"] > 0
    asleep = network.run("home", check=0)
    assert asleep["stays_awake"] is False
    # All of its core less the time in which it asked in vain.
    assert 0 < result["client_cpu_percent"] < 100


class ClosesEach:
    """A server that closes after each answer without saying so, and counts connections and requests."""

    def __init__(self):
        self.connections = self.requests = 0
        self.heads = set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                if head := connection.recv(65536):
                    self.requests += 1
                    self.heads.add(head)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


@pytest.mark.parametrize("loop", [[], ["--closed"]], ids=["open", "closed"])
def test_each_request_can_have_a_connection_of_its_own(network, tmp_path, loop):
    requests = tmp_path / "requests"
    requests.write_text("GET /api/v2/instance\n")
    server = ClosesEach()
    result = network.run("raw", "--requests", requests, "--no-keep-alive", *loop, target=server.url, check=0)
    server.listener.close()
    assert result["errors"] == {} and result["keep_alive"] is False and result["reconnects"] == 0
    assert result["all"]["answers"] > 0
    # One is opened before the run, to know that there is a server.
    assert server.connections == server.requests + 1
    assert all(b"\r\nConnection: close\r\n" in head for head in server.heads)
    # Rookery answers them as well, and what it answers is right.
    result = network.run("home", "--no-keep-alive", *loop, check=0)
    assert result["errors"] == {} and result["compared"] > 0


def swapped(page):
    page[0], page[1] = page[1], page[0]


def doubled(page):
    page[1] = page[0]


def without_the_newest(page):
    del page[0]


def with_a_gap(page):
    del page[5]


def by_a_stranger(page):
    page[3]["account"]["id"] = "999999"


@pytest.mark.parametrize("harm, words", [
    (swapped, "stands below the older"),
    (doubled, "is there twice"),
    (without_the_newest, "is missing"),
    (with_a_gap, "is missing"),
    (by_a_stranger, "whom the reader does not follow"),
])
def test_a_wrong_page_makes_a_run_invalid(network, harm, words):
    def change(status, content):
        page = json.loads(content)
        harm(page)
        return status, json.dumps(page).encode()

    with Meddler(network.server.url, change) as url:
        result = network.run("home", rate=40, target=url, check=1)
    assert not result["valid"] and result["wrong"] > 0
    assert any(words in reason for reason in result["reasons"]), result["reasons"]


def test_the_meddler_alone_changes_nothing(network):
    with Meddler(network.server.url, lambda status, content: (status, content)) as url:
        assert network.run("home", rate=40, target=url, check=0)["valid"]


def test_errors_are_counted_by_kind_and_make_a_run_invalid(network):
    turns = collections.Counter()

    def change(status, content):
        turns["all"] += 1
        return (503, b"{}") if turns["all"] > 60 and turns["all"] % 3 == 0 else (status, content)

    with Meddler(network.server.url, change) as url:
        result = network.run("home", seconds=2, target=url, check=1)
    assert list(result["errors"]) == ["status 503"]
    assert any("requests failed: status 503" in reason for reason in result["reasons"])


def test_a_server_that_is_gone_is_told(network, tmp_path):
    server = Server(tmp_path / "data").start()
    url = server.url
    token = "x" * 30
    server.cli("account", "create", "ada", "--token", token)
    requests = tmp_path / "requests"
    requests.write_text("GET /api/v2/instance\n")
    killer = threading.Timer(1.0, server.kill)
    killer.start()
    result = network.run("raw", "--requests", requests, "--drain", 0.5, target=url, seconds=2, check=1)
    killer.join()
    assert result["errors"].get("unanswered", 0) > 0


def run_stopping(network, options, whom, bounds):
    """A run of three seconds in whose midst a process is stopped for a second."""
    out = network.folder / "stopped.json"
    out.unlink(missing_ok=True)
    process = subprocess.Popen(
        [BENCH, "run", "--target", network.server.url, "--tokens", network.tokens, "--workload", "home",
         "--rate", "200", "--seconds", "3", "--warmup", "0.2", "--connections", "8", "--json", out,
         *bounds, *options], stdout=subprocess.DEVNULL)
    time.sleep(1.5)
    pid = process.pid if whom == "client" else network.server.process.pid
    os.kill(pid, signal.SIGSTOP)
    time.sleep(1)
    os.kill(pid, signal.SIGCONT)
    return process.wait(60), json.loads(out.read_text())


def test_a_stall_of_the_server_counts_for_all_who_came_meanwhile(network):
    code, result = run_stopping(network, [], "server", ANY_MACHINE)
    assert code == 0
    # A second of three was lost: a third of all requests came in it, and waited for its end. A client
    # that waits for each answer would have sent eight.
    assert result["all"]["p90_ms"] > 300 and result["all"]["max_ms"] > 900
    assert result["offered_per_s"] == pytest.approx(200, rel=0.25)


def test_a_late_client_makes_the_run_invalid(network):
    code, result = run_stopping(network, [], "client", ["--others-max", "1e9", "--steal-max", "1e9"])
    assert code == 1 and not result["valid"]
    assert any("the client was late" in reason for reason in result["reasons"])


def test_a_busy_machine_makes_the_run_invalid(network):
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        result = network.run("home", seconds=2, bounds=["--late-max", "1e9"], check=1)
    finally:
        busy.kill()
        busy.wait()
    assert any("busy with something else" in reason for reason in result["reasons"])


def followers_of_the_most_followed(network, acting=12):
    acting_people = set(range(1, acting + 1))
    counts = collections.Counter(b for a, b in network.follows() if a in acting_people and b in acting_people)
    for person in acting_people:
        counts[person] += 1  # one's own posts come, too
    return max(counts.values())


@pytest.mark.parametrize("protocol", [[], ["--sse"]], ids=["websocket", "sse"])
def test_streams_hear_of_posts(network, tmp_path, protocol):
    out = tmp_path / "streams.json"
    bench("streams", "--target", network.server.url, "--tokens", network.tokens, "--graph", network.edges,
          "--streams", 12, "--posts", 3, "--seconds", 0.2, "--json", out, *protocol, check=0)
    result = json.loads(out.read_text())
    assert result["receivers"] == followers_of_the_most_followed(network)
    assert result["missing"] == result["unasked"] == result["closed"] == 0


def test_a_stream_that_hears_nothing_is_noticed(network, tmp_path):
    wrong = tmp_path / "edges"
    everybody = [(a, b) for a in range(1, 13) for b in range(1, 13) if a != b]
    wrong.write_text("".join(f"{a} {b}\n" for a, b in everybody))
    done = bench("streams", "--target", network.server.url, "--tokens", network.tokens, "--graph", wrong,
                 "--streams", 12, "--posts", 1, "--seconds", 0.1)
    follows = {(a, b) for a, b in network.follows()}
    assert any(edge not in follows for edge in everybody)
    assert done.returncode == 1 and "INVALID" in done.stdout


@pytest.mark.parametrize("options", [[], ["--celebrity"]], ids=["quiet", "celebrity"])
def test_followers_see_a_post(network, tmp_path, options):
    out = tmp_path / "fresh.json"
    bench("freshness", "--target", network.server.url, "--tokens", network.tokens, "--followers", "1,1000",
          "--posts", 2, "--json", out, *options, check=0)
    result = json.loads(out.read_text())
    assert result["valid"] and len(result["authors"]) == 2
    assert result["authors"][0]["followers"] < result["authors"][1]["followers"]
    for author in result["authors"]:
        # What was acknowledged is on every page asked for later.
        assert author["readers"] > 0 and author["stale_pages"] == author["never"] == 0


def test_bad_input_is_named(network, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text("1 abc\n2\n")
    cases = [
        (["run", "--tokens", tokens], "tokens, line 2"),
        (["run", "--tokens", tmp_path / "absent"], "cannot read"),
        (["run", "--tokens", network.tokens, "--workload", "dance"], 'no workload "dance"'),
        (["run", "--tokens", network.tokens, "--readers", "all"], "--readers"),
        (["run", "--tokens", network.tokens, "--target", "ftp://x"], "must be http://"),
        (["run", "--tokens", network.tokens, "--target", "http://127.0.0.1:1"], "cannot connect"),
        (["run", "--tokens", network.tokens, "--target", network.server.url, "--workload", "raw",
          "--requests", tmp_path / "absent"], "cannot read the requests"),
        (["run", "--tokens", network.tokens, "--gzip"], "--gzip needs --workload raw"),
        (["generate", "--from", tokens, "--edges", tmp_path / "out"], "line 1"),
    ]
    for arguments, words in cases:
        done = bench(*arguments)
        assert done.returncode == 1 and words in done.stderr, (arguments, done.stderr)


def test_given_edge_lists_are_numbered_from_one(tmp_path):
    given, edges, tokens = tmp_path / "given", tmp_path / "edges", tmp_path / "tokens"
    given.write_text("% a comment\n0 7\n7 0\n0,9\n9\t9\n")
    bench("generate", "--from", given, "--edges", edges, "--tokens", tokens, check=0)
    assert edges.read_text() == "1 2\n1 3\n2 1\n"
    assert [line.split()[0] for line in tokens.read_text().splitlines()] == ["1", "2", "3"]
    bench("generate", "--from", given, "--undirected", "--edges", edges, check=0)
    assert edges.read_text() == "1 2\n1 3\n2 1\n3 1\n"
    streamed = bench("generate", "--from", given, "--edges", "-", check=0)
    assert streamed.stdout == "1 2\n1 3\n2 1\n"
