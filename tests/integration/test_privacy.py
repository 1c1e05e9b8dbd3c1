"""Who sees what, on every path out. The rules stand in one table here, apart from the server's code.

For each state (what happened between author and readers) one author writes posts of every
visibility, before and after the change, and every reader asks for them in every way there is.
"""
import json
import re
import secrets
import threading

import pytest
import requests
import websocket

from api_client import Client
from rookery_server import Server

VISIBILITIES = ("public", "unlisted", "private", "direct")
READERS = ("stranger", "follower", "mentioned", "signed out")
STATES = ("nothing", "locked", "author blocks", "reader blocks", "reader mutes", "unfollowed",
          "removed from followers", "suspended")

# The rules. "mentioned" is a reader whom every post mentions, and who follows nobody but the booster.
SEES = {
    "public": {"stranger", "follower", "mentioned", "signed out"},
    "unlisted": {"stranger", "follower", "mentioned", "signed out"},
    "private": {"follower", "mentioned"},
    "direct": {"mentioned"},
}
STILL_FOLLOWS = {"nothing", "locked", "reader mutes"}
UNWANTED = {"author blocks", "reader blocks", "reader mutes", "suspended"}


def can_see(state, reader, visibility):
    """By its address, and as what one has marked oneself."""
    if state == "suspended":
        return False
    if state == "author blocks" and reader != "signed out" and visibility in ("public", "unlisted"):
        return False
    if reader == "follower" and visibility == "private":
        return state in STILL_FOLLOWS
    return reader in SEES[visibility]


def can_list(state, reader, visibility):
    """Among other people's posts."""
    unwanted = state in UNWANTED and (reader != "signed out" or state == "suspended")
    return can_see(state, reader, visibility) and not unwanted


def can_browse(state, reader, visibility):
    """On the author's profile."""
    shut_out = state == "author blocks" and reader != "signed out"
    return can_see(state, reader, visibility) and not shut_out


def in_home(state, reader, visibility):
    return reader == "follower" and state in STILL_FOLLOWS and can_list(state, reader, visibility)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("privacy") / "data").start()
    yield running
    running.end()


class Case:
    """One author, their readers and their posts, in one state."""

    def __init__(self, server, state):
        self.server = server
        self.state = state
        self.tag = "t" + secrets.token_hex(4)
        self.author = self.new("author")
        self.booster = self.new("booster")
        self.readers = {name: self.new(name) for name in ("stranger", "follower", "mentioned")}
        for reader in self.readers.values():
            reader.follow(self.booster)
        follower = self.readers["follower"]
        if state == "locked":
            self.author.patch("/api/v1/accounts/update_credentials", locked=True)
            assert follower.follow(self.author)["requested"]
            held = self.author.publish("not yet", visibility="private")
            follower.request("GET", f"/api/v1/statuses/{held['id']}", 404)
            self.author.post(f"/api/v1/follow_requests/{follower.id}/authorize")
            follower.get(f"/api/v1/statuses/{held['id']}")
        else:
            follower.follow(self.author)
        made = follower.post("/api/v1/lists", title="authors", replies_policy="followed")
        self.list_path = f"/api/v1/timelines/list/{made['id']}"
        follower.post(f"/api/v1/lists/{made['id']}/accounts", account_ids=[self.author.id])
        self.root = self.booster.publish(f"a root #{self.tag}")
        self.posts = {}  # (kind, visibility) -> status

    def new(self, role):
        return self.server.account(role[:9] + "_" + secrets.token_hex(4))

    def clients(self):
        return {**self.readers, "signed out": self.server.anonymous()}

    def publish(self, kind, **fields):
        for visibility in VISIBILITIES:
            post = self.author.publish(
                f"{kind} {visibility} {secrets.token_hex(8)} @{self.readers['mentioned'].name} #{self.tag}",
                visibility=visibility, **fields)
            self.posts[kind, visibility] = post

    def mark(self):
        """Before anything changes: marks by all who can see, pins, boosts."""
        for (_, visibility), post in self.posts.items():
            path = f"/api/v1/statuses/{post['id']}"
            for name, reader in self.readers.items():
                expect = 200 if can_see("nothing", name, visibility) else 404
                for action in ("favourite", "bookmark"):
                    reader.request("POST", f"{path}/{action}", expect)
            self.author.request("POST", f"{path}/pin", 422 if visibility == "direct" else 200)
            if visibility in ("public", "unlisted"):
                self.booster.post(f"{path}/reblog")
            else:
                self.booster.request("POST", f"{path}/reblog", 404)

    def change(self):
        for reader in self.readers.values():
            if self.state == "author blocks":
                self.author.post(f"/api/v1/accounts/{reader.id}/block")
            elif self.state == "reader blocks":
                reader.post(f"/api/v1/accounts/{self.author.id}/block")
            elif self.state == "reader mutes":
                reader.post(f"/api/v1/accounts/{self.author.id}/mute")
        if self.state == "unfollowed":
            self.readers["follower"].post(f"/api/v1/accounts/{self.author.id}/unfollow")
        elif self.state == "removed from followers":
            follower = self.readers["follower"]
            self.author.post(f"/api/v1/accounts/{follower.id}/remove_from_followers")
        elif self.state == "suspended":
            self.server.cli("account", "suspend", self.author.name)


