import { describe, expect, it } from 'vitest';
import type { Search } from '~/api/types';
import { completionsOf, isSearchType, searchPath, stepTo, typeMeant } from './completion';

const found = {
    accounts: [{ id: '1', acct: 'ada' }],
    hashtags: [{ name: 'looms' }],
    statuses: [],
} as unknown as Search;

describe('completionsOf', () => {
    it('offers nothing for nothing', () => {
        expect(completionsOf('  ', found)).toEqual([]);
    });

    it('offers to search at once, before anything was found', () => {
        expect(completionsOf(' loom ', null)).toEqual([
            { kind: 'all', query: 'loom', path: '/search?q=loom' },
        ]);
    });

    it('puts people first, or hashtags after a #', () => {
        expect(completionsOf('a', found).map(({ path }) => path)).toEqual([
            '/search?q=a',
            '/@ada',
            '/tags/looms',
        ]);
        expect(completionsOf('#a', found).map(({ kind }) => kind)).toEqual([
            'all',
            'tag',
            'account',
        ]);
    });
});

describe('typeMeant', () => {
    it('reads the sign before the word', () => {
        expect(typeMeant('@ada')).toBe('accounts');
        expect(typeMeant(' #looms')).toBe('hashtags');
        expect(typeMeant('looms')).toBeUndefined();
        expect(typeMeant('')).toBeUndefined();
    });

    it('takes no other type from an address', () => {
        expect(isSearchType('statuses')).toBe(true);
        expect(isSearchType('links')).toBe(false);
        expect(isSearchType(null)).toBe(false);
    });
});

describe('searchPath', () => {
    it('escapes what was typed', () => {
        expect(searchPath('#a & b', 'hashtags')).toBe('/search?q=%23a+%26+b&type=hashtags');
    });
});

describe('stepTo', () => {
    it('goes round by way of the box', () => {
        expect(stepTo(-1, 1, 2)).toBe(0);
        expect(stepTo(1, 1, 2)).toBe(-1);
        expect(stepTo(-1, -1, 2)).toBe(1);
        expect(stepTo(0, -1, 2)).toBe(-1);
    });
});
