import type { ComponentChildren } from 'preact';
import type { Account } from '~/api/types';
import { accountPath } from '~/post/paths';
import { Avatar } from '~/ui/avatar';
import styles from './person.module.css';

interface Props {
    account: Account;
    /** Under the name. */
    fact?: ComponentChildren;
    children: ComponentChildren;
}

/** Somebody in a list, with what can be done about them at the end. */
export function Person({ account, fact, children }: Props) {
    return (
        <div class={styles.row}>
            <Avatar account={account} />
            <a href={accountPath(account)} class={styles.who}>
                <bdi class={styles.name}>{account.displayName || account.username}</bdi>
                <span class={styles.soft}>@{account.acct}</span>
                {fact !== undefined && <span class={styles.soft}>{fact}</span>}
            </a>
            <div class={styles.buttons}>{children}</div>
        </div>
    );
}
