"""What trends: over the wire, by the moderators' leave, and again after the server was killed."""
import time

import pytest

from rookery_server import Server
from test_admin import sign_in

# A house where accounts count from their first day, so that a test need not wait for three.
CONFIG = """
[trends]
refresh_interval_ms = 50
account_age_full_ms = 0
followers_half = 0.1
"""


def house(tmp_path, config=CONFIG):
    path = tmp_path / "rookery.toml"
    path.write_text("[rate_limits]\nenabled = false\n" + config)
    return Server(tmp_path / "data", "--config", path)


@pytest.fixture
def server(tmp_path):
    running = house(tmp_path).start()
    yield running
    running.end()


@pytest.fixture
def people(server):
    """Eight who talk, and one who follows them all and listens."""
    talkers = [server.account(f"talker{i}") for i in range(8)]
    listener = server.account("listener")
    for talker in talkers:
        listener.follow(talker)
    return talkers


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)


def tags(client, **params):
    return [tag["name"] for tag in client.get("/api/v1/trends/tags", **params)]


def links(client, **params):
    return [link["url"] for link in client.get("/api/v1/trends/links", **params)]


def posts(client, **params):
    return [post["id"] for post in client.get("/api/v1/trends/statuses", **params)]


def settled(server):
    """Whatever was done by now is heard of and judged: a tag of its own shows it."""
    server.drain_events()
    time.sleep(0.3)  # several rounds; nothing below depends on it alone


def talk_of(people, text, **fields):
    return [person.publish(text, **fields) for person in people]


def liked(people, post):
    for person in people:
        if person.id != post["account"]["id"]:
            person.post(f"/api/v1/statuses/{post['id']}/favourite")
    return post["id"]


def test_tags_links_and_posts_trend(server, people):
    nobody = server.anonymous()
    assert tags(nobody) == links(nobody) == posts(nobody) == []
    talk_of(people, "look #Birds HTTPS://Example.org/birds%20of%20spring?utm_source=x#top")
    people[0].publish("again #birds")
    best = liked(people, people[0].publish("hello"))
    until(lambda: tags(nobody) and links(nobody) and posts(nobody))
    assert tags(nobody) == ["birds"]
    assert [tag["name"] for tag in nobody.get("/api/v1/trends")] == ["birds"]
    assert posts(nobody) == [best]
    until(lambda: nobody.get("/api/v1/trends/tags")[0]["history"][0]["uses"] == "9")
    tag = people[0].get("/api/v1/trends/tags")[0]
    assert tag == people[0].get("/api/v1/tags/birds"), "the same as on its own page"
    assert tag["history"][0]["accounts"] == "8" and len(tag["history"]) == 7 and tag["following"] is False
    people[0].post("/api/v1/tags/birds/follow")
    assert people[0].get("/api/v1/trends/tags")[0]["following"] is True
    assert "following" not in nobody.get("/api/v1/trends/tags")[0]
    link = nobody.get("/api/v1/trends/links")[0]
    assert link["url"] == "https://example.org/birds%20of%20spring"
    assert link["title"] == "example.org/birds of spring" and link["provider_name"] == "example.org"
    assert link["type"] == "link" and link["image"] is None and link["authors"] == []
    assert link["history"][0] == {**tag["history"][0], "uses": "8"}
    shared = nobody.get("/api/v1/timelines/link", url="https://example.org/birds%20of%20spring?fbclid=1")
    assert len(shared) == 8
    assert nobody.get("/api/v1/timelines/link", url="https://example.org/") == []


