import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { CredentialAccount } from '~/api/types';

/** Somebody who is signed in, in this browser. */
export interface Session {
    token: string;
    account: CredentialAccount;
}

const SESSION_KEY = 'rookery.session';

const current = signal<Session | null>(read());
const expired = signal(false);

/** Null for visitors. Kept in this browser, so that a reload shows no sign-in. */
export const session: ReadonlySignal<Session | null> = current;
/**
 * Changes only when somebody signs in or out: what was read for one reader is thrown away then, and
 * not whenever their account is read anew.
 */
export const sessionToken: ReadonlySignal<string | null> = computed(
    () => current.value?.token ?? null,
);
/** Who reads; null for visitors. */
export const ownId: ReadonlySignal<string | null> = computed(
    () => current.value?.account.id ?? null,
);
/** The server no longer takes the session's token; what is on screen stays until one signs in. */
export const hasExpired: ReadonlySignal<boolean> = expired;

export function startSession(next: Session): void {
    write(next);
    expired.value = false;
    current.value = next;
}

export function endSession(): void {
    write(null);
    expired.value = false;
    current.value = null;
}

/** The account as the server tells it now, after it was changed or read anew. */
export function updateOwnAccount(account: CredentialAccount): void {
    const now = current.peek();
    if (now !== null && JSON.stringify(now.account) !== JSON.stringify(account)) {
        startSession({ ...now, account });
    }
}

/** Only if it is still the token in use: an answer may come after signing in anew. */
export function expireSession(token: string): void {
    if (current.peek()?.token === token) {
        expired.value = true;
    }
}

/** Signing in or out in one tab is seen in all. */
export function followOtherTabs(): void {
    addEventListener('storage', (event) => {
        if (event.key === SESSION_KEY) {
            location.reload();
        }
    });
}

function read(): Session | null {
    try {
        const kept = JSON.parse(localStorage.getItem(SESSION_KEY) ?? 'null') as Session | null;
        return typeof kept?.token === 'string' && typeof kept.account?.id === 'string'
            ? kept
            : null;
    } catch {
        return null;
    }
}

function write(value: Session | null): void {
    try {
        if (value === null) {
            localStorage.removeItem(SESSION_KEY);
        } else {
            localStorage.setItem(SESSION_KEY, JSON.stringify(value));
        }
    } catch {
        // Without storage the session lasts as long as the page.
    }
}
