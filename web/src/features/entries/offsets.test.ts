import { describe, expect, it } from 'vitest';
import { nextOffset } from './offsets';

describe('nextOffset', () => {
    it('goes on after a full page', () => {
        expect(nextOffset(0, 20, 20)).toBe('20');
        expect(nextOffset(20, 20, 20)).toBe('40');
    });

    it('ends after a short one', () => {
        expect(nextOffset(40, 3, 20)).toBeNull();
        expect(nextOffset(0, 0, 20)).toBeNull();
    });
});
