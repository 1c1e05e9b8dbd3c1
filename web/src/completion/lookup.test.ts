import { describe, expect, it } from 'vitest';
import { Lookup, PAUSE_MS } from './lookup';

/** A server that answers when it is told to, and time that passes when it is told to. */
function stage() {
    let nowMs = 0;
    let timers: { id: number; run: () => void; atMs: number }[] = [];
    let lastId = 0;
    const asked: { query: string; signal: AbortSignal; answer: (found: string | null) => void }[] =
        [];
    const told: (string | null)[] = [];
    const lookup = new Lookup<string>(
        (query, signal) => new Promise((answer) => asked.push({ query, signal, answer })),
        (found) => told.push(found),
        {
            nowMs: () => nowMs,
            setTimer: (run, delayMs) => {
                timers.push({ id: ++lastId, run, atMs: nowMs + delayMs });
                return lastId;
            },
            clearTimer: (timer) => (timers = timers.filter(({ id }) => id !== timer)),
        },
    );
    const pass = (ms: number): void => {
        nowMs += ms;
        const due = timers.filter(({ atMs }) => atMs <= nowMs);
        timers = timers.filter(({ atMs }) => atMs > nowMs);
        due.forEach(({ run }) => run());
    };
    const answer = async (index: number, found: string | null): Promise<void> => {
        asked[index]?.answer(found);
        await Promise.resolve();
        await Promise.resolve();
    };
    return { lookup, asked, told, pass, answer };
}

describe('Lookup', () => {
    it('asks once for what is typed without a pause', async () => {
        const { lookup, asked, told, pass, answer } = stage();
        lookup.look('a');
        pass(PAUSE_MS - 1);
        lookup.look('ad');
        pass(PAUSE_MS - 1);
        expect(asked).toEqual([]);
        pass(1);
        expect(asked.map(({ query }) => query)).toEqual(['ad']);
        await answer(0, 'ada');
        expect(told).toEqual(['ada']);
    });

    it('never tells an answer that came too late', async () => {
        const { lookup, asked, told, pass, answer } = stage();
        lookup.look('a');
        pass(PAUSE_MS);
        lookup.look('b');
        expect(asked[0]?.signal.aborted).toBe(true);
        pass(PAUSE_MS);
        await answer(1, 'bob');
        await answer(0, 'ada');
        expect(told).toEqual(['bob']);
    });

    it('does not ask again for what it knows, for a minute', async () => {
        const { lookup, asked, told, pass, answer } = stage();
        lookup.look('a');
        pass(PAUSE_MS);
        await answer(0, 'ada');
        lookup.look('ad');
        lookup.look('a');
        expect(told).toEqual(['ada', 'ada']);
        pass(60_000);
        lookup.look('ad');
        lookup.look('a');
        pass(PAUSE_MS);
        expect(asked.length).toBe(2);
    });

    it('keeps what was found while the next is asked for, and forgets it when nothing is wanted', async () => {
        const { lookup, told, pass, answer } = stage();
        lookup.look('a');
        pass(PAUSE_MS);
        await answer(0, 'ada');
        lookup.look('ab');
        pass(PAUSE_MS);
        await answer(1, null);
        expect(told).toEqual(['ada']);
        lookup.look(null);
        expect(told).toEqual(['ada', null]);
    });

    it('tells nothing after it was stopped', async () => {
        const { lookup, told, pass, answer } = stage();
        lookup.look('a');
        pass(PAUSE_MS);
        lookup.stop();
        await answer(0, 'ada');
        lookup.look('b');
        lookup.stop();
        pass(PAUSE_MS);
        expect(told).toEqual([]);
    });
});
