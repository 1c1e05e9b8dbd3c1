import { describe, expect, it } from 'vitest';
import { searchPath, tabMeant, tidied, viewOf } from './search_address';

describe('The address of a search', () => {
    it('says all of it, and nothing that goes without saying', () => {
        expect(searchPath({ q: '#a & b', tab: 'hashtags', order: 'newest' })).toBe(
            '/search?q=%23a+%26+b&type=hashtags',
        );
        expect(searchPath({ q: 'a ', tab: 'all', order: 'relevance' })).toBe(
            '/search?q=a+&order=relevance',
        );
    });

    it('is read as it was written', () => {
        const view = { q: '"big birds" from:@ada ', tab: 'statuses', order: 'relevance' } as const;
        expect(viewOf(new URL(searchPath(view), 'http://a.example').searchParams)).toEqual(view);
    });

    it('may be any', () => {
        expect(viewOf(new URLSearchParams('q=%20 &type=links&order=oldest'))).toEqual({
            q: '',
            tab: 'all',
            order: 'newest',
        });
    });
});

describe('tidied', () => {
    it('keeps one space at the end', () => {
        expect(tidied('  big  birds   ')).toBe('big  birds ');
        expect(tidied('   ')).toBe('');
    });
});

describe('tabMeant', () => {
    it('reads the sign before a single word', () => {
        expect(tabMeant('@ada')).toBe('accounts');
        expect(tabMeant(' #looms')).toBe('hashtags');
        expect(tabMeant('looms')).toBe('all');
        expect(tabMeant('#looms big')).toBe('all');
        expect(tabMeant('')).toBe('all');
    });
});
