"""docs/proxy.md: nginx does TLS before Rookery."""
import json
import pathlib
import socket
import ssl

import pytest
import requests
import websocket

from nginx_proxy import NGINX, NginxProxy
from rookery_server import Server


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A server that believes the proxy before it, and the proxy."""
    if not pathlib.Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("proxy")
    (folder / "nginx").mkdir()
    config = folder / "rookery.toml"
    config.write_text("[http]\ntrusted_proxies = [\"127.0.0.1\"]\n")
    server = Server(folder / "data", "--config", config).start()
    try:
        proxy = NginxProxy(folder / "nginx", server.port)
        proxy.url = f"https://127.0.0.1:{proxy.tls_port}"
        yield server, proxy
        proxy.stop()
    finally:
        server.end()


@pytest.fixture(scope="module")
def ada(behind):
    server, _ = behind
    ada = server.account("ada")
    for number in range(25):
        ada.publish(f"post {number} " + "with many words " * 25)
    return ada


def get(proxy, path, token, **options):
    return requests.get(proxy.url + path, headers={"Authorization": f"Bearer {token}"},
                        verify=proxy.folder / "cert.pem", timeout=20, **options)


def test_a_page_is_the_same_through_tls(behind, ada):
    server, proxy = behind
    direct = requests.get(server.url + "/api/v1/timelines/home",
                          headers={"Authorization": f"Bearer {ada.token}"}, timeout=20)
    secure = get(proxy, "/api/v1/timelines/home", ada.token)
    assert direct.status_code == secure.status_code == 200 and len(secure.json()) == 20
    assert secure.content == direct.content


def test_http_2_is_offered(behind):
    _, proxy = behind
    context = ssl.create_default_context(cafile=proxy.folder / "cert.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (socket.create_connection(("127.0.0.1", proxy.tls_port), timeout=20) as connection,
          context.wrap_socket(connection, server_hostname="localhost") as secure):
        assert secure.selected_alpn_protocol() == "h2"


def test_an_event_passes_when_it_comes(behind, ada):
    _, proxy = behind
    with get(proxy, "/api/v1/streaming/user", ada.token, stream=True) as events:
        assert events.status_code == 200
        stream = websocket.create_connection(
            f"wss://localhost:{proxy.tls_port}/api/v1/streaming?stream=user", timeout=20,
            header=[f"Authorization: Bearer {ada.token}"],
            sslopt={"ca_certs": str(proxy.folder / "cert.pem")})
        stream.send("{}")  # is answered, and then the stream has been taken in
        assert "error" in json.loads(stream.recv())
        ada.publish("through the proxy")
        message = json.loads(stream.recv())
        assert message["event"] == "update" and "through the proxy" in message["payload"]
        assert any(b"through the proxy" in line for line in events.iter_lines(chunk_size=1))
        stream.close()
