import { fromWire } from './names';
import type { Notification, Status } from './types';

/** What one can listen to. Equal topics share one subscription on the one socket. */
export type Topic =
    | { stream: 'user' | 'user:notification' | 'public' | 'public:local' | 'direct' }
    | { stream: 'list'; list: string }
    | { stream: 'hashtag' | 'hashtag:local'; tag: string };

export type StreamEvent =
    | { event: 'update'; status: Status }
    | { event: 'status.update'; status: Status }
    | { event: 'delete'; id: string }
    | { event: 'notification'; notification: Notification }
    | { event: 'other'; name: string; payload: unknown };

export interface Listener {
    onEvent: (event: StreamEvent) => void;
    /** The stream is open again after a gap: ask for what was missed (`since_id`). */
    onReopened?: () => void;
}

export interface Sockets {
    /** Opens a socket to the streaming API, authorised by `token`. */
    open: (token: string) => WebSocket;
    random: () => number;
    setTimer: (run: () => void, delayMs: number) => number;
    clearTimer: (timer: number) => void;
}

const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;

/** Doubles with each attempt, and is spread so that a restarted server is not met by everybody. */
export function backoffMs(attempt: number, random: number): number {
    const full = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** attempt);
    return full / 2 + (full / 2) * random;
}

function labelOf(topic: Topic): string {
    if ('list' in topic) {
        return `${topic.stream}\n${topic.list}`;
    }
    return 'tag' in topic ? `${topic.stream}\n${topic.tag.toLowerCase()}` : topic.stream;
}

function parseEvent(name: string, payload: string | undefined): StreamEvent {
    if (name === 'delete') {
        return { event: 'delete', id: payload ?? '' };
    }
    let value: unknown = payload;
    try {
        value = payload === undefined ? undefined : fromWire(JSON.parse(payload));
    } catch {
        // A payload that is not JSON stays the text that it is.
    }
    switch (name) {
        case 'update':
        case 'status.update':
            return { event: name, status: value as Status };
        case 'notification':
            return { event: name, notification: value as Notification };
        default:
            return { event: 'other', name, payload: value };
    }
}

interface Subscription {
    topic: Topic;
    listeners: Set<Listener>;
}

/**
 * One WebSocket for everything that is listened to; it opens with the first listener, closes with
 * the last, and comes back by itself after every loss until `stop`.
 */
export class Stream {
    private socket: WebSocket | null = null;
    private token: string | null = null;
    private attempt = 0;
    private timer: number | null = null;
    private wasOpen = false;
    private readonly subscriptions = new Map<string, Subscription>();

    constructor(
        private readonly sockets: Sockets,
        private readonly onState: (isOpen: boolean) => void = () => {},
    ) {}

    /** The token to listen with; null (signed out) closes. */
    authorise(token: string | null): void {
        if (token === this.token) {
            return;
        }
        this.token = token;
        this.wasOpen = false;
        this.attempt = 0;
        this.dropSocket();
        this.openIfWanted();
    }

    /** Listens until the returned function is called. */
    listen(topic: Topic, listener: Listener): () => void {
        const label = labelOf(topic);
        let subscription = this.subscriptions.get(label);
        if (subscription === undefined) {
            subscription = { topic, listeners: new Set() };
            this.subscriptions.set(label, subscription);
            this.say('subscribe', topic);
        }
        subscription.listeners.add(listener);
        this.openIfWanted();
        return () => this.leave(label, listener);
    }

    /** The network is back, or the page is shown again: do not wait for the next attempt. */
    hurry(): void {
        if (this.socket === null && this.timer !== null) {
            this.attempt = 0;
            this.forgetTimer();
            this.openIfWanted();
        }
    }

    private leave(label: string, listener: Listener): void {
        const subscription = this.subscriptions.get(label);
        if (subscription === undefined || !subscription.listeners.delete(listener)) {
            return;
        }
        if (subscription.listeners.size === 0) {
            this.subscriptions.delete(label);
            this.say('unsubscribe', subscription.topic);
            if (this.subscriptions.size === 0) {
                this.wasOpen = false;
                this.dropSocket();
            }
        }
    }

    private openIfWanted(): void {
        if (this.socket !== null || this.timer !== null) {
            return;
        }
        if (this.token === null || this.subscriptions.size === 0) {
            return;
        }
        const socket = this.sockets.open(this.token);
        this.socket = socket;
        socket.onopen = () => this.opened(socket);
        socket.onmessage = (message) => this.heard(String(message.data));
        socket.onclose = () => this.closed(socket);
    }

    private opened(socket: WebSocket): void {
        if (socket !== this.socket) {
            return;
        }
        this.attempt = 0;
        for (const { topic } of this.subscriptions.values()) {
            this.say('subscribe', topic);
        }
        this.onState(true);
        if (this.wasOpen) {
            for (const { listeners } of [...this.subscriptions.values()]) {
                [...listeners].forEach((listener) => listener.onReopened?.());
            }
        }
        this.wasOpen = true;
    }

    private closed(socket: WebSocket): void {
        if (socket !== this.socket) {
            return;
        }
        this.socket = null;
        this.onState(false);
        const delayMs = backoffMs(this.attempt, this.sockets.random());
        this.attempt += 1;
        this.timer = this.sockets.setTimer(() => {
            this.timer = null;
            this.openIfWanted();
        }, delayMs);
    }

    private heard(text: string): void {
        let message: { stream?: string[]; event?: string; payload?: string };
        try {
            message = JSON.parse(text) as typeof message;
        } catch {
            return;
        }
        if (message.event === undefined || message.stream === undefined) {
            return; // an error of a subscription; its listeners just hear nothing
        }
        const [name = '', argument] = message.stream;
        const label = argument === undefined ? name : `${name}\n${argument.toLowerCase()}`;
        const subscription = this.subscriptions.get(label);
        if (subscription === undefined) {
            return;
        }
        const event = parseEvent(message.event, message.payload);
        [...subscription.listeners].forEach((listener) => listener.onEvent(event));
    }

    private say(type: 'subscribe' | 'unsubscribe', topic: Topic): void {
        if (this.socket?.readyState === 1) {
            this.socket.send(JSON.stringify({ type, ...topic }));
        }
    }

    private dropSocket(): void {
        this.forgetTimer();
        const socket = this.socket;
        this.socket = null;
        socket?.close();
        if (socket !== null) {
            this.onState(false);
        }
    }

    private forgetTimer(): void {
        if (this.timer !== null) {
            this.sockets.clearTimer(this.timer);
            this.timer = null;
        }
    }
}