def test_pages_and_what_is_wrong(server, people):
    for name in ("one", "two", "three"):
        talk_of(people[: 8 - len(name) % 3], f"#{name}")
    until(lambda: len(tags(people[0])) == 3)
    every = tags(people[0])
    first = people[0].request("GET", "/api/v1/trends/tags?limit=2")
    assert [tag["name"] for tag in first.json()] == every[:2]
    assert 'offset=2>; rel="next"' in first.headers["Link"] and "prev" not in first.headers["Link"]
    last = people[0].request("GET", "/api/v1/trends/tags?limit=2&offset=2")
    assert [tag["name"] for tag in last.json()] == every[2:]
    assert 'offset=0>; rel="prev"' in last.headers["Link"] and "next" not in last.headers["Link"]
    assert tags(people[0], offset=3) == []
    for kind in ("tags", "links", "statuses"):
        for wrong in ({"limit": "x"}, {"offset": "x"}, {"offset": "-1"}):
            error = people[0].get(f"/api/v1/trends/{kind}", expect=422, **wrong)
            assert next(iter(wrong)) in error["error"]


def test_the_readers_language_comes_first(server, people):
    english = liked(people, people[0].publish("good morning", language="en"))
    german = liked(people[:7], people[1].publish("moin", language="de"))
    nobody = server.anonymous()
    until(lambda: len(posts(nobody)) == 2)
    assert posts(nobody, lang="de") == [german, english]
    assert posts(nobody, lang="en-GB") == [english, german]
    nobody.session.headers["Accept-Language"] = "de-AT,de;q=0.9,en;q=0.5"
    assert posts(nobody) == [german, english]
    people[2].patch("/api/v1/accounts/update_credentials", source={"language": "en"})
    assert posts(people[2], lang="de") == [english, german]


def test_nobody_sees_what_they_may_not_or_do_not_want(server, people):
    ids = [liked(people, people[i].publish(f"post {i}")) for i in range(4)]
    reader = server.account("reader")
    until(lambda: len(posts(reader)) == 4)
    people[0].post(f"/api/v1/accounts/{reader.id}/block")
    reader.post(f"/api/v1/accounts/{people[1].id}/mute")
    assert sorted(posts(reader)) == sorted(ids[2:])
    assert sorted(posts(server.anonymous())) == sorted(ids)
    people[2].delete(f"/api/v1/statuses/{ids[2]}")
    people[3].patch("/api/v1/accounts/update_credentials", discoverable=False)
    assert posts(reader) == []
    assert sorted(posts(server.anonymous())) == sorted(ids[:2])
    server.cli("account", "suspend", people[0].name)
    assert posts(server.anonymous()) == [ids[1]]


def test_what_is_withdrawn_trends_no_more(server, people):
    made = talk_of(people, "#birds https://example.org/")
    until(lambda: tags(people[0]) and links(people[0]))
    for person, post in list(zip(people, made))[:5]:
        person.delete(f"/api/v1/statuses/{post['id']}")
    until(lambda: not tags(people[0]) and not links(people[0]))


def test_loud_and_fresh_accounts_do_not_trend(server, people):
    for i in range(60):
        people[0].publish(f"#loud https://example.com/loud {i}")
    for i in range(10):
        server.account(f"lonely{i}").publish("#lonely")
    talk_of(people, "#birds")
    until(lambda: tags(people[0]))
    settled(server)
    assert tags(people[0]) == ["birds"] and links(people[0]) == []


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_it_is_the_same_after_a_restart(server, people, end):
    talk_of(people, "#birds https://example.org/birds")
    talk_of(people, "#bad")
    best = liked(people, people[0].publish("hello"))
    gone = liked(people, people[1].publish("not for long"))
    nobody = server.anonymous()
    until(lambda: len(tags(nobody)) == 2 and links(nobody) and len(posts(nobody)) == 2)
    moderator = sign_in(server, "mod", role="moderator")
    bad = next(tag for tag in moderator.get("/api/v1/admin/trends/tags") if tag["name"] == "bad")
    moderator.post(f"/api/v1/admin/trends/tags/{bad['id']}/reject")
    people[1].delete(f"/api/v1/statuses/{gone}")
    getattr(server, end)()
    server.start()
    until(lambda: tags(nobody))
    assert tags(nobody) == ["birds"], "what was rejected and deleted never comes back"
    assert links(nobody) == ["https://example.org/birds"]
    assert posts(nobody) == [best]


