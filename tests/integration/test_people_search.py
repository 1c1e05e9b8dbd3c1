"""People and hashtags completed while they are typed: typos, nearness, and who may find whom."""
import time

import pytest
from rookery_server import Server


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def until(seconds, condition):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)


def ready(server):
    """Waits until the index has had everybody."""
    until(20, lambda: "rookery_search_people_filling 0" in server.anonymous().request("GET", "/metrics").text)


def names(client, query, **params):
    client.server.drain_events()
    found = [who["username"] for who in client.get("/api/v1/accounts/search", q=query, **params)]
    if not params:
        both = client.get("/api/v2/search", q=query, type="accounts", limit=40)["accounts"]
        assert [who["username"] for who in both] == found, "both ways agree"
    return found


def tags(client, query, **params):
    client.server.drain_events()
    return [tag["name"] for tag in client.get("/api/v2/search", q=query, type="hashtags", **params)["hashtags"]]


def rename(client, display_name=None, **fields):
    if display_name is not None:
        fields["display_name"] = display_name
    client.patch("/api/v1/accounts/update_credentials", **fields)


def test_handles_names_and_bios_in_this_order(server, people):
    ada, bob, cleo = people
    ready(server)
    rename(bob, "Robert Fletcher", note="I keep bees and gardens")
    rename(cleo, "Beekeeper Cleo")
    server.account("beeline")
    assert names(ada, "bee") == ["cleo", "beeline", "bob"], "names by id, then the bio"
    assert names(ada, "fletch rob") == ["bob"], "words in any order, none of them whole"
    assert names(ada, "robert gardens") == ["bob"], "one in the name, one in the bio"
    assert names(ada, "robert zebra") == []
    assert names(ada, "FLÉTCHER") == ["bob"]
    assert names(ada, "bob@127.0.0") == ["bob"], "a host that is not typed whole"
    assert names(ada, "@bob")[0] == "bob"
    assert names(ada, "bob@elsewhere.example") == []
    assert names(ada, "#bob") == [], "that is a hashtag"
    assert names(ada, "   ", limit=5) == []
    assert names(ada, "x" * 200) == []


def test_typos_come_after_what_is_meant(server, people):
    ada, bob, _ = people
    ready(server)
    for name in ("jonathan", "jonsthan_fan", "katharina"):
        server.account(name)
    assert names(ada, "jonsthan") == ["jonsthan_fan", "jonathan"]
    assert names(ada, "jonaht") == ["jonathan"], "two letters changed places"
    assert names(ada, "kathrina") == ["katharina"], "a letter is missing"
    assert names(ada, "catarina") == ["katharina"], "two errors in eight letters"
    assert names(ada, "catari") == [], "but not in six"
    assert names(ada, "bb") == [], "and none in two"
    rename(bob, "Жанна Петрова")
    assert names(ada, "жана") == ["bob"]


def test_the_closest_come_first(server, people):
    ada, bob, cleo = people
    ready(server)
    ann = {name: server.account("ann_" + name) for name in ("a", "b", "c", "d", "e")}
    bob.follow(ann["d"])
    cleo.follow(ann["d"])
    cleo.follow(ann["c"])
    bob.follow(ann["c"])
    until(10, lambda: names(ada, "ann_", limit=40) == ["ann_" + x for x in "cdabe"])  # by followers
    ada.follow(bob)
    ada.follow(cleo)
    ada.follow(ann["e"])
    ann["b"].follow(ada)
    bob.post(f"/api/v1/accounts/{ann['c'].id}/unfollow")
    # Followed by the searcher, following them, followed by two and by one of those they follow.
    assert names(ada, "ann_") == ["ann_" + x for x in "ebdca"]
    assert names(ada, "ann_c")[0] == "ann_c", "a whole handle is before all that"
    # Whom bob follows is his business from now on.
    rename(bob, hide_collections=True)
    rename(cleo, hide_collections=True)
    ada.post(f"/api/v1/accounts/{ann['a'].id}/follow")  # forgets what was known
    until(10, lambda: names(ada, "ann_", limit=40)[:3] == ["ann_" + x for x in "aeb"])


