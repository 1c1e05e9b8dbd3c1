"""Starts, reloads, stops and asks the real `rookery limiter`, over HTTP and gRPC."""
import functools
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from program import ROOT, Program

PROTOS = ROOT / "src/api/limiter/proto"


class Answer:
    """An HTTP answer, whatever its status."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text

    def json(self):
        return json.loads(self.text)


class Limiter(Program):
    """One process, its configuration in a folder of its own."""

    def __init__(self, folder, *options, grpc=True):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.limits = self.folder / "limits"
        self.limits.mkdir(exist_ok=True)
        self.options = [str(option) for option in options]
        self.grpc_address = "127.0.0.1:0" if grpc else "none"
        super().__init__(self.folder / "limiter.log")
        self.http_port = self.grpc_port = 0

    def configure(self, text, name="limits.yaml"):
        """Writes a file of limits; complete as soon as it is there."""
        passing = self.folder / (name + ".new")
        passing.write_text(text)
        passing.rename(self.limits / name)
        return self

    def start(self, timeout=30):
        told = self.launch(
            ["limiter", "--limits", self.limits, "--listen", f"127.0.0.1:{self.http_port}",
             "--grpc", self.grpc_address, *self.options],
            self.folder / "ports", timeout)
        ports = dict(line.split() for line in told.splitlines())
        self.http_port, self.grpc_port = int(ports["http"]), int(ports["grpc"])
        return self

    def wait_for_log(self, text, count=1, timeout=20):
        deadline = time.monotonic() + timeout
        while self.log().count(text) < count:
            assert time.monotonic() < deadline, f"the log never said {text!r}:\n{self.log()[-2000:]}"
            time.sleep(0.01)

    def reload(self):
        """SIGHUP, and waits until the new limits hold, or are refused."""
        before = self.log().count('event="limits read"') + self.log().count("limits are wrong")
        self.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 20
        while self.log().count('event="limits read"') + self.log().count("limits are wrong") == before:
            assert time.monotonic() < deadline, "the limiter did not read its limits again"
            time.sleep(0.01)

    # --- HTTP

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http_port}"

    def ask(self, path, body=None, headers=None, method=None):
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            self.url + path, data, headers or {}, method=method or ("GET" if data is None else "POST"))
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read().decode())

    def take(self, domain, *descriptors, hits=1):
        """Descriptors are lists of (key, value)."""
        return self.ask("/v1/take", {"domain": domain, "descriptors": descriptors, "hits": hits})

    def metric(self, line_start):
        for line in self.ask("/metrics").text.splitlines():
            if line.startswith(line_start):
                return float(line.rsplit(" ", 1)[1])
        raise AssertionError(f"there is no metric {line_start}")


@functools.cache
def messages():
    """Envoy's messages, made from our own description of them by protoc."""
    folder = tempfile.mkdtemp(prefix="rookery-rls-")
    files = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.rglob("*.proto"))
    subprocess.run(["protoc", f"--proto_path={PROTOS}", f"--python_out={folder}", *files], check=True)
    sys.path.insert(0, folder)
    from envoy.service.ratelimit.v3 import rls_pb2
    return rls_pb2


class GrpcClient:
    """A client of Envoy's protocol, as Envoy is one."""

    def __init__(self, limiter):
        import grpc
        self.rls = messages()
        self.channel = grpc.insecure_channel(f"127.0.0.1:{limiter.grpc_port}")
        self.should_rate_limit = self.channel.unary_unary(
            "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit",
            request_serializer=self.rls.RateLimitRequest.SerializeToString,
            response_deserializer=self.rls.RateLimitResponse.FromString)
        self.health_check = self.channel.unary_unary("/grpc.health.v1.Health/Check")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.channel.close()

    def request(self, domain, *descriptors, hits=0):
        request = self.rls.RateLimitRequest(domain=domain, hits_addend=hits)
        for entries in descriptors:
            descriptor = request.descriptors.add()
            for key, value in entries:
                descriptor.entries.add(key=key, value=value)
        return request

    def take(self, domain, *descriptors, hits=0):
        return self.ask(self.request(domain, *descriptors, hits=hits))

    def ask(self, request):
        return self.should_rate_limit(request, timeout=20)

    def is_serving(self, service=""):
        asked = b"" if not service else b"\x0a" + bytes([len(service)]) + service.encode()
        return self.health_check(asked, timeout=20) == b"\x08\x01"