def test_moderators_decide(server, people):
    talk_of(people, "#birds https://example.org/birds")
    best = liked(people, people[0].publish("hello"))
    moderator = sign_in(server, "mod", role="moderator")
    nobody = server.anonymous()
    until(lambda: tags(nobody) and links(nobody) and posts(nobody))
    shown = {"tags": tags, "links": links, "statuses": posts}
    for kind, read in shown.items():
        base = f"/api/v1/admin/trends/{kind}"
        entity = moderator.get(base)[0]
        assert entity["requires_review"] is False
        answer = moderator.post(f"{base}/{entity['id']}/reject")
        assert answer["id"] == entity["id"]
        assert read(nobody) == [], "at once"
        settled(server)
        assert read(nobody) == [], "and in the next rounds"
        assert [again["id"] for again in moderator.get(base)] == [entity["id"]], "moderators see it"
        moderator.post(f"{base}/{entity['id']}/approve")
        assert len(read(nobody)) == 1
        moderator.post(f"{base}/12345/reject", expect=404)
        moderator.post(f"{base}/x/approve", expect=404)
        people[0].request("GET", base, 403)
        people[0].request("POST", f"{base}/{entity['id']}/reject", 403)
        nobody.request("GET", base, 401)
    tag = moderator.get("/api/v1/admin/trends/tags")[0]
    assert tag["trendable"] is True and tag["usable"] is True
    assert posts(nobody) == [best]


def test_a_house_may_review_everything(tmp_path):
    server = house(tmp_path, CONFIG + "review = true\n").start()
    talkers = [server.account(f"talker{i}") for i in range(8)]
    listener = server.account("listener")
    for talker in talkers:
        listener.follow(talker)
    talk_of(talkers, "#birds")
    moderator = sign_in(server, "mod", role="moderator")
    until(lambda: moderator.get("/api/v1/admin/trends/tags"))
    tag = moderator.get("/api/v1/admin/trends/tags")[0]
    assert tag["requires_review"] is True and tag["trendable"] is False
    assert tags(server.anonymous()) == []
    approved = moderator.post(f"/api/v1/admin/trends/tags/{tag['id']}/approve")
    assert approved["requires_review"] is False and approved["trendable"] is True
    assert tags(server.anonymous()) == ["birds"]
    server.end()


def test_metrics_tell_what_is_counted(server, people):
    talk_of(people, "#birds")
    until(lambda: tags(people[0]))
    metrics = server.anonymous().request("GET", "/metrics").text
    assert 'rookery_trends_tracked{kind="tags"} 1' in metrics
    assert 'rookery_trends_listed{kind="tags"} 1' in metrics
    assert 'rookery_trends_bytes{kind="tags"}' in metrics


def test_mastodon_py_reads_and_moderates(server, people):
    mastodon = pytest.importorskip("mastodon")
    talk_of(people, "#birds https://example.org/birds")
    best = liked(people, people[0].publish("hello"))
    client = mastodon.Mastodon(access_token=people[0].token, api_base_url=server.url)
    until(lambda: tags(people[0]) and links(people[0]) and posts(people[0]))
    assert [tag["name"] for tag in client.trending_tags(limit=5)] == ["birds"]
    assert [tag["name"] for tag in client.trends()] == ["birds"]
    assert [link["url"] for link in client.trending_links()] == ["https://example.org/birds"]
    assert [str(post["id"]) for post in client.trending_statuses()] == [best]
    moderator = sign_in(server, "mod", role="moderator")
    admin = mastodon.Mastodon(access_token=moderator.token, api_base_url=server.url)
    assert [tag["name"] for tag in admin.admin_trending_tags()] == ["birds"]
    assert [link["url"] for link in admin.admin_trending_links()] == ["https://example.org/birds"]
    assert [str(post["id"]) for post in admin.admin_trending_statuses()] == [best]
