import { describe, expect, it } from 'vitest';
import { countCharacters, countPost, normalizeInput } from './count';
import { findEntities } from './text_entities';

const links = (text: string): string[] =>
    findEntities(text)
        .filter(({ kind }) => kind === 'url')
        .map(({ begin, end }) => text.slice(begin, end));
const tags = (text: string): string[] =>
    findEntities(text)
        .filter(({ kind }) => kind === 'tag')
        .map(({ name }) => name);

// The same cases as the server's own tests of its counting.
describe('countCharacters', () => {
    it.each([
        ['', 0],
        ['hello', 5],
        ['日本語', 3],
        ['e\u0301', 1],
        ['👨‍👩‍👧‍👦', 1],
        ['🏳️‍🌈🇩🇪👍🏽', 3],
        ['\u1100\u1161\u11a8', 1],
        ['a\r\nb\nc', 5],
        ['https://example.com', 23],
        [`https://example.com/${'a'.repeat(500)}`, 23],
        ['see https://example.com/a.', 28],
        ['http://a.example http://b.example', 47],
        ['@bob@a-long-host.example', 4],
        ['@bob', 4],
        ['hi @bob@other.example!', 8],
        ['bob@other.example', 17],
        ['#birds 字', 8],
    ])('%j is %i', (text, count) => {
        expect(countCharacters(text)).toBe(count);
    });

    it('counts text and warning together, as they will be stored', () => {
        expect(countPost('  hello\t\n', ' careful ')).toBe(12);
        expect(countPost('   ', '')).toBe(0);
    });
});

describe('links', () => {
    it.each([
        ['see https://example.com/a.', ['https://example.com/a']],
        ['see https://example.com, or', ['https://example.com']],
        ['https://example.com/a?!...', ['https://example.com/a']],
        ['「https://example.com/a」。', ['https://example.com/a']],
        [
            '*https://example.com/a* [http://b.example/b]',
            ['https://example.com/a', 'http://b.example/b'],
        ],
        ['https://example.com/?q= x', ['https://example.com/?q=']],
        ['(https://example.com/a)', ['https://example.com/a']],
        ['https://example.com/a_(b)', ['https://example.com/a_(b)']],
        ['(see https://example.com/a_(b_(c))d).', ['https://example.com/a_(b_(c))d']],
        ['https://example.com/@bob/1#top', ['https://example.com/@bob/1#top']],
        ['https://bücher.example/ü', ['https://bücher.example/ü']],
        [
            'http://localhost:3000/x http://127.0.0.1:80',
            ['http://localhost:3000/x', 'http://127.0.0.1:80'],
        ],
        ['見てhttps://example.comです', ['https://example.com']],
        ['HTTPS://EXAMPLE.COM/A', ['HTTPS://EXAMPLE.COM/A']],
    ])('%s', (text, found) => {
        expect(links(text)).toEqual(found);
    });

    it.each([
        'http://',
        'http://a',
        'https://.example',
        'http://-a.example',
        'xhttp://example.com',
        'ftp://example.com',
        '@https://example.com',
        'http://bob@example.com/',
        'http://bob.example@evil.example/',
        'example.com',
        'http://1.2.3/',
        'http://example.c',
    ])('%s is none', (text) => {
        expect(links(text)).toEqual([]);
    });
});

describe('tags and mentions', () => {
    it('are more than numbers and begin after a word', () => {
        expect(tags('#a #1 #1_1 a#b (#c) #nowhttps://example.com ＃wide /#no')).toEqual([
            'a',
            '1_1',
            'c',
            'now',
            'wide',
        ]);
    });

    it('are not in links', () => {
        expect(findEntities('https://example.com/@bob/#birds')).toHaveLength(1);
    });

    it('do not begin in a word', () => {
        expect(findEntities('a@b c/@d =@e @fé')).toEqual([]);
    });
});

describe('normalizeInput', () => {
    it('does what the server does', () => {
        expect(normalizeInput('  \n\t a b \n ')).toBe('a b');
        expect(normalizeInput('\u3000字\u00a0')).toBe('字');
        expect(normalizeInput('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
        expect(normalizeInput('a\0b\x01c\x7f\x1b[0m\u0085x')).toBe('abc[0mx');
    });
});
