"""toot, the command line client of Debian, from sign-in to the home feed."""
import os
import re
import shutil
import subprocess

import pytest

from web_sign_in import authorization_code

pytestmark = pytest.mark.skipif(shutil.which("toot") is None, reason="toot is not installed")


class Toot:
    def __init__(self, home):
        self.environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"),
                            "BROWSER": "true"}

    def __call__(self, *arguments):
        done = subprocess.run(["toot", *arguments, "--no-color"], env=self.environment, text=True,
                              capture_output=True, timeout=60)
        assert done.returncode == 0 and not done.stderr, (arguments, done.stdout, done.stderr)
        return done.stdout

    def login(self, server, name, password):
        process = subprocess.Popen(
            ["toot", "login", "-i", f"127.0.0.1:{server.port}", "--disable-https", "--no-color"],
            env=self.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said = ""
        while "/oauth/authorize" not in said.splitlines()[-1] if said else True:
            line = process.stdout.readline()
            assert line, said
            said += line
        code = authorization_code(said.splitlines()[-1].strip(), name, password)
        said, _ = process.communicate(f"n\n{code}\n", timeout=60)
        assert process.returncode == 0 and "Successfully logged in" in said, said


@pytest.fixture
def toot(server, tmp_path):
    server.account("ada", password="engine number one")
    (tmp_path / "home").mkdir()
    client = Toot(tmp_path / "home")
    client.login(server, "ada", "engine number one")
    return client


def posted_id(said):
    return re.search(r"/(\d+)\s*$", said.strip()).group(1)


def test_signs_in_and_tells_who_one_is(server, toot):
    assert "@ada" in toot("whoami")
    assert "Rookery" in toot("instance", f"127.0.0.1:{server.port}", "--disable-https")


def test_posts_replies_boosts_and_favourites(server, toot):
    bob = server.account("bob")
    first = bob.publish("Hello from the other side")
    assert "Toot posted" in toot("post", "A first note #hello")
    toot("post", "An answer", "--reply-to", first["id"])
    toot("favourite", first["id"])
    toot("reblog", first["id"])
    toot("bookmark", first["id"])
    seen = bob.get(f"/api/v1/statuses/{first['id']}")
    assert (seen["replies_count"], seen["reblogs_count"], seen["favourites_count"]) == (1, 1, 1)
    thread = toot("thread", first["id"])
    assert "Hello from the other side" in thread and "An answer" in thread
    assert "@ada" in toot("reblogged_by", first["id"])
    assert "Hello from the other side" in toot("bookmarks", "--once")
    toot("unfavourite", first["id"])
    toot("unreblog", first["id"])
    seen = bob.get(f"/api/v1/statuses/{first['id']}")
    assert (seen["reblogs_count"], seen["favourites_count"]) == (0, 0)


def test_follows_and_reads_the_home_feed(server, toot):
    bob = server.account("bob")
    for number in range(25):
        bob.publish(f"number {number} of bob")
    assert "number" not in toot("timeline", "--once")
    toot("follow", "bob")
    shown = toot("timeline", "--once", "--count", "20")
    assert "number 24 of bob" in shown and "number 4 of bob" not in shown
    assert "@bob" in toot("following", "ada")
    assert "@ada" in toot("followers", "bob")
    assert "number 5 of bob" in toot("timeline", "--once", "--public", "--count", "20")
    toot("unfollow", "bob")
    assert "number 24" not in toot("timeline", "--once")


def test_reads_notifications_and_searches(server, toot):
    bob = server.account("bob")
    bob.publish("Are you there, @ada?")
    server.drain_events()
    assert "Are you there" in toot("notifications")
    assert "@bob" in toot("search", "bob")
    toot("mute", "bob")
    toot("unmute", "bob")
    toot("block", "bob")
    toot("unblock", "bob")


def test_deletes_and_pins(server, toot):
    status = posted_id(toot("post", "For a short time only"))
    toot("pin", status)
    toot("unpin", status)
    toot("delete", status)
    server.anonymous().get(f"/api/v1/statuses/{status}", expect=404)
