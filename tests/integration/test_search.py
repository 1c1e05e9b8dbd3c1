"""Posts found by their texts: operators, privacy, freshness, and an index that comes back."""
import shutil
import time

import pytest

from rookery_server import Server


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def ids(posts):
    return [post["id"] for post in posts]


def found(client, query, **params):
    client.server.drain_events()
    return ids(client.get("/api/v2/search", q=query, type="statuses", **params)["statuses"])


def until(seconds, condition):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)


def test_words_phrases_negation_and_prefixes(people):
    ada, bob, _ = people
    first = ada.publish("The quick brown foxes are jumping")["id"]
    second = ada.publish("A brown quick fox, asleep")["id"]
    assert found(bob, "fox") == [second, first], "any form of a word, newest first"
    assert found(bob, "jumped") == [first]
    assert found(bob, '"quick brown"') == [first]
    assert found(bob, "brown -asleep") == [first]
    assert found(bob, "slee") == []
    assert found(bob, "asl") == [second], "the last word may be unfinished"
    assert found(bob, "asl fox") == []
    assert found(bob, "FÖX quick") == [second, first]
    assert found(bob, "nothing like it") == []


def test_hashtags_mentions_and_operators(people):
    ada, bob, cleo = people
    plain = ada.publish("gardens in spring", language="en")["id"]
    tagged = ada.publish("more of it #Gardens @bob https://example.org/trees")["id"]
    reply = bob.publish("gardens again", in_reply_to_id=plain, spoiler_text="plants")["id"]
    german = cleo.publish("Gärten und gardens", language="de")["id"]
    assert found(bob, "#gardens") == [tagged]
    assert found(cleo, "@bob") == [tagged]
    assert found(bob, "gardens from:ada") == [tagged, plain]
    assert found(bob, "gardens from:me") == [reply]
    assert found(bob, "gardens -from:@ada") == [german, reply]
    assert found(bob, "gardens from:nobody") == []
    assert found(bob, "gardens has:link") == [tagged]
    assert found(bob, "gardens is:reply") == [reply]
    assert found(bob, "plants is:sensitive") == [reply]
    assert found(bob, "gardens language:de") == [german]
    assert found(bob, "gardens", account_id=cleo.id) == [german]
    assert found(bob, "gardens before:2020-01-01") == []
    assert found(bob, "gardens after:2020-01-01") == [german, reply, tagged, plain]
    for wrong in ("before:yesterday", "has:wings", "in:space", "is:nice"):
        error = bob.get("/api/v2/search", expect=422, q=wrong, type="statuses")
        assert wrong.split(":")[0] in error["error"]
    assert bob.get("/api/v2/search", expect=422, q="a", order="odd")["error"]


def test_nobody_finds_what_they_may_not_see(people):
    ada, bob, cleo = people
    public = ada.publish("zebra in public")["id"]
    unlisted = ada.publish("zebra unlisted", visibility="unlisted")["id"]
    private = ada.publish("zebra for followers", visibility="private")["id"]
    direct = ada.publish("zebra for @bob alone", visibility="direct")["id"]
    assert found(ada, "zebra") == [direct, private, unlisted, public], "one's own posts all"
    assert found(bob, "zebra") == [direct, public]
    assert found(cleo, "zebra") == [public]
    assert found(bob, "zebra in:public") == [public]
    assert found(bob, "zebra in:library") == [direct]
    # What one had to do with is one's library, and the rest of it still not one's business.
    cleo.post(f"/api/v1/statuses/{unlisted}/favourite")
    assert found(cleo, "zebra") == [unlisted, public]
    assert found(cleo, "zebra in:library") == [unlisted]
    cleo.post(f"/api/v1/statuses/{public}/bookmark")
    assert found(cleo, "zebra in:library") == [unlisted, public]
    cleo.post(f"/api/v1/statuses/{unlisted}/unfavourite")
    assert found(cleo, "zebra in:library") == [public]
    ada.post(f"/api/v1/accounts/{cleo.id}/block")
    assert found(cleo, "zebra") == []
    bob.post(f"/api/v1/accounts/{ada.id}/mute")
    assert found(bob, "zebra") == []
    assert bob.server.anonymous().get("/api/v2/search", q="zebra")["statuses"] == []


