import { describe, expect, it } from 'vitest';
import { columnsOfMinutes, everyMinute, SPANS, sumsOf, totalOf, type Count } from './minutes';

const told = [
    { at: '2026-11-30T09:59:00.000Z', allowed: 900, refused: 900 },
    { at: '2026-11-30T11:01:00.000Z', allowed: 7, refused: 0 },
    { at: '2026-11-30T11:04:00.000Z', allowed: 3, refused: 2 },
    { at: '2026-11-30T11:06:00.000Z', allowed: 1, refused: 5 },
];
const NOW = '2026-11-30T11:06:31.250Z';

const at = (moment: string): number => Date.parse(`2026-11-30T${moment}:00Z`);

describe('everyMinute', () => {
    it('has a zero for each minute that is not told', () => {
        expect(everyMinute(told, NOW, 4)).toEqual([
            { atMs: at('11:03'), allowed: 0, refused: 0 },
            { atMs: at('11:04'), allowed: 3, refused: 2 },
            { atMs: at('11:05'), allowed: 0, refused: 0 },
            { atMs: at('11:06'), allowed: 1, refused: 5 },
        ]);
    });

    it('leaves out what is older, or not yet', () => {
        const hour = everyMinute(told, NOW, SPANS.hour.minutes);
        expect(hour).toHaveLength(60);
        expect(hour[0]?.atMs).toBe(at('10:07'));
        expect(totalOf(hour)).toEqual({ allowed: 11, refused: 7, refusedMax: 5 });
        const day = everyMinute(told, NOW, SPANS.day.minutes);
        expect(day).toHaveLength(1440);
        expect(totalOf(day).refused).toBe(907);
        expect(totalOf(everyMinute(told, '2026-11-30T11:05:59Z', 60)).refused).toBe(2);
    });

    it('is all zeros of nothing', () => {
        expect(totalOf(everyMinute([], NOW, 60))).toEqual({
            allowed: 0,
            refused: 0,
            refusedMax: 0,
        });
    });
});

describe('sumsOf', () => {
    it('adds up what belongs together by the clock', () => {
        expect(sumsOf(everyMinute(told, NOW, 8), 5)).toEqual([
            { atMs: at('10:55'), allowed: 0, refused: 0 },
            { atMs: at('11:00'), allowed: 10, refused: 2 },
            { atMs: at('11:05'), allowed: 1, refused: 5 },
        ]);
    });

    it('loses nothing', () => {
        const counts = everyMinute(told, NOW, SPANS.day.minutes);
        const sums = sumsOf(counts, SPANS.day.step);
        expect(sums).toHaveLength(25);
        expect(totalOf(sums).allowed).toBe(totalOf(counts).allowed);
    });
});

describe('columnsOfMinutes', () => {
    const counts: Count[] = [
        { atMs: 540_000, allowed: 4, refused: 1 },
        { atMs: 600_000, allowed: 2, refused: 3 },
        { atMs: 660_000, allowed: 0, refused: 7 },
        { atMs: 720_000, allowed: 1, refused: 0 },
    ];

    it('has a point for each minute, and the end of the last', () => {
        expect(columnsOfMinutes(counts, 1)).toEqual([
            [540, 600, 660, 720, 780],
            [1, 3, 7, 0, 0],
            [4, 2, 0, 1, 1],
        ]);
        expect(columnsOfMinutes([], 1)).toEqual([[], [], []]);
    });

    it('puts minutes together by the clock, and hides no peak of what was refused', () => {
        expect(columnsOfMinutes(counts, 5)).toEqual([
            [540, 600, 780],
            [1, 7, 0],
            [4, 1, 1],
        ]);
    });
});
