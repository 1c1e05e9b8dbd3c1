import type { Account, Search, Tag } from '~/api/types';
import { accountPath, tagPath } from '~/post/paths';

export type SearchType = 'accounts' | 'statuses' | 'hashtags';

/** What is offered below the search box, in this order. */
export type Completion =
    | { kind: 'all'; query: string; path: string }
    | { kind: 'account'; account: Account; path: string }
    | { kind: 'tag'; tag: Tag; path: string };

export function searchPath(query: string, type?: SearchType): string {
    const params = new URLSearchParams({ q: query });
    if (type !== undefined) {
        params.set('type', type);
    }
    return `/search?${params.toString()}`;
}

/** A sign before the word says what is meant: @ somebody, # a hashtag. */
export function typeMeant(query: string): SearchType | undefined {
    return { '@': 'accounts', '#': 'hashtags' }[query.trim()[0] ?? ''] as SearchType | undefined;
}

export function isSearchType(text: string | null): text is SearchType {
    return text === 'accounts' || text === 'statuses' || text === 'hashtags';
}

export function completionsOf(query: string, found: Search | null): Completion[] {
    const q = query.trim();
    if (q === '') {
        return [];
    }
    const accounts = (found?.accounts ?? []).map((account): Completion => ({
        kind: 'account',
        account,
        path: accountPath(account),
    }));
    const tags = (found?.hashtags ?? []).map((tag): Completion => ({
        kind: 'tag',
        tag,
        path: tagPath(tag.name),
    }));
    const all: Completion = { kind: 'all', query: q, path: searchPath(q) };
    return [
        all,
        ...(typeMeant(q) === 'hashtags' ? [...tags, ...accounts] : [...accounts, ...tags]),
    ];
}

/** The option that an arrow key leads to; -1 is the box itself, between the last and the first. */
export function stepTo(now: number, by: 1 | -1, count: number): number {
    const places = count + 1;
    return ((now + 1 + by + places) % places) - 1;
}
