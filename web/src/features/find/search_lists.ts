import { api } from '~/api/api';
import type { Page } from '~/api/client';
import { succeed, type Outcome } from '~/api/failure';
import type { Params } from '~/api/params';
import type { Account, Search, Status } from '~/api/types';
import { nextOffset } from '../entries/offsets';
import { accountSourceOf, keptSource, postSourceOf, type Source } from '../entries/source';
import type { SearchType } from './completion';

const PAGE = 20;

/** The search has no links to its next page: it pages by how many were seen. */
export async function searchPage<Type extends SearchType>(
    query: string,
    type: Type,
    offset: number,
): Promise<Outcome<Page<Search[Type][number]>>> {
    const answer = await api.get<Search>('/api/v2/search', {
        q: query,
        type,
        limit: PAGE,
        offset,
    });
    return answer.ok
        ? succeed(pageOf<Search[Type][number]>(answer.value[type], offset, PAGE))
        : answer;
}

function pageOf<T>(items: T[], offset: number, limit: number): Page<T> {
    return { items, next: nextOffset(offset, items.length, limit), prev: null };
}

export function foundPeople(query: string): Source<Account> {
    const ask = (offset: number) => searchPage(query, 'accounts', offset);
    return keptSource(`people: ${query}`, () =>
        accountSourceOf(
            () => ask(0),
            (next) => ask(Number(next)),
        ),
    );
}

export function foundPosts(query: string): Source<Status> {
    const ask = (offset: number) => searchPage(query, 'statuses', offset);
    return keptSource(`found posts: ${query}`, () =>
        postSourceOf(
            () => ask(0),
            (next) => ask(Number(next)),
        ),
    );
}

const DIRECTORY_PAGE = 40;

/** The directory pages by offset as well. */
export function directory(order: 'active' | 'new'): Source<Account> {
    const ask = async (offset: number): Promise<Outcome<Page<Account>>> => {
        const params: Params = { order, local: true, limit: DIRECTORY_PAGE, offset };
        const answer = await api.get<Account[]>('/api/v1/directory', params);
        return answer.ok ? succeed(pageOf(answer.value, offset, DIRECTORY_PAGE)) : answer;
    };
    return keptSource(`directory: ${order}`, () =>
        accountSourceOf(
            () => ask(0),
            (next) => ask(Number(next)),
        ),
    );
}
