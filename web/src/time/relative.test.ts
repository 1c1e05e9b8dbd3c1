import { describe, expect, it } from 'vitest';
import { shortAge } from './relative';

const NOW = new Date(2026, 10, 20, 12).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function age(ms: number, language = 'en'): string {
    return shortAge(NOW - ms, NOW, language, 'now');
}

describe('shortAge', () => {
    it('grows from moments to dates', () => {
        expect(age(59_999)).toBe('now');
        expect(age(MINUTE)).toBe('1m');
        expect(age(59 * MINUTE + 59_000)).toBe('59m');
        expect(age(HOUR)).toBe('1h');
        expect(age(DAY - 1)).toBe('23h');
        expect(age(DAY)).toBe('1d');
        expect(age(7 * DAY - 1)).toBe('6d');
        expect(age(7 * DAY)).toBe('Nov 13');
        expect(age(400 * DAY)).toBe('Oct 16, 2025');
    });

    it('takes a moment ahead of a slow clock as now', () => {
        expect(age(-5_000)).toBe('now');
    });

    it('speaks the language', () => {
        expect(age(7 * DAY, 'de')).toBe('13. Nov.');
    });
});
