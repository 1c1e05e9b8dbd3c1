import { describe, expect, it } from 'vitest';
import { boundOf, keyOf, parseMetrics } from './prometheus';

describe('parseMetrics', () => {
    it('reads names, labels and values', () => {
        const metrics = parseMetrics(
            [
                '# HELP requests_total Requests.',
                '# TYPE requests_total counter',
                'requests_total{route="/a",method="GET"} 3',
                'requests_total{route="/b"} 1.5e3 1700000000000',
                'lag 0',
                '',
            ].join('\n'),
        );
        expect(metrics.get('requests_total')).toEqual([
            { labels: { route: '/a', method: 'GET' }, value: 3 },
            { labels: { route: '/b' }, value: 1500 },
        ]);
        expect(metrics.get('lag')).toEqual([{ labels: {}, value: 0 }]);
        expect(metrics.size).toBe(2);
    });

    it('reads what is quoted in labels', () => {
        const [sample] = parseMetrics('x{a="say \\"hi\\", {you}\\n",b="c"} 1').get('x') ?? [];
        expect(sample?.labels).toEqual({ a: 'say "hi", {you}\n', b: 'c' });
    });

    it('reads bounds without end', () => {
        const [first, second] = parseMetrics('b{le="5e-05"} 1\nb{le="+Inf"} 2').get('b') ?? [];
        expect(first && boundOf(first)).toBe(0.000_05);
        expect(second && boundOf(second)).toBe(Infinity);
    });

    it('leaves out what is no sample', () => {
        expect(parseMetrics('<html>oh no</html>\n{} 1\nname').size).toBe(0);
    });
});

it('names a sample by its labels, in any order', () => {
    const [a, b] = parseMetrics('x{a="1",b="2"} 1\nx{b="2",a="1"} 1').get('x') ?? [];
    expect(a && keyOf(a)).toBe(b && keyOf(b));
});