def test_blocks_work_both_ways(server, people):
    ada, bob, cleo = people
    ready(server)
    rename(bob, "Robert")
    bob.post(f"/api/v1/accounts/{ada.id}/block")
    for query in ("bob", "@bob", "bo", "robert", "rob", "bxb"):
        assert names(ada, query) == [], "who blocks one is not found"
    assert names(cleo, "robert") == ["bob"]
    cleo.post(f"/api/v1/accounts/{bob.id}/block")
    for query in ("bo", "robert", "bxb"):
        assert names(cleo, query) == []
    assert names(cleo, "bob") == ["bob"], "by the whole handle, to be unblocked"
    assert names(cleo, "@BOB") == ["bob"]
    cleo.post(f"/api/v1/accounts/{bob.id}/unblock")
    assert names(cleo, "robert") == ["bob"]


def test_who_is_not_discoverable_is_found_by_the_handle_alone(server, people):
    ada, bob, cleo = people
    ready(server)
    rename(bob, "Robert Fletcher", note="zebras")
    ada.follow(bob)
    assert names(cleo, "fletcher") == ["bob"]
    rename(bob, discoverable=False)
    for query in ("fletcher", "robert", "zebras", "flecher", "bxb", "bo zebras"):
        assert names(cleo, query) == [], query
    assert names(cleo, "bo") == ["bob"]
    assert names(cleo, "bob") == ["bob"]
    assert names(ada, "fletcher") == ["bob"], "a follower knows them"
    assert names(ada, "zebras") == ["bob"]
    assert names(bob, "fletcher") == ["bob"], "and so do they"
    ada.post(f"/api/v1/accounts/{bob.id}/unfollow")
    assert names(ada, "fletcher") == []


def test_changes_show_at_once(server, people):
    ada, bob, _ = people
    ready(server)

    def now(query):
        return [who["username"] for who in ada.get("/api/v1/accounts/search", q=query)]

    rename(bob, "Robert")
    assert names(ada, "robert") == ["bob"]
    for _ in range(10):
        rename(bob, "Gustav")
        assert now("robert") == [], "not by what they were called"
        rename(bob, "Robert")
        assert now("gustav") == []
    assert names(ada, "robert") == ["bob"]
    server.cli("account", "suspend", "bob")
    assert now("robert") == [] and now("bob") == [] and names(ada, "bo") == []
    server.cli("account", "unsuspend", "bob")
    assert names(ada, "robert") == ["bob"]


def test_of_those_one_follows(server, people):
    ada, bob, cleo = people
    ready(server)
    rename(bob, "Same Name")
    rename(cleo, "Same Name")
    ada.follow(cleo)
    assert names(ada, "same") == ["cleo", "bob"]
    assert names(ada, "same", following="true") == ["cleo"]
    assert names(ada, "nam sa", following="true") == ["cleo"]
    assert names(ada, "swmx n", following="true") == []
    assert names(ada, "sxme", following="true") == ["cleo"]
    assert names(ada, "bob", following="true") == []
    assert names(ada, "cleo", following="true", resolve="true") == ["cleo"]


