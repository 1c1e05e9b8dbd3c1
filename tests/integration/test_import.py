"""Loading graphs and posts, running and stopped, interrupted and repeated."""
import random
import subprocess
import time

import pytest

from api_client import Client
from program import BINARY
from rookery_server import Server


def edge_file(path, people=400, edges=30_000, seed=5):
    rng = random.Random(seed)
    chosen = set()
    while len(chosen) < edges:
        pair = (rng.randint(1, people), rng.randint(1, people))
        if pair[0] != pair[1]:
            chosen.add(pair)
    lines = [f"{a} {b}" for a, b in sorted(chosen)]
    rng.shuffle(lines)
    path.write_text("# follower followee\n" + "\n".join(lines) + "\n")
    return chosen


def followees(server, account_id):
    return {
        int(account["id"])
        for page in server.account(f"reader{account_id}").pages(
            f"/api/v1/accounts/{account_id}/following", limit=80)
        for account in page
    }


@pytest.fixture(params=["running", "stopped"])
def place(request, tmp_path):
    server = Server(tmp_path / "data").start()
    if request.param == "stopped":
        server.stop()
    yield server
    if server.process is not None:
        server.end()


def test_a_graph_is_loaded_exactly_and_once(place, tmp_path):
    graph = tmp_path / "small.edges"
    edges = edge_file(graph, people=150, edges=4000)
    assert "4000 follows imported" in place.cli("import", "graph", graph).stdout
    assert "\n0 follows imported" in place.cli("import", "graph", graph).stdout
    if place.process is None:
        place.start()
    for reader in (1, 7, 150):
        assert followees(place, reader) == {b for a, b in edges if a == reader}


def test_a_compressed_graph_is_unpacked(place, tmp_path):
    graph = tmp_path / "small.edges"
    edge_file(graph, people=50, edges=500)
    subprocess.run(["xz", "-k", graph], check=True)
    assert "500 follows imported" in place.cli("import", "graph", f"{graph}.xz").stdout
    (tmp_path / "broken.edges.xz").write_bytes((tmp_path / "small.edges.xz").read_bytes()[:-40])
    done = place.cli("import", "graph", tmp_path / "broken.edges.xz", check=False)
    assert done.returncode == 1 and "damaged" in done.stderr


def test_a_wrong_line_is_named(place, tmp_path):
    graph = tmp_path / "wrong.edges"
    graph.write_text("# fine\n1 2\n2 three\n")
    done = place.cli("import", "graph", graph, check=False)
    assert done.returncode == 1 and "line 3" in done.stderr
    done = place.cli("import", "graph", tmp_path / "absent", check=False)
    assert done.returncode == 1 and "cannot read" in done.stderr


