import { describe, expect, it } from 'vitest';
import { stepAmong, stepTo } from './step';

describe('stepTo', () => {
    it('goes round by way of the box', () => {
        expect(stepTo(-1, 1, 2)).toBe(0);
        expect(stepTo(1, 1, 2)).toBe(-1);
        expect(stepTo(-1, -1, 2)).toBe(1);
        expect(stepTo(0, -1, 2)).toBe(-1);
    });
});

describe('stepAmong', () => {
    it('goes round among the options alone', () => {
        expect(stepAmong(0, -1, 3)).toBe(2);
        expect(stepAmong(2, 1, 3)).toBe(0);
        expect(stepAmong(0, 1, 0)).toBe(0);
    });
});
