import { describe, expect, it } from 'vitest';
import { parseMetrics } from './prometheus';
import { bucketsOf, increaseOf, maxOf, quantileOf, sumOf } from './rates';

describe('increaseOf', () => {
    it('adds up the growth of every sample', () => {
        const before = parseMetrics('c{a="1"} 10\nc{a="2"} 5');
        const after = parseMetrics('c{a="1"} 12\nc{a="2"} 9\nc{a="3"} 4');
        expect(increaseOf(before, after, 'c')).toBe(2 + 4 + 4);
        expect(increaseOf(before, after, 'c', ({ a }) => a === '2')).toBe(4);
        expect(increaseOf(before, after, 'other')).toBe(0);
    });

    it('sees that a counter began anew with the server, each for itself', () => {
        const before = parseMetrics('c{a="1"} 1000\nc{a="2"} 1');
        const after = parseMetrics('c{a="1"} 7\nc{a="2"} 3');
        expect(increaseOf(before, after, 'c')).toBe(7 + 2);
    });
});

describe('gauges', () => {
    const metrics = parseMetrics('lag{c="a"} 3\nlag{c="b"} 9');
    it('are added up or compared', () => {
        expect(sumOf(metrics, 'lag')).toBe(12);
        expect(maxOf(metrics, 'lag')).toBe(9);
    });
    it('may not be there', () => {
        expect(sumOf(metrics, 'none')).toBeUndefined();
        expect(maxOf(metrics, 'none')).toBeUndefined();
    });
});

describe('histograms', () => {
    const before = parseMetrics(
        'h_bucket{r="a",le="0.1"} 10\nh_bucket{r="a",le="1"} 10\nh_bucket{r="a",le="+Inf"} 10',
    );
    const after = parseMetrics(
        [
            'h_bucket{r="a",le="0.1"} 60',
            'h_bucket{r="a",le="1"} 100',
            'h_bucket{r="a",le="+Inf"} 110',
            'h_bucket{r="b",le="0.1"} 0',
            'h_bucket{r="b",le="1"} 0',
            'h_bucket{r="b",le="+Inf"} 0',
        ].join('\n'),
    );

    it('are added up over their series', () => {
        expect(bucketsOf(before, after, 'h')).toEqual([
            { bound: 0.1, count: 50 },
            { bound: 1, count: 90 },
            { bound: Infinity, count: 100 },
        ]);
    });

    it('tell quantiles within a bucket', () => {
        const buckets = bucketsOf(before, after, 'h');
        expect(quantileOf(buckets, 0.5)).toBeCloseTo(0.1);
        expect(quantileOf(buckets, 0.25)).toBeCloseTo(0.05);
        expect(quantileOf(buckets, 0.7)).toBeCloseTo(0.1 + 0.9 * (20 / 40));
    });

    it('know no more than the last bound', () => {
        expect(quantileOf(bucketsOf(before, after, 'h'), 0.99)).toBe(1);
    });

    it('have no quantile of nothing', () => {
        expect(quantileOf([], 0.5)).toBeNull();
        expect(quantileOf(bucketsOf(after, after, 'h'), 0.5)).toBeNull();
    });
});