@pytest.fixture(scope="module", params=STATES)
def case(house, request):
    case = Case(house, request.param)
    case.publish("old")
    case.publish("reply", in_reply_to_id=case.root["id"])
    case.server.drain_events()
    case.old = dict(case.posts)
    del case.posts["reply", "direct"]  # for marks: at most five pins an author
    case.pinned = [case.posts["old", visibility] for visibility in VISIBILITIES[:3]]
    case.posts = {key: post for key, post in case.old.items() if key[0] == "old"}
    case.mark()
    case.sockets = {name: open_streams(reader, case.tag) for name, reader in case.readers.items()}
    case.change()
    case.posts = dict(case.old)
    if case.state != "suspended":
        case.publish("new")
    case.sentinel = case.booster.publish(f"the end #{case.tag}")
    case.server.drain_events()
    yield case
    for socket in case.sockets.values():
        socket.close()


def open_streams(reader, tag):
    url = reader.server.url.replace("http://", "ws://") + "/api/v1/streaming?stream=user"
    socket = websocket.create_connection(
        url, timeout=20, header=[f"Authorization: Bearer {reader.token}"])
    for stream in ({"stream": "public"}, {"stream": "public:local"}, {"stream": "hashtag", "tag": tag}):
        socket.send(json.dumps({"type": "subscribe", **stream}))
    socket.send("{}")
    while "error" not in json.loads(socket.recv()):
        pass
    return socket


def shown(statuses):
    """Ids of all that a page shows, boosted posts as themselves."""
    return {(status["reblog"] or status)["id"] for status in statuses}


def agree(case, reader, got, rule, kinds=("old", "reply", "new"), visibilities=VISIBILITIES, where=""):
    """Of the author's posts of these kinds, exactly those that the rule allows were shown."""
    wrong = []
    for (kind, visibility), post in case.posts.items():
        expected = kind in kinds and visibility in visibilities and rule(case.state, reader, visibility)
        if (post["id"] in got) != expected:
            wrong.append(f"{kind} {visibility}: {'missing' if expected else 'LEAKED'}")
    assert not wrong, f"{where or 'page'}, {reader}, {case.state}: {wrong}"


def whole(client, path, **params):
    return shown(status for page in client.pages(path, limit=40, **params) for status in page)


def test_a_post_by_its_address(case):
    for name, client in case.clients().items():
        for (kind, visibility), post in case.posts.items():
            expected = can_see(case.state, name, visibility)
            what = f"{kind} {visibility}, {name}, {case.state}"
            for part in ("", "/context", "/history", "/favourited_by", "/reblogged_by", "/quotes"):
                answer = client.request("GET", f"/api/v1/statuses/{post['id']}{part}", None)
                assert answer.status_code == (200 if expected else 404), f"{part} of {what}"
                assert expected or post["content"] not in answer.text
            if client.token:
                answer = client.request("GET", f"/api/v1/statuses/{post['id']}/source", None)
                assert answer.status_code == (200 if expected else 404), f"source of {what}"


