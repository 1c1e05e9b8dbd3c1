import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Failure, Outcome } from '~/api/failure';
import { sessionToken } from '~/session/session';
import { nextOffset } from './offsets';

/** A short list of things that have no table of their own; it pages by offset, at the press of a button. */
export class Pages<T> {
    private readonly all = signal<readonly T[] | null>(null);
    private readonly failed = signal<Failure | null>(null);
    private next: string | null = '0';
    private isLoading = false;

    constructor(
        private readonly limit: number,
        private readonly ask: (offset: number, limit: number) => Promise<Outcome<T[]>>,
        private readonly keyOf: (item: T) => string,
    ) {}

    /** Null until the first page is there. */
    get items(): ReadonlySignal<readonly T[] | null> {
        return this.all;
    }

    get failure(): ReadonlySignal<Failure | null> {
        return this.failed;
    }

    get hasMore(): boolean {
        return this.next !== null && this.all.value !== null;
    }

    /** Loads the list anew; what is on screen stays until then. */
    async start(): Promise<void> {
        await this.load(0);
    }

    async more(): Promise<void> {
        if (this.next !== null) {
            await this.load(Number(this.next));
        }
    }

    private async load(offset: number): Promise<void> {
        if (this.isLoading) {
            return;
        }
        this.isLoading = true;
        this.failed.value = null;
        const answer = await this.ask(offset, this.limit);
        this.isLoading = false;
        batch(() => {
            if (!answer.ok) {
                this.failed.value = answer.failure;
                return;
            }
            this.next = nextOffset(offset, answer.value.length, this.limit);
            const before = offset === 0 ? [] : (this.all.peek() ?? []);
            const known = new Set(before.map(this.keyOf));
            this.all.value = [
                ...before,
                ...answer.value.filter((item) => !known.has(this.keyOf(item))),
            ];
        });
    }
}

const KEPT = 20;
const lists = new Map<string, Pages<unknown>>();

sessionToken.subscribe(() => lists.clear());

/** The list of this key, kept as far as one may go back. */
export function keptPages<T>(key: string, make: () => Pages<T>): Pages<T> {
    const known = (lists.get(key) as Pages<T> | undefined) ?? make();
    lists.delete(key);
    lists.set(key, known as Pages<unknown>);
    const oldest = lists.keys().next().value;
    if (lists.size > KEPT && oldest !== undefined) {
        lists.delete(oldest);
    }
    return known;
}
