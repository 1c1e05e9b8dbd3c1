import type { ComponentChildren } from 'preact';
import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { Marked } from '~/marking/marking';
import { accountPath } from '~/post/paths';
import styles from './account_names.module.css';

interface Props {
    account: Account;
    /** Name and address one above the other, or in one line that leaves out the address first. */
    layout: 'stack' | 'line';
    /** More lines below. */
    children?: ComponentChildren;
}

/** What an account is called, as a link to it. */
export function AccountNames({ account, layout, children }: Props) {
    return (
        <a href={accountPath(account)} class={styles[layout]}>
            <bdi class={styles.name}>
                <Marked text={nameOf(account)} as="name" />
            </bdi>
            <span class={styles.acct}>
                <Marked text={`@${account.acct}`} as="name" />
            </span>
            {children}
        </a>
    );
}
