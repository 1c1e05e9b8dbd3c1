import { RichText } from '~/post/rich_text';
import { accounts } from '~/store/store';
import styles from './account_row.module.css';
import { FollowButton } from './follow_button';
import { Person } from './person';

interface Props {
    id: string;
    /** With what the account says of itself. */
    withNote?: boolean;
}

/** An account that one may follow. Call `loadRelationships` for the page of them, or no button appears. */
export function AccountRow({ id, withNote = false }: Props) {
    const account = accounts.watch(id).value;
    if (account === undefined) {
        return null;
    }
    const note =
        withNote && account.note !== '' ? (
            <div class={styles.note}>
                <RichText html={account.note} />
            </div>
        ) : undefined;
    return (
        <Person account={account} below={note}>
            <FollowButton account={account} />
        </Person>
    );
}
