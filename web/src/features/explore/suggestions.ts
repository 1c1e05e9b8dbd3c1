import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Suggestion } from '~/api/types';
import { sessionToken } from '~/session/session';
import { keepAccounts } from '~/store/store';
import { sayFailure } from '~/ui/say_failure';

const ids = signal<string[] | null>(null);
const failed = signal<Failure | null>(null);
/** Why somebody is proposed: the first reason that the server gives. */
const reasons = new Map<string, string>();
/** So many were asked for: of fewer the first of these do. */
let askedFor = 0;

sessionToken.subscribe(() => {
    ids.value = null;
    askedFor = 0;
    reasons.clear();
});

/** Whom the server proposes to follow; null until it was asked. */
export const suggestedIds: ReadonlySignal<string[] | null> = ids;
export const suggestionsFailure: ReadonlySignal<Failure | null> = failed;

/** The server's name for why this account is proposed; it may be one that the app does not know. */
export function reasonFor(id: string): string | undefined {
    return reasons.get(id);
}

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
        for (const { account, sources, source } of answer.value) {
            // Servers before Mastodon 4.3 give one reason, in other words.
            reasons.set(account.id, sources?.[0] ?? (source === 'staff' ? 'featured' : ''));
        }
        ids.value = found;
        await loadRelationships(found);
    } else {
        failed.value = answer.failure;
    }
}

/** Never proposes this account again: gone at once, back if the server did not hear of it. */
export async function dismissSuggestion(id: string): Promise<void> {
    const before = ids.peek() ?? [];
    ids.value = before.filter((other) => other !== id);
    const answer = await api.delete(`/api/v1/suggestions/${id}`);
    if (!answer.ok) {
        batch(() => {
            const now = ids.peek() ?? [];
            ids.value = before.filter((other) => other === id || now.includes(other));
        });
        sayFailure(answer.failure);
    }
}
