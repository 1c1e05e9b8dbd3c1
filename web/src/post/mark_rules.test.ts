import { describe, expect, it } from 'vitest';
import type { Status } from '~/api/types';
import { marked, mayBoost } from './mark_rules';

const post = {
    id: '1',
    favouritesCount: 3,
    reblogsCount: 0,
    favourited: false,
    reblogged: true,
    visibility: 'public',
    account: { id: 'a' },
} as Status;

describe('marked', () => {
    it('counts what is set and taken away', () => {
        expect(marked(post, 'favourited', true)).toMatchObject({
            favourited: true,
            favouritesCount: 4,
        });
        expect(marked(post, 'bookmarked', true)).toEqual({ ...post, bookmarked: true });
    });

    it('does not count twice, nor below zero', () => {
        expect(marked(post, 'favourited', false)).toBe(post);
        expect(marked(post, 'reblogged', false).reblogsCount).toBe(0);
    });
});

describe('mayBoost', () => {
    it.each([
        ['public', 'b', true],
        ['unlisted', 'b', true],
        ['private', 'b', false],
        ['private', 'a', true],
        ['direct', 'a', false],
    ] as const)('%s by its reader %s: %s', (visibility, reader, may) => {
        expect(mayBoost({ ...post, visibility }, reader)).toBe(may);
    });
});
