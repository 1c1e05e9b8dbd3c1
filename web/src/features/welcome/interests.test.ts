import { describe, expect, it } from 'vitest';
import type { Status } from '~/api/types';
import { authorsOf, hashtagsOf } from './interests';

function post(by: string, ...tags: string[]): Status {
    return { account: { id: by }, tags: tags.map((name) => ({ name })) } as unknown as Status;
}

describe('hashtagsOf', () => {
    it('counts people, not posts', () => {
        const posts = [
            post('1', 'cats'),
            post('1', 'cats'),
            post('2', 'Rooks'),
            post('3', 'rooks'),
        ];
        expect(hashtagsOf(posts, 5)).toEqual(['Rooks', 'cats']);
    });

    it('keeps to the wanted number', () => {
        expect(hashtagsOf([post('1', 'c', 'b', 'a')], 2)).toEqual(['a', 'b']);
    });
});

describe('authorsOf', () => {
    it('names each once, and nobody who is known', () => {
        expect(authorsOf([post('1'), post('2'), post('1'), post('3')], ['3'])).toEqual(['1', '2']);
    });
});
