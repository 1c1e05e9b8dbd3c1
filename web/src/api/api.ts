import { signal, type ReadonlySignal } from '@preact/signals';
import { expireSession, session } from '~/session/session';
import { Client } from './client';
import { Stream } from './stream';

/** The API of the server that the app came from, as whoever is signed in. */
export const api = new Client({
    fetch: (input, init) => fetch(input, init),
    nowMs: () => Date.now(),
    token: () => session.peek()?.token ?? null,
    onExpired: expireSession,
});

const open = signal(false);
export const streamIsOpen: ReadonlySignal<boolean> = open;

export const stream = new Stream(
    {
        open: (token) => {
            const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
            // A browser cannot send an Authorization header here; the API takes the token so.
            return new WebSocket(`${scheme}://${location.host}/api/v1/streaming`, token);
        },
        random: Math.random,
        setTimer: (run, delayMs) => window.setTimeout(run, delayMs),
        clearTimer: (timer) => window.clearTimeout(timer),
    },
    (isOpen) => {
        open.value = isOpen;
    },
);

/** Follows the session, the network and whether the page is looked at. */
export function startStream(): void {
    session.subscribe((now) => stream.authorise(now?.token ?? null));
    addEventListener('online', () => stream.hurry());
    document.addEventListener('visibilitychange', () => {
        if (!document.hidden) {
            stream.hurry();
        }
    });
}
