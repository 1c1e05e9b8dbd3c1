import type { Failure } from '~/api/failure';

/** How long to wait after a look, or null if there is nothing more to be seen. */
export function pauseAfter(failure: Failure | null, everyMs: number, nowMs: number): number | null {
    switch (failure?.kind) {
        case 'forbidden':
        case 'expired':
            return null;
        case 'throttled':
        case 'busy':
            return Math.max(everyMs, failure.retryAtMs - nowMs);
        default:
            return everyMs;
    }
}

/**
 * Looks again and again while the page is looked at, until the returned function is called. A look
 * returns what went wrong with it, if anything did.
 */
export function lookEvery(everyMs: number, look: () => Promise<Failure | null>): () => void {
    let timer: number | null = null;
    let isOver = false;
    let failure: Failure | null = null;
    const goOn = async (): Promise<void> => {
        if (!document.hidden) {
            failure = await look();
        }
        const pauseMs = pauseAfter(failure, everyMs, Date.now());
        if (!isOver && pauseMs !== null) {
            timer = window.setTimeout(() => void goOn(), pauseMs);
        }
    };
    void goOn();
    return () => {
        isOver = true;
        if (timer !== null) {
            clearTimeout(timer);
        }
    };
}
