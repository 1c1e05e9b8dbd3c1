"""Starts, stops, kills and asks the real server program."""
import json
import os
import pathlib
import secrets
import signal
import subprocess
import time

from api_client import Client

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ROOKERY_BINARY", ROOT / "build/release/rookery"))


def run_cli(*arguments, check=True, timeout=60, stdin=None):
    """The program as an operator calls it; its completed process."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
        stdin=stdin,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"rookery {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
    return done


class Server:
    """One data directory and, between start() and stop(), the server on it."""

    def __init__(self, data, *options):
        self.data = pathlib.Path(data)
        self.options = [str(option) for option in options] or ["--no-limits"]
        if "--web" not in self.options:
            self.options.append("--no-web")  # whatever app was built beside the program
        self.port = 0
        self.process = None
        self.log_path = self.data.parent / (self.data.name + ".log")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, timeout=30):
        """Returns once the server is ready. A restart keeps the port, so addresses stay true."""
        assert self.process is None
        self.data.parent.mkdir(parents=True, exist_ok=True)
        port_file = self.data.parent / (self.data.name + ".port")
        port_file.unlink(missing_ok=True)
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                 "--port-file", port_file, *self.options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        deadline = time.monotonic() + timeout
        while not port_file.exists():
            if self.process.poll() is not None:
                self.process = None
                raise AssertionError("the server did not start:\n" + self.log()[-3000:])
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.005)
        self.port = int(port_file.read_text())
        return self

    def stop(self, timeout=30):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout)
        self.process = None
        return code

    def kill(self):
        """SIGKILL: no clean-up of any kind."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def restart(self):
        self.stop()
        return self.start()

    def end(self):
        """At the end of a test: whatever runs is ended, and must end cleanly."""
        if self.process is not None:
            assert self.stop() == 0, self.log()[-3000:]
        assert "ERROR: AddressSanitizer" not in self.log()

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def cli(self, *arguments, **options):
        return run_cli(*arguments, "--data", self.data, **options)

    def drain_events(self):
        """Waits until every consumer has handled all that was committed so far."""
        self.cli("events", "drain")

    def account(self, name, **options):
        """Makes an account and returns a client signed in as it."""
        token = secrets.token_urlsafe(24)
        extra = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", value)]
        made = self.cli("account", "create", name, "--token", token, "--json", *extra)
        return Client(self, token, json.loads(made.stdout))

    def anonymous(self):
        return Client(self, None, None)
