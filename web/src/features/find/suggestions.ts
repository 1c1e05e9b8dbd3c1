import { signal, type ReadonlySignal } from '@preact/signals';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Suggestion } from '~/api/types';
import { sessionToken } from '~/session/session';
import { keepAccounts } from '~/store/store';

const ids = signal<string[] | null>(null);
const failed = signal<Failure | null>(null);
/** So many were asked for: of fewer the first of these do. */
let askedFor = 0;

sessionToken.subscribe(() => {
    ids.value = null;
    askedFor = 0;
});

/** Whom the server proposes to follow; null until it was asked. */
export const suggestedIds: ReadonlySignal<string[] | null> = ids;
export const suggestionsFailure: ReadonlySignal<Failure | null> = failed;

/** Asks for at least so many, unless they have been asked for. */
export async function loadSuggestions(limit: number): Promise<void> {
    if (askedFor >= limit && failed.peek() === null) {
        return;
    }
    askedFor = limit;
    failed.value = null;
    const answer = await api.get<Suggestion[]>('/api/v2/suggestions', { limit });
    if (askedFor > limit) {
        return; // the longer list is on its way
    }
    if (answer.ok) {
        const found = keepAccounts(answer.value.map(({ account }) => account));
        ids.value = found;
        await loadRelationships(found);
    } else {
        failed.value = answer.failure;
    }
}
