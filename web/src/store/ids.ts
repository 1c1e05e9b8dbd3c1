/** The order of ids is the order of time: shorter is older, then digit by digit. */
export function compareIds(a: string, b: string): number {
    if (a.length !== b.length) {
        return a.length - b.length;
    }
    return a < b ? -1 : a > b ? 1 : 0;
}

export function newestOf(ids: readonly string[]): string | null {
    return ids.reduce<string | null>(
        (newest, id) => (newest === null || compareIds(id, newest) > 0 ? id : newest),
        null,
    );
}
