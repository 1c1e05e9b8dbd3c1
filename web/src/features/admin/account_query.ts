import type { Params } from '~/api/params';

export type AccountState = 'all' | 'active' | 'suspended' | 'staff';
export const ACCOUNT_STATES: AccountState[] = ['all', 'active', 'suspended', 'staff'];

/** What is searched is told by its look: an address has an @ inside, an IP dots or colons. */
export function searchParams(text: string): Params {
    const words = text.trim();
    if (words === '') {
        return {};
    }
    if (/^[\d.]+$/.test(words) || /^[\da-f]*:[\da-f:.]+$/i.test(words)) {
        return { ip: words };
    }
    if (/.@/.test(words)) {
        return { email: words };
    }
    return /^@?\w+$/.test(words) ? { username: words.replace(/^@/, '') } : { displayName: words };
}

export function queryFor(state: AccountState, text: string): Params {
    const wanted: Record<AccountState, Params> = {
        all: {},
        active: { status: 'active' },
        suspended: { status: 'suspended' },
        staff: { permissions: 'staff' },
    };
    return { origin: 'local', ...wanted[state], ...searchParams(text) };
}
