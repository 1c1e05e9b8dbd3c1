import { describe, expect, it } from 'vitest';
import type { Account, Tag } from '~/api/types';
import { keyOf, lookupFor, optionsFor, type SearchOption } from './search_options';

const found = {
    accounts: [{ id: '1', acct: 'ada' }] as Account[],
    tags: [{ name: 'looms' }] as Tag[],
};
const words = {
    hintOf: (operator: string) => `about ${operator}`,
    valuesOf: (operator: string) =>
        operator === 'has'
            ? [
                  { value: 'media', hint: 'Pictures' },
                  { value: 'poll', hint: 'A poll' },
              ]
            : operator === 'from'
              ? [{ value: 'me', hint: 'You' }]
              : [],
};

const typed = (query: string) => ({ query, caret: query.length });
const shown = (option: SearchOption): string =>
    option.kind === 'part' ? `${option.text} → ${option.then.query}` : option.path;
const offered = (query: string, what: typeof found | null = found): string[] =>
    optionsFor(typed(query), what, ['loom', '#wool'], words).map(shown);

describe('optionsFor', () => {
    it('offers the latest searches before anything is typed', () => {
        expect(offered('  ')).toEqual(['/search?q=loom', '/search?q=%23wool&type=hashtags']);
    });

    it('offers to search at once, before anything was found', () => {
        expect(offered(' loom ', null)).toEqual(['/search?q=loom+']);
    });

    it('offers people and hashtags to go to', () => {
        expect(offered('a')).toEqual(['/search?q=a', '/@ada', '/tags/looms']);
        expect(offered('#lo')).toEqual(['/search?q=%23lo&type=hashtags', '/@ada', '/tags/looms']);
    });

    it('completes operators and what they take', () => {
        expect(offered('big fr', null)).toEqual(['/search?q=big+fr', 'from: → big from:']);
        expect(offered('has:', null).slice(1)).toEqual(['media → has:media ', 'poll → has:poll ']);
        expect(offered('has:p', null).slice(1)).toEqual(['media → has:media ', 'poll → has:poll ']);
        expect(offered('has:media', null).slice(1)).toEqual([]);
        expect(offered('-from:a big'.slice(0, 7)).slice(1)).toEqual(['ada → -from:ada ']);
        expect(offered('from:').slice(1)).toEqual(['me → from:me ', 'ada → from:ada ']);
    });

    it('completes people and hashtags among other words', () => {
        expect(offered('big @a').slice(1)).toEqual(['@ada → big @ada ']);
        expect(offered('big #l').slice(1)).toEqual(['#looms → big #looms ']);
    });

    it('gives each its own key', () => {
        const keys = optionsFor(typed('from'), found, [], words).map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
    });
});

describe('lookupFor', () => {
    it.each([
        ['ada', ' ada'],
        ['ada from:bob', '@bob'],
        ['ada from:@bob ', ' ada'],
        ['#lo', '#lo'],
        ['big @a', '@a'],
        ['big @', null],
        ['has:me', null],
        ['has:media ', null],
        ['from:', null],
        ['', null],
    ])('%j', (query, expected) => {
        expect(lookupFor(typed(query))).toBe(expected);
    });
});