def test_nothing_can_be_done_with_what_one_cannot_see(case):
    for name, client in case.readers.items():
        for (kind, visibility), post in case.posts.items():
            if can_see(case.state, name, visibility):
                continue
            for action in ("favourite", "bookmark", "reblog", "mute", "unfavourite", "unreblog"):
                client.request("POST", f"/api/v1/statuses/{post['id']}/{action}", 404)
            client.request("POST", "/api/v1/statuses", 404,
                           json={"status": "x", "in_reply_to_id": post["id"]})


def test_several_posts_by_their_ids(case):
    ids = [post["id"] for post in case.posts.values()]
    for name, client in case.clients().items():
        got = shown(client.get("/api/v1/statuses", **{"id[]": ids}))
        agree(case, name, got, can_see, where="by ids")


def test_the_thread_around_a_post(case):
    for name, client in case.clients().items():
        context = client.get(f"/api/v1/statuses/{case.root['id']}/context")
        agree(case, name, shown(context["descendants"]), can_list, kinds=("reply",), where="context")


def test_home(case):
    for name, client in case.readers.items():
        pages = [status for page in client.pages("/api/v1/timelines/home", limit=40) for status in page]
        own = {status["id"] for status in pages}
        boosted = {status["reblog"]["id"] for status in pages if status["reblog"]}
        agree(case, name, own, in_home, where="home")
        agree(case, name, boosted - own, can_list, kinds=("old",),
              visibilities=() if in_home(case.state, name, "public") else ("public", "unlisted"),
              where="boosts in home")


def test_public_and_tag_timelines(case):
    for name, client in case.clients().items():
        agree(case, name, whole(client, "/api/v1/timelines/public"), can_list,
              kinds=("old", "new"), visibilities=("public",), where="public")
        agree(case, name, whole(client, "/api/v1/timelines/tag/" + case.tag), can_list,
              visibilities=("public",), where="tag")


def test_list_timeline(case):
    got = whole(case.readers["follower"], case.list_path)
    agree(case, "follower", got, in_home, where="list")


def test_profile(case):
    for name, client in case.clients().items():
        path = f"/api/v1/accounts/{case.author.id}/statuses"
        agree(case, name, whole(client, path), can_browse, where="profile")
        agree(case, name, whole(client, path, tagged=case.tag), can_browse, where="tagged")
        pinned = shown(client.get(path, pinned="true"))
        agree(case, name, pinned, can_browse, kinds=("old",), visibilities=VISIBILITIES[:3], where="pinned")


def test_boosts_on_the_profile_of_another(case):
    for name, client in case.clients().items():
        got = whole(client, f"/api/v1/accounts/{case.booster.id}/statuses")
        agree(case, name, got, can_see, kinds=("old",), visibilities=("public", "unlisted"), where="boosts")


def test_marks_made_before_the_change(case):
    for name, client in case.readers.items():
        for path in ("/api/v1/favourites", "/api/v1/bookmarks"):
            agree(case, name, whole(client, path), can_see, kinds=("old",), where=path)


def test_search_by_address(case):
    for name, client in case.clients().items():
        got = set()
        for post in case.posts.values():
            got |= shown(client.get("/api/v2/search", q=post["url"])["statuses"])
            got |= shown(client.get("/api/v2/search", q=post["uri"])["statuses"])
        agree(case, name, got, can_see, where="search")


# What the receiver's policy holds back is asked for, too: here it is privacy alone that may hide.
def test_notifications(case):
    for name, client in case.readers.items():
        told = client.get("/api/v1/notifications", limit=80, include_filtered="true")
        got = shown(entry["status"] for entry in told if entry["status"])
        rule = can_list if name == "mentioned" else lambda *_: False
        agree(case, name, got, rule, where="notifications")
        grouped = client.get("/api/v2/notifications", limit=80, include_filtered="true")
        agree(case, name, shown(grouped["statuses"]), rule, where="grouped notifications")
        if case.state in UNWANTED:
            assert case.author.id not in {entry["account"]["id"] for entry in told}
            assert case.author.id not in {account["id"] for account in grouped["accounts"]}


def test_conversations(case):
    for name, client in case.readers.items():
        conversations = client.get("/api/v1/conversations", limit=40)
        got = shown(one["last_status"] for one in conversations if one["last_status"])
        for (kind, visibility), post in case.posts.items():
            if post["id"] in got:
                assert can_see(case.state, name, visibility), f"{kind} {visibility} LEAKED to {name}"
        direct = shown(client.get("/api/v1/timelines/direct", limit=40))
        agree(case, name, direct, can_list, visibilities=("direct",), where="direct")


