"""The main job on a real graph and real posts: every feed equals the one made by brute force.

Needs the data folder of the project (the Slashdot follow graph of SNAP and 100,000 short posts);
skipped where it is not there. ROOKERY_REAL_ACCOUNTS sets how many accounts are checked.
"""
import collections
import concurrent.futures
import lzma
import os
import pathlib
import random
import threading

import pytest
import requests

from program import ROOT
from rookery_server import Server

DATA = pathlib.Path(os.environ.get("ROOKERY_TEST_DATA", ROOT.parent / "shared/data"))
GRAPH = DATA / "slashdot0902.edges.xz"
POSTS = DATA / "sentiment140-100k.txt.xz"
ACCOUNTS = int(os.environ.get("ROOKERY_REAL_ACCOUNTS", "1000"))
PAGES = 10
LIMIT = 20

pytestmark = pytest.mark.skipif(
    not (GRAPH.exists() and POSTS.exists()), reason=f"no real graph and posts in {DATA}")


class Truth:
    """Who follows whom, and who posted what: in plain containers."""

    def __init__(self):
        self.followees = collections.defaultdict(set)
        self.followers = collections.Counter()
        with lzma.open(GRAPH, "rt") as lines:
            for line in lines:
                follower, followee = map(int, line.split())
                self.followees[follower].add(followee)
                self.followers[followee] += 1
        self.posts = collections.defaultdict(list)  # author → ids, newest first

    def feed(self, reader):
        ids = [i for author in self.followees[reader] | {reader} for i in self.posts[author]]
        return sorted(ids, reverse=True)

    def sample(self, count):
        """The most followed, the most following, and random ones for the rest."""
        top = [node for node, _ in self.followers.most_common(count // 10)]
        busy = sorted(self.followees, key=lambda n: -len(self.followees[n]))[:count // 10]
        everybody = sorted(self.followees)
        chosen = dict.fromkeys(top + busy)
        rng = random.Random(7)
        while len(chosen) < count:
            chosen[rng.choice(everybody)] = None
        return list(chosen)


def read_all_posts(url, truth):
    """Every post by the public timeline, which is another path than the feed's."""
    session = requests.Session()
    cursor, total = None, 0
    while True:
        page = session.get(f"{url}/api/v1/timelines/public", timeout=30,
                           params={"limit": 40, "max_id": cursor}).json()
        if not page:
            return total
        for post in page:
            truth.posts[int(post["account"]["id"])].append(int(post["id"]))
        cursor = page[-1]["id"]
        total += len(page)


class Writers:
    """Some accounts who go on posting; remembers what was acknowledged."""

    def __init__(self, url, tokens):
        self.url = url
        self.tokens = tokens
        self.acknowledged = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        session = requests.Session()
        rng = random.Random(11)
        authors = sorted(self.tokens)
        while not self.stopping.wait(0.02):
            author = rng.choice(authors)
            made = session.post(f"{self.url}/api/v1/statuses", json={"status": f"new {rng.random()}"},
                                headers={"Authorization": f"Bearer {self.tokens[author]}"}, timeout=30)
            assert made.status_code == 200, made.text
            self.acknowledged.append((int(made.json()["id"]), author))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join()


def home_page(session, url, token, **params):
    answer = session.get(f"{url}/api/v1/timelines/home", params={"limit": LIMIT, **params}, timeout=30,
                         headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return [(int(post["id"]), int(post["account"]["id"])) for post in answer.json()]


def check_reader(session, url, token, reader, truth, newest_imported):
    """Ten pages down: the old part is the brute-force feed, the new part only from those followed."""
    entries, cursor = [], None
    for _ in range(PAGES):
        page = home_page(session, url, token, **({"max_id": cursor} if cursor else {}))
        entries += page
        if not page:
            break
        cursor = page[-1][0]
    ids = [post for post, _ in entries]
    assert all(a > b for a, b in zip(ids, ids[1:])), f"order or repetition in the feed of {reader}"
    old = [post for post in ids if post <= newest_imported]
    expected = truth.feed(reader)
    wanted = len(expected) if len(entries) < PAGES * LIMIT else len(old)
    assert old == expected[:wanted], f"feed of {reader}"
    allowed = truth.followees[reader] | {reader}
    assert all(author in allowed for _, author in entries), f"stranger in the feed of {reader}"


def check_new_posts(session, url, token, reader, truth, acknowledged, newest_imported):
    """Upwards from the last imported post: exactly what was acknowledged since."""
    allowed = truth.followees[reader] | {reader}
    expected = sorted(post for post, author in acknowledged if author in allowed)
    seen, cursor = [], newest_imported
    while page := home_page(session, url, token, min_id=cursor):
        seen += sorted(post for post, _ in page)
        cursor = page[0][0]
    assert seen == expected, f"new posts in the feed of {reader}"


def test_the_feeds_of_a_real_network_equal_brute_force(tmp_path):
    truth = Truth()
    readers = truth.sample(ACCOUNTS)
    server = Server(tmp_path / "data").start()
    tokens = {reader: f"token-of-{reader}-{'x' * 20}" for reader in readers}
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(
            lambda reader: server.cli("account", "create", f"u{reader}", "--id", reader,
                                      "--token", tokens[reader]), readers))
    print(server.cli("import", "graph", GRAPH, timeout=200).stdout)
    print(server.cli("import", "posts", POSTS, timeout=200).stdout)

    assert read_all_posts(server.url, truth) == 100_000
    newest_imported = max(ids[0] for ids in truth.posts.values())
    session = requests.Session()
    writing = {reader: tokens[reader] for reader in readers[:40]}
    with Writers(server.url, writing) as writers:
        for reader in readers:
            check_reader(session, server.url, tokens[reader], reader, truth, newest_imported)
    assert len(writers.acknowledged) > 20
    acknowledged = sorted(writers.acknowledged)
    for reader in readers[::5]:
        check_new_posts(session, server.url, tokens[reader], reader, truth, acknowledged,
                        newest_imported)
    server.restart()
    for reader in readers[::50]:
        check_reader(session, server.url, tokens[reader], reader, truth, newest_imported)
    server.end()
