import { accounts } from '~/store/store';
import { accountPath } from '~/post/paths';
import { RichText } from '~/post/rich_text';
import { Avatar } from '~/ui/avatar';
import styles from './account_row.module.css';
import { FollowButton } from './follow_button';

interface Props {
    id: string;
    /** With what the account says of itself. */
    withNote?: boolean;
}

/** An account in a list. Call `loadRelationships` for the page of them, or no button appears. */
export function AccountRow({ id, withNote = false }: Props) {
    const account = accounts.watch(id).value;
    if (account === undefined) {
        return null;
    }
    return (
        <div class={styles.row}>
            <Avatar account={account} />
            <a href={accountPath(account)} class={styles.who}>
                <bdi class={styles.name}>{account.displayName || account.username}</bdi>
                <span class={styles.acct}>@{account.acct}</span>
            </a>
            <FollowButton account={account} />
            {withNote && account.note !== '' && (
                <div class={styles.note}>
                    <RichText html={account.note} />
                </div>
            )}
        </div>
    );
}
