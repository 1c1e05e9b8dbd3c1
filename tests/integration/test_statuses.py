"""Posts through the API: writing, changing, reacting, threads, lists, and every refusal."""
import re
import uuid

import pytest

STATUS_NULLABLE = {
    "in_reply_to_id", "in_reply_to_account_id", "language", "edited_at", "reblog", "application", "card",
    "poll", "quote",
}
STATUS_MEMBERS = STATUS_NULLABLE | {
    "id", "created_at", "sensitive", "spoiler_text", "visibility", "uri", "url", "replies_count",
    "reblogs_count", "favourites_count", "quotes_count", "content", "account", "media_attachments",
    "mentions", "tags", "emojis", "quote_approval",
}
PERSONAL_MEMBERS = {"favourited", "reblogged", "muted", "bookmarked", "filtered"}


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def test_leaves_no_member_out(server, people):
    ada, bob, _ = people
    made = ada.publish("hello @bob #Birds https://example.com/", language="en")
    assert STATUS_MEMBERS | PERSONAL_MEMBERS <= set(made)
    anonymous = server.anonymous().get(f"/api/v1/statuses/{made['id']}")
    assert STATUS_MEMBERS <= set(anonymous)
    assert not PERSONAL_MEMBERS & set(anonymous)
    for name in STATUS_MEMBERS - STATUS_NULLABLE:
        assert anonymous[name] is not None, name
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made["created_at"])
    assert made["mentions"][0]["id"] == bob.id
    assert f'href="{made["mentions"][0]["url"]}"' in made["content"]
    assert f'href="{made["tags"][0]["url"]}"' in made["content"]


def test_a_repeated_key_gives_the_first_post(people):
    ada = people[0]
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    ids = {
        ada.request("POST", "/api/v1/statuses", json={"status": "once"}, headers=headers).json()["id"]
        for _ in range(3)
    }
    assert len(ids) == 1
    assert len(ada.home()) == 1


@pytest.mark.parametrize("fields, named", [
    ({"status": ""}, "blank"),
    ({}, "blank"),
    ({"status": "x" * 501}, "500"),
    ({"status": "x", "visibility": "secret"}, "visibility"),
    ({"status": "x", "sensitive": "perhaps"}, "sensitive"),
    ({"status": "x", "language": "!!"}, "language"),
    ({"status": "x", "media_ids": ["17"]}, "media_ids"),
    ({"status": "x", "poll": {"options": ["a", "b"], "expires_in": 300}}, "poll"),
    ({"status": "x", "scheduled_at": "2030-01-01T00:00:00Z"}, "scheduled_at"),
    ({"status": "x", "quoted_status_id": "17"}, "quoted_status_id"),
    ({"status": "x", "in_reply_to_id": "seventeen"}, "in_reply_to_id"),
])
def test_refuses_by_name(people, fields, named):
    answer = people[0].request("POST", "/api/v1/statuses", 422, json=fields).json()
    assert named in answer["error"]
    assert people[0].home() == []


def test_a_reply_to_nothing_is_not_found(people):
    people[0].request("POST", "/api/v1/statuses", 404, json={"status": "x", "in_reply_to_id": "17"})


def test_a_content_warning_makes_it_sensitive(people):
    made = people[0].publish("inside", spoiler_text="careful")
    assert made["sensitive"] and made["spoiler_text"] == "careful"


def test_edits_keep_their_history(people):
    ada, bob, _ = people
    made = ada.publish("first", spoiler_text="w")
    edited = ada.put(f"/api/v1/statuses/{made['id']}", status="second", spoiler_text="")
    assert edited["content"] == "<p>second</p>" and edited["edited_at"]
    history = bob.get(f"/api/v1/statuses/{made['id']}/history")
    assert [version["content"] for version in history] == ["<p>first</p>", "<p>second</p>"]
    assert ada.get(f"/api/v1/statuses/{made['id']}/source")["text"] == "second"
    bob.request("PUT", f"/api/v1/statuses/{made['id']}", 404, json={"status": "mine"})


def test_delete_gives_the_text_back_and_the_post_is_gone(people):
    ada, bob, _ = people
    made = ada.publish("typed *so*")
    bob.request("DELETE", f"/api/v1/statuses/{made['id']}", 404)
    assert ada.delete(f"/api/v1/statuses/{made['id']}")["text"] == "typed *so*"
    for path in ("", "/context", "/history", "/source", "/favourited_by"):
        ada.request("GET", f"/api/v1/statuses/{made['id']}{path}", 404)
    assert ada.home() == []


