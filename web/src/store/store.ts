import { fromWire } from '~/api/names';
import type { Account, Relationship, Status } from '~/api/types';
import { EntityTable } from './entity_table';

/** All that the server told, once each. Lists elsewhere hold ids; components watch these tables. */
export const accounts = new EntityTable<Account>();
export const statuses = new EntityTable<Status>();
export const relationships = new EntityTable<Relationship>();

const accountIds = new Map<string, string>();

/** The account of this name, if it is known from anywhere. */
export function accountIdOf(name: string): string | undefined {
    return accountIds.get(name.toLowerCase());
}

/** Keeps a post with its author, and the boosted post with its own. Returns its id. */
export function keepStatus(status: Status): string {
    if (status.reblog) {
        keepStatus(status.reblog);
    }
    keepAccount(status.account);
    statuses.put(status);
    return status.id;
}

/** A post as the wire has it, of a kind that boosts nothing; it is read when somebody looks. */
export interface WireStatus {
    id: string;
    in_reply_to_id: string | null;
    replies_count: number;
    account: { id: string };
}

export function keepUnread(list: readonly WireStatus[]): void {
    const authors = new Map(list.map(({ account }) => [account.id, account]));
    authors.forEach((account, id) => accounts.putUnread(id, () => fromWire(account) as Account));
    for (const status of list) {
        statuses.putUnread(status.id, () => fromWire(status) as Status);
    }
}

export function keepStatuses(list: readonly Status[]): string[] {
    return list.map(keepStatus);
}

export function keepAccount(account: Account): string {
    accounts.put(account);
    accountIds.set(account.acct.toLowerCase(), account.id);
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
    accountIds.clear();
}
