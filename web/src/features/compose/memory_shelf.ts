import type { Shelf } from './drafts';

/** For tests: a localStorage that can be full. */
export class MemoryShelf implements Shelf {
    readonly items = new Map<string, string>();
    isFull = false;
    getItem = (key: string): string | null => this.items.get(key) ?? null;
    setItem = (key: string, value: string): void => {
        if (this.isFull) {
            throw new Error('QuotaExceededError');
        }
        this.items.set(key, value);
    };
    removeItem = (key: string): void => void this.items.delete(key);
}
