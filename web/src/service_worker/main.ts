import { handlingOf } from './handling';
import { PERSONAL_CACHE, type WorkerMessage } from './names';

/** Set by the build: the app's files, and a name for this very set of them. */
declare const APP_FILES: string[];
declare const APP_VERSION: string;

/** What of the worker's surroundings is used; TypeScript's library for workers excludes the page's. */
interface WorkerEvent extends Event {
    waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
    request: Request;
    clientId: string;
    respondWith(answer: Promise<Response>): void;
}
interface Client {
    postMessage(message: WorkerMessage): void;
}
interface WorkerScope {
    addEventListener(name: 'install' | 'activate', run: (event: WorkerEvent) => void): void;
    addEventListener(name: 'fetch', run: (event: FetchEvent) => void): void;
    addEventListener(name: 'message', run: (event: MessageEvent<WorkerMessage>) => void): void;
    skipWaiting(): Promise<void>;
    clients: { claim(): Promise<void>; get(id: string): Promise<Client | undefined> };
}
const scope = self as unknown as WorkerScope;

const FILES_PREFIX = 'rookery.files ';
const FILES_CACHE = FILES_PREFIX + APP_VERSION;
/** Any page of the app is the same page; this one stands for all. */
const SHELL = '/home';
const PICTURES_MAX = 80;

async function install(): Promise<void> {
    const cache = await caches.open(FILES_CACHE);
    await cache.addAll([
        // Without cookies or token: the shell is the same for everybody.
        new Request(SHELL, { credentials: 'omit', cache: 'no-cache' }),
        '/rook.svg',
        ...APP_FILES,
    ]);
}

async function activate(): Promise<void> {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(FILES_PREFIX) && name !== FILES_CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await scope.clients.claim();
}

async function page(request: Request): Promise<Response> {
    try {
        return await fetch(request);
    } catch (error) {
        const shell = await caches.match(SHELL, { ignoreVary: true });
        if (shell === undefined) {
            throw error;
        }
        return shell;
    }
}

async function file(request: Request): Promise<Response> {
    return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function picture(request: Request): Promise<Response> {
    const cache = await caches.open(PERSONAL_CACHE);
    try {
        const answer = await fetch(request);
        if (answer.ok) {
            await cache.put(request, answer.clone());
            const pictures = (await cache.keys()).filter(({ url }) => !url.includes(KEPT_HOME));
            await Promise.all(pictures.slice(0, -PICTURES_MAX).map((one) => cache.delete(one)));
        }
        return answer;
    } catch (error) {
        const kept = await caches.match(request, { ignoreVary: true });
        if (kept === undefined) {
            throw error;
        }
        return kept;
    }
}

const KEPT_HOME = '/kept/home/';

/** Kept under the token's digest: another session never sees it, whatever was left behind. */
async function homeKey(request: Request): Promise<string> {
    const token = new TextEncoder().encode(request.headers.get('Authorization') ?? '');
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', token));
    return KEPT_HOME + [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function home(event: FetchEvent): Promise<Response> {
    const key = await homeKey(event.request);
    const cache = await caches.open(PERSONAL_CACHE);
    try {
        const answer = await fetch(event.request);
        if (answer.ok) {
            const others = (await cache.keys()).filter(({ url }) => url.includes(KEPT_HOME));
            await Promise.all(others.map((one) => cache.delete(one)));
            await cache.put(key, answer.clone());
        }
        return answer;
    } catch (error) {
        const kept = await cache.match(key, { ignoreVary: true });
        if (kept === undefined) {
            throw error;
        }
        (await scope.clients.get(event.clientId))?.postMessage('kept feed shown');
        return kept;
    }
}

function answerFor(event: FetchEvent): Promise<Response> | null {
    switch (handlingOf(event.request, location.origin)) {
        case 'page':
            return page(event.request);
        case 'file':
            return file(event.request);
        case 'picture':
            return picture(event.request);
        case 'home':
            return event.request.headers.has('Authorization') ? home(event) : null;
        case 'pass':
            return null;
    }
}

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', (event) => {
    if (event.data === 'take over') {
        void scope.skipWaiting();
    }
});
scope.addEventListener('fetch', (event) => {
    const answer = answerFor(event);
    if (answer !== null) {
        event.respondWith(answer);
    }
});