def kill_midway(arguments, after):
    process = subprocess.Popen([BINARY, *map(str, arguments)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    time.sleep(after)
    killed = process.poll() is None
    process.kill()
    process.wait()
    return killed


def check_counts(server, edges, readers):
    ada = server.account("checker")
    for reader in readers:
        shown = ada.get(f"/api/v1/accounts/{reader}")
        assert shown["following_count"] == sum(1 for a, _ in edges if a == reader)
        assert shown["followers_count"] == sum(1 for _, b in edges if b == reader)
        assert followees(server, reader) == {b for a, b in edges if a == reader}


def test_an_import_killed_again_and_again_is_exact_in_the_end(place, tmp_path):
    graph = tmp_path / "large.edges"
    edges = edge_file(graph)
    interruptions = sum(
        kill_midway(["import", "graph", graph, "--data", place.data], after)
        for after in (0.05, 0.08, 0.12, 0.2)
    )
    place.cli("import", "graph", graph)
    if place.process is None:
        place.start()
    assert interruptions > 0
    check_counts(place, edges, (1, 33, 400))


def test_a_server_killed_under_an_import_loses_nothing(tmp_path):
    server = Server(tmp_path / "data").start()
    graph = tmp_path / "large.edges"
    edges = edge_file(graph, people=3000, edges=200_000)
    process = subprocess.Popen([BINARY, "import", "graph", graph, "--data", server.data],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    anybody, deadline = server.anonymous(), time.monotonic() + 30
    while anybody.request("GET", "/api/v1/accounts/1", expect=None).status_code != 200:
        assert time.monotonic() < deadline, "the import did not begin"
        time.sleep(0.01)
    server.kill()
    assert process.wait(20) == 1
    assert "rookery: " in process.stderr.read()
    server.start()
    server.cli("import", "graph", graph)
    check_counts(server, edges, (2, 44, 399))
    server.end()


def test_posts_are_dealt_and_seen(place, tmp_path):
    graph, texts = tmp_path / "small.edges", tmp_path / "posts.txt"
    edge_file(graph, people=40, edges=600)
    texts.write_text("".join(f"text number {n}\n" for n in range(500)))
    place.cli("import", "graph", graph)
    assert "500 posts imported" in place.cli("import", "posts", texts).stdout
    assert "\n0 posts imported" in place.cli("import", "posts", texts).stdout
    if place.process is None:
        place.start()
    reader = place.account("reader")
    for other in range(1, 41):
        reader.post(f"/api/v1/accounts/{other}/follow")
    seen = {post["content"] for page in reader.pages("/api/v1/timelines/home", limit=40) for post in page}
    assert seen == {f"<p>text number {n}</p>" for n in range(500)}


def test_a_graph_comes_through_a_pipe(place, tmp_path):
    graph = tmp_path / "small.edges"
    edges = edge_file(graph, people=50, edges=500)
    for made in (500, 0):
        with open(graph, "rb") as lines:
            done = place.cli("import", "graph", "-", stdin=lines)
        assert f"{made} follows imported" in done.stdout
    if place.process is None:
        place.start()
    check_counts(place, edges, (1, 2, 50))


def test_what_was_loaded_in_one_piece_is_sound(tmp_path):
    server = Server(tmp_path / "data")
    graph, more = tmp_path / "small.edges", tmp_path / "more.edges"
    edges = edge_file(graph, people=300, edges=9000)
    more_edges = edge_file(more, people=300, edges=9000, seed=6)
    made = len(more_edges - edges)
    assert "9000 follows imported" in server.cli("import", "graph", graph).stdout
    assert f"{made} follows imported" in server.cli("import", "graph", more).stdout
    server.cli("check")
    server.start()
    check_counts(server, edges | more_edges, (1, 2, 300))
    server.end()


def test_tokens_are_loaded_and_open_accounts(place, tmp_path):
    graph, tokens = tmp_path / "small.edges", tmp_path / "tokens.txt"
    edge_file(graph, people=40, edges=600)
    tokens.write_text("# account token\n" + "".join(f"{n} secret-of-{n}\n" for n in range(1, 41)))
    place.cli("import", "graph", graph)
    assert "40 tokens imported" in place.cli("import", "tokens", tokens).stdout
    assert "\n0 tokens imported" in place.cli("import", "tokens", tokens).stdout
    stolen = tmp_path / "stolen.txt"
    stolen.write_text("3 fresh-token\n4 secret-of-5\n")
    refused = place.cli("import", "tokens", stolen, check=False)
    assert refused.returncode == 1 and "another's" in refused.stderr
    stolen.write_text("3 fresh-token\n4 two words\n5 \"\n")
    refused = place.cli("import", "tokens", stolen, check=False)
    assert refused.returncode == 1 and "line 3" in refused.stderr
    if place.process is None:
        place.start()
    for n in (1, 17, 40):
        assert Client(place, f"secret-of-{n}", None).get(
            "/api/v1/accounts/verify_credentials")["username"] == f"u{n}"


def test_an_import_taken_over_by_another_stops(tmp_path):
    server = Server(tmp_path / "data").start()
    graph = tmp_path / "large.edges"
    edges = edge_file(graph, edges=60_000)
    first = subprocess.Popen([BINARY, "import", "graph", graph, "--data", server.data],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.05)
    server.cli("import", "graph", graph)
    said = first.communicate(timeout=60)[1]
    assert first.returncode == 0 or "another import of the same name" in said, said
    check_counts(server, edges, (1, 2, 3))
    server.end()


def check_posts_are_shown(person):
    """What the profile counts, lists and finds is the same."""
    account = person.get("/api/v1/accounts/verify_credentials")
    listed = sum(len(page) for page in person.pages(
        f"/api/v1/accounts/{account['id']}/statuses", limit=40))
    found = person.get("/api/v2/search", q="kingfisher", type="statuses", limit=40)["statuses"]
    return account["statuses_count"] == listed and listed > 40 and len(found) == 40


def import_and_kill_before_the_end(server, name, text):
    """Its input never ends; to be read, nearly all of `text` must have been handed on."""
    process = subprocess.Popen(
        [BINARY, "import", "posts", "-", "--name", name, "--data", server.data],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
    process.stdin.write(text)
    process.stdin.flush()
    process.kill()
    process.communicate()


def test_posts_of_an_import_that_was_left_midway_are_shown(place, tmp_path):
    was_running = place.process is not None
    if not was_running:
        place.start()
    ada = place.account("ada")
    ada.post("/api/v1/statuses", status="the first")
    assert ada.get("/api/v1/accounts/verify_credentials")["statuses_count"] == 1
    if not was_running:
        place.stop()
    posts = tmp_path / "posts"
    posts.write_text("".join(f"a kingfisher, number {i}\n" for i in range(20_000)))
    import_and_kill_before_the_end(place, "birds", posts.read_text())
    if not was_running:
        place.start()
    deadline = time.monotonic() + 60
    while not check_posts_are_shown(ada):
        assert time.monotonic() < deadline, "what was imported stays hidden"
        time.sleep(1)
    assert "Going on after line" in place.cli("import", "posts", posts, "--name", "birds").stdout
