import type { Account } from '~/api/types';
import { RichText } from '~/post/rich_text';
import styles from './account_note.module.css';

/** The first lines of what an account says of itself. */
export function AccountNote({ account }: { account: Account }) {
    return (
        <div class={styles.note}>
            <RichText html={account.note} />
        </div>
    );
}
