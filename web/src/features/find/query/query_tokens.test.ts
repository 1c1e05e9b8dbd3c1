import { describe, expect, it } from 'vitest';
import { queryTokens, wordsIn } from './query_tokens';

const shapes = (query: string): string[] =>
    queryTokens(query).map(
        ({ isNegated, isQuoted, key, text }) =>
            `${isNegated ? '-' : ''}${key === null ? '' : `${key}=`}${isQuoted ? `"${text}"` : text}`,
    );

describe('queryTokens', () => {
    it.each([
        ['  big  birds ', ['big', 'birds']],
        ['-big +birds - +', ['-big', 'birds']],
        ['"big birds" -“small ones” «x', ['"big birds"', '-"small ones"', '"x"']],
        ['From:@bob has：media time:out :x', ['from=@bob', 'has=media', 'time:out', ':x']],
        ['-in:"all things"', ['-in="all things"']],
        ['a"b c"d', ['a', '"b c"', 'd']],
        ['from:', ['from=']],
        ['""', ['""']],
        ['"', ['""']],
    ])('%j', (query, expected) => {
        expect(shapes(query)).toEqual(expected);
    });

    it('says where a piece stands', () => {
        const query = ' -from:bob "x y" z';
        expect(queryTokens(query).map(({ begin, end }) => query.slice(begin, end))).toEqual([
            '-from:bob',
            '"x y"',
            'z',
        ]);
    });
});

describe('wordsIn', () => {
    it('leaves out what is about posts alone', () => {
        expect(wordsIn('ada from:bob -wool "big birds" #looms')).toBe('ada big birds #looms');
        expect(wordsIn('from:bob')).toBe('');
    });
});
