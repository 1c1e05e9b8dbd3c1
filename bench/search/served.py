"""A server with a great many posts, and a client that searches in it."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import texts

FILL_SECONDS = 1800


def log(text):
    print(f"== {text}", flush=True)


def run(command, **options):
    done = subprocess.run([str(part) for part in command], **options)
    if done.returncode != 0:
        sys.exit(f"bench/search: {command[0]} {command[1]} failed")
    return done


class Data:
    def __init__(self, options):
        self.folder = pathlib.Path(options.cache) / f"search-{options.posts}-{options.accounts}"
        self.data, self.tokens = self.folder / "data", self.folder / "tokens"
        self.options, self.bin = options, pathlib.Path(options.bin)

    def make(self):
        if (self.folder / "loaded").exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        real = texts.real_texts(self.options.texts)
        posts = self.folder / "posts"
        log(f"making {self.options.posts} texts")
        with open(posts, "w", encoding="utf-8") as file:
            file.writelines(text + "\n" for text in texts.varied(real, self.options.posts))
        edges = self.folder / "edges"
        generate = [self.bin / "rookery-bench", "generate", "--seed", 1, "--accounts", self.options.accounts]
        run([*generate, "--edges", edges])
        run([*generate, "--tokens", self.tokens, "--tokens-max", self.options.readers])
        for kind, file in (("graph", edges), ("posts", posts), ("tokens", self.tokens)):
            log(f"loading {kind}")
            run([self.bin / "rookery", "import", kind, file, "--data", self.data])
        run([self.bin / "rookery", "reindex", "--data", self.data])
        posts.unlink()
        edges.unlink()
        (self.folder / "loaded").touch()

    def requests(self):
        """A file of searches by readers in turn."""
        rng = random.Random(3)
        tokens = [line.split()[1] for line in self.tokens.read_text().splitlines()]
        path = self.folder / "requests"
        real = texts.real_texts(self.options.texts)
        with open(path, "w", encoding="utf-8") as file:
            for query in texts.queries(real, self.options.queries):
                asked = {"q": query + " ", "type": "statuses", "limit": 20}
                if self.options.order != "newest":
                    asked["order"] = self.options.order
                file.write(f"GET /api/v2/search?{urllib.parse.urlencode(asked)} {rng.choice(tokens)}\n")
        return path


def cores():
    mine = sorted(os.sched_getaffinity(0))
    if len(mine) < 2:
        return [], []
    return ["taskset", "-c", str(mine[0])], ["taskset", "-c", ",".join(map(str, mine[1:]))]


class Server:
    def __init__(self, data, pin, folder=None):
        port_file = data.folder / "port"
        port_file.unlink(missing_ok=True)
        self.log = open(data.folder / "log", "wb")
        self.process = subprocess.Popen(
            [*pin, data.bin / "rookery", "serve", "--data", folder or data.data, "--listen", "127.0.0.1:0",
             "--port-file", port_file, "--no-limits"], stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)
        deadline = time.monotonic() + 600
        while not port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("bench/search: the server did not start")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{port_file.read_text().strip()}"

    def metric(self, name):
        text = urllib.request.urlopen(f"{self.url}/metrics").read().decode()
        return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name + " "))

    def wait_until_filled(self):
        deadline = time.monotonic() + FILL_SECONDS
        while self.metric("rookery_search_filling"):
            if time.monotonic() > deadline:
                sys.exit("bench/search: the index was not filled in time")
            time.sleep(1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def measure(options, data, server, pin, requests, rate):
    out = data.folder / "result.json"
    out.unlink(missing_ok=True)
    how = ["--rate", rate] if rate else ["--closed"]
    subprocess.run(
        [str(part) for part in [
            *pin, data.bin / "rookery-bench", "run", "--target", server.url, "--tokens", data.tokens,
            "--workload", "raw", "--requests", requests, "--seconds", options.seconds,
            "--connections", options.connections, "--warmup", 5, "--json", out, *how]], check=False)
    if not out.exists():
        sys.exit("bench/search: the run came to nothing")
    result = json.loads(out.read_text())
    if options.json:
        with open(options.json, "a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
    return result