def test_pages_by_offset_have_everybody_once(server, people):
    ada = people[0]
    ready(server)
    made = [f"person_{i:02}" for i in range(25)]
    for name in made:
        server.account(name)
    pages = [names(ada, "person", limit=10, offset=at) for at in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert sorted(name for page in pages for name in page) == made
    assert names(ada, "person_07", limit=1) == ["person_07"]
    rest = names(ada, "person_07", limit=80, offset=1)
    assert "person_07" not in rest and len(set(rest)) == len(rest)
    assert len(names(ada, "person", limit=500)) == 25
    error = ada.get("/api/v1/accounts/search", expect=422, q="a", offset="far")
    assert "offset" in error["error"]
    error = ada.get("/api/v1/accounts/search", expect=422, q="a" * 2_000)
    assert "q is longer than" in error["error"]


def test_names_of_every_script(server, people):
    ada, bob, cleo = people
    ready(server)
    rename(bob, "山田 太郎 🦊")
    for query in ("山田", "太郎", "山田太", "田太", "🦊", "山"):
        assert names(ada, query) == ["bob"], query
    assert names(ada, "次郎") == []
    rename(bob, "Zoë O’Connor‑Łukasz")
    for query in ("zoe", "ZOË", "lukasz", "o'connor", "o’conn"):
        assert names(ada, query) == ["bob"], query
    rename(bob, "김철수")
    assert names(ada, "철수") == ["bob"]
    rename(bob, "مُحَمَّد")
    assert names(ada, "محمد") == ["bob"]
    rename(cleo, note="寿司が好きです https://example.org/tokyo-trains")
    assert names(ada, "寿司") == ["cleo"]
    assert names(ada, "tokyo") == ["cleo"]


def test_everybody_is_found_after_a_restart(server, people):
    ada, bob, _ = people
    rename(bob, "Robert")
    server.restart()
    assert names(ada, "bob") == ["bob"], "at once"
    ready(server)
    assert names(ada, "robert") == ["bob"]
    # An import makes people without a word for each.
    edges = server.data.parent / "edges.txt"
    edges.write_text("900001 900002\n900001 900003\n")
    server.cli("import", "graph", str(edges))
    until(10, lambda: sorted(names(ada, "u90000", limit=40)) == ["u900001", "u900002", "u900003"])


def test_hashtags_are_completed(server, people):
    ada, bob, cleo = people
    ready(server)
    ada.publish("#Birdwatching in the morning")
    ada.publish("#birds")
    bob.publish("#birds and #Bildung and #café")
    cleo.publish("#birdwatching #birdwatchers")
    assert tags(ada, "#bird")[0] in ("birds", "birdwatching")
    until(10, lambda: sorted(tags(ada, "bird")[:2]) == ["birds", "birdwatching"])
    assert tags(ada, "bird")[2:] == ["birdwatchers", "bildung"], "mistyped ones last"
    assert tags(ada, "birds")[0] == "birds", "the whole tag first"
    assert tags(ada, "#birdwtaching") == ["birdwatching"]
    assert tags(ada, "cafe") == ["café"]
    assert tags(ada, "bird watch") == ["birdwatching", "birdwatchers"]
    assert tags(ada, "nothing") == []
    assert tags(ada, "@birds") == []
    ada.post("/api/v1/tags/birdwatchers/follow")
    assert tags(ada, "birdw")[:2] == ["birdwatchers", "birdwatching"], "followed ones first"
    assert tags(ada, "birdw", limit=1, offset=1) == ["birdwatching"]
    entity = ada.get("/api/v2/search", q="birdw", type="hashtags")["hashtags"]
    assert [tag["following"] for tag in entity][:2] == [True, False]


def test_a_hashtag_shows_only_with_a_post_that_one_may_see(server, people):
    ada, bob, cleo = people
    ready(server)
    ada.publish("#secretgarden", visibility="private")
    post = bob.publish("#secretplan")
    assert tags(cleo, "secret") == ["secretplan"]
    bob.post(f"/api/v1/accounts/{cleo.id}/block")
    assert tags(cleo, "secret") == []
    assert tags(ada, "secret") == ["secretplan"]
    assert tags(server.anonymous(), "secret") == ["secretplan"]
    bob.delete(f"/api/v1/statuses/{post['id']}")
    assert tags(ada, "secret") == [] and tags(ada, "secretplan") == []
    kept = ada.publish("#gardening today")
    assert tags(bob, "garden") == ["gardening"]
    ada.put(f"/api/v1/statuses/{kept['id']}", status="#cooking today")
    assert tags(bob, "garden") == [] and tags(bob, "cook") == ["cooking"]
    server.restart()
    until(20, lambda: tags(bob, "cook") == ["cooking"])


def test_all_hashtags_are_completed_after_a_restart(tmp_path):
    """Also those that none of the newest posts has, which are looked at first."""
    config = tmp_path / "rookery.toml"
    config.write_text("[search]\ntags_fill_posts_max = 1\n")
    server = Server(tmp_path / "data", "--no-limits", "--config", config).start()
    try:
        ada = server.account("ada")
        for tag in ("aurora", "meteor", "nebula"):
            ada.publish(f"#{tag}")
        server.restart()
        for tag in ("aurora", "meteor", "nebula"):
            until(20, lambda: tags(ada, tag[:3]) == [tag])
    finally:
        server.end()
