import { signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Status } from '~/api/types';
import { homeFeed } from '~/features/feeds/feeds';
import { session } from '~/session/session';
import { keepStatus } from '~/store/store';
import type { Draft } from './draft';
import { Outbox, placeOf } from './outbox';

const current = signal<Outbox | null>(null);

/** The outbox of whoever is signed in. */
export const outbox: ReadonlySignal<Outbox | null> = current;

type SentListener = (status: Status) => void;
const listeners = new Set<SentListener>();

/** Hears of each post as the server answers it, until the returned function is called. */
export function onSent(listener: SentListener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function send(draft: Draft, idempotencyKey: string) {
    return api.post<Status>(
        '/api/v1/statuses',
        {
            status: draft.text,
            spoilerText: draft.hasWarning ? draft.spoilerText : '',
            visibility: draft.visibility,
            sensitive: draft.sensitive,
            language: draft.language,
            inReplyToId: draft.inReplyToId,
        },
        { idempotencyKey },
    );
}

function sent(status: Status): void {
    keepStatus(status);
    // Replies to people whom one does not follow are not for the feed; the stream knows.
    if (status.inReplyToId === null) {
        homeFeed().feed.insert(status);
    }
    listeners.forEach((listener) => listener(status));
}

/** randomUUID is not there on pages that are not secure. */
function newKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function alone(account: string, run: () => Promise<void>): Promise<void> {
    if ('locks' in navigator) {
        await navigator.locks.request(placeOf(account), run);
    } else {
        await run(); // the server posts once by the key, whoever sends it
    }
}

function openOutbox(account: string): Outbox {
    return new Outbox(
        account,
        {
            shelf: localStorage,
            send,
            nowMs: () => Date.now(),
            newKey,
            setTimer: (run, delayMs) => void setTimeout(run, delayMs),
            alone: (run) => alone(account, run),
        },
        sent,
    );
}

/** Sends what the last visit left, and tries again when there is hope: network, sign-in, other tab. */
export function startOutbox(): void {
    let account: string | undefined;
    session.subscribe((now) => {
        if (now?.account.id !== account) {
            account = now?.account.id;
            current.value = account === undefined ? null : openOutbox(account);
        }
        void current.peek()?.sendAll();
    });
    addEventListener('online', () => void current.peek()?.sendAll());
    document.addEventListener('visibilitychange', () => {
        if (!document.hidden) {
            void current.peek()?.sendAll();
        }
    });
    addEventListener('storage', (event) => {
        if (account !== undefined && event.key === placeOf(account)) {
            current.peek()?.reread();
        }
    });
}
