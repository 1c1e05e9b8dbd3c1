"""Followed hashtags in the home feed; exclusive lists and their replies, on pages and streams."""
import json

import pytest

from test_streaming import connect, events, settle


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def ids(posts):
    return [post["id"] for post in posts]


def list_of(owner, *members, **fields):
    made = owner.post("/api/v1/lists", title="friends", **fields)
    owner.post(f"/api/v1/lists/{made['id']}/accounts", account_ids=[member.id for member in members])
    return made["id"]


def timeline(owner, list_id, **params):
    return ids(owner.get(f"/api/v1/timelines/list/{list_id}", **params))


def test_a_followed_hashtag_fills_the_home_feed(people):
    ada, bob, cleo = people
    bob.follow(ada)
    old = cleo.publish("before the follow #Birds")
    assert bob.home() == []
    bob.post("/api/v1/tags/birds/follow")
    assert ids(bob.home()) == [old["id"]], "past posts at once"
    both = ada.publish("followed twice over #birds")
    plain = ada.publish("no hashtag")
    reply = cleo.publish("to another #birds", in_reply_to_id=plain["id"])
    cleo.publish("only for followers #birds", visibility="private")
    cleo.publish("not listed #birds", visibility="unlisted")
    cleo.publish("another one #bees")
    wanted = [reply["id"], plain["id"], both["id"], old["id"]]
    assert ids(bob.home()) == wanted
    assert bob.whole_home(limit=1) == wanted, "page by page"
    assert ids(bob.home(min_id=old["id"], limit=2)) == [plain["id"], both["id"]]
    bob.post(f"/api/v1/accounts/{cleo.id}/mute")
    assert ids(bob.home()) == [plain["id"], both["id"]]
    bob.post(f"/api/v1/accounts/{cleo.id}/unmute")
    cleo.post(f"/api/v1/accounts/{bob.id}/block")
    assert ids(bob.home()) == [plain["id"], both["id"]]
    cleo.post(f"/api/v1/accounts/{bob.id}/unblock")
    cleo.put(f"/api/v1/statuses/{reply['id']}", status="no hashtag any more")
    assert ids(bob.home()) == [plain["id"], both["id"], old["id"]]
    bob.post("/api/v1/tags/birds/unfollow")
    assert ids(bob.home()) == [plain["id"], both["id"]]


def test_a_followed_hashtag_reaches_open_streams(people):
    ada, bob, cleo = people
    bob.follow(ada)
    socket = connect(bob, "?stream=user")
    settle(bob, socket)
    cleo.publish("not yet #birds")
    bob.post("/api/v1/tags/birds/follow")
    post = cleo.publish("hello #birds")
    assert events(bob, socket, 1) == [("update", post["id"])]
    once = ada.publish("followed twice over #birds")
    assert events(bob, socket, 1) == [("update", once["id"])]
    cleo.publish("only for followers #birds", visibility="private")
    cleo.put(f"/api/v1/statuses/{post['id']}", status="hello again #birds")
    assert events(bob, socket, 1) == [("status.update", post["id"])]
    cleo.delete(f"/api/v1/statuses/{post['id']}")
    assert events(bob, socket, 1) == [("delete", post["id"])]
    bob.post("/api/v1/tags/birds/unfollow")
    cleo.publish("no more #birds")
    last = ada.publish("the last")
    assert events(bob, socket, 1) == [("update", last["id"])]
    socket.close()


