import type { Account } from '~/api/types';

/** What somebody is called: the name that they chose, else the one that they signed up with. */
export function nameOf(account: Pick<Account, 'displayName' | 'username'>): string {
    return account.displayName || account.username;
}
