import type { ToldMinute } from './limits_types';

export type Span = 'hour' | 'day';

/** How many minutes are looked at, and how many make a row of the table and a point of the plot. */
export const SPANS: Record<Span, { minutes: number; step: number; point: number }> = {
    hour: { minutes: 60, step: 5, point: 1 },
    day: { minutes: 1440, step: 60, point: 5 },
};

export interface Count {
    /** When the time began of which it tells. */
    atMs: number;
    allowed: number;
    refused: number;
}

const MINUTE_MS = 60_000;

/** The last `minutes` up to the present one, each; of what is not told, nothing came. */
export function everyMinute(told: readonly ToldMinute[], now: string, minutes: number): Count[] {
    const last = Math.floor(Date.parse(now) / MINUTE_MS);
    const first = last - minutes + 1;
    const counts: Count[] = Array.from({ length: minutes }, (_, index) => ({
        atMs: (first + index) * MINUTE_MS,
        allowed: 0,
        refused: 0,
    }));
    for (const { at, allowed, refused } of told) {
        const count = counts[Math.floor(Date.parse(at) / MINUTE_MS) - first];
        if (count !== undefined) {
            count.allowed += allowed;
            count.refused += refused;
        }
    }
    return counts;
}

/** Sums of `step` minutes, which begin at whole multiples: the first and the last may be cut. */
export function sumsOf(counts: readonly Count[], step: number): Count[] {
    const stepMs = step * MINUTE_MS;
    const sums: Count[] = [];
    for (const { atMs, allowed, refused } of counts) {
        const begins = Math.floor(atMs / stepMs) * stepMs;
        const sum = sums.at(-1);
        if (sum?.atMs === begins) {
            sum.allowed += allowed;
            sum.refused += refused;
        } else {
            sums.push({ atMs: begins, allowed, refused });
        }
    }
    return sums;
}

export interface Total {
    allowed: number;
    refused: number;
    /** The most that were refused within one minute. */
    refusedMax: number;
}

export function totalOf(counts: readonly Count[]): Total {
    const total: Total = { allowed: 0, refused: 0, refusedMax: 0 };
    for (const { allowed, refused } of counts) {
        total.allowed += allowed;
        total.refused += refused;
        total.refusedMax = Math.max(total.refusedMax, refused);
    }
    return total;
}

/**
 * The columns of a plot of points that are `point` minutes long: moments, refused, allowed. Allowed is
 * what a minute had on the average, which shows the course of a day; refused is what one had at most,
 * so that no point hides a peak. The last point has its width, too.
 */
export function columnsOfMinutes(
    counts: readonly Count[],
    point: number,
): [number[], number[], number[]] {
    const moments: number[] = [];
    const refused: number[] = [];
    const allowed: number[] = [];
    const nameOf = ({ atMs }: Count): number => Math.floor(atMs / (point * MINUTE_MS));
    for (let from = 0, to = 0; from < counts.length; from = to) {
        const first = counts[from] as Count;
        while (to < counts.length && nameOf(counts[to] as Count) === nameOf(first)) {
            to += 1;
        }
        const total = totalOf(counts.slice(from, to));
        moments.push(first.atMs / 1000);
        refused.push(total.refusedMax);
        allowed.push(total.allowed / (to - from));
    }
    const last = counts.at(-1);
    if (last !== undefined) {
        moments.push((last.atMs + MINUTE_MS) / 1000);
        refused.push(0); // no bar: where the last one ends
        allowed.push(allowed.at(-1) ?? 0);
    }
    return [moments, refused, allowed];
}
