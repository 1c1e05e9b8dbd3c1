import { api } from '~/api/api';
import type { Page } from '~/api/client';
import { succeed, type Outcome } from '~/api/failure';
import type { Params } from '~/api/params';
import type { Account, Search, Status } from '~/api/types';
import { nextOffset } from '../entries/offsets';
import { accountSourceOf, keptSource, postSourceOf, type Source } from '../entries/source';
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

function pageOf<T>(items: T[], offset: number, limit: number): Page<T> {
    return { items, next: nextOffset(offset, items.length, limit), prev: null };
}

/** The search has no links to its next page: people page by how many were seen. */
export function foundPeople(words: string): Source<Account> {
    const page = async (offset: number): Promise<Outcome<Page<Account>>> => {
        const answer = await searchList('accounts', { q: words, offset });
        return answer.ok ? succeed(pageOf(answer.value, offset, PAGE)) : answer;
    };
    return keptSource(`people: ${words}`, () =>
        accountSourceOf(
            () => page(0),
            (next) => page(Number(next)),
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

async function mostRelevant(q: string, offset: number): Promise<Outcome<Page<Status>>> {
    const answer = await searchList('statuses', { q, order: 'relevance', offset });
    return answer.ok ? succeed(pageOf(answer.value, offset, PAGE)) : answer;
}

export function foundPosts(query: string, order: SearchOrder): Source<Status> {
    return keptSource(`posts: ${order} ${query}`, () =>
        order === 'newest'
            ? postSourceOf(
                  () => newest(query, null),
                  (next) => newest(query, next),
              )
            : postSourceOf(
                  () => mostRelevant(query, 0),
                  (next) => mostRelevant(query, Number(next)),
              ),
    );
}
