import { signal, type ReadonlySignal } from '@preact/signals';
import { api, stream } from '~/api/api';
import { afterFirstView } from '~/app/first_view';
import { sessionToken } from '~/session/session';
import { compareIds } from '~/store/ids';

interface Marker {
    lastReadId: string;
}

const count = signal(0);
const lastRead = signal<string | null>(null);
/** Who wants to hear that there may be something new: the page while it is on screen. */
const listeners = new Set<() => void>();

/** How many groups of notifications came since one last looked. */
export const unreadCount: ReadonlySignal<number> = count;
/** Up to where one has read, as the server knows it from whatever app one read in. */
export const lastReadId: ReadonlySignal<string | null> = lastRead;

/** A burst of events asks once. */
const GATHER_MS = 250;
let timer: number | null = null;

export async function loadUnread(): Promise<void> {
    const answer = await api.get<{ count: number }>('/api/v2/notifications/unread_count');
    if (answer.ok) {
        count.value = answer.value.count;
    }
}

export async function loadMarker(): Promise<void> {
    const answer = await api.get<{ notifications?: Marker }>('/api/v1/markers', {
        timeline: ['notifications'],
    });
    if (answer.ok) {
        lastRead.value = answer.value.notifications?.lastReadId ?? null;
    }
}

/** All up to `id` has been seen. What was seen elsewhere further on stays seen. */
export async function markRead(id: string): Promise<void> {
    const before = lastRead.peek();
    if (before !== null && compareIds(id, before) <= 0) {
        return;
    }
    const answer = await api.post('/api/v1/markers', { notifications: { lastReadId: id } });
    if (answer.ok) {
        lastRead.value = id;
        await loadUnread();
    }
}

export function onNews(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function gather(): void {
    timer ??= window.setTimeout(() => {
        timer = null;
        if (listeners.size === 0 || document.hidden) {
            void loadUnread();
        }
        listeners.forEach((listener) => listener());
    }, GATHER_MS);
}

/** Follows the stream as long as the app runs, whatever page is shown. */
export function startUnread(): void {
    stream.listen(
        { stream: 'user:notification' },
        {
            onEvent: (event) => {
                if (event.event === 'notification') {
                    gather();
                }
            },
            onReopened: gather,
        },
    );
    sessionToken.subscribe((token) => {
        count.value = 0;
        lastRead.value = null;
        if (token !== null) {
            afterFirstView(() => void loadUnread());
        }
    });
}