def test_reactions_count_and_show(people):
    ada, bob, cleo = people
    made = ada.publish("likeable")
    path = f"/api/v1/statuses/{made['id']}"
    for _ in range(2):
        liked = bob.post(path + "/favourite")
        assert liked["favourited"] and liked["favourites_count"] == 1
    shared = bob.post(path + "/reblog")
    assert shared["reblog"]["id"] == made["id"] and shared["reblog"]["reblogged"]
    assert bob.post(path + "/reblog")["id"] == shared["id"]
    assert bob.post(path + "/bookmark")["bookmarked"]
    assert [who["id"] for who in cleo.get(path + "/favourited_by")] == [bob.id]
    assert [who["id"] for who in cleo.get(path + "/reblogged_by")] == [bob.id]
    assert [post["id"] for post in bob.get("/api/v1/favourites")] == [made["id"]]
    assert [post["id"] for post in bob.get("/api/v1/bookmarks")] == [made["id"]]
    # A reaction to the boost goes to what it boosts.
    assert cleo.post(f"/api/v1/statuses/{shared['id']}/favourite")["id"] == made["id"]
    assert not bob.post(path + "/unfavourite")["favourited"]
    after = bob.post(path + "/unreblog")
    assert after["id"] == made["id"] and not after["reblogged"] and after["reblogs_count"] == 0
    assert not bob.post(path + "/unbookmark")["bookmarked"]
    cleo.request("GET", f"/api/v1/statuses/{shared['id']}", 404)


def test_pins_are_the_authors_own(people):
    ada, bob, _ = people
    made = ada.publish("pinned")
    assert ada.post(f"/api/v1/statuses/{made['id']}/pin")["pinned"]
    pinned = bob.get(f"/api/v1/accounts/{ada.id}/statuses", pinned="true")
    assert [post["id"] for post in pinned] == [made["id"]]
    bob.request("POST", f"/api/v1/statuses/{made['id']}/pin", 422)
    assert not ada.post(f"/api/v1/statuses/{made['id']}/unpin")["pinned"]


def test_what_one_may_not_see_is_not_found(server, people):
    ada, bob, cleo = people
    secret = ada.publish("for @bob", visibility="direct")
    path = f"/api/v1/statuses/{secret['id']}"
    bob.get(path)
    for stranger in (cleo, server.anonymous()):
        answer = stranger.request("GET", path, 404).json()
        assert answer == {"error": "Record not found"}
    for action in ("favourite", "reblog", "bookmark", "mute"):
        cleo.request("POST", f"{path}/{action}", 404)
    cleo.request("POST", "/api/v1/statuses", 404, json={"status": "x", "in_reply_to_id": secret["id"]})
    assert cleo.get("/api/v1/statuses", **{"id[]": [secret["id"]]}) == []
    assert cleo.get(f"/api/v1/accounts/{ada.id}/statuses") == []


def test_threads_come_whole_and_in_order(people):
    ada, bob, cleo = people
    root = ada.publish("root")
    answer = bob.publish("@ada answer", in_reply_to_id=root["id"])
    deeper = cleo.publish("@bob deeper", in_reply_to_id=answer["id"])
    own = ada.publish("more of mine", in_reply_to_id=root["id"])
    context = cleo.get(f"/api/v1/statuses/{answer['id']}/context")
    assert [post["id"] for post in context["ancestors"]] == [root["id"]]
    assert [post["id"] for post in context["descendants"]] == [deeper["id"]]
    below = cleo.get(f"/api/v1/statuses/{root['id']}/context")["descendants"]
    assert [post["id"] for post in below] == [own["id"], answer["id"], deeper["id"]]
    assert ada.get(f"/api/v1/statuses/{root['id']}")["replies_count"] == 2


def test_replies_to_a_deleted_post_stay_and_name_it_no_more(server, people):
    ada, bob, cleo = people
    root = ada.publish("root")
    middle = bob.publish("@ada middle", in_reply_to_id=root["id"])
    reply = cleo.publish("@bob reply", in_reply_to_id=middle["id"])
    below = ada.publish("@cleo below", in_reply_to_id=reply["id"])
    assert ada.get(f"/api/v1/statuses/{reply['id']}")["in_reply_to_id"] == middle["id"]
    bob.delete(f"/api/v1/statuses/{middle['id']}")
    server.drain_events()
    left = ada.get(f"/api/v1/statuses/{reply['id']}")
    assert (left["in_reply_to_id"], left["in_reply_to_account_id"]) == (None, bob.id)
    assert left["edited_at"] is None
    around = ada.get(f"/api/v1/statuses/{below['id']}/context")
    assert [post["id"] for post in around["ancestors"]] == [reply["id"]]
    under = ada.get(f"/api/v1/statuses/{reply['id']}/context")
    assert (under["ancestors"], [post["id"] for post in under["descendants"]]) == ([], [below["id"]])
    assert ada.get(f"/api/v1/statuses/{root['id']}/context")["descendants"] == []
    assert reply["id"] not in [post["id"] for post in ada.get("/api/v1/timelines/public")]


