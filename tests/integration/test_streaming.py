"""Streams over real sockets: WebSocket and server-sent events."""
import json
import time

import pytest
import requests
import websocket


@pytest.fixture
def people(server):
    return [server.account(name) for name in ("ada", "bob", "cleo")]


def connect(client, query="", **options):
    url = client.server.url.replace("http://", "ws://") + "/api/v1/streaming" + query
    if not options:
        options["header"] = [f"Authorization: Bearer {client.token}"]
    return websocket.create_connection(url, timeout=20, **options)


def settle(client, socket):
    """Waits until the server has taken the stream in: a message that is wrong is answered in turn."""
    socket.send("{}")
    assert "error" in json.loads(socket.recv())


def events(client, socket, count):
    """The next messages as (event, id)."""
    out = []
    for _ in range(count):
        message = json.loads(socket.recv())
        payload = message["payload"]
        out.append((message["event"], payload if message["event"] == "delete" else json.loads(payload)["id"]))
    return out


def test_home_arrives_and_is_taken_back(people):
    ada, bob, cleo = people
    bob.follow(ada)
    socket = connect(bob, "?stream=user")
    settle(bob, socket)
    cleo.publish("not for bob")
    # One after the other: what is gone before it was sent is not sent any more.
    post = ada.publish("hello")
    assert events(bob, socket, 1) == [("update", post["id"])]
    ada.put(f"/api/v1/statuses/{post['id']}", status="hello, all")
    assert events(bob, socket, 1) == [("status.update", post["id"])]
    ada.delete(f"/api/v1/statuses/{post['id']}")
    assert events(bob, socket, 1) == [("delete", post["id"])]
    socket.close()


@pytest.mark.parametrize("way", ["header", "query", "subprotocol"])
def test_the_token_comes_in_three_ways(people, way):
    ada = people[0]
    if way == "query":
        socket = connect(ada, f"?stream=user&access_token={ada.token}", header=[])
    elif way == "subprotocol":
        socket = connect(ada, "?stream=user", subprotocols=[ada.token])
        assert socket.getsubprotocol() == ada.token.lower()  # this client lowers it
    else:
        socket = connect(ada, "?stream=user")
    settle(ada, socket)
    post = ada.publish("mine")
    assert events(ada, socket, 1) == [("update", post["id"])]
    socket.close()


@pytest.mark.parametrize("header", [[], ["Authorization: Bearer wrong"]])
def test_a_bad_token_is_refused_at_the_upgrade(people, header):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        connect(people[0], "?stream=user", header=header)
    assert refused.value.status_code == 401


def test_subscriptions_share_a_socket(people):
    ada, bob, _ = people
    socket = connect(bob)
    socket.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": "Birds"}))
    socket.send(json.dumps({"type": "subscribe", "stream": "public:local"}))
    settle(bob, socket)
    post = ada.publish("look: #birds")
    messages = [json.loads(socket.recv()) for _ in range(2)]
    assert sorted(message["stream"] for message in messages) == [["hashtag", "birds"], ["public:local"]]
    assert {json.loads(message["payload"])["id"] for message in messages} == {post["id"]}
    socket.send(json.dumps({"type": "unsubscribe", "stream": "hashtag", "tag": "birds"}))
    settle(bob, socket)
    ada.publish("again: #birds")
    assert json.loads(socket.recv())["stream"] == ["public:local"]
    socket.close()


def test_notifications_arrive(people):
    ada, bob, _ = people
    post = ada.publish("hello")
    socket = connect(ada, "?stream=user:notification")
    settle(ada, socket)
    bob.post(f"/api/v1/statuses/{post['id']}/favourite")
    message = json.loads(socket.recv())
    assert message["event"] == "notification"
    notification = json.loads(message["payload"])
    assert notification["type"] == "favourite" and notification["account"]["id"] == bob.id
    assert ada.get(f"/api/v1/notifications/{notification['id']}")["type"] == "favourite"
    socket.close()


def test_a_revoked_token_ends_its_stream_within_a_second(people):
    ada = people[0]
    app = ada.post("/api/v1/apps", client_name="t", redirect_uris="urn:ietf:wg:oauth:2.0:oob")
    socket = connect(ada, "?stream=user")
    settle(ada, socket)
    ada.server.cli("account", "suspend", ada.name)
    begun = time.monotonic()
    opcode, data = socket.recv_data()
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    assert int.from_bytes(data[:2], "big") == 1008
    assert time.monotonic() - begun < 1.0
    assert app["client_id"]


def test_direct_posts_arrive_as_conversations(people):
    ada, bob, _ = people
    socket = connect(bob, "?stream=direct")
    settle(bob, socket)
    post = ada.publish("@bob psst", visibility="direct")
    message = json.loads(socket.recv())
    assert message["event"] == "conversation"
    assert json.loads(message["payload"])["last_status"]["id"] == post["id"]
    socket.close()


def test_server_sent_events(people):
    ada, bob, _ = people
    bob.follow(ada)
    headers = {"Authorization": f"Bearer {bob.token}"}
    with requests.get(
        bob.server.url + "/api/v1/streaming/user", headers=headers, stream=True, timeout=20
    ) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        lines = stream.iter_lines(decode_unicode=True, chunk_size=1)
        assert next(lines).startswith(":")
        post = ada.publish("hello")
        seen = []
        for line in lines:
            if line.startswith(("event:", "data:")):
                seen.append(line)
            if len(seen) == 2:
                break
    assert seen[0] == "event: update"
    assert json.loads(seen[1].removeprefix("data: "))["id"] == post["id"]


def test_refusals_name_what_is_wrong(people):
    ada = people[0]
    assert requests.get(ada.server.url + "/api/v1/streaming/health").text == "OK"
    ada.request("GET", "/api/v1/streaming/hashtag", 422)
    ada.request("GET", "/api/v1/streaming", 422)
    answer = ada.request("GET", "/api/v1/streaming?stream=everything", 422).json()
    assert answer["error"] == "Unknown channel requested"
    assert requests.get(ada.server.url + "/api/v1/streaming/user").status_code == 401
