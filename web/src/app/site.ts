import { signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Instance } from '~/api/types';

const SITE_KEY = 'rookery.site';

function read(): Instance | null {
    try {
        return JSON.parse(localStorage.getItem(SITE_KEY) ?? 'null') as Instance | null;
    } catch {
        return null;
    }
}

const current = signal<Instance | null>(read());

/** What the server says of itself: its name, limits, whether one may sign up. The last known at first. */
export const site: ReadonlySignal<Instance | null> = current;

export async function loadSite(): Promise<void> {
    const answer = await api.get<Instance>('/api/v2/instance');
    if (answer.ok) {
        current.value = answer.value;
        try {
            localStorage.setItem(SITE_KEY, JSON.stringify(answer.value));
        } catch {
            // It is asked for again next time.
        }
    }
}
