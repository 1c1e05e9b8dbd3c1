"""Starts, stops, kills and asks the real server program."""
import json
import pathlib
import secrets
import subprocess

from api_client import Client
from program import BINARY, Program


def run_cli(*arguments, check=True, timeout=60, stdin=None):
    """The program as an operator calls it; its completed process."""
    done = subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
        stdin=stdin,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"rookery {' '.join(map(str, arguments))}: {done.stderr or done.stdout}")
    return done


class Server(Program):
    """One data directory and, between start() and stop(), the server on it."""

    def __init__(self, data, *options):
        self.data = pathlib.Path(data)
        self.options = [str(option) for option in options] or ["--no-limits"]
        if "--web" not in self.options:
            self.options.append("--no-web")  # whatever app was built beside the program
        self.port = 0
        super().__init__(self.data.parent / (self.data.name + ".log"))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self, timeout=30):
        """Returns once the server is ready. A restart keeps the port, so addresses stay true."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        port = self.launch(
            ["serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *self.options],
            self.data.parent / (self.data.name + ".port"), timeout,
        )
        self.port = int(port)
        return self

    def restart(self):
        self.stop()
        return self.start()

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
