#!/usr/bin/env python3
"""Draws latency against rate as an SVG, from results of rookery-bench run or medians of them.

usage: plot.py RESULTS.jsonl TITLE > chart.svg      invalid runs are left out, and counted on stderr
"""
import html
import json
import math
import sys

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 80, 110, 50, 60
LABEL_LINE = 14
SERIES = [("p50_ms", "p50", "#2a7f62"), ("p99_ms", "p99", "#b7791f"), ("p999_ms", "p99.9", "#b3364b")]


def nice_step(span):
    """A round number that divides the span into four to ten."""
    raw = span / 5
    power = 10 ** math.floor(math.log10(raw))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= raw)


def text(x, y, words, anchor="middle", size=13, extra=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{extra}>'
            f"{html.escape(words)}</text>")


def latency_against_rate(points, title):
    """The SVG's text. `points` have offered_per_s and, in milliseconds, p50_ms, p99_ms, p999_ms."""
    points = sorted(points, key=lambda point: point["offered_per_s"])
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" fill="#222">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
           text(WIDTH / 2, 28, title, size=16)]
    if not points:
        return "\n".join([*out, text(WIDTH / 2, HEIGHT / 2, "no valid run"), "</svg>\n"])

    rate_max = max(point["offered_per_s"] for point in points) * 1.05
    values = [max(point[key], 0.001) for point in points for key, _, _ in SERIES]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)

    def x(rate):
        return LEFT + rate / rate_max * (WIDTH - LEFT - RIGHT)

    def y(ms):
        share = (math.log10(max(ms, 0.001)) - low) / (high - low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    for power in range(low, high + 1):
        height = y(10.0 ** power)
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{height:.1f}" y2="{height:.1f}" '
                   'stroke="#ddd"/>')
        out.append(text(LEFT - 8, height + 4, f"{10.0 ** power:g} ms", "end"))
    step = nice_step(rate_max)
    for number in range(int(rate_max / step) + 1):
        out.append(text(x(number * step), HEIGHT - BOTTOM + 20, f"{number * step:,.0f}"))
    out.append(text(LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 16, "requests a second, offered"))
    label = math.inf
    for key, name, colour in SERIES:
        path = " ".join(f'{x(p["offered_per_s"]):.1f},{y(p[key]):.1f}' for p in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point in points:
            out.append(f'<circle cx="{x(point["offered_per_s"]):.1f}" cy="{y(point[key]):.1f}" '
                       f'r="3" fill="{colour}"/>')
        last = points[-1]
        label = min(y(last[key]) + 4, label - LABEL_LINE)  # higher percentiles stand above
        out.append(text(x(last["offered_per_s"]) + 10, label, name, "start",
                        extra=f' style="fill:{colour}"'))
    return "\n".join([*out, "</svg>\n"])


def main(path, title):
    with open(path, encoding="utf-8") as file:
        results = [json.loads(line) for line in file if line.strip()]
    valid = [result for result in results if result["valid"]]
    print(f"{len(valid)} of {len(results)} runs are valid", file=sys.stderr)
    points = [{"offered_per_s": result["offered_per_s"], **result["all"]} for result in valid]
    print(latency_against_rate(points, title), end="")
    return 0 if valid else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