def test_streams_after_the_change(case):
    for name, socket in case.sockets.items():
        got = {"user": set(), "public": set(), "public:local": set(), "hashtag": set()}
        ended = set()
        while len(ended) < len(got):
            message = json.loads(socket.recv())
            if message["event"] != "update":
                continue
            status = json.loads(message["payload"])
            stream = message["stream"][0]
            got[stream].add((status["reblog"] or status)["id"])
            if status["id"] == case.sentinel["id"]:
                ended.add(stream)
        agree(case, name, got["user"], in_home, kinds=("new",), where="user stream")
        for stream in ("public", "public:local", "hashtag"):
            agree(case, name, got[stream], can_list, kinds=("new",), visibilities=("public",), where=stream)


def secret(post):
    """The random word of a post."""
    return re.search(r"\b[0-9a-f]{16}\b", post["content"]).group(0)


def test_pages_for_browsers(case):
    texts = {
        "profile": requests.get(f"{case.server.url}/@{case.author.name}").text,
        "tag": requests.get(f"{case.server.url}/tags/{case.tag}").text,
        "landing": requests.get(case.server.url + "/").text,
        "thread": requests.get(case.root["url"]).text,
        "booster": requests.get(f"{case.server.url}/@{case.booster.name}").text,
    }
    for (kind, visibility), post in case.posts.items():
        visible = can_see(case.state, "signed out", visibility)
        answer = requests.get(post["url"])
        gone = 410 if case.state == "suspended" else 404
        assert answer.status_code == (200 if visible else gone), f"{kind} {visibility}, {case.state}"
        word = secret(post)
        assert (word in answer.text) == visible
        assert (word in texts["profile"]) == visible
        assert (word in texts["tag"]) == (visible and visibility == "public")
        assert (word in texts["thread"]) == (visible and kind == "reply")
        for name in ("landing", "booster"):
            assert visible or word not in texts[name], f"{kind} {visibility} LEAKED on {name}"


def test_counts_tell_nothing_of_hidden_posts(case):
    for client in case.clients().values():
        root = client.get(f"/api/v1/statuses/{case.root['id']}")
        assert root["replies_count"] <= 2  # the public and the unlisted reply
    if case.state != "suspended":
        account = case.server.anonymous().get(f"/api/v1/accounts/{case.author.id}")
        listed = [key for key in case.posts if key[1] != "direct"]
        assert account["statuses_count"] == len(listed) + (case.state == "locked")


def test_collections_of_the_author(case):
    for name, client in case.clients().items():
        for collection in ("followers", "following"):
            got = client.get(f"/api/v1/accounts/{case.author.id}/{collection}")
            if case.state == "suspended" or (case.state == "author blocks" and name != "signed out"):
                assert got == []


def test_search_for_the_author(case):
    found = case.readers["stranger"].get("/api/v2/search", q=case.author.name)["accounts"]
    hidden = case.state in ("suspended", "author blocks")
    assert [one["id"] for one in found] == ([] if hidden else [case.author.id])


# Beyond the matrix.

@pytest.fixture
def people(house):
    return [house.account(name + secrets.token_hex(4)) for name in ("ada", "bob", "cleo", "dora")]


def test_a_boost_of_ones_own_private_post_stays_private(house, people):
    ada, bob, cleo, _ = people
    bob.follow(ada)
    post = ada.publish("for followers", visibility="private")
    boost = ada.post(f"/api/v1/statuses/{post['id']}/reblog", visibility="public")
    assert boost["visibility"] == "private"
    bob.get(f"/api/v1/statuses/{boost['id']}")
    for stranger in (cleo, house.anonymous()):
        stranger.request("GET", f"/api/v1/statuses/{boost['id']}", 404)
        assert stranger.get(f"/api/v1/accounts/{ada.id}/statuses") == []
    bob.request("POST", f"/api/v1/statuses/{boost['id']}/reblog", 403)
    assert bob.get(f"/api/v1/accounts/{bob.id}/statuses") == []


