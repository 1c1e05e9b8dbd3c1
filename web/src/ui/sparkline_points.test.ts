import { describe, expect, it } from 'vitest';
import { sparklinePoints } from './sparkline_points';

describe('sparklinePoints', () => {
    it('goes from edge to edge, and to the top where there is most', () => {
        expect(sparklinePoints([0, 5, 10], 60, 20)).toEqual([
            [0, 20],
            [30, 10],
            [60, 0],
        ]);
    });

    it('lies on the ground if there is nothing', () => {
        expect(sparklinePoints([0, 0], 60, 20)).toEqual([
            [0, 20],
            [60, 20],
        ]);
        expect(sparklinePoints([], 60, 20)).toEqual([]);
        expect(sparklinePoints([3], 60, 20)).toEqual([[0, 0]]);
    });
});
