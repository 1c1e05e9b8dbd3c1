import { signal, type ReadonlySignal } from '@preact/signals';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Suggestion } from '~/api/types';
import { session } from '~/session/session';
import { keepAccounts } from '~/store/store';

const ids = signal<string[] | null>(null);
const failed = signal<Failure | null>(null);

session.subscribe(() => {
    ids.value = null;
});

/** Whom the server proposes to follow; null until it was asked. */
export const suggestedIds: ReadonlySignal<string[] | null> = ids;
export const suggestionsFailure: ReadonlySignal<Failure | null> = failed;

export async function loadSuggestions(limit: number): Promise<void> {
    failed.value = null;
    const answer = await api.get<Suggestion[]>('/api/v2/suggestions', { limit });
    if (answer.ok) {
        const found = keepAccounts(answer.value.map(({ account }) => account));
        ids.value = found;
        await loadRelationships(found);
    } else {
        failed.value = answer.failure;
    }
}
