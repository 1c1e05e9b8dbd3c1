import { signal, type ReadonlySignal, type Signal } from '@preact/signals';

type Patch<T> = (entity: T) => T;

interface Entry<T> {
    /** What the server said last. */
    base: T | undefined;
    /** What the person did that the server has not confirmed yet, oldest first. */
    patches: Patch<T>[];
    shown: Signal<T | undefined>;
}

/** Ends an optimistic change: with the server's word, or (without one) by taking it back. */
export type Settle<T> = (confirmed?: T) => void;

/**
 * Every entity once, by id. What is shown is the server's word with the unconfirmed changes laid
 * over it; so a change that fails is taken back without undoing what arrived meanwhile.
 */
export class EntityTable<T extends { id: string }> {
    private readonly entries = new Map<string, Entry<T>>();
    private readonly unread = new Map<string, () => T>();

    /** The entity as it is now and becomes later; undefined while unknown or once removed. */
    watch(id: string): ReadonlySignal<T | undefined> {
        return this.entry(id).shown;
    }

    peek(id: string): T | undefined {
        const isKnown = this.entries.has(id) || this.unread.has(id);
        return isKnown ? this.entry(id).shown.peek() : undefined;
    }

    /** Members that `entity` lacks keep their value: streams leave out what differs by reader. */
    put(entity: T): void {
        const entry = this.entry(entity.id);
        entry.base = entry.base === undefined ? entity : { ...entry.base, ...entity };
        this.show(entry);
    }

    /** As `put`, but nothing is made of it before somebody looks: of thousands few are looked at. */
    putUnread(id: string, read: () => T): void {
        if (this.entries.has(id)) {
            this.put(read());
        } else {
            this.unread.set(id, read);
        }
    }

    remove(id: string): void {
        this.unread.delete(id);
        const entry = this.entries.get(id);
        if (entry !== undefined) {
            entry.base = undefined;
            this.show(entry);
        }
    }

    /** Shows `patch` at once; the caller settles it when the server has answered. */
    change(id: string, patch: Patch<T>): Settle<T> {
        const entry = this.entry(id);
        entry.patches.push(patch);
        this.show(entry);
        return (confirmed) => {
            entry.patches = entry.patches.filter((other) => other !== patch);
            if (confirmed !== undefined) {
                entry.base = { ...entry.base, ...confirmed };
            }
            this.show(entry);
        };
    }

    clear(): void {
        for (const entry of this.entries.values()) {
            entry.base = undefined;
            entry.patches = [];
            entry.shown.value = undefined;
        }
        this.entries.clear();
        this.unread.clear();
    }

    private entry(id: string): Entry<T> {
        let entry = this.entries.get(id);
        if (entry === undefined) {
            const base = this.unread.get(id)?.();
            this.unread.delete(id);
            entry = { base, patches: [], shown: signal(base) };
            this.entries.set(id, entry);
        }
        return entry;
    }

    private show(entry: Entry<T>): void {
        const { base } = entry;
        entry.shown.value =
            base === undefined
                ? undefined
                : entry.patches.reduce((entity, patch) => patch(entity), base);
    }
}
