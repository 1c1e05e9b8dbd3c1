import { useEffect, useRef, useState } from 'preact/hooks';
import { Lookup } from './lookup';

const clock = {
    nowMs: () => Date.now(),
    setTimer: (run: () => void, delayMs: number) => window.setTimeout(run, delayMs),
    clearTimer: (timer: number) => window.clearTimeout(timer),
};

/** What `ask` finds for the query as it is typed; null for no query. `ask` stays the first one. */
export function useLookup<T>(
    query: string | null,
    ask: (query: string, signal: AbortSignal) => Promise<T | null>,
): T | null {
    const [found, setFound] = useState<T | null>(null);
    const kept = useRef<Lookup<T> | null>(null);
    const lookup = (kept.current ??= new Lookup(ask, (next) => setFound(() => next), clock));
    useEffect(() => lookup.look(query), [query]);
    useEffect(() => () => lookup.stop(), []);
    return found;
}
