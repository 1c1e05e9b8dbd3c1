import { describe, expect, it } from 'vitest';
import { completed, partAt, withOperator } from './typed_part';

const at = (query: string) => partAt(query, query.length);

describe('partAt', () => {
    it.each([
        ['lo', { kind: 'word', typed: 'lo', begin: 0, end: 2 }],
        ['big @ad', { kind: 'mention', typed: '@ad', begin: 4, end: 7 }],
        ['#lo', { kind: 'tag', typed: '#lo', begin: 0, end: 3 }],
        ['x -from:ad', { kind: 'value', key: 'from', typed: 'ad', begin: 8, end: 10 }],
        ['has:', { kind: 'value', key: 'has', typed: '', begin: 4, end: 4 }],
    ])('%j', (query, part) => {
        expect(at(query)).toEqual(part);
    });

    it('is none behind a space, in quotation marks, or elsewhere', () => {
        expect(at('big ')).toBeNull();
        expect(at('"big')).toBeNull();
        expect(at('')).toBeNull();
        expect(partAt('big birds', 2)).toBeNull();
        expect(partAt('big birds', 3)).toMatchObject({ typed: 'big' });
    });
});

describe('completed', () => {
    it('puts the caret where one goes on', () => {
        const part = { begin: 5, end: 7 };
        expect(completed('from:ad', part, 'ada', true)).toEqual({ query: 'from:ada ', caret: 9 });
        expect(completed('from:ad x', part, 'ada', true)).toEqual({
            query: 'from:ada x',
            caret: 9,
        });
        expect(completed('fr', { begin: 0, end: 2 }, 'from:', false)).toEqual({
            query: 'from:',
            caret: 5,
        });
    });
});

describe('withOperator', () => {
    it('stands apart from what is there', () => {
        expect(withOperator('', 'has:')).toEqual({ query: 'has:', caret: 4 });
        expect(withOperator('big', 'has:')).toEqual({ query: 'big has:', caret: 8 });
        expect(withOperator('big ', 'has:')).toEqual({ query: 'big has:', caret: 8 });
    });
});
