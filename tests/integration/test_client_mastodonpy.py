"""Mastodon.py, the Python library of Debian, from registration to streams."""
import queue

import pytest

from web_sign_in import authorization_code

mastodon = pytest.importorskip("mastodon")
SCOPES = ["read", "write", "follow", "push"]


def sign_in(server, name, password):
    client_id, secret = mastodon.Mastodon.create_app(
        "A Python script", api_base_url=server.url, scopes=SCOPES, website="https://script.example"
    )
    client = mastodon.Mastodon(client_id=client_id, client_secret=secret, api_base_url=server.url)
    url = client.auth_request_url(scopes=SCOPES)
    code = authorization_code(url, name, password)
    client.log_in(code=code, scopes=SCOPES)
    return client


@pytest.fixture
def people(server):
    """Two signed-in people, ada by the whole way through the browser."""
    server.account("ada", password="engine number one")
    server.account("bob", password="a fine password")
    return sign_in(server, "ada", "engine number one"), sign_in(server, "bob", "a fine password")


def test_knows_the_server_and_oneself(server, people):
    ada, _ = people
    assert ada.instance()["uri"]
    assert ada.instance_nodeinfo()["software"]["name"] == "rookery"
    assert ada.me()["username"] == "ada"
    assert ada.app_verify_credentials()["name"] == "A Python script"
    assert ada.verify_minimum_version("4.0.0")
    assert ada.preferences()["posting:default:visibility"] == "public"
    assert ada.custom_emojis() == []


def test_posts_replies_boosts_favourites_and_follows(server, people):
    ada, bob = people
    post = bob.status_post("Good morning", visibility="unlisted", spoiler_text="early", language="en")
    assert post["spoiler_text"] == "early" and post["visibility"] == "unlisted"
    reply = ada.status_reply(post, "And to you")
    assert reply["in_reply_to_id"] == post["id"] and reply["mentions"][0]["username"] == "bob"
    assert ada.status_reblog(post)["reblog"]["id"] == post["id"]
    assert ada.status_favourite(post)["favourited"]
    assert ada.status_bookmark(post)["bookmarked"]
    assert [kept["id"] for kept in ada.bookmarks()] == [post["id"]]
    assert [kept["id"] for kept in ada.favourites()] == [post["id"]]
    context = bob.status_context(post)
    assert [below["id"] for below in context["descendants"]] == [reply["id"]]
    assert [who["username"] for who in bob.status_favourited_by(post)] == ["ada"]
    assert [who["username"] for who in bob.status_reblogged_by(post)] == ["ada"]
    relation = ada.account_follow(bob.me())
    assert relation["following"]
    assert ada.account_relationships(bob.me())[0]["following"]
    assert [who["username"] for who in bob.account_followers(bob.me())] == ["ada"]
    edited = bob.status_update(post, "Good evening")
    assert "evening" in edited["content"] and len(bob.status_history(post)) == 2
    assert bob.status_source(post)["text"] == "Good evening"
    bob.status_delete(post)
    with pytest.raises(mastodon.MastodonNotFoundError):
        ada.status(post)


def test_pages_the_home_feed_to_its_end(server, people):
    ada, bob = people
    ada.account_follow(bob.me())
    made = [bob.status_post(f"number {number}")["id"] for number in range(55)]
    page = ada.timeline_home(limit=20)
    seen = [post["id"] for post in ada.fetch_remaining(page)]
    assert seen == made[::-1]
    newer = ada.timeline_home(min_id=made[10], limit=5)
    assert [post["id"] for post in newer] == made[15:10:-1]
    newest = ada.timeline_home(since_id=made[10], limit=5)
    assert [post["id"] for post in newest] == made[:49:-1]
    previous = ada.fetch_previous(ada.timeline_home(max_id=made[30], limit=5))
    assert previous[-1]["id"] == made[30]


def test_reads_notifications(server, people):
    ada, bob = people
    mine = ada.status_post("Something to talk about")
    bob.status_favourite(mine)
    bob.account_follow(ada.me())
    bob.status_post("@ada yes")
    server.drain_events()
    told = ada.notifications()
    assert sorted(one["type"] for one in told) == ["favourite", "follow", "mention"]
    assert [one["type"] for one in ada.notifications(types=["mention"])] == ["mention"]
    ada.notifications_dismiss(told[0]["id"])
    ada.notifications_clear()
    assert ada.notifications() == []


def test_edits_the_profile_and_searches(server, people):
    ada, _ = people
    ada.account_update_credentials(display_name="Ada L.", note="Counts", locked=True,
                                   fields=[("site", "https://ada.example")])
    me = ada.me()
    assert (me["display_name"], me["locked"], me["fields"][0]["name"]) == ("Ada L.", True, "site")
    assert ada.account_lookup("ada")["id"] == me["id"]
    assert [who["username"] for who in ada.account_search("ad")] == ["ada"]
    assert [who["username"] for who in ada.search("bob")["accounts"]] == ["bob"]


def test_searches_posts(server, people):
    ada, bob = people
    plain = ada.status_post("The engines are running")
    tagged = ada.status_post("One more engine #steam")
    server.drain_events()
    found = bob.search_v2("engine", result_type="statuses")
    assert [post["id"] for post in found["statuses"]] == [tagged["id"], plain["id"]]
    assert found["accounts"] == [] and found["hashtags"] == []
    older = bob.search_v2("engine", result_type="statuses", max_id=tagged["id"])
    assert [post["id"] for post in older["statuses"]] == [plain["id"]]
    by_ada = bob.search_v2("engine -more from:ada", account_id=ada.me()["id"])
    assert [post["id"] for post in by_ada["statuses"]] == [plain["id"]]
    assert bob.search_v2("#steam")["hashtags"][0]["name"] == "steam"


class Listener(mastodon.StreamListener):
    def __init__(self):
        self.heard = queue.Queue()

    def on_update(self, status):
        self.heard.put(("update", status["content"]))

    def on_delete(self, status_id):
        self.heard.put(("delete", str(status_id)))

    def on_notification(self, notification):
        self.heard.put(("notification", notification["type"]))

    def next(self):
        return self.heard.get(timeout=20)


def test_hears_posts_deletions_and_notifications_as_they_happen(server, people):
    ada, bob = people
    ada.account_follow(bob.me())
    assert ada.stream_healthy()
    listener = Listener()
    stream = ada.stream_user(listener, run_async=True)
    try:
        for _ in range(200):  # until the stream is open, posts are not heard
            bob.status_post("are you listening?")
            try:
                assert listener.heard.get(timeout=0.2)[0] == "update"
                break
            except queue.Empty:
                continue
        post = bob.status_post("live from the studio")
        while (heard := listener.next()) != ("update", "<p>live from the studio</p>"):
            assert heard[0] == "update"
        bob.status_delete(post)
        assert listener.next() == ("delete", str(post["id"]))
        bob.status_post("@ada hello there")
        assert {listener.next()[0], listener.next()[0]} == {"update", "notification"}
    finally:
        stream.close()
