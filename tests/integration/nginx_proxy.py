"""nginx before a server, with the configuration of docs/proxy.md; also for bench/peers/tls."""
import pathlib
import shutil
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def replaced(text, *pairs):
    for old, new in pairs:
        if text.count(old) != 1:
            raise AssertionError(f"the document has {old!r} once")
        text = text.replace(old, new)
    return text


def make_certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)


class NginxProxy:
    """One nginx process with one worker in it, on two ports of loopback: with TLS and without. What is
    served without is the same text but for its TLS."""

    def __init__(self, folder, server_port, pin=(), tls=()):
        """`folder` is empty; `tls` are more pairs of texts to replace in the document."""
        self.folder = pathlib.Path(folder)
        make_certificate(self.folder)
        self.tls_port, self.plain_port = free_port(), free_port()
        text = (ROOT / "docs/proxy.md").read_text().split("```nginx\n")[1].split("```")[0]
        text = replaced(text, ("127.0.0.1:8080", f"127.0.0.1:{server_port}"), *tls)
        shared, _, block = text.partition("\nserver {")
        secure = replaced(block, ("listen 443", f"listen 127.0.0.1:{self.tls_port}"),
                          ("/etc/ssl/social.example.pem", f"{self.folder}/cert.pem"),
                          ("/etc/ssl/social.example.key", f"{self.folder}/key.pem"))
        plain = replaced("\n".join(line for line in block.splitlines() if not line.strip().startswith("ssl_")),
                         ("listen 443 ssl http2", f"listen 127.0.0.1:{self.plain_port}"))
        folders = "\n".join(f"{name}_temp_path {self.folder}/{name};"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(
            # One process, so that its CPU is that of one.
            f"daemon off; master_process off; pid {self.folder}/pid; error_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 4096; }}\nhttp {{ access_log off;\n{folders}\n{shared}"
            f"\nserver {{{secure}\nserver {{{plain}\n}}\n")
        self.process = subprocess.Popen(
            [*pin, NGINX, "-c", str(self.folder / "nginx.conf"), "-p", str(self.folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.wait()

    def wait(self):
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.tls_port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise AssertionError(f"nginx ended: {self.process.stderr.read()}") from None
                if time.monotonic() > deadline:
                    raise AssertionError("nginx did not start") from None
                time.sleep(0.02)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stderr.close()
