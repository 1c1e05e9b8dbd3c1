import type { ComponentChildren } from 'preact';
import type { Account } from '~/api/types';
import { Avatar } from '~/ui/avatar';
import { AccountNames } from './account_names';
import styles from './person.module.css';

interface Props {
    account: Account;
    /** Under the name. */
    fact?: ComponentChildren;
    /** At the end: what can be done about them. */
    children: ComponentChildren;
    /** Below all that. */
    below?: ComponentChildren;
}

/** Somebody in a list. */
export function Person({ account, fact, children, below }: Props) {
    return (
        <div class={styles.row}>
            <Avatar account={account} />
            <AccountNames account={account} layout="stack">
                {fact !== undefined && <span class={styles.fact}>{fact}</span>}
            </AccountNames>
            <div class={styles.end}>{children}</div>
            {below !== undefined && <div class={styles.below}>{below}</div>}
        </div>
    );
}
