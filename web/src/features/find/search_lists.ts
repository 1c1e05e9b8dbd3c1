import { api } from '~/api/api';
import type { Page } from '~/api/client';
import { succeed, type Outcome } from '~/api/failure';
import type { Params } from '~/api/params';
import type { Account, Search, Status } from '~/api/types';
import {
    accountSourceOf,
    byOffset,
    keptSource,
    postSourceOf,
    type Source,
} from '../entries/source';
import type { SearchOrder, SearchType } from './search_address';

const PAGE = 20;

/** Of one kind of results. */
export async function searchList<Type extends SearchType>(
    type: Type,
    params: Params,
): Promise<Outcome<Search[Type][number][]>> {
    const answer = await api.get<Search>('/api/v2/search', { type, limit: PAGE, ...params });
    return answer.ok ? succeed(answer.value[type]) : answer;
}

/** The search has no links to its next page: people page by how many were seen. */
export function foundPeople(words: string): Source<Account> {
    return keptSource(`people: ${words}`, () =>
        accountSourceOf(
            ...byOffset(PAGE, (paging) => searchList('accounts', { q: words, ...paging })),
        ),
    );
}

/** The newest go on below the last one that was seen, and so stay the same while posts arrive. */
async function newest(q: string, maxId: string | null): Promise<Outcome<Page<Status>>> {
    const answer = await searchList('statuses', { q, maxId });
    return answer.ok
        ? succeed({ items: answer.value, next: answer.value.at(-1)?.id ?? null, prev: null })
        : answer;
}

export function foundPosts(query: string, order: SearchOrder): Source<Status> {
    return keptSource(`posts: ${order} ${query}`, () =>
        order === 'newest'
            ? postSourceOf(
                  () => newest(query, null),
                  (next) => newest(query, next),
              )
            : postSourceOf(
                  ...byOffset(PAGE, (paging) =>
                      searchList('statuses', { q: query, order, ...paging }),
                  ),
              ),
    );
}
