"""masto, the JavaScript library from npm, from registration to streams."""
import json
import shutil
import subprocess

import pytest

from program import ROOT
from web_sign_in import authorization_code

CLIENTS = ROOT / "tests/clients"
pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (CLIENTS / "node_modules/masto").is_dir(),
    reason="the npm client is not installed; ./dev setup does that",
)


def node(*arguments):
    done = subprocess.run(["node", CLIENTS / "main_road.mjs", *arguments], capture_output=True,
                          text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_goes_the_main_road(server):
    server.account("ada", password="engine number one")
    bob = server.account("bob")
    app = json.loads(node("register", server.url))
    code = authorization_code(app["authorizeUrl"], "ada", "engine number one")
    token = node("redeem", server.url, app["clientId"], app["clientSecret"], code)
    assert node("road", server.url, token, bob.token) == "done"
