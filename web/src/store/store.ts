import type { Account, Relationship, Status } from '~/api/types';
import { EntityTable } from './entity_table';

/** All that the server told, once each. Lists elsewhere hold ids; components watch these tables. */
export const accounts = new EntityTable<Account>();
export const statuses = new EntityTable<Status>();
export const relationships = new EntityTable<Relationship>();

/** Keeps a post with its author, and the boosted post with its own. Returns its id. */
export function keepStatus(status: Status): string {
    if (status.reblog) {
        keepStatus(status.reblog);
    }
    accounts.put(status.account);
    statuses.put(status);
    return status.id;
}

export function keepStatuses(list: readonly Status[]): string[] {
    return list.map(keepStatus);
}

export function keepAccount(account: Account): string {
    accounts.put(account);
    return account.id;
}

export function keepAccounts(list: readonly Account[]): string[] {
    return list.map(keepAccount);
}

/** What was seen with one session must not be seen in the next. */
export function forgetEverything(): void {
    statuses.clear();
    accounts.clear();
    relationships.clear();
}
