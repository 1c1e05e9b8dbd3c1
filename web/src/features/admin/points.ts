import type { Metrics } from './prometheus';
import { bucketsOf, increaseOf, maxOf, quantileOf, sumOf } from './rates';

/** All metrics at a moment. */
export interface Snapshot {
    atMs: number;
    metrics: Metrics;
}

/** What is plotted, at a moment; null where nothing is known. */
export interface Point {
    atS: number;
    values: Record<Measure, number | null>;
}

export type Measure =
    | 'requests'
    | 'errors'
    | 'p50'
    | 'p95'
    | 'p99'
    | 'posts'
    | 'deliveries'
    | 'lag'
    | 'lagSeconds'
    | 'connections'
    | 'streams'
    | 'memory'
    | 'cache'
    | 'store'
    | 'written';

/** An open stream is one long request, and the looking itself should not be seen. */
const isAnswered = ({ route = '' }: Record<string, string>): boolean =>
    !route.includes('/streaming') && !route.endsWith('/metrics');
const isPost = ({ route, method, status }: Record<string, string>): boolean =>
    route === '/api/v1/statuses' && method === 'POST' && status === '200';
const isError = (labels: Record<string, string>): boolean =>
    isAnswered(labels) && (labels.status ?? '').startsWith('5');

const MS = 1000;

/** What happened between two moments, per second, and how things stand at the later. */
export function pointBetween(before: Snapshot, after: Snapshot): Point {
    const from = before.metrics;
    const to = after.metrics;
    const seconds = Math.max(0.001, (after.atMs - before.atMs) / MS);
    const rate = (name: string, wanted?: (labels: Record<string, string>) => boolean) =>
        to.has(name) ? increaseOf(from, to, name, wanted) / seconds : null;
    const buckets = bucketsOf(from, to, 'rookery_http_request_seconds', isAnswered);
    const quantileMs = (q: number): number | null => {
        const value = quantileOf(buckets, q);
        return value === null ? null : value * MS;
    };
    return {
        atS: after.atMs / MS,
        values: {
            requests: rate('rookery_http_requests_total', isAnswered),
            errors: rate('rookery_http_requests_total', isError),
            p50: quantileMs(0.5),
            p95: quantileMs(0.95),
            p99: quantileMs(0.99),
            posts: rate('rookery_http_requests_total', isPost),
            deliveries: rate('rookery_feed_deliveries_total'),
            lag: maxOf(to, 'rookery_events_lag') ?? null,
            lagSeconds: maxOf(to, 'rookery_events_lag_seconds') ?? null,
            connections: sumOf(to, 'rookery_http_connections') ?? null,
            streams: sumOf(to, 'rookery_http_streams') ?? null,
            memory: sumOf(to, 'process_resident_memory_bytes') ?? null,
            cache: sumOf(to, 'rookery_store_block_cache_bytes') ?? null,
            store: sumOf(to, 'rookery_store_disk_bytes') ?? null,
            written: rate('rookery_store_written_bytes_total'),
        },
    };
}

/** So much is kept: ten minutes, at one point in two seconds. */
export const POINTS_MAX = 300;

export function withPoint(points: readonly Point[], next: Point): Point[] {
    return [...points, next].slice(-POINTS_MAX);
}

/** The columns of a plot: moments, then each measure. */
export function columnsOf(
    points: readonly Point[],
    measures: readonly Measure[],
): [number[], ...(number | null)[][]] {
    return [
        points.map(({ atS }) => atS),
        ...measures.map((measure) => points.map(({ values }) => values[measure])),
    ];
}
