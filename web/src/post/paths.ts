import type { Account, Status } from '~/api/types';

export function accountPath(account: Pick<Account, 'acct'>): string {
    return `/@${account.acct}`;
}

/** Where a post's thread is; of a boost: that of the boosted post. */
export function statusPath(status: Status): string {
    const shown = status.reblog ?? status;
    return `${accountPath(shown.account)}/${shown.id}`;
}

export function tagPath(name: string): string {
    return `/tags/${encodeURIComponent(name)}`;
}

/** The page where one writes, answering a post or not. The composer reads these parameters. */
export function composePath(inReplyTo?: string): string {
    return inReplyTo === undefined ? '/compose' : `/compose?in_reply_to=${inReplyTo}`;
}
