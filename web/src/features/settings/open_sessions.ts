/** Somewhere that one is signed in: an app with a token. */
export interface OpenSession {
    id: string;
    application: { name: string; website: string | null };
    scopes: string[];
    createdAt: string;
    lastUsedAt: string | null;
    /** The one that asks. */
    current: boolean;
}

/** The one in use first, then what was used last; what was never used counts from when it began. */
export function inOrder(sessions: readonly OpenSession[]): OpenSession[] {
    const usedAtMs = (one: OpenSession): number => Date.parse(one.lastUsedAt ?? one.createdAt);
    return [...sessions].sort(
        (a, b) => Number(b.current) - Number(a.current) || usedAtMs(b) - usedAtMs(a),
    );
}
