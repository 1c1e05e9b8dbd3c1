import { expect, it } from 'vitest';
import { columnsOf, pointBetween, POINTS_MAX, withPoint, type Point } from './points';
import { parseMetrics } from './prometheus';

const before = parseMetrics(
    [
        'rookery_http_requests_total{route="/api/v1/statuses",method="POST",status="200"} 10',
        'rookery_http_requests_total{route="/api/v1/streaming",method="GET",status="101"} 0',
        'rookery_http_request_seconds_bucket{route="/a",le="0.01"} 0',
        'rookery_http_request_seconds_bucket{route="/a",le="+Inf"} 0',
    ].join('\n'),
);
const after = parseMetrics(
    [
        'rookery_http_requests_total{route="/api/v1/statuses",method="POST",status="200"} 14',
        'rookery_http_requests_total{route="/api/v1/statuses",method="POST",status="503"} 2',
        'rookery_http_requests_total{route="/api/v1/streaming",method="GET",status="101"} 50',
        'rookery_http_request_seconds_bucket{route="/a",le="0.01"} 4',
        'rookery_http_request_seconds_bucket{route="/a",le="+Inf"} 4',
        'rookery_events_lag{consumer="a"} 3',
        'rookery_events_lag{consumer="b"} 8',
    ].join('\n'),
);

it('makes rates per second of counters, and takes gauges as they stand', () => {
    const { atS, values } = pointBetween(
        { atMs: 10_000, metrics: before },
        { atMs: 12_000, metrics: after },
    );
    expect(atS).toBe(12);
    expect(values).toMatchObject({ requests: 3, errors: 1, posts: 2, p50: 5, lag: 8 });
    expect(values).toMatchObject({ deliveries: null, memory: null, store: null });
});

it('keeps the newest points', () => {
    const { values } = pointBetween({ atMs: 0, metrics: before }, { atMs: 1, metrics: after });
    let points: Point[] = [];
    for (let atS = 0; atS < POINTS_MAX + 3; ++atS) {
        points = withPoint(points, { atS, values });
    }
    expect(points).toHaveLength(POINTS_MAX);
    expect(points[0]?.atS).toBe(3);
    expect(columnsOf(points.slice(-2), ['posts'])).toEqual([
        [POINTS_MAX + 1, POINTS_MAX + 2],
        [values.posts, values.posts],
    ]);
});