def test_a_boost_for_followers_is_told_to_followers_alone(house, people):
    ada, bob, cleo, dora = people
    cleo.follow(bob)
    post = ada.publish("open to all")
    boost = bob.post(f"/api/v1/statuses/{post['id']}/reblog", visibility="private")
    for client, sees in ((cleo, True), (bob, True), (dora, False), (house.anonymous(), False)):
        path = f"/api/v1/statuses/{post['id']}/reblogged_by"
        assert [one["id"] for one in client.get(path)] == ([bob.id] if sees else [])
        client.request("GET", f"/api/v1/statuses/{boost['id']}", 200 if sees else 404)
        assert shown(client.get(f"/api/v1/accounts/{bob.id}/statuses")) == ({post["id"]} if sees else set())


def test_a_suspended_account_tells_nothing_of_itself(house, people):
    ada, bob, _, _ = people
    ada.patch("/api/v1/accounts/update_credentials", note="my note", display_name="my name",
              fields_attributes=[{"name": "site", "value": "my field"}])
    house.cli("account", "suspend", ada.name)
    for client in (bob, house.anonymous()):
        told = client.get(f"/api/v1/accounts/{ada.id}")
        assert told["suspended"] is True
        assert told["note"] == "" and told["fields"] == [] and told["display_name"] == ""
    assert "my note" not in requests.get(f"{house.url}/@{ada.name}").text
    assert ada.request("GET", "/api/v1/timelines/home", None).status_code in (401, 403)
    listed = [one["id"] for one in bob.get("/api/v1/directory", limit=80, order="new")]
    assert listed and ada.id not in listed


def test_a_reply_to_an_invisible_post_shows_without_it(house, people):
    ada, bob, cleo, _ = people
    bob.follow(ada)
    hidden = ada.publish("for followers", visibility="private")
    reply = bob.publish("a public answer", in_reply_to_id=hidden["id"])
    for stranger in (cleo, house.anonymous()):
        context = stranger.get(f"/api/v1/statuses/{reply['id']}/context")
        assert context == {"ancestors": [], "descendants": []}
        assert stranger.get(f"/api/v1/statuses/{reply['id']}")["in_reply_to_id"] == hidden["id"]
    assert hidden["content"] not in requests.get(reply["url"]).text


def test_an_edit_that_narrows_takes_the_post_away_at_once(house, people):
    ada, bob, cleo, dora = people
    tag = "n" + secrets.token_hex(4)
    bob.follow(ada)
    dora.follow(cleo)
    post = ada.publish(f"open to all #{tag}")
    path = f"/api/v1/statuses/{post['id']}"
    cleo.post(path + "/favourite")
    cleo.post(path + "/reblog")
    ada.post(path + "/pin")
    assert shown(dora.home()) == {post["id"]}
    narrowed = ada.put(path, status=f"open to all #{tag}", visibility="private")
    assert narrowed["visibility"] == "private"
    bob.get(path)
    assert post["id"] in shown(bob.home())
    for name, client in (("cleo", cleo), ("dora", dora), ("nobody", house.anonymous())):
        client.request("GET", path, 404)
        pages = ["/api/v1/timelines/public", f"/api/v1/timelines/tag/{tag}",
                 f"/api/v1/accounts/{ada.id}/statuses", f"/api/v1/accounts/{ada.id}/statuses?pinned=1",
                 f"/api/v1/accounts/{cleo.id}/statuses"]
        if client.token:
            pages += ["/api/v1/timelines/home", "/api/v1/favourites"]
        for page in pages:
            assert post["id"] not in shown(client.get(page)), f"{page} to {name}"
    for client in (bob, ada):  # not for the public timelines even of those who see it
        for page in ("/api/v1/timelines/public", f"/api/v1/timelines/tag/{tag}"):
            assert post["id"] not in shown(client.get(page))
    refused = ada.request("PUT", path, 422, json={"status": "wider", "visibility": "public"})
    assert "isibility" in refused.json()["error"]
    ada.request("PUT", path, 422, json={"status": "x", "visibility": "everybody"})
    ada.put(path, status="for one", visibility="direct")
    bob.request("GET", path, 404)
    assert post["id"] not in shown(bob.home())


def test_blocking_someone_mentioned_hides_the_post_from_lists(house, people):
    ada, bob, cleo, _ = people
    bob.follow(ada)
    post = ada.publish(f"with @{cleo.name}")
    bob.post(f"/api/v1/accounts/{cleo.id}/block")
    assert bob.home() == []
    bob.get(f"/api/v1/statuses/{post['id']}")


