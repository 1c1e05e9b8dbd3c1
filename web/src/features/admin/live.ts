import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { sessionToken } from '~/session/session';
import { pointBetween, withPoint, type Point, type Snapshot } from './points';
import { parseMetrics } from './prometheus';
import { lookEvery } from './watching';

const EVERY_MS = 2_000;

const kept = signal<Point[]>([]);
const lastFailure = signal<Failure | null>(null);
let last: Snapshot | null = null;

/** What was seen so far; it goes on where it was when one comes back to the page. */
export const points: ReadonlySignal<Point[]> = kept;
export const failure: ReadonlySignal<Failure | null> = lastFailure;

async function look(): Promise<Failure | null> {
    const answer = await api.text('/api/rookery/v1/metrics');
    batch(() => {
        if (!answer.ok) {
            lastFailure.value = answer.failure;
            return;
        }
        lastFailure.value = null;
        const now = { atMs: Date.now(), metrics: parseMetrics(answer.value) };
        if (last !== null) {
            kept.value = withPoint(kept.peek(), pointBetween(last, now));
        }
        last = now;
    });
    return lastFailure.peek();
}

export function watchServer(): () => void {
    return lookEvery(EVERY_MS, look);
}

sessionToken.subscribe(() => {
    kept.value = [];
    last = null;
    lastFailure.value = null;
});
