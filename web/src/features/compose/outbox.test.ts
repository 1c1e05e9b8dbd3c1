import { describe, expect, it } from 'vitest';
import type { Failure, Outcome } from '~/api/failure';
import type { Status } from '~/api/types';
import type { Draft } from './draft';
import { MemoryShelf } from './memory_shelf';
import { Outbox, retryDelayMs } from './outbox';

const draft = (text: string): Draft => ({
    text,
    spoilerText: '',
    hasWarning: false,
    visibility: 'public',
    sensitive: false,
    language: 'en',
    inReplyToId: null,
});

const OFFLINE: Failure = { kind: 'offline' };
const REFUSED: Failure = { kind: 'invalid', message: 'too long', fields: {} };

/** A server that keeps what it gets, by key, and a browser with a shelf and timers. */
class World {
    readonly shelf = new MemoryShelf();
    readonly posted = new Map<string, string>();
    readonly asked: string[] = [];
    readonly timers: { run: () => void; delayMs: number }[] = [];
    readonly sent: string[] = [];
    failures: Failure[] = [];
    private keys = 0;

    open(): Outbox {
        return new Outbox(
            '1',
            {
                shelf: this.shelf,
                send: async (what, key) => this.take(what, key),
                nowMs: () => 1_000,
                newKey: () => `key${++this.keys}`,
                setTimer: (run, delayMs) => this.timers.push({ run, delayMs }),
                alone: (run) => run(),
            },
            (status) => this.sent.push(status.id),
        );
    }

    private async take(what: Draft, key: string): Promise<Outcome<Status>> {
        this.asked.push(what.text);
        await Promise.resolve();
        const failure = this.failures.shift();
        if (failure !== undefined) {
            return { ok: false, failure };
        }
        this.posted.set(key, what.text);
        return { ok: true, value: { id: key } as Status };
    }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('Outbox', () => {
    it('shows a post at once and lets it go when the server has it', async () => {
        const world = new World();
        const outbox = world.open();
        outbox.add(draft('hello'));
        expect(outbox.posts.value.map((post) => post.draft.text)).toEqual(['hello']);
        expect(world.shelf.items.size).toBe(1);
        await settled();
        expect(outbox.posts.value).toEqual([]);
        expect(world.sent).toEqual(['key1']);
        expect(world.shelf.items.size).toBe(0);
    });

    it('keeps a post that did not get through, and says why', async () => {
        const world = new World();
        world.failures = [OFFLINE];
        const outbox = world.open();
        outbox.add(draft('hello'));
        await settled();
        expect(outbox.posts.value[0]).toMatchObject({
            state: 'waiting',
            failure: OFFLINE,
            attempts: 1,
        });
        expect(outbox.sending.value).toBeNull();
    });

    it('tries again by itself', async () => {
        const world = new World();
        world.failures = [OFFLINE, OFFLINE];
        const outbox = world.open();
        outbox.add(draft('hello'));
        await settled();
        world.timers.shift()?.run();
        await settled();
        expect(world.timers[0]?.delayMs).toBe(4_000);
        world.timers.shift()?.run();
        await settled();
        expect([...world.posted]).toEqual([['key1', 'hello']]);
        expect(outbox.posts.value).toEqual([]);
    });

    it('sends after a reload what was not sent before, with the same key', async () => {
        const world = new World();
        world.failures = [OFFLINE];
        world.open().add(draft('hello'));
        await settled();
        const outbox = world.open();
        expect(outbox.posts.value).toHaveLength(1);
        await outbox.sendAll();
        expect([...world.posted]).toEqual([['key1', 'hello']]);
    });

    it('sends in the order of writing, and one at a time', async () => {
        const world = new World();
        world.failures = [OFFLINE];
        const outbox = world.open();
        outbox.add(draft('a'));
        outbox.add(draft('b'));
        await settled();
        // The second waits for the first.
        expect(world.asked).toEqual(['a']);
        await outbox.sendAll();
        expect([...world.posted.values()]).toEqual(['a', 'b']);
    });

    it('does not send twice when told twice', async () => {
        const world = new World();
        const outbox = world.open();
        outbox.add(draft('a'));
        await Promise.all([outbox.sendAll(), outbox.sendAll(), outbox.sendAll()]);
        await settled();
        expect(world.asked).toEqual(['a']);
    });

    it('puts a refused post aside until its author acts, and goes on with the others', async () => {
        const world = new World();
        world.failures = [REFUSED];
        const outbox = world.open();
        outbox.add(draft('a'));
        outbox.add(draft('b'));
        await settled();
        expect(outbox.posts.value).toMatchObject([{ state: 'refused', failure: REFUSED }]);
        expect([...world.posted.values()]).toEqual(['b']);
        await outbox.sendAll();
        expect(world.asked).toEqual(['a', 'b']);
        outbox.retry('key1');
        await settled();
        expect([...world.posted.values()]).toEqual(['b', 'a']);
    });

    it('waits with an ended session, without asking again and again', async () => {
        const world = new World();
        world.failures = [{ kind: 'expired', message: '' }];
        const outbox = world.open();
        outbox.add(draft('a'));
        await settled();
        expect(world.timers).toEqual([]);
        expect(outbox.posts.value).toHaveLength(1);
    });

    it('gives a post back to be written on', async () => {
        const world = new World();
        world.failures = [REFUSED];
        const outbox = world.open();
        outbox.add(draft('too long'));
        await settled();
        expect(outbox.take('key1')?.text).toBe('too long');
        expect(outbox.posts.value).toEqual([]);
        expect(outbox.take('key1')).toBeNull();
    });

    it('keeps what another tab put there meanwhile', async () => {
        const world = new World();
        world.failures = [OFFLINE, OFFLINE];
        const here = world.open();
        const there = world.open();
        here.add(draft('here'));
        await settled();
        there.add(draft('there'));
        await settled();
        here.reread();
        expect(here.posts.value.map((post) => post.draft.text)).toEqual(['here', 'there']);
    });

    it('goes on for as long as the page lasts where nothing can be kept', async () => {
        const world = new World();
        world.shelf.isFull = true;
        world.failures = [OFFLINE];
        const outbox = world.open();
        outbox.add(draft('a'));
        await settled();
        expect(outbox.isSafe).toBe(false);
        expect(outbox.posts.value).toHaveLength(1);
        await outbox.sendAll();
        expect([...world.posted.values()]).toEqual(['a']);
    });

    it('reads no nonsense', () => {
        const world = new World();
        world.shelf.items.set('rookery.outbox.1', '[null, 3, {"key":"a"}]');
        expect(world.open().posts.value).toEqual([]);
        world.shelf.items.set('rookery.outbox.1', '{');
        expect(world.open().posts.value).toEqual([]);
    });
});

describe('retryDelayMs', () => {
    it('doubles up to two minutes, and waits as long as the server says', () => {
        expect([1, 2, 3, 20].map((count) => retryDelayMs(count, OFFLINE, 0))).toEqual([
            2_000, 4_000, 8_000, 120_000,
        ]);
        const throttled: Failure = { kind: 'throttled', message: '', retryAtMs: 60_000 };
        expect(retryDelayMs(1, throttled, 10_000)).toBe(50_000);
    });
});
