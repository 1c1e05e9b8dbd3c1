"""The nginx configuration of docs/limiter.md, before a backend, with a real limiter."""
import http.client
import http.server
import pathlib
import shutil
import socket
import subprocess
import threading
import time

import pytest

from limiter_process import Limiter
from program import ROOT

MONTH = 30 * 86_400  # seconds; a window that hardly ever ends during a test
LIMITS = """
domain: edge
descriptors:
  - key: remote_address
    rate_limit: {unit: month, requests_per_unit: 3}
"""
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


class Backend(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = 403 if self.path == "/own-403" else 200
        body = b"from the backend"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.server.served += 1

    def log_message(self, *_):
        pass


@pytest.fixture
def backend():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    server.served = 0
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()


@pytest.fixture
def limiter(tmp_path):
    running = Limiter(tmp_path / "limiter", grpc=False).configure(LIMITS).start()
    yield running
    if running.process:
        running.end()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def proxy(tmp_path, backend, limiter):
    """The port of nginx, with the text of the document in its http block."""
    if not pathlib.Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    text = (ROOT / "docs/limiter.md").read_text().split("```nginx\n")[1].split("```")[0]
    port = free_port()
    for old, new in (("server 127.0.0.1:8090", f"server 127.0.0.1:{limiter.http_port}"),
                     ("listen 80", f"listen 127.0.0.1:{port}"),
                     ("http://127.0.0.1:3000", f"http://127.0.0.1:{backend.server_port}"),
                     # A busy machine is no lost limiter.
                     ("proxy_connect_timeout 50ms", "proxy_connect_timeout 5s"),
                     ("proxy_read_timeout 100ms", "proxy_read_timeout 10s")):
        assert text.count(old) == 1, f"the document has {old!r} once"
        text = text.replace(old, new)
    folder = tmp_path / "nginx"
    folder.mkdir()
    folders = "\n".join(f"{name}_temp_path {folder}/{name};"
                        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\nhttp {{ access_log off;\n{folders}\n{text}\n}}\n")
    process = subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder],
                               stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.02)
    yield port
    process.terminate()
    process.wait(20)
    process.stderr.close()


def get(port, path="/", source="127.0.0.1", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def test_lets_through_what_is_allowed_and_no_more(proxy, backend):
    allowed = [get(proxy) for _ in range(3)]
    assert [answer.status for answer in allowed] == [200] * 3
    assert allowed[0].text == "from the backend"
    assert allowed[0].headers["RateLimit-Policy"] == '"edge,remote_address";q=3;w=2592000'
    assert allowed[2].headers["RateLimit"].startswith('"edge,remote_address";r=0;')
    refused = get(proxy)
    assert refused.status == 429 and refused.text == "Too many requests\n"
    assert 0 < int(refused.headers["Retry-After"]) <= MONTH
    assert backend.served == 3, "what is refused does not reach the backend"
    assert get(proxy, source="127.0.0.2").status == 200, "another address is another client"


def test_a_client_cannot_speak_for_itself(proxy, backend):
    forged = {"X-RateLimit-Entry": "remote_address=192.0.2.1", "X-RateLimit-Entry2": "partner=x",
              "X-Forwarded-For": "192.0.2.1"}
    answers = [get(proxy, "/?domain=other&hits=0&entry=a=b", headers=forged).status for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert backend.served == 3


def test_the_sub_request_cannot_be_called_from_outside(proxy):
    assert get(proxy, "/.limit").status == 404


def test_the_applications_own_refusal_passes(proxy):
    answer = get(proxy, "/own-403")
    assert (answer.status, answer.text) == (403, "from the backend")


def test_without_a_limiter_all_may_pass(proxy, limiter):
    limiter.kill()
    assert [get(proxy).status for _ in range(5)] == [200] * 5
