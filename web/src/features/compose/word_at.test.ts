import { describe, expect, it } from 'vitest';
import { complete, wordAt } from './word_at';

const at = (text: string) => wordAt(text, text.length);

describe('wordAt', () => {
    it.each([
        ['hi @ad', 'mention', 'ad'],
        ['@ada.b-c', 'mention', 'ada.b-c'],
        ['(@ada@other.ex', 'mention', 'ada@other.ex'],
        ['see #lo', 'tag', 'lo'],
        ['#café', 'tag', 'café'],
        ['line\n#鳥', 'tag', '鳥'],
    ])('%j', (text, kind, query) => {
        expect(at(text)).toMatchObject({ kind, query, end: text.length });
    });

    it.each(['', '@', '#', 'hi', 'mail@ad', 'a#b', 'https://a.example/@ad', '@ada ', '##a'])(
        '%j is none',
        (text) => {
            expect(at(text)).toBeNull();
        },
    );

    it('looks at what is before the caret', () => {
        expect(wordAt('@ada and @bob', 3)).toEqual({
            kind: 'mention',
            begin: 0,
            end: 3,
            query: 'ad',
        });
    });
});

describe('complete', () => {
    it('puts the caret behind a space, and adds one only if there is none', () => {
        const word = { kind: 'mention', begin: 3, end: 6, query: 'ad' } as const;
        expect(complete('hi @ad', word, '@ada')).toEqual({ text: 'hi @ada ', caret: 8 });
        expect(complete('hi @ad you', word, '@ada')).toEqual({ text: 'hi @ada you', caret: 8 });
    });
});