def test_a_follow_request_shows_nothing_until_it_is_granted(house, people):
    ada, bob, _, _ = people
    ada.patch("/api/v1/accounts/update_credentials", locked=True)
    post = ada.publish("for followers", visibility="private")
    assert bob.follow(ada)["requested"]
    bob.request("GET", f"/api/v1/statuses/{post['id']}", 404)
    assert bob.home() == [] and bob.get(f"/api/v1/accounts/{ada.id}/statuses") == []
    ada.post(f"/api/v1/follow_requests/{bob.id}/reject")
    bob.request("GET", f"/api/v1/statuses/{post['id']}", 404)


def test_unblocking_gives_back_what_everybody_sees(house, people):
    ada, bob, _, _ = people
    post = ada.publish("open")
    ada.post(f"/api/v1/accounts/{bob.id}/block")
    bob.request("GET", f"/api/v1/statuses/{post['id']}", 404)
    bob.request("POST", f"/api/v1/accounts/{ada.id}/follow", 403)
    ada.post(f"/api/v1/accounts/{bob.id}/unblock")
    bob.get(f"/api/v1/statuses/{post['id']}")
    assert shown(bob.get(f"/api/v1/accounts/{ada.id}/statuses")) == {post["id"]}


def test_streams_lose_sight_of_a_post_that_an_edit_narrows(house, people):
    ada, bob, cleo, dora = people
    tag = "s" + secrets.token_hex(4)
    bob.follow(ada)
    cleo.follow(ada)
    follower, former, stranger = (open_streams(client, tag) for client in (bob, cleo, dora))
    post = ada.publish(f"open to all #{tag}")
    cleo.post(f"/api/v1/accounts/{ada.id}/unfollow")
    ada.put(f"/api/v1/statuses/{post['id']}", status=f"for followers #{tag}", visibility="private")
    house.drain_events()
    end = dora.publish(f"the end #{tag}")
    seen = {}
    for name, socket in (("follower", follower), ("former", former), ("stranger", stranger)):
        seen[name] = []
        while True:
            message = json.loads(socket.recv())
            stream, event, payload = message["stream"][0], message["event"], message["payload"]
            if stream == "hashtag" and event == "update" and json.loads(payload)["id"] == end["id"]:
                break
            seen[name].append((stream, event, payload))
        socket.close()
    for name in ("former", "stranger"):
        leaked = [entry for entry in seen[name] if "for followers" in entry[2]]
        assert not leaked, f"{leaked} to {name}"
    edits = [entry for entry in seen["follower"] if entry[1] == "status.update"]
    assert [stream for stream, _, _ in edits] == ["user"] and "for followers" in edits[0][2]


@pytest.mark.parametrize("way", ["unfollow", "block", "remove_from_followers", "mute"])
def test_what_is_ended_is_gone_at_once_while_the_author_posts_on(house, people, way):
    """No page that is asked for after the answer shows anything of the author."""
    bob = people[1]
    stop = threading.Event()
    writer = house.account("w" + secrets.token_hex(4))
    past = writer.publish("long ago", visibility="private")
    failures = []

    def write_on():
        try:
            while not stop.is_set():
                writer.publish("more for followers", visibility="private")
        except Exception as error:  # told below, in the test's own thread
            failures.append(error)
    thread = threading.Thread(target=write_on)
    undo = {"block": "unblock", "mute": "unmute"}.get(way)
    actor, target = bob, writer
    if way == "remove_from_followers":
        actor, target = Client(house, writer.token, writer.account), bob
    thread.start()
    try:
        for _ in range(15):
            bob.follow(writer)
            assert past["id"] in bob.whole_home()
            actor.post(f"/api/v1/accounts/{target.id}/{way}")
            assert bob.home() == []
            if way != "mute":
                bob.request("GET", f"/api/v1/statuses/{past['id']}", 404)
                assert bob.get(f"/api/v1/accounts/{writer.id}/statuses") == []
            if undo:
                actor.post(f"/api/v1/accounts/{target.id}/{undo}")
    finally:
        stop.set()
        thread.join()
    assert not failures
