import { describe, expect, it } from 'vitest';
import { backoffMs, Stream, type StreamEvent } from './stream';

/** Stands for a WebSocket: the test says when it opens, speaks and closes. */
class FakeSocket {
    readyState = 0;
    said: unknown[] = [];
    onopen: (() => void) | null = null;
    onmessage: ((message: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;

    send(text: string): void {
        this.said.push(JSON.parse(text));
    }
    close(): void {
        this.readyState = 3;
    }
    opens(): void {
        this.readyState = 1;
        this.onopen?.();
    }
    breaks(): void {
        this.readyState = 3;
        this.onclose?.();
    }
    tells(stream: string[], event: string, payload: unknown): void {
        const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
        this.onmessage?.({ data: JSON.stringify({ stream, event, payload: text }) });
    }
}

function makeStream() {
    const sockets: FakeSocket[] = [];
    const timers: { run: () => void; delayMs: number }[] = [];
    const stream = new Stream({
        open: () => {
            const socket = new FakeSocket();
            sockets.push(socket);
            return socket as unknown as WebSocket;
        },
        random: () => 1,
        setTimer: (run, delayMs) => timers.push({ run, delayMs }),
        clearTimer: (timer) => timers.splice(timer - 1, 1),
    });
    const last = (): FakeSocket => sockets.at(-1)!;
    return { stream, sockets, timers, last };
}

describe('Stream', () => {
    it('opens one socket for all topics, and subscribes on it', () => {
        const { stream, sockets, last } = makeStream();
        stream.authorise('token');
        expect(sockets).toHaveLength(0);
        stream.listen({ stream: 'user' }, { onEvent: () => {} });
        stream.listen({ stream: 'hashtag', tag: 'Birds' }, { onEvent: () => {} });
        stream.listen({ stream: 'user' }, { onEvent: () => {} });
        expect(sockets).toHaveLength(1);
        last().opens();
        expect(last().said).toEqual([
            { type: 'subscribe', stream: 'user' },
            { type: 'subscribe', stream: 'hashtag', tag: 'Birds' },
        ]);
    });

    it('hands events to those who listen to their topic', () => {
        const { stream, last } = makeStream();
        const heard: StreamEvent[] = [];
        stream.authorise('token');
        stream.listen({ stream: 'hashtag', tag: 'Birds' }, { onEvent: (e) => heard.push(e) });
        last().opens();
        last().tells(['hashtag', 'birds'], 'update', { id: '1', created_at: 'x' });
        last().tells(['user'], 'update', { id: '2' });
        last().tells(['hashtag', 'birds'], 'delete', '1');
        expect(heard).toEqual([
            { event: 'update', status: { id: '1', createdAt: 'x' } },
            { event: 'delete', id: '1' },
        ]);
    });

    it('comes back after a loss, and says so once it is open again', () => {
        const { stream, sockets, timers, last } = makeStream();
        let reopened = 0;
        stream.authorise('token');
        stream.listen({ stream: 'user' }, { onEvent: () => {}, onReopened: () => ++reopened });
        last().opens();
        expect(reopened).toBe(0);
        last().breaks();
        expect(timers).toHaveLength(1);
        timers.pop()!.run();
        expect(sockets).toHaveLength(2);
        last().opens();
        expect(reopened).toBe(1);
        expect(last().said).toEqual([{ type: 'subscribe', stream: 'user' }]);
    });

    it('waits longer after each failure, and not at all when hurried', () => {
        const { stream, sockets, timers, last } = makeStream();
        stream.authorise('token');
        stream.listen({ stream: 'user' }, { onEvent: () => {} });
        const delays: number[] = [];
        for (let attempt = 0; attempt < 3; ++attempt) {
            last().breaks();
            const timer = timers.pop()!;
            delays.push(timer.delayMs);
            timer.run();
        }
        expect(delays).toEqual([500, 1000, 2000]);
        last().breaks();
        stream.hurry();
        expect(sockets).toHaveLength(5);
        expect(timers).toHaveLength(0);
    });

    it('closes with the last listener and with the session', () => {
        const { stream, sockets, last } = makeStream();
        stream.authorise('token');
        const leave = stream.listen({ stream: 'user' }, { onEvent: () => {} });
        last().opens();
        leave();
        expect(last().readyState).toBe(3);
        stream.listen({ stream: 'user' }, { onEvent: () => {} });
        last().opens();
        stream.authorise(null);
        expect(last().readyState).toBe(3);
        expect(sockets).toHaveLength(2);
    });

    it('spreads its attempts, and never waits more than half a minute', () => {
        expect(backoffMs(0, 0)).toBe(250);
        expect(backoffMs(3, 0.5)).toBe(3000);
        expect(backoffMs(50, 1)).toBe(30_000);
    });
});
