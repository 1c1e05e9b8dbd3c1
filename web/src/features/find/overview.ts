import { signal, type ReadonlySignal } from '@preact/signals';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Account, Search, Tag } from '~/api/types';
import { sessionToken } from '~/session/session';
import { keepAccounts } from '~/store/store';
import { keepTag } from '../tags/follow_tag';

/** So many of each stand above the posts; one more is asked for, to know whether there are more. */
export const SHOWN = 3;
const KEPT = 20;

/** The first people and hashtags that a search finds; nothing of either if it failed. */
export interface Overview {
    people: string[];
    tags: Tag[];
}

const kept = new Map<string, ReadonlySignal<Overview | null>>();

sessionToken.subscribe(() => kept.clear());

async function ask(words: string): Promise<Overview> {
    const search = (type: string) =>
        api.get<Search>('/api/v2/search', { q: words, type, limit: SHOWN + 1 });
    const [people, tags] = await Promise.all([search('accounts'), search('hashtags')]);
    const accounts: Account[] = people.ok ? people.value.accounts : [];
    const hashtags: Tag[] = tags.ok ? tags.value.hashtags : [];
    hashtags.forEach(keepTag);
    const ids = keepAccounts(accounts);
    await loadRelationships(ids);
    return { people: ids, tags: hashtags };
}

/** Null until it is known. Come back to, it is as it was. */
export function overviewOf(words: string): ReadonlySignal<Overview | null> {
    const known = kept.get(words);
    if (known !== undefined) {
        return known;
    }
    const overview = signal<Overview | null>(words === '' ? { people: [], tags: [] } : null);
    kept.set(words, overview);
    const oldest = kept.keys().next().value;
    if (kept.size > KEPT && oldest !== undefined) {
        kept.delete(oldest);
    }
    if (words !== '') {
        void ask(words).then((found) => (overview.value = found));
    }
    return overview;
}

/** The next visit asks anew. */
export function forgetOverview(words: string): void {
    kept.delete(words);
}
