/** Time as the lookup needs it, so that tests have theirs. */
export interface Clock {
    nowMs: () => number;
    setTimer: (run: () => void, delayMs: number) => number;
    clearTimer: (timer: number) => void;
}

/** So long a pause in typing is waited for. */
export const PAUSE_MS = 150;
/** For so long an answer is as good as a new one: while one types on, and takes it back. */
const FRESH_MS = 60_000;
const KEPT = 50;

interface Kept<T> {
    found: T;
    atMs: number;
}

/**
 * What is found while somebody types: asked for after a pause, never in the wrong order, and not
 * twice. What was found before stays until the next answer, so that the list does not flicker.
 */
export class Lookup<T> {
    private readonly kept = new Map<string, Kept<T>>();
    private timer: number | null = null;
    private abort: AbortController | null = null;
    private wanted: string | null = null;

    /** `ask` answers null if it was not answered; `onFound` is told null when nothing is wanted. */
    constructor(
        private readonly ask: (query: string, signal: AbortSignal) => Promise<T | null>,
        private readonly onFound: (found: T | null) => void,
        private readonly clock: Clock,
    ) {}

    /** What is typed now; null: nothing that could be completed. */
    look(query: string | null): void {
        if (query === this.wanted) {
            return;
        }
        this.stop();
        this.wanted = query;
        if (query === null) {
            this.onFound(null);
            return;
        }
        const known = this.kept.get(query);
        if (known !== undefined && this.clock.nowMs() - known.atMs < FRESH_MS) {
            this.onFound(known.found);
            return;
        }
        this.timer = this.clock.setTimer(() => void this.askFor(query), PAUSE_MS);
    }

    /** Nobody is there any more to be told. */
    stop(): void {
        if (this.timer !== null) {
            this.clock.clearTimer(this.timer);
            this.timer = null;
        }
        this.abort?.abort();
        this.abort = null;
        this.wanted = null;
    }

    private async askFor(query: string): Promise<void> {
        this.timer = null;
        const abort = new AbortController();
        this.abort = abort;
        const found = await this.ask(query, abort.signal);
        if (found === null || abort.signal.aborted) {
            return;
        }
        this.kept.delete(query);
        this.kept.set(query, { found, atMs: this.clock.nowMs() });
        const oldest = this.kept.keys().next().value;
        if (this.kept.size > KEPT && oldest !== undefined) {
            this.kept.delete(oldest);
        }
        this.onFound(found);
    }
}
