"""The load generator as a test runs it, and a server between it and Rookery that gets things wrong."""
import http.client
import http.server
import json
import os
import pathlib
import subprocess
import threading

from program import BINARY

BENCH = pathlib.Path(os.environ.get("ROOKERY_BENCH", BINARY.parent / "rookery-bench"))
# Machines that run tests are busy: what is bounded by them is tested by itself.
ANY_MACHINE = ["--late-max", "1e9", "--client-max", "1e9", "--others-max", "1e9", "--steal-max", "1e9"]


def bench(*arguments, check=None):
    """Runs it; its exit code, what it printed, and the result in JSON if --json names a file."""
    done = subprocess.run([BENCH, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


class Network:
    """A small generated network, loaded into a server; the first of its people have tokens."""

    def __init__(self, server, folder, accounts=60, acting=12, options=()):
        self.server, self.folder = server, folder
        self.edges, self.tokens = folder / "edges", folder / "tokens"
        posts = folder / "posts"
        bench("generate", "--accounts", accounts, "--seed", 5, "--edges", self.edges, "--posts", posts,
              "--posts-per-account", 8, "--tokens", self.tokens, "--tokens-max", acting, *options, check=0)
        server.cli("import", "graph", self.edges)
        server.cli("import", "posts", posts)
        for line in self.tokens.read_text().splitlines():
            number, token = line.split()
            server.cli("account", "token", f"u{number}", "--token", token)

    def follows(self):
        return [tuple(map(int, line.split())) for line in self.edges.read_text().splitlines()]

    def run(self, workload, *options, target=None, rate=100, seconds=1, sample=2, bounds=ANY_MACHINE,
            check=None):
        """A short run; the result."""
        out = self.folder / "result.json"
        out.unlink(missing_ok=True)
        bench("run", "--target", target or self.server.url, "--tokens", self.tokens, "--graph", self.edges,
              "--workload", workload, "--rate", rate, "--seconds", seconds, "--warmup", 0.2,
              "--connections", 8, "--sample", sample, "--json", out, *bounds, *options, check=check)
        return json.loads(out.read_text())


class Meddler:
    """Passes requests on to a server, and home pages through `change` on the way back."""

    def __init__(self, url, change):
        address = url.removeprefix("http://")

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                connection = http.client.HTTPConnection(address)
                connection.request(self.command, self.path, body, dict(self.headers))
                answer = connection.getresponse()
                status, content = answer.status, answer.read()
                connection.close()
                if self.path.startswith("/api/v1/timelines/home"):
                    status, content = change(status, content)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = pass_on

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 64

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self.url

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
