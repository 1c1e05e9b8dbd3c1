"""Start, stop, second start, and what a start refuses."""
import os
import signal
import socket
import subprocess
import time

import requests

from program import BINARY
from rookery_server import Server, run_cli


def test_starts_stops_and_starts_again_in_under_a_second(server):
    author = server.account("ada")
    post = author.publish("I was here before the restart")
    assert server.stop() == 0
    begun = time.monotonic()
    server.start()
    assert time.monotonic() - begun < 1.0
    assert author.get(f"/api/v1/statuses/{post['id']}")["content"] == post["content"]
    assert [seen["id"] for seen in author.home()] == [post["id"]]


def test_health_tells_that_it_lives_and_is_ready(server):
    assert requests.get(server.url + "/health/live").json() == {"status": "ok"}
    assert requests.get(server.url + "/health/ready").json() == {"status": "ok"}


def test_metrics_are_for_this_machine(server):
    server.account("ada").publish("counted")
    text = requests.get(server.url + "/metrics").text
    assert "rookery_build_info{" in text
    assert "# TYPE" in text
    forwarded = requests.get(server.url + "/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert forwarded.status_code == 403


def test_metrics_are_for_whoever_has_the_token(tmp_path):
    config = tmp_path / "rookery.toml"
    config.write_text('[process]\nmetrics_token = "open-sesame"\n')
    server = Server(tmp_path / "data", "--config", config).start()
    headers = {"X-Forwarded-For": "203.0.113.7", "Authorization": "Bearer open-sesame"}
    assert requests.get(server.url + "/metrics", headers=headers).status_code == 200
    headers["Authorization"] = "Bearer wrong"
    assert requests.get(server.url + "/metrics", headers=headers).status_code == 403
    server.end()


def test_a_stop_waits_for_the_request_under_way(server):
    author = server.account("ada")
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        body = b"status=finished%20while%20stopping"
        slow.sendall(
            b"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"Authorization: Bearer " + author.token.encode() + b"\r\n"
            b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body[:10]
        )
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        slow.sendall(body[10:])
        slow.settimeout(20)
        assert slow.recv(4096).startswith(b"HTTP/1.1 200")
    assert server.process.wait(20) == 0
    server.process = None
    server.start()
    assert "finished while stopping" in author.home()[0]["content"]


def test_a_second_signal_stops_at_once(server):
    with socket.create_connection(("127.0.0.1", server.port)) as hanging:
        hanging.sendall(b"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1")
        time.sleep(0.1)
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        server.process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        assert server.process.wait(5) in (0, 130)
        assert time.monotonic() - begun < 2
    server.process = None


def refuses(*arguments):
    """The one sentence on standard error with which a start is refused."""
    done = run_cli("serve", *arguments, check=False, timeout=20)
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("rookery: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_refuses_a_port_that_is_taken(server, tmp_path):
    said = refuses("--data", tmp_path / "other", "--listen", f"127.0.0.1:{server.port}")
    assert f"cannot listen on 127.0.0.1:{server.port}" in said


def test_refuses_a_data_directory_in_use(server):
    said = refuses("--data", server.data, "--listen", "127.0.0.1:0")
    assert str(server.data) in said
    assert server.account("ada").home() == []  # and the one that runs does not notice


def test_refuses_a_place_where_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("no directory")
    said = refuses("--data", tmp_path / "file" / "data", "--listen", "127.0.0.1:0")
    assert "cannot make the data directory" in said


def test_refuses_addresses_that_are_none(tmp_path):
    for address in ["8080", "127.0.0.1:99999", "127.0.0.1:", "example.org:80", "::1:80"]:
        assert "HOST:PORT" in refuses("--data", tmp_path / "data", "--listen", address)
    assert "https://" in refuses("--data", tmp_path / "data", "--url", "social.example")


def test_a_start_that_was_refused_leaves_nothing_that_breaks_the_next(tmp_path):
    refuses("--data", tmp_path / "data", "--listen", "203.0.113.1:80")
    server = Server(tmp_path / "data").start()
    server.end()


def test_works_below_a_long_path(tmp_path):
    server = Server(tmp_path / ("d" * 100) / ("e" * 100) / "data").start()
    server.account("ada").publish("deep down")
    server.end()


def test_says_its_version_and_helps():
    assert run_cli("--version").stdout.startswith("rookery ")
    assert "serve" in run_cli("--help").stdout
    for command in ["serve", "account", "account create", "import", "import graph", "import posts",
                    "events", "events dead", "check", "demo", "config", "config print"]:
        shown = run_cli(*command.split(), "--help").stdout
        assert "Usage:" in shown and len(shown) > 100, command
    assert run_cli(check=False).returncode != 0
    assert run_cli("fly", check=False).returncode != 0


def test_the_process_needs_no_terminal_and_no_home(tmp_path):
    done = subprocess.run(
        [BINARY, "account", "create", "ada", "--data", tmp_path / "data"],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )
    assert "password: " in done.stdout
