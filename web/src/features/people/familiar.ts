import { signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { FamiliarFollowers } from '~/api/types';
import { ownId, sessionToken } from '~/session/session';
import { keepAccounts } from '~/store/store';

/** For so long an answer is shown again without asking. */
const FRESH_MS = 60_000;

interface Kept {
    ids: ReturnType<typeof signal<string[] | null>>;
    atMs: number;
}

let kept = new Map<string, Kept>();

sessionToken.subscribe(() => {
    kept = new Map();
});

/** Nobody is familiar to visitors, and one's own followers one knows. */
export function hasFamiliar(id: string): boolean {
    return ownId.value !== null && ownId.value !== id;
}

/**
 * Those of the reader's follows who follow this account, asked for if need be; null until they are
 * known. Nobody if the server did not answer: it is said in passing, and not worth a complaint.
 */
export function familiarFollowers(id: string): ReadonlySignal<string[] | null | undefined> {
    const known = kept.get(id);
    if (known !== undefined && Date.now() - known.atMs < FRESH_MS) {
        return known.ids;
    }
    // What was known before stays on screen until the answer.
    const now: Kept = { ids: known?.ids ?? signal<string[] | null>(null), atMs: Date.now() };
    kept.set(id, now);
    void api
        .get<FamiliarFollowers[]>('/api/v1/accounts/familiar_followers', { id: [id] })
        .then((answer) => {
            const found = answer.ok ? answer.value.find((one) => one.id === id) : undefined;
            now.ids.value = keepAccounts(found?.accounts ?? []);
        });
    return now.ids;
}
