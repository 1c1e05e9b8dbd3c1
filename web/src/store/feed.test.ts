import { describe, expect, it } from 'vitest';
import type { Outcome } from '~/api/failure';
import type { Page } from '~/api/client';
import { Feed } from './feed';

interface Entry {
    id: string;
}

/** A server with the posts 1…`count`, pages of `pageSize`, and a switch to be out of reach. */
class Shelf {
    isDown = false;
    asked: string[] = [];

    constructor(
        public count: number,
        private readonly pageSize = 3,
    ) {}

    feed(): Feed<Entry> {
        return new Feed<Entry>({
            newest: async (since) => this.page(this.count, Number(since ?? '0')),
            older: async (path) => {
                const [below = '', above = ''] = path.split('/');
                return this.page(Number(below) - 1, Number(above));
            },
            keep: (entry) => entry.id,
        });
    }

    private page(from: number, above: number): Outcome<Page<Entry>> {
        this.asked.push(`${from}>${above}`);
        if (this.isDown) {
            return { ok: false, failure: { kind: 'offline' } };
        }
        const items: Entry[] = [];
        for (let id = from; id > above && items.length < this.pageSize; --id) {
            items.push({ id: String(id) });
        }
        const last = items.at(-1);
        return {
            ok: true,
            value: { items, next: last === undefined ? null : `${last.id}/${above}`, prev: null },
        };
    }
}

describe('Feed', () => {
    it('pages to the end', async () => {
        const feed = new Shelf(5).feed();
        await feed.start();
        expect(feed.shown.value).toEqual(['5', '4', '3']);
        await feed.more();
        expect(feed.shown.value).toEqual(['5', '4', '3', '2', '1']);
        expect(feed.state.value).toBe('ready');
        await feed.more();
        expect(feed.state.value).toBe('ended');
    });

    it('asks once although it is told twice to go on', async () => {
        const shelf = new Shelf(9);
        const feed = shelf.feed();
        await feed.start();
        await Promise.all([feed.more(), feed.more()]);
        expect(feed.shown.value).toHaveLength(6);
        expect(shelf.asked).toHaveLength(2);
    });

    it('keeps what it has when a page fails, and goes on from there', async () => {
        const shelf = new Shelf(5);
        const feed = shelf.feed();
        await feed.start();
        shelf.isDown = true;
        await feed.more();
        expect(feed.failure.value).toEqual({ kind: 'offline' });
        expect(feed.shown.value).toEqual(['5', '4', '3']);
        shelf.isDown = false;
        await feed.retry();
        expect(feed.failure.value).toBeNull();
        expect(feed.shown.value).toEqual(['5', '4', '3', '2', '1']);
    });

    it('starts again after the first page failed', async () => {
        const shelf = new Shelf(2);
        shelf.isDown = true;
        const feed = shelf.feed();
        await feed.start();
        expect(feed.state.value).toBe('fresh');
        shelf.isDown = false;
        await feed.retry();
        expect(feed.shown.value).toEqual(['2', '1']);
    });

    it('lets new entries wait until they are asked for, in their order', async () => {
        const feed = new Shelf(10).feed();
        await feed.start();
        feed.arrive({ id: '12' });
        feed.arrive({ id: '11' });
        feed.arrive({ id: '12' });
        feed.arrive({ id: '10' });
        expect(feed.shown.value).toEqual(['10', '9', '8']);
        expect(feed.waiting.value).toEqual(['12', '11']);
        await feed.showWaiting();
        expect(feed.shown.value).toEqual(['12', '11', '10', '9', '8']);
        expect(feed.waiting.value).toEqual([]);
    });

    it('catches up over several pages without a gap', async () => {
        const shelf = new Shelf(3);
        const feed = shelf.feed();
        await feed.start();
        shelf.count = 8;
        await feed.catchUp();
        await feed.showWaiting();
        expect(feed.shown.value).toEqual(['8', '7', '6', '5', '4', '3', '2', '1']);
    });

    it('starts anew when too much was missed', async () => {
        const shelf = new Shelf(3);
        const feed = shelf.feed();
        await feed.start();
        shelf.count = 100;
        await feed.catchUp();
        expect(feed.waiting.value).toHaveLength(9);
        await feed.showWaiting();
        expect(feed.shown.value).toEqual(['100', '99', '98']);
        await feed.more();
        expect(feed.shown.value.slice(-3)).toEqual(['97', '96', '95']);
    });

    it('forgets a deleted entry, shown or waiting', async () => {
        const feed = new Shelf(3).feed();
        await feed.start();
        feed.arrive({ id: '4' });
        feed.remove('4');
        feed.remove('2');
        expect(feed.waiting.value).toEqual([]);
        expect(feed.shown.value).toEqual(['3', '1']);
    });
});
