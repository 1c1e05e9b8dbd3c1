"""The server snac2: its program from Debian, and a network in it that it made by itself.

Accounts are made by `snac adduser`, follows and posts through its Mastodon API with tokens from its
OAuth; each Follow, Accept and post goes through its queues and over HTTP to its own
inboxes, as in real use. Two things are done to its files afterwards: see deliver_lost()
and put_in_order().
"""
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

SUITE = "bookworm-backports"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
NEEDS = "libcurl4 and libssl3"  # beside the C library
QUEUES_EMPTY_SECONDS = 15
LOST_SHARE_MAX = 0.01
PATIENCE_SECONDS = 300  # without any progress; what it could not send, snac sends again after minutes
PASSWORD = re.compile(r"User password is (\S+)")


def fail(text):
    sys.exit(f"bench/peers/snac: {text}")


def log(text):
    print(f"== {text}", flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch_program(folder):
    """snac2 from Debian's backports, without touching what apt knows and what is installed."""
    program = folder / "usr/bin/snac"
    if not program.exists():
        log(f"fetching the package snac2 from {SUITE}")
        apt = folder / "apt"
        (apt / "lists/partial").mkdir(parents=True, exist_ok=True)
        (apt / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
        sources = apt / "sources.list"
        sources.write_text(f"deb [signed-by={KEYRING}] http://deb.debian.org/debian {SUITE} main\n")
        own = ["-qq", "-o", f"Dir::Etc::sourcelist={sources}", "-o", "Dir::Etc::sourceparts=/dev/null",
               "-o", f"Dir::State::lists={apt}/lists", "-o", f"Dir::Cache={apt}/cache",
               # apt fetches as this user: the system's own may not write here.
               "-o", f"APT::Sandbox::User={os.environ.get('USER') or 'root'}"]
        for words in (["update"], ["download", f"snac2/{SUITE}"]):
            if subprocess.run(["apt-get", *own, *words], cwd=apt, check=False).returncode != 0:
                fail(f"apt-get {words[0]} failed. Is there a network? --snac takes another program")
        package = next(apt.glob("snac2_*.deb"))
        subprocess.run(["dpkg", "-x", str(package), str(folder)], check=True)
        (folder / "version").write_text(package.name.split("_")[1])
        shutil.rmtree(apt)
    log(f"snac2 {(folder / 'version').read_text()}")
    return program


def check_libraries(program):
    """What the program needs must be there: nothing is installed for it."""
    found = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False)
    missing = [line.split()[0] for line in found.stdout.splitlines() if "not found" in line]
    if missing:
        fail(f"{program} needs {', '.join(missing)}: install {NEEDS}")


def user(number):
    """Names of one length: snac takes an inbox below /u1 for u1's own, and so that of /u10, too."""
    return f"u{number:05d}"


class Snac:
    """A directory of snac's, and its server while it runs."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.process = None

    def cli(self, *words, **options):
        done = subprocess.run([str(self.program), *map(str, words)], capture_output=True, text=True,
                              check=False, **options)
        if done.returncode != 0:
            fail(f"snac {words[0]} failed: {done.stdout}{done.stderr}")
        return done.stdout

    def configure(self, **values):
        file = self.folder / "server.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **values}, indent=4))

    # --- the server ---

    def start(self, pin=(), port=None):
        self.port = port or free_port()
        # Addresses within posts keep the port of the load: nobody follows them during a run.
        self.configure(port=self.port)
        self.log_file = self.folder.with_suffix(".log")
        with open(self.log_file, "wb") as file:
            self.process = subprocess.Popen([*pin, str(self.program), "httpd", str(self.folder)],
                                            stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return f"http://127.0.0.1:{self.port}"
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    fail("snac did not start:\n" + self.log_file.read_text(errors="replace")[-2000:])
                time.sleep(0.05)

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        self.log_file.unlink(missing_ok=True)

    # --- a network ---

    def load(self, network, threads):
        """Makes it; the token of each account."""
        shutil.rmtree(self.folder, ignore_errors=True)
        port = free_port()
        self.host = f"127.0.0.1:{port}"
        self.cli("init", self.folder, input=f"127.0.0.1\n{port}\n{self.host}\n\n\n")
        self.configure(protocol="http", num_threads=threads)
        log(f"snac: making {network.accounts} accounts, each with an RSA key")
        people = range(1, network.accounts + 1)
        passwords = [self.add_user(number) for number in people]
        base = self.start(port=port)
        tokens = [sign_in(base, user(number), password) for number, password in zip(people, passwords)]
        log(f"snac: {len(network.edges)} follows, which it asks for and accepts")
        for number in people:  # it gives an actor an id in its API when somebody has asked for it
            send(self.actor(number), tokens[0], accept="application/activity+json")
        for follower, followee in network.edges:
            # The answer is not read: one in thousands was no UTF-8. The files tell whether it worked.
            send(f"{base}/api/v1/accounts/{self.api_id(followee)}/follow", tokens[follower - 1], {})
        self.wait("follows to be accepted", lambda: self.follows_missing(network))
        log(f"snac: {len(network.posts)} posts, which it delivers")
        ids = [network.publish(base, tokens, post) for post in network.posts]
        keys = [post_id[10:] for post_id in ids]  # ten digits of seconds, then the name of its file
        # A message that it lost itself, under many at once, is in no queue and comes no more.
        self.wait("posts to be delivered", lambda: self.is_under_way() and len(self.undelivered(network, keys)))
        self.stop()
        self.deliver_lost(network, keys)
        self.put_in_order(keys)
        return tokens

    def add_user(self, number):
        return PASSWORD.search(self.cli("adduser", self.folder, user(number)))[1]

    def actor(self, number):
        return f"http://{self.host}/{user(number)}"

    def api_id(self, number):
        return hashlib.md5(self.actor(number).encode()).hexdigest()

    def wait(self, what, missing):
        least, deadline = None, 0
        while left := missing():
            if least is None or left < least:
                least, deadline = left, time.monotonic() + PATIENCE_SECONDS
            if self.process.poll() is not None or time.monotonic() > deadline:
                fail(f"snac waits in vain for {left} {what}:\n"
                     + self.log_file.read_text(errors="replace")[-2000:])
            time.sleep(1)

    def follows_missing(self, network):
        missing = 0
        for follower, followee in network.edges:
            file = self.folder / f"user/{user(follower)}/following/{self.api_id(followee)}.json"
            try:
                kept = json.loads(file.read_text())
            except (OSError, ValueError):  # being written
                kept = {}
            missing += kept.get("type") != "Accept"
        return missing

    def is_under_way(self):
        """False once nothing has waited in its queues for QUEUES_EMPTY_SECONDS."""
        until = time.monotonic() + QUEUES_EMPTY_SECONDS
        while not any(next(self.folder.glob(queue), None)
                      for queue in ("queue/*.json", "user/*/queue/*.json")):
            if time.monotonic() > until:
                return False
            time.sleep(1)
        return True

    def undelivered(self, network, keys):
        """Pairs of a reader's number and the key of a post that the home timeline lacks."""
        pairs = []
        for reader in range(1, network.accounts + 1):
            index = self.folder / f"user/{user(reader)}/private.idx"
            there = set(index.read_text().split()) if index.exists() else set()
            pairs += [(reader, keys[place]) for place in network.home(reader) if keys[place] not in there]
        return pairs

    def deliver_lost(self, network, keys):
        """Puts into home timelines what was lost on the way, as snac does with what arrives."""
        lost = self.undelivered(network, keys)
        if len(lost) > LOST_SHARE_MAX * sum(len(network.home(n + 1)) for n in range(network.accounts)):
            fail(f"snac did not deliver {len(lost)} posts to home timelines")
        if lost:
            log(f"snac lost {len(lost)} deliveries, which are made up for")
        for reader, key in lost:
            home = self.folder / f"user/{user(reader)}"
            link = home / f"private/{key}.json"
            if not link.exists():
                os.link(self.folder / f"object/{key[:2]}/{key}.json", link)
            with open(home / "private.idx", "a", encoding="ascii") as index:
                index.write(f"{key}\n")

    def put_in_order(self, keys):
        """Sorts each home timeline's index by the order in which the posts were made.

        snac appends what comes in, and has several threads: posts that came hours apart in real use
        are made within seconds here, and overtake each other. The lines stay as snac wrote them.
        """
        place = {key: number for number, key in enumerate(keys)}
        for index in self.folder.glob("user/*/private.idx"):
            lines = index.read_text().splitlines(keepends=True)
            lines.sort(key=lambda line: place.get(line.strip(), -1))  # follows stay where they are
            index.write_text("".join(lines))


def send(url, token, body=None, accept="application/json"):
    request = urllib.request.Request(
        url, None if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def ask(url, token, body=None):
    return json.loads(send(url, token, body))


def sign_in(base, name, password):
    """A token, in the way of any client: an application, the form, the code."""
    redirect = "urn:ietf:wg:oauth:2.0:oob"
    app = json.loads(post_form(base, "/api/v1/apps", client_name="bench", redirect_uris=redirect))
    code = post_form(base, "/oauth/x-snac-login", login=name, passwd=password, redir=redirect,
                     cid=app["client_id"], state="")
    answer = json.loads(post_form(base, "/oauth/token", grant_type="authorization_code", code=code,
                                  client_id=app["client_id"], client_secret=app["client_secret"],
                                  redirect_uri=redirect))
    return answer["access_token"]


def post_form(base, path, **fields):
    request = urllib.request.Request(base + path, urllib.parse.urlencode(fields).encode())
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()