def test_what_changes_or_goes_is_gone_from_results_at_once(people):
    ada, bob, _ = people
    edited = ada.publish("apples and pears")["id"]
    deleted = ada.publish("apples and plums")["id"]
    narrowed = ada.publish("apples and cherries")["id"]
    assert found(bob, "apples") == [narrowed, deleted, edited]

    def now(query):
        return ids(bob.get("/api/v2/search", q=query, type="statuses")["statuses"])

    for _ in range(20):
        ada.put(f"/api/v1/statuses/{edited}", status="quinces and pears")
        assert edited not in now("apples")
        ada.put(f"/api/v1/statuses/{edited}", status="apples and pears")
        assert edited not in now("quinces")
    ada.delete(f"/api/v1/statuses/{deleted}")
    assert deleted not in now("apples")
    ada.put(f"/api/v1/statuses/{narrowed}", status="apples and cherries", visibility="private")
    assert narrowed not in now("apples")
    ada.patch("/api/v1/accounts/update_credentials", indexable=False)
    assert now("apples") == []
    assert found(ada, "apples") == [narrowed, edited], "oneself as before"
    ada.patch("/api/v1/accounts/update_credentials", indexable=True)
    until(10, lambda: now("apples") == [edited])
    assert found(bob, "pears") == [edited]


def test_pages_fit_together_while_posts_arrive(people):
    ada, bob, cleo = people
    posts = [ada.publish(f"number {i} of the series")["id"] for i in range(50)]
    pages = [found(bob, "series", limit=20)]
    while pages[-1]:
        cleo.publish("one more for the series")
        pages.append(found(bob, "series", limit=20, max_id=pages[-1][-1]))
    assert [post for page in pages for post in page] == posts[::-1]
    assert found(bob, "series from:ada", limit=10, offset=45) == posts[4::-1]
    assert found(bob, "series", min_id=posts[-3], limit=40)[-2:] == posts[:-3:-1]


def test_by_relevance_the_best_come_first(people):
    ada, bob, _ = people
    for i in range(30):
        ada.publish(f"a long text about many things, of which tea is one, and the number {i} another")
    best = ada.publish("tea, tea, tea")["id"]
    for i in range(30):
        ada.publish(f"another long text about many things, tea among them, and again number {i}")
    assert found(bob, "tea", order="relevance", limit=3)[0] == best
    whole = [found(bob, "tea", order="relevance", limit=20, offset=at) for at in (0, 20, 40, 60)]
    assert len({post for page in whole for post in page}) == 61


def test_a_crash_loses_nothing_and_the_index_is_made_anew_where_it_is_gone(server):
    ada, bob = server.account("ada"), server.account("bob")
    posts = [ada.publish(f"walrus number {i}")["id"] for i in range(30)]
    gone = posts.pop(3)
    ada.delete(f"/api/v1/statuses/{gone}")

    def all_there():
        return ids(bob.get("/api/v2/search", q="walrus", type="statuses", limit=40)["statuses"]) == posts[::-1]

    server.kill()
    server.start()
    until(10, all_there)
    server.stop()
    server.start()
    assert all_there(), "after a clean stop the index is there from the first request on"
    posts.append(ada.publish("walrus after the stop")["id"])
    server.kill()
    shutil.rmtree(server.data / "search")
    server.start()
    until(10, all_there)
    server.stop()
    (server.data / "search" / "MANIFEST").write_bytes(b"rubbish")
    server.start()
    until(10, all_there)


@pytest.mark.parametrize("running", [True, False])
def test_reindex(tmp_path, running):
    server = Server(tmp_path / "data").start()
    ada, bob = server.account("ada"), server.account("bob")
    posts = [ada.publish(f"otter number {i}")["id"] for i in range(25)]
    assert found(bob, "otter", limit=40) == posts[::-1]
    if not running:
        server.stop()
    said = server.cli("reindex").stdout
    assert "25 posts of 2 accounts indexed" in said and "the index has 25 posts" in said
    if not running:
        server.start()
    assert found(bob, "otter", limit=40) == posts[::-1]
    server.end()


@pytest.mark.parametrize("running", [True, False])
def test_imported_posts_are_found(tmp_path, running):
    server = Server(tmp_path / "data").start()
    server.account("ada")
    bob = server.account("bob")
    texts = tmp_path / "texts"
    texts.write_text("".join(f"penguin {i} imported\n" for i in range(40)))
    if not running:
        server.stop()
    server.cli("import", "posts", texts)
    if not running:
        server.start()
    until(10, lambda: len(found(bob, "penguin", limit=40)) == 40)
    server.end()


def test_posts_are_found_within_a_second(server):
    ada, bob = server.account("ada"), server.account("bob")
    for i in range(20):
        post = ada.publish(f"freshness{i}")["id"]
        until(1, lambda: ids(bob.get("/api/v2/search", q=f"freshness{i}")["statuses"]) == [post])
