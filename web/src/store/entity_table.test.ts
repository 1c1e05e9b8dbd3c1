import { effect } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { EntityTable } from './entity_table';

interface Thing {
    id: string;
    count: number;
    marked?: boolean;
}

const mark = (thing: Thing): Thing => ({ ...thing, marked: true, count: thing.count + 1 });

describe('EntityTable', () => {
    it('shows one change wherever the entity is watched', () => {
        const table = new EntityTable<Thing>();
        const seen: (number | undefined)[] = [];
        effect(() => void seen.push(table.watch('1').value?.count));
        table.put({ id: '1', count: 1 });
        table.put({ id: '1', count: 2 });
        expect(seen).toEqual([undefined, 1, 2]);
    });

    it('keeps what a later copy leaves out', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1, marked: true });
        table.put({ id: '1', count: 5 });
        expect(table.peek('1')).toEqual({ id: '1', count: 5, marked: true });
    });

    it('takes back a failed change and nothing else', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1 });
        const settle = table.change('1', mark);
        expect(table.peek('1')).toEqual({ id: '1', count: 2, marked: true });
        table.put({ id: '1', count: 10 });
        expect(table.peek('1')?.count).toBe(11);
        settle();
        expect(table.peek('1')).toEqual({ id: '1', count: 10 });
    });

    it('lets the confirmation take the place of the change', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1 });
        const settle = table.change('1', mark);
        settle({ id: '1', count: 7, marked: true });
        expect(table.peek('1')).toEqual({ id: '1', count: 7, marked: true });
    });

    it('keeps the order of overlapping changes when the first is confirmed last', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1 });
        const first = table.change('1', mark);
        const second = table.change('1', (thing) => ({ ...thing, marked: false }));
        first({ id: '1', count: 2, marked: true });
        expect(table.peek('1')?.marked).toBe(false);
        second();
        expect(table.peek('1')?.marked).toBe(true);
    });

    it('shows a removed entity as gone', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1 });
        table.remove('1');
        expect(table.watch('1').value).toBeUndefined();
    });

    it('reads what was put unread when somebody looks, once', () => {
        const table = new EntityTable<Thing>();
        let reads = 0;
        const read = (): Thing => ({ id: '1', count: ++reads });
        table.putUnread('1', read);
        expect(reads).toBe(0);
        expect(table.peek('1')).toEqual({ id: '1', count: 1 });
        expect(table.watch('1').value?.count).toBe(1);
        expect(reads).toBe(1);
    });

    it('reads at once what is on screen already, and not what was removed', () => {
        const table = new EntityTable<Thing>();
        table.put({ id: '1', count: 1, marked: true });
        const shown = table.watch('1');
        table.putUnread('1', () => ({ id: '1', count: 7 }));
        expect(shown.value).toEqual({ id: '1', count: 7, marked: true });

        table.putUnread('2', () => ({ id: '2', count: 1 }));
        table.remove('2');
        expect(table.peek('2')).toBeUndefined();
    });

    it('keeps what changes before somebody looks', () => {
        const table = new EntityTable<Thing>();
        table.putUnread('1', () => ({ id: '1', count: 1, marked: true }));
        table.put({ id: '1', count: 2 });
        expect(table.peek('1')).toEqual({ id: '1', count: 2, marked: true });
    });
});
