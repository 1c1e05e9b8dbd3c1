import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Outcome, Failure } from '~/api/failure';
import type { Page } from '~/api/client';
import { compareIds, newestOf } from './ids';

/** How a feed gets its entries; `keep` stores an entry's entity and answers its id. */
export interface FeedSource<T> {
    /** The newest page; with `sinceId` only what is newer, newest first. */
    newest: (sinceId: string | null) => Promise<Outcome<Page<T>>>;
    /** The page that a `next` link names. */
    older: (path: string) => Promise<Outcome<Page<T>>>;
    keep: (entry: T) => string;
}

export type FeedState = 'fresh' | 'loading' | 'ready' | 'ended';

/** So many pages are asked for when catching up; beyond, the feed starts anew from the top. */
const CATCH_UP_PAGES = 3;

/**
 * A list of posts, newest first, that grows at its end as one scrolls. What is newer than what is
 * shown waits in `waiting` until it is asked for, so that nothing moves under the reader.
 */
export class Feed<T> {
    private readonly shownIds = signal<string[]>([]);
    private readonly waitingIds = signal<string[]>([]);
    private readonly currentState = signal<FeedState>('fresh');
    private readonly currentFailure = signal<Failure | null>(null);
    private next: string | null = null;
    private catchingUp = false;
    /** Between the waiting entries and the shown ones there are more than were asked for. */
    private isGapped = false;

    constructor(private readonly source: FeedSource<T>) {}

    get shown(): ReadonlySignal<string[]> {
        return this.shownIds;
    }

    get waiting(): ReadonlySignal<string[]> {
        return this.waitingIds;
    }

    get state(): ReadonlySignal<FeedState> {
        return this.currentState;
    }

    /** Why the last request did not succeed, if so. */
    get failure(): ReadonlySignal<Failure | null> {
        return this.currentFailure;
    }

    /** Loads the first page, unless there is one. */
    async start(): Promise<void> {
        if (this.currentState.peek() === 'fresh') {
            await this.load(() => this.source.newest(null));
        }
    }

    /** Loads the next older page. */
    async more(): Promise<void> {
        const { next } = this;
        if (this.currentState.peek() === 'ready' && next !== null) {
            await this.load(() => this.source.older(next));
        }
    }

    /** After a failure: tries again whatever failed. */
    async retry(): Promise<void> {
        await (this.shownIds.peek().length === 0 ? this.start() : this.more());
    }

    /** Empties the feed and loads it anew. */
    async restart(): Promise<void> {
        batch(() => {
            this.shownIds.value = [];
            this.waitingIds.value = [];
            this.currentState.value = 'fresh';
            this.next = null;
            this.isGapped = false;
        });
        await this.start();
    }

    /** A new entry told by the stream. */
    arrive(entry: T): void {
        const id = this.source.keep(entry);
        if (this.currentState.peek() === 'fresh' || this.has(id)) {
            return;
        }
        this.waitingIds.value = [id, ...this.waitingIds.peek()].sort((a, b) => compareIds(b, a));
    }

    /** An entry of one's own making, which need not wait. */
    insert(entry: T): void {
        const id = this.source.keep(entry);
        if (this.currentState.peek() !== 'fresh' && !this.shownIds.peek().includes(id)) {
            this.waitingIds.value = this.waitingIds.peek().filter((other) => other !== id);
            this.shownIds.value = [id, ...this.shownIds.peek()];
        }
    }

    remove(id: string): void {
        for (const list of [this.shownIds, this.waitingIds]) {
            if (list.peek().includes(id)) {
                list.value = list.peek().filter((other) => other !== id);
            }
        }
    }

    /** Asks for what came while nobody listened. */
    async catchUp(): Promise<void> {
        const state = this.currentState.peek();
        if (this.catchingUp || state === 'fresh' || state === 'loading') {
            return;
        }
        this.catchingUp = true;
        try {
            await this.collectMissed();
        } finally {
            this.catchingUp = false;
        }
    }

    /** Puts what waits above what is shown. */
    async showWaiting(): Promise<void> {
        if (this.isGapped) {
            await this.restart();
            return;
        }
        batch(() => {
            this.shownIds.value = [...this.waitingIds.peek(), ...this.shownIds.peek()];
            this.waitingIds.value = [];
        });
    }

    private has(id: string): boolean {
        return this.shownIds.peek().includes(id) || this.waitingIds.peek().includes(id);
    }

    private async collectMissed(): Promise<void> {
        const since = newestOf(this.shownIds.peek());
        let answer = await this.source.newest(since);
        for (let page = 1; answer.ok; ++page) {
            const fresh = answer.value.items.map(this.source.keep).filter((id) => !this.has(id));
            this.waitingIds.value = [...this.waitingIds.peek(), ...fresh].sort((a, b) =>
                compareIds(b, a),
            );
            const { next, items } = answer.value;
            if (next === null || items.length === 0 || fresh.length === 0) {
                return;
            }
            if (page === CATCH_UP_PAGES) {
                this.isGapped = true;
                return;
            }
            answer = await this.source.older(next);
        }
    }

    private async load(ask: () => Promise<Outcome<Page<T>>>): Promise<void> {
        const before = this.currentState.peek();
        this.currentState.value = 'loading';
        this.currentFailure.value = null;
        const answer = await ask();
        batch(() => {
            if (!answer.ok) {
                this.currentState.value = before;
                this.currentFailure.value =
                    answer.failure.kind === 'aborted' ? null : answer.failure;
                return;
            }
            const known = new Set(this.shownIds.peek());
            const fresh = answer.value.items.map(this.source.keep).filter((id) => !known.has(id));
            this.shownIds.value = [...this.shownIds.peek(), ...fresh];
            this.next = answer.value.next;
            this.currentState.value = this.next === null ? 'ended' : 'ready';
        });
    }
}
