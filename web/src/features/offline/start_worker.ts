import { signal, type ReadonlySignal } from '@preact/signals';
import { streamIsOpen } from '~/api/api';
import { afterFirstView } from '~/app/first_view';
import { session } from '~/session/session';
import { PERSONAL_CACHE, type WorkerMessage } from '~/service_worker/names';

const waiting = signal<ServiceWorker | null>(null);
const keptFeed = signal(false);

/** A newer version of the app has been fetched and waits until it may take over. */
export const newVersion: ReadonlySignal<ServiceWorker | null> = waiting;
/** What stands in the home feed was kept from last time: the server did not answer. */
export const isKeptFeed: ReadonlySignal<boolean> = keptFeed;

const CHECK_EVERY_MS = 30 * 60_000;
const REGISTER_AFTER_MS = 3_000;

function say(worker: ServiceWorker, message: WorkerMessage): void {
    worker.postMessage(message);
}

/** Lets the new version take over, and begins anew with it. */
export function takeNewVersion(): void {
    const worker = waiting.peek();
    if (worker !== null) {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
            once: true,
        });
        say(worker, 'take over');
    }
}

function watch(registration: ServiceWorkerRegistration): void {
    const offer = (): void => {
        // Without a controller it is the first version: there is nothing to replace.
        if (registration.waiting !== null && navigator.serviceWorker.controller !== null) {
            waiting.value = registration.waiting;
        }
    };
    offer();
    registration.addEventListener('updatefound', () => {
        registration.installing?.addEventListener('statechange', offer);
    });
    let checkedAtMs = Date.now();
    document.addEventListener('visibilitychange', () => {
        if (!document.hidden && Date.now() - checkedAtMs > CHECK_EVERY_MS) {
            checkedAtMs = Date.now();
            void registration.update().catch(() => undefined);
        }
    });
}

async function register(): Promise<void> {
    try {
        watch(await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }));
    } catch {
        // Private windows may forbid it: the app works all the same, only not offline.
    }
}

/** Nothing that belongs to somebody stays behind once they have signed out. */
function clearWithSession(): void {
    session.subscribe((now) => {
        if (now === null && 'caches' in window) {
            void caches.delete(PERSONAL_CACHE).catch(() => false);
        }
    });
}

export function startWorker(): void {
    clearWithSession();
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) {
        return;
    }
    navigator.serviceWorker.addEventListener('message', (event: MessageEvent<WorkerMessage>) => {
        if (event.data === 'kept feed shown') {
            keptFeed.value = true;
        }
    });
    streamIsOpen.subscribe((isOpen) => {
        if (isOpen) {
            keptFeed.value = false;
        }
    });
    // It fetches the whole app: not while somebody waits for the first view, or goes on from it.
    afterFirstView(() => setTimeout(() => void register(), REGISTER_AFTER_MS));
}
