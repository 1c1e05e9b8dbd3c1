"""The inbox through the API: what arrives, how it is listed and grouped, and what goes away again."""
import pytest


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def kinds(client, **params):
    return [entry["type"] for entry in client.get("/api/v1/notifications", **params)]


def test_everything_that_others_do_arrives(server, people):
    ada, bob, cleo = people
    post = ada.publish("hello @cleo")
    bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    bob.post(f"/api/v1/statuses/{post['id']}/reblog")
    bob.follow(ada)
    cleo.publish("@ada indeed", in_reply_to_id=post["id"])
    server.drain_events()
    entries = ada.get("/api/v1/notifications")
    assert [entry["type"] for entry in entries] == ["mention", "follow", "reblog", "favourite"]
    assert entries[0]["status"]["in_reply_to_id"] == post["id"]
    assert entries[1]["status"] is None and entries[1]["account"]["id"] == bob.id
    assert entries[2]["status"]["id"] == post["id"]
    assert kinds(cleo) == ["mention"]
    assert kinds(ada, **{"types[]": ["follow", "no.such.type"]}) == ["follow"]
    assert kinds(ada, **{"exclude_types[]": ["mention", "follow"]}) == ["reblog", "favourite"]
    assert kinds(ada, account_id=cleo.id) == ["mention"]
    pages = list(ada.pages("/api/v1/notifications", limit=3))
    assert [len(page) for page in pages] == [3, 1]


def test_what_is_undone_goes_away(server, people):
    ada, bob, _ = people
    post = ada.publish("hello")
    bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    mention = bob.publish("@ada hi")
    server.drain_events()
    assert kinds(ada) == ["mention", "favourite"]
    bob.post(f"/api/v1/statuses/{post['id']}/unfavourite")
    bob.delete(f"/api/v1/statuses/{mention['id']}")
    server.drain_events()
    assert kinds(ada) == []


def test_a_block_silences_at_once(server, people):
    ada, bob, _ = people
    bob.publish("@ada hi")
    server.drain_events()
    ada.post(f"/api/v1/accounts/{bob.id}/block")
    assert kinds(ada) == []


def test_one_can_be_read_and_dismissed(server, people):
    ada, bob, _ = people
    bob.publish("@ada one")
    bob.publish("@ada two")
    server.drain_events()
    two, one = ada.get("/api/v1/notifications")
    assert ada.get(f"/api/v1/notifications/{one['id']}") == one
    bob.request("GET", f"/api/v1/notifications/{one['id']}", 404)
    ada.post(f"/api/v1/notifications/{one['id']}/dismiss")
    assert [entry["id"] for entry in ada.get("/api/v1/notifications")] == [two["id"]]
    ada.post("/api/v1/notifications/clear")
    assert ada.get("/api/v1/notifications") == []


def test_groups_gather_favourites_of_one_post(server, people):
    ada, bob, cleo = people
    post = ada.publish("hello")
    for fan in (bob, cleo):
        fan.post(f"/api/v1/statuses/{post['id']}/favourite")
    bob.publish("@ada hi")
    server.drain_events()
    answer = ada.get("/api/v2/notifications")
    mention, favourites = answer["notification_groups"]
    assert mention["type"] == "mention" and mention["group_key"].startswith("ungrouped-")
    assert favourites["notifications_count"] == 2
    assert favourites["sample_account_ids"] == [cleo.id, bob.id]
    assert favourites["status_id"] == post["id"]
    assert {who["id"] for who in answer["accounts"]} == {bob.id, cleo.id}
    assert {status["id"] for status in answer["statuses"]} == {post["id"], mention["status_id"]}
    path = f"/api/v2/notifications/{favourites['group_key']}"
    assert ada.get(path)["notification_groups"][0]["notifications_count"] == 2
    assert [who["id"] for who in ada.get(path + "/accounts")] == [cleo.id, bob.id]
    assert ada.get("/api/v2/notifications/unread_count") == {"count": 2}
    ada.post(path + "/dismiss")
    assert [group["type"] for group in ada.get("/api/v2/notifications")["notification_groups"]] == ["mention"]
    ada.request("GET", path, 404)
    ada.request("GET", "/api/v2/notifications/nonsense", 404)
