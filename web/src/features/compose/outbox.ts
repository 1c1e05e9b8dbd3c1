import { signal, type ReadonlySignal } from '@preact/signals';
import type { Failure, Outcome } from '~/api/failure';
import type { Status } from '~/api/types';
import type { Draft } from './draft';
import type { Shelf } from './drafts';

/** A post that has left the composer and has not reached the server yet. */
export interface Outgoing {
    /** Also the Idempotency-Key: however often it is sent, it is posted once. */
    key: string;
    draft: Draft;
    writtenAtMs: number;
    /** `refused` posts wait for their author: trying again would change nothing. */
    state: 'waiting' | 'refused';
    /** Why the last attempt failed; null before the first. */
    failure: Failure | null;
    attempts: number;
}

export interface Postman {
    shelf: Shelf;
    send: (draft: Draft, key: string) => Promise<Outcome<Status>>;
    nowMs: () => number;
    newKey: () => string;
    setTimer: (run: () => void, delayMs: number) => void;
    /** Runs it when no other tab sends; at once where browsers cannot say. */
    alone: (run: () => Promise<void>) => Promise<void>;
}

const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 120_000;

/** When to try again by oneself. */
export function retryDelayMs(attempts: number, failure: Failure, nowMs: number): number {
    const backoff = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.max(0, attempts - 1));
    return 'retryAtMs' in failure ? Math.max(backoff, failure.retryAtMs - nowMs) : backoff;
}

/** The server has understood the post and does not want it. */
function isFinal(failure: Failure): boolean {
    return ['invalid', 'forbidden', 'absent'].includes(failure.kind);
}

function isOutgoing(value: unknown): value is Outgoing {
    const one = value as Outgoing | null;
    return typeof one?.key === 'string' && typeof one.draft?.text === 'string';
}

/**
 * Posts on their way, kept in the browser until the server has said that it has them: they survive a
 * reload, a lost connection and a restarted server, and no post is made twice. One account's.
 */
export class Outbox {
    private readonly list = signal<readonly Outgoing[]>([]);
    private readonly underWay = signal<string | null>(null);
    private isSending = false;
    /** What could not be written to the shelf: it lasts as long as the page. */
    private isKept = true;

    constructor(
        private readonly account: string,
        private readonly postman: Postman,
        private readonly onSent: (status: Status, key: string) => void,
    ) {
        this.list.value = this.read();
    }

    /** The oldest first. */
    get posts(): ReadonlySignal<readonly Outgoing[]> {
        return this.list;
    }

    /** The key of the post that is being sent right now. */
    get sending(): ReadonlySignal<string | null> {
        return this.underWay;
    }

    /** Whether what is waiting would survive a reload. */
    get isSafe(): boolean {
        return this.isKept;
    }

    add(draft: Draft): void {
        const post: Outgoing = {
            key: this.postman.newKey(),
            draft,
            writtenAtMs: this.postman.nowMs(),
            state: 'waiting',
            failure: null,
            attempts: 0,
        };
        this.change((posts) => [...posts, post]);
        void this.sendAll();
    }

    /** Takes it out, to be written on or thrown away. */
    take(key: string): Draft | null {
        const post = this.list.peek().find((one) => one.key === key);
        this.change((posts) => posts.filter((one) => one.key !== key));
        return post?.draft ?? null;
    }

    retry(key: string): void {
        this.update(key, { state: 'waiting' });
        void this.sendAll();
    }

    /** Another tab changed what is kept. */
    reread(): void {
        if (this.isKept) {
            this.list.value = this.read();
        }
    }

    /** Sends what waits, one after the other in the order of writing, until one has to wait. */
    async sendAll(): Promise<void> {
        if (this.isSending) {
            return;
        }
        this.isSending = true;
        try {
            await this.postman.alone(async () => {
                this.reread();
                for (let next = this.next(); next !== undefined; next = this.next()) {
                    if (!(await this.send(next))) {
                        return;
                    }
                }
            });
        } finally {
            this.isSending = false;
        }
    }

    private next(): Outgoing | undefined {
        return this.list.peek().find(({ state }) => state === 'waiting');
    }

    /** Whether to go on with the next one. */
    private async send({ key, draft, attempts }: Outgoing): Promise<boolean> {
        this.underWay.value = key;
        const answer = await this.postman.send(draft, key);
        this.underWay.value = null;
        if (answer.ok) {
            this.take(key);
            this.onSent(answer.value, key);
            return true;
        }
        const { failure } = answer;
        if (isFinal(failure)) {
            this.update(key, { state: 'refused', failure, attempts: attempts + 1 });
            return true;
        }
        this.update(key, { failure, attempts: attempts + 1 });
        // With an ended session nothing can be sent until one signs in, which starts anew.
        if (failure.kind !== 'expired') {
            const delayMs = retryDelayMs(attempts + 1, failure, this.postman.nowMs());
            this.postman.setTimer(() => void this.sendAll(), delayMs);
        }
        return false;
    }

    private update(key: string, what: Partial<Outgoing>): void {
        this.change((posts) => posts.map((one) => (one.key === key ? { ...one, ...what } : one)));
    }

    /** On what is kept now, not on what this tab saw last: other tabs write there too. */
    private change(how: (posts: readonly Outgoing[]) => readonly Outgoing[]): void {
        this.reread();
        const next = how(this.list.peek());
        this.list.value = next;
        try {
            if (next.length === 0) {
                this.postman.shelf.removeItem(this.place);
            } else {
                this.postman.shelf.setItem(this.place, JSON.stringify(next));
            }
            this.isKept = true;
        } catch {
            this.isKept = false;
        }
    }

    private get place(): string {
        return placeOf(this.account);
    }

    private read(): Outgoing[] {
        try {
            const kept: unknown = JSON.parse(this.postman.shelf.getItem(this.place) ?? '[]');
            return Array.isArray(kept) ? kept.filter(isOutgoing) : [];
        } catch {
            return []; // not ours, or cut off: nothing can be read from it
        }
    }
}

export function placeOf(account: string): string {
    return `rookery.outbox.${account}`;
}