def test_timelines_page_both_ways(server, people):
    ada, bob, _ = people
    ids = [ada.publish(f"post {number} #birds")["id"] for number in range(7)][::-1]
    for path in ("/api/v1/timelines/public", "/api/v1/timelines/tag/Birds",
                 f"/api/v1/accounts/{ada.id}/statuses"):
        pages = list(bob.pages(path, limit=3))
        assert [post["id"] for page in pages for post in page] == ids
        above = bob.get(path, min_id=ids[5], limit=2)
        assert [post["id"] for post in above] == ids[3:5]
        assert [post["id"] for post in bob.get(path, since_id=ids[3], limit=2)] == ids[:2]
        assert [post["id"] for post in server.anonymous().get(path)] == ids
    bob.request("GET", "/api/v1/timelines/public?max_id=x", 422)
    assert bob.get("/api/v1/timelines/public", remote="true") == []
    assert bob.get("/api/v1/timelines/tag/birds", **{"none[]": "birds"}) == []


def test_favourites_page_by_the_favourite(people):
    ada, bob, _ = people
    ids = [ada.publish(f"post {number}")["id"] for number in range(5)]
    for post in ids:
        bob.post(f"/api/v1/statuses/{post}/favourite")
    ada.delete(f"/api/v1/statuses/{ids[3]}")
    seen = [post["id"] for page in bob.pages("/api/v1/favourites", limit=2) for post in page]
    assert seen == [ids[4], ids[2], ids[1], ids[0]]


def test_direct_posts_are_conversations(server, people):
    ada, bob, cleo = people
    first = ada.publish("@bob psst", visibility="direct")
    server.drain_events()
    conversation, = bob.get("/api/v1/conversations")
    assert conversation["unread"] and conversation["last_status"]["id"] == first["id"]
    assert [who["id"] for who in conversation["accounts"]] == [ada.id]
    assert not bob.post(f"/api/v1/conversations/{conversation['id']}/read")["unread"]
    assert cleo.get("/api/v1/conversations") == []
    bob.delete(f"/api/v1/conversations/{conversation['id']}")
    assert bob.get("/api/v1/conversations") == []


def test_lists_have_a_timeline(people):
    ada, bob, cleo = people
    bob.follow(ada)
    made = bob.post("/api/v1/lists", title="friends", replies_policy="list")
    path = f"/api/v1/lists/{made['id']}"
    bob.request("POST", path + "/accounts", 404, json={"account_ids": [cleo.id]})
    bob.post(path + "/accounts", account_ids=[ada.id])
    bob.request("POST", path + "/accounts", 422, json={"account_ids": [ada.id]})
    assert [who["id"] for who in bob.get(path + "/accounts")] == [ada.id]
    assert [one["id"] for one in bob.get(f"/api/v1/accounts/{ada.id}/lists")] == [made["id"]]
    post = ada.publish("for the list")
    cleo.publish("not for the list")
    assert [seen["id"] for seen in bob.get(f"/api/v1/timelines/list/{made['id']}")] == [post["id"]]
    cleo.request("GET", path, 404)
    cleo.request("GET", f"/api/v1/timelines/list/{made['id']}", 404)
    assert bob.put(path, title="close friends")["title"] == "close friends"
    bob.request("POST", "/api/v1/lists", 422, json={"title": " "})
    bob.delete(path + "/accounts", account_ids=[ada.id])
    assert bob.get(f"/api/v1/timelines/list/{made['id']}") == []
    bob.delete(path)
    assert bob.get("/api/v1/lists") == []


def test_search_finds_people_tags_and_addresses(server, people):
    ada, bob, _ = people
    post = ada.publish("look: #Birds")
    assert bob.get("/api/v2/search", q="ad")["accounts"][0]["id"] == ada.id
    assert bob.get("/api/v2/search", q="@ada", type="accounts")["accounts"][0]["id"] == ada.id
    assert bob.get("/api/v2/search", q="#birds")["hashtags"][0]["name"] == "birds"
    assert bob.get("/api/v2/search", q=post["url"])["statuses"][0]["id"] == post["id"]
    assert bob.get("/api/v2/search", q=post["uri"])["statuses"][0]["id"] == post["id"]
    assert bob.get("/api/v2/search", q=f"{server.url}/@ada")["accounts"][0]["id"] == ada.id
    nothing = bob.get("/api/v2/search", q="nobody-at-all")
    assert nothing == {"accounts": [], "statuses": [], "hashtags": []}
    bob.request("GET", "/api/v2/search?q=x&type=moods", 422)


def test_markers_remember_and_count(server, people):
    ada, bob, _ = people
    assert ada.get("/api/v1/markers", **{"timeline[]": ["home", "notifications"]}) == {}
    liked = ada.publish("likeable")
    bob.post(f"/api/v1/statuses/{liked['id']}/favourite")
    server.drain_events()
    assert ada.get("/api/v1/notifications/unread_count") == {"count": 1}
    newest = ada.get("/api/v1/notifications")[0]["id"]
    saved = ada.post("/api/v1/markers", notifications={"last_read_id": newest})
    assert saved["notifications"]["last_read_id"] == newest
    assert saved["notifications"]["version"] == 1
    assert ada.get("/api/v1/notifications/unread_count") == {"count": 0}
