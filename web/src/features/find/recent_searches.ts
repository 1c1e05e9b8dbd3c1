import { signal, type ReadonlySignal } from '@preact/signals';
import { ownId } from '~/session/session';

const KEY = 'rookery.searches';
const KEPT = 10;

/** With one more at its front, and without the same one before. */
export function withSearch(list: readonly string[], query: string): string[] {
    const tidy = query.trim();
    const others = list.filter((one) => one.toLowerCase() !== tidy.toLowerCase());
    return [tidy, ...others].slice(0, KEPT);
}

/** What was kept, if it was this reader's. */
export function listOf(kept: string | null, reader: string | null): string[] {
    try {
        const value = JSON.parse(kept ?? 'null') as { of?: unknown; queries?: unknown } | null;
        if (value === null || value.of !== reader || !Array.isArray(value.queries)) {
            return [];
        }
        return value.queries.filter((one): one is string => typeof one === 'string');
    } catch {
        return [];
    }
}

const current = signal<string[]>([]);

/** The latest searches of whoever is here, kept in this browser alone; newest first. */
export const recentSearches: ReadonlySignal<string[]> = current;

/** Another tab may have added to them. */
function kept(): string[] {
    try {
        return listOf(localStorage.getItem(KEY), ownId.peek());
    } catch {
        return current.peek();
    }
}

function keep(queries: string[]): void {
    current.value = queries;
    try {
        if (queries.length === 0) {
            localStorage.removeItem(KEY);
        } else {
            localStorage.setItem(KEY, JSON.stringify({ of: ownId.peek(), queries }));
        }
    } catch {
        // Without storage they last as long as the page.
    }
}

/** Reads what is kept; whatever another reader left is erased. */
export function startRecentSearches(): void {
    ownId.subscribe(() => keep(kept()));
}

export function rememberSearch(query: string): void {
    keep(withSearch(kept(), query));
}

export function forgetSearch(query: string): void {
    keep(kept().filter((one) => one !== query));
}

export function forgetSearches(): void {
    keep([]);
}
