const last = new Map<string, Promise<unknown>>();

/**
 * Runs what concerns the same thing one after the other, so that the server sees "on, off" in the
 * order in which a person pressed.
 */
export function inOrder<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(run, run);
    last.set(key, mine);
    void mine.finally(() => {
        if (last.get(key) === mine) {
            last.delete(key);
        }
    });
    return mine;
}
