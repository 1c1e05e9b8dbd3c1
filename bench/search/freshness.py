"""How long a post takes from its acknowledgement until a search finds it, while others post and search.

Posts with a word of their own are made at even times, and each is searched for, again and again, until
an answer has it. Every value is kept; a post that was not found in ten seconds counts as an error.
"""
import http.client
import json
import subprocess
import threading
import time
import urllib.parse

PATIENCE_S = 10
SEARCHERS = 8


class Probe:
    """One connection that posts and searches for what it posted."""

    def __init__(self, url, tokens, number):
        self.connection = http.client.HTTPConnection(urllib.parse.urlparse(url).netloc, timeout=30)
        self.tokens, self.number, self.made = tokens, number, 0

    def ask(self, method, path, token, body=None):
        headers = {"Authorization": f"Bearer {token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {read[:200]!r}")
        return json.loads(read)

    def follow_a_post(self):
        """Milliseconds from the acknowledgement to the answer that has it, the post's own, and how
        often was asked. The first is None if it did not come."""
        self.made += 1
        word = f"probe{self.number}x{self.made}y{time.time_ns():x}"
        author, reader = (self.tokens[(self.made * SEARCHERS + self.number + i) % len(self.tokens)]
                          for i in (0, len(self.tokens) // 2))
        path = "/api/v2/search?" + urllib.parse.urlencode({"q": word + " ", "type": "statuses"})
        sent = time.monotonic()
        post = self.ask("POST", "/api/v1/statuses", author, json.dumps({"status": f"found by {word}"}))
        acknowledged = time.monotonic()
        asked = 0
        while time.monotonic() < acknowledged + PATIENCE_S:
            asked += 1
            found = self.ask("GET", path, reader)["statuses"]
            if [one["id"] for one in found] == [post["id"]]:
                now = time.monotonic()
                return (now - acknowledged) * 1000, (acknowledged - sent) * 1000, asked
        return None, (acknowledged - sent) * 1000, asked


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def probe_for(url, tokens, rate, seconds):
    """All results of probes that begin at even times, a few of them at once."""
    results, lock, began = [], threading.Lock(), time.monotonic()
    due = iter(range(int(rate * seconds)))

    def work(number):
        probe = Probe(url, tokens, number)
        while True:
            with lock:
                place = next(due, None)
            if place is None:
                return
            time.sleep(max(0, began + place / rate - time.monotonic()))
            result = probe.follow_a_post()
            with lock:
                results.append(result)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(SEARCHERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def load(program, pin, url, tokens, seconds, more):
    """Others, who post or search meanwhile: an open loop."""
    return subprocess.Popen(
        [*pin, str(program), "run", "--target", url, "--tokens", str(tokens), "--seconds", str(seconds),
         "--warmup", "1", *map(str, more)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def measure(options, program, pin, url, tokens_file, requests):
    tokens = [line.split()[1] for line in tokens_file.read_text().splitlines()]
    seconds = options.seconds + 4
    others = [
        load(program, pin, url, tokens_file, seconds,
             ["--workload", "post", "--rate", options.post_rate, "--connections", 64]),
        load(program, pin, url, tokens_file, seconds,
             ["--workload", "raw", "--requests", requests, "--rate", options.search_rate,
              "--connections", options.connections]),
    ]
    time.sleep(3)  # until they are at it
    results = probe_for(url, tokens, options.probe_rate, options.seconds)
    for other in others:
        print("\n".join(line for line in other.communicate()[0].splitlines()
                        if line.startswith(("kind", "post", "raw", "server", "machine"))))
    found = sorted(result[0] for result in results if result[0] is not None)
    never = len(results) - len(found)
    print(f"{len(results)} probes at {options.probe_rate}/s, beside {options.post_rate} posts/s and "
          f"{options.search_rate} searches/s; {never} not found in {PATIENCE_S} s")
    if found:
        print("found after its acknowledgement, ms: " + ", ".join(
            f"p{100 * share:g} {quantile(found, share):.1f}" for share in (0.5, 0.9, 0.99, 0.999))
            + f", max {found[-1]:.1f}")
        acknowledged = sorted(result[1] for result in results)
        asked = sum(result[2] for result in results) / len(results)
        print(f"acknowledged, ms: p50 {quantile(acknowledged, .5):.1f}, p99 "
              f"{quantile(acknowledged, .99):.1f}; {asked:.1f} searches a probe")
    return 0 if found and never == 0 else 1
