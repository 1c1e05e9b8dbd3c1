import { api } from '~/api/api';
import type { Account, Search, Tag } from '~/api/types';
import { keepAccounts } from '~/store/store';

/** People whose names, handles or words about themselves begin so; null if there was no answer. */
export async function findPeople(
    query: string,
    limit: number,
    signal: AbortSignal,
): Promise<Account[] | null> {
    const answer = await api.get<Search>(
        '/api/v2/search',
        { q: query, type: 'accounts', limit },
        { signal },
    );
    if (!answer.ok) {
        return null;
    }
    keepAccounts(answer.value.accounts);
    return answer.value.accounts;
}

/** Hashtags that begin so; null if there was no answer. */
export async function findTags(
    query: string,
    limit: number,
    signal: AbortSignal,
): Promise<Tag[] | null> {
    const answer = await api.get<Search>(
        '/api/v2/search',
        { q: query, type: 'hashtags', limit },
        { signal },
    );
    return answer.ok ? answer.value.hashtags : null;
}