def test_an_exclusive_list_takes_its_members_out_of_home(people):
    ada, bob, cleo = people
    bob.follow(ada)
    bob.follow(cleo)
    first = ada.publish("one")
    home = connect(bob, "?stream=user")
    settle(bob, home)
    apart = list_of(bob, ada, exclusive=True)
    assert bob.get(f"/api/v1/lists/{apart}")["exclusive"] is True
    assert bob.home() == [], "at once"
    stream = connect(bob, f"?stream=list&list={apart}")
    settle(bob, stream)
    second = ada.publish("two")
    assert events(bob, stream, 1) == [("update", second["id"])]
    own = bob.publish("mine")
    boost = cleo.post(f"/api/v1/statuses/{first['id']}/reblog")
    assert events(bob, home, 2) == [("update", own["id"]), ("update", boost["id"])]
    assert ids(bob.home()) == [boost["id"], own["id"]]
    assert timeline(bob, apart) == [second["id"], first["id"]]
    bob.put(f"/api/v1/lists/{apart}", title="friends", exclusive=False)
    third = ada.publish("three")
    assert events(bob, home, 1) == [("update", third["id"])]
    # With its post back in the feed the boost is a repeat.
    assert ids(bob.home()) == [third["id"], own["id"], second["id"], first["id"]]
    answer = bob.request("PUT", f"/api/v1/lists/{apart}", 422, json={"exclusive": "perhaps"}).json()
    assert "exclusive" in answer["error"]
    home.close()
    stream.close()


def test_a_list_shows_replies_by_its_policy(server, people):
    ada, bob, cleo = people
    dora, eve = server.account("dora"), server.account("eve")
    for other in (ada, cleo, dora):
        bob.follow(other)
    roots = {who: who.publish("root") for who in (bob, ada, cleo, dora, eve)}
    replies = {
        who: ada.publish("reply", in_reply_to_id=root["id"])["id"] for who, root in roots.items()
    }
    expected = {
        "followed": [bob, ada, cleo, dora],
        "list": [bob, ada, cleo],
        "none": [bob, ada],
    }
    for policy, shown in expected.items():
        made = list_of(bob, ada, cleo, replies_policy=policy)
        wanted = [replies[who] for who in shown]
        feed = timeline(bob, made)
        assert [post for post in feed if post in replies.values()] == wanted[::-1], policy
        assert roots[cleo]["id"] in feed and roots[dora]["id"] not in feed
        stream = connect(bob, f"?stream=list&list={made}")
        settle(bob, stream)
        sent = [ada.publish("again", in_reply_to_id=root["id"])["id"] for root in roots.values()]
        last = ada.publish("the last")["id"]
        live = [post for who, post in zip(roots, sent) if who in shown] + [last]
        assert events(bob, stream, len(live)) == [("update", post) for post in live], policy
        stream.close()


@pytest.mark.parametrize("end", ["unfollow", "remove_from_followers", "block"])
def test_an_ended_follow_leaves_the_lists_for_good(people, end):
    ada, bob, _ = people
    bob.follow(ada)
    made = list_of(bob, ada)
    stream = connect(bob, f"?stream=list&list={made}")
    settle(bob, stream)
    if end == "remove_from_followers":
        ada.post(f"/api/v1/accounts/{bob.id}/remove_from_followers")
    else:
        bob.post(f"/api/v1/accounts/{ada.id}/{end}")
        bob.post(f"/api/v1/accounts/{ada.id}/unblock")
    bob.follow(ada)
    ada.publish("not for the list")
    assert bob.get(f"/api/v1/lists/{made}/accounts") == []
    assert bob.get(f"/api/v1/accounts/{ada.id}/lists") == []
    assert timeline(bob, made) == []
    bob.post(f"/api/v1/lists/{made}/accounts", account_ids=[ada.id])
    post = ada.publish("for the list")
    assert events(bob, stream, 1) == [("update", post["id"])]
    stream.close()


def test_both_hold_after_a_restart(server, people):
    ada, bob, cleo = people
    bob.follow(ada)
    bob.post("/api/v1/tags/birds/follow")
    apart = list_of(bob, ada, exclusive=True, replies_policy="none")
    ada.publish("set apart")
    tagged = cleo.publish("hello #birds")
    server.restart()
    assert ids(bob.home()) == [tagged["id"]]
    assert len(timeline(bob, apart)) == 1
    assert bob.get(f"/api/v1/lists/{apart}")["replies_policy"] == "none"
