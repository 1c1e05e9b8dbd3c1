import { describe, expect, it } from 'vitest';
import { peopleOf, usesByDay, usesIn } from './history';

const history = [
    { day: '1796083200', uses: '7', accounts: '3' },
    { day: '1795996800', uses: '2', accounts: '2' },
    { day: '1795910400', uses: '1', accounts: '1' },
];

describe('The history of a hashtag', () => {
    it('begins with the newest day', () => {
        expect(peopleOf(history, 2)).toBe(5);
        expect(usesIn(history)).toBe(10);
        expect(usesByDay(history)).toEqual([1, 2, 7]);
    });

    it('may be missing', () => {
        expect(peopleOf(null, 2)).toBe(0);
        expect(usesIn(undefined)).toBe(0);
        expect(usesByDay(undefined)).toEqual([]);
    });
});
