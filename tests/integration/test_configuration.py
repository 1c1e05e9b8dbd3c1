"""The configuration file: complete, current, and strict."""
import pathlib

import pytest
import requests

from program import ROOT
from rookery_server import Server, run_cli


def problem_of(tmp_path, text):
    path = tmp_path / "rookery.toml"
    path.write_text(text)
    done = run_cli("serve", "--data", tmp_path / "data", "--config", path, check=False, timeout=20)
    assert done.returncode == 1
    assert not (tmp_path / "data").exists()
    return done.stderr.replace(str(path), "FILE").strip()


@pytest.mark.parametrize("text, problem", [
    ("[http]\nbody_bytes_maxx = 1", "rookery: FILE:2: unknown key: http.body_bytes_maxx"),
    ("[htttp]\n", "rookery: FILE:1: unknown section or key: htttp"),
    ("[posts]\n\ncharacters_max = 0", "rookery: FILE:3: posts.characters_max must be between 1 and"),
    ("[posts]\ncharacters_max = \"many\"", "rookery: FILE:2: posts.characters_max must be a whole number"),
    ("[store]\nsync = \"sometimes\"", "rookery: FILE:2: store.sync must be one of always, interval"),
    ("[instance]\nregistrations_open = 1", "rookery: FILE:2: instance.registrations_open must be true or false"),
    ("[instance\n", "rookery: FILE:1: "),
])
def test_a_mistake_names_file_line_and_key(tmp_path, text, problem):
    assert problem_of(tmp_path, text).startswith(problem)


def test_a_missing_file_is_named(tmp_path):
    done = run_cli("serve", "--data", tmp_path / "data", "--config", "nowhere.toml", check=False)
    assert "nowhere.toml" in done.stderr


def test_a_bad_proxy_is_refused(tmp_path):
    assert "proxies.example" in problem_of_start(tmp_path, '[http]\ntrusted_proxies = ["proxies.example"]')


def problem_of_start(tmp_path, text):
    path = tmp_path / "rookery.toml"
    path.write_text(text)
    done = run_cli("serve", "--data", tmp_path / "data", "--config", path, "--listen", "127.0.0.1:0",
                   check=False, timeout=20)
    assert done.returncode == 1
    return done.stderr


def test_what_is_printed_can_be_read(tmp_path):
    path = tmp_path / "complete.toml"
    path.write_text(run_cli("config", "print").stdout)
    assert "is right" in run_cli("config", "check", path).stdout
    assert run_cli("config", "print", "--config", path).stdout == path.read_text()


def test_a_limit_takes_effect(tmp_path):
    path = tmp_path / "rookery.toml"
    path.write_text('[posts]\ncharacters_max = 10\n[instance]\ntitle = "The small house"\n')
    server = Server(tmp_path / "data", "--config", path).start()
    ada = server.account("ada")
    ada.publish("0123456789")
    assert "10" in ada.post("/api/v1/statuses", expect=422, status="01234567890")["error"]
    instance = requests.get(server.url + "/api/v2/instance").json()
    assert instance["title"] == "The small house"
    assert instance["configuration"]["statuses"]["max_characters"] == 10
    server.end()


def test_the_document_is_current():
    document = ROOT / "docs/configuration.md"
    assert document.read_text() == run_cli("config", "print", "--markdown").stdout, (
        "run: build/release/rookery config print --markdown > docs/configuration.md"
    )
    assert pathlib.Path(document).read_text().count("\n| `") > 50
