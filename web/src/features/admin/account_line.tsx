import type { ComponentChildren } from 'preact';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import styles from './admin.module.css';
import { nameOf, type AdminAccount } from './admin_types';

interface Props {
    account: AdminAccount;
    /** Beside the name at the end of the line. */
    end?: ComponentChildren;
}

/** A line about an account that leads to its page. */
export function AccountLine({ account, end }: Props) {
    return (
        <a class={styles.row} href={`/admin/accounts/${account.id}`}>
            <Avatar account={account.account} />
            <span class={styles.names}>
                <span class={styles.name}>
                    <bdi>{nameOf(account)}</bdi>
                    <AccountTags account={account} />
                </span>
                <span class={styles.soft}>
                    @{account.username}
                    {account.email !== '' && ` · ${account.email}`}
                </span>
            </span>
            <span class={styles.soft}>{end}</span>
        </a>
    );
}

export function AccountTags({ account }: { account: AdminAccount }) {
    const t = texts().admin;
    const role = account.role?.name ?? '';
    return (
        <>
            {role !== '' && <span class={styles.tag}>{role}</span>}
            {account.suspended && <span class={styles.alarm}>{t.suspended}</span>}
        </>
    );
}
