"""Many texts out of some real ones, and queries that people might ask of them."""
import random
import re
import subprocess
import sys


def real_texts(path):
    """The lines of a file, which may be packed with xz."""
    if not str(path).endswith(".xz"):
        return [line for line in open(path, encoding="utf-8").read().split("\n") if line.strip()]
    done = subprocess.run(["xz", "-dc", str(path)], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"bench/search: cannot unpack {path}")
    return [line for line in done.stdout.decode("utf-8", "replace").split("\n") if line.strip()]


def varied(texts, count, seed=1):
    """`count` texts: the real ones first, then again with some words of another text in place of
    their own, so that no two are alike and the frequencies of words stay as they are."""
    rng = random.Random(seed)
    for number in range(count):
        text = texts[number % len(texts)]
        if number >= len(texts):
            words, others = text.split(), texts[rng.randrange(len(texts))].split()
            for _ in range(max(1, len(words) // 4)):
                words[rng.randrange(len(words))] = others[rng.randrange(len(others))]
            text = " ".join(words)
        yield text[:480]


def queries(texts, count, seed=2):
    """One to three plain words of one text, which therefore has them all; common words come as often
    as they are common, but for the very shortest."""
    rng = random.Random(seed)
    made = []
    while len(made) < count:
        words = sorted(set(re.findall(r"\b[a-z]{3,15}\b", texts[rng.randrange(len(texts))].lower())))
        wanted = rng.choice((1, 2, 2, 3))
        if len(words) >= wanted:
            made.append(" ".join(rng.sample(words, wanted)))
    return made
