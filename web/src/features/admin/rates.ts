import { boundOf, keyOf, type Metrics, type Sample } from './prometheus';

export type Wanted = (labels: Record<string, string>) => boolean;
const all: Wanted = () => true;

/** The sum of all samples of a gauge; undefined if the server does not tell of it. */
export function sumOf(metrics: Metrics, name: string, wanted = all): number | undefined {
    const samples = metrics.get(name)?.filter(({ labels }) => wanted(labels));
    return samples?.reduce((sum, { value }) => sum + value, 0);
}

/** The largest of all samples of a gauge. */
export function maxOf(metrics: Metrics, name: string): number | undefined {
    const values = metrics.get(name)?.map(({ value }) => value);
    return values === undefined || values.length === 0 ? undefined : Math.max(...values);
}

/** A counter that is lower than before began anew: what it shows came since. */
function growth(before: number, after: number): number {
    return after >= before ? after - before : after;
}

function growths(before: Metrics, after: Metrics, name: string): [Sample, number][] {
    const known = new Map(before.get(name)?.map((sample) => [keyOf(sample), sample.value]));
    return (after.get(name) ?? []).map((sample) => [
        sample,
        growth(known.get(keyOf(sample)) ?? 0, sample.value),
    ]);
}

/** By how much a counter grew, over all its samples, each watched for beginning anew. */
export function increaseOf(before: Metrics, after: Metrics, name: string, wanted = all): number {
    return growths(before, after, name)
        .filter(([{ labels }]) => wanted(labels))
        .reduce((sum, [, grown]) => sum + grown, 0);
}

/** How often something was at most `bound`, bounds rising: a histogram of what came between. */
export interface Bucket {
    bound: number;
    count: number;
}

/** The growth of a histogram's buckets, those of all its series added up. */
export function bucketsOf(before: Metrics, after: Metrics, name: string, wanted = all): Bucket[] {
    const counts = new Map<number, number>();
    for (const [sample, grown] of growths(before, after, `${name}_bucket`)) {
        if (wanted(sample.labels)) {
            const bound = boundOf(sample);
            counts.set(bound, (counts.get(bound) ?? 0) + grown);
        }
    }
    return [...counts]
        .map(([bound, count]) => ({ bound, count }))
        .sort((a, b) => a.bound - b.bound);
}

/**
 * The value that a share `q` of all stayed below, supposing that they spread evenly within a bucket;
 * beyond the last bound it is that bound. Null if there was nothing.
 */
export function quantileOf(buckets: readonly Bucket[], q: number): number | null {
    const total = buckets.at(-1)?.count ?? 0;
    if (total === 0) {
        return null;
    }
    const rank = q * total;
    const index = buckets.findIndex(({ count }) => count >= rank);
    const bucket = buckets[index];
    if (bucket === undefined) {
        return null;
    }
    const below = buckets[index - 1] ?? { bound: 0, count: 0 };
    if (bucket.bound === Infinity) {
        return below.bound;
    }
    const inside = bucket.count - below.count;
    const share = inside === 0 ? 1 : (rank - below.count) / inside;
    return below.bound + (bucket.bound - below.bound) * share;
}
