import { describe, expect, it } from 'vitest';
import { problemAt } from './problem_at';

describe('problemAt', () => {
    it('finds the piece that the server names', () => {
        expect(problemAt('big has:wings birds', 'has: takes media, poll, link or embed')).toEqual({
            message: 'has: takes media, poll, link or embed',
            piece: { text: 'has:wings', begin: 4, end: 13 },
        });
        expect(problemAt('in:all -in:public', 'Validation failed: in: cannot be negated')).toEqual({
            message: 'in: cannot be negated',
            piece: { text: '-in:public', begin: 7, end: 17 },
        });
    });

    it('shows the words alone if they name none', () => {
        expect(problemAt('has:', 'has: takes media')).toMatchObject({ piece: null });
        expect(problemAt('a b', 'A search takes at most 32 words')).toEqual({
            message: 'A search takes at most 32 words',
            piece: null,
        });
    });
});
