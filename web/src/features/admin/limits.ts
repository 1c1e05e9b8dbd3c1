import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { sessionToken } from '~/session/session';
import type { Limits } from './limits_types';
import { lookEvery } from './watching';

const EVERY_MS = 5_000;

const kept = signal<Limits | null>(null);
const lastFailure = signal<Failure | null>(null);

/** As they were when last seen. */
export const limits: ReadonlySignal<Limits | null> = kept;
export const limitsFailure: ReadonlySignal<Failure | null> = lastFailure;

async function look(): Promise<Failure | null> {
    const answer = await api.get<Limits>('/api/rookery/v1/admin/limits');
    batch(() => {
        if (answer.ok) {
            kept.value = answer.value;
        }
        lastFailure.value = answer.ok ? null : answer.failure;
    });
    return lastFailure.peek();
}

export function watchLimits(): () => void {
    return lookEvery(EVERY_MS, look);
}

sessionToken.subscribe(() => {
    kept.value = null;
    lastFailure.value = null;
});
