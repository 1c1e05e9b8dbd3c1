import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '~/texts/texts';
import { Icon } from '~/ui/icon';
import styles from './notifications_page.module.css';
import { loadPolicy } from './policy';
import { onNews } from './unread';

/** Remembered between visits, so that the line does not push the list down each time. */
const pending = signal(0);

/** A line that leads to what is held back, if there is anything. */
export function PendingRequests() {
    useEffect(() => {
        const ask = async (): Promise<void> => {
            const answer = await loadPolicy();
            if (answer.ok) {
                pending.value = answer.value.summary.pendingRequestsCount;
            }
        };
        void ask();
        return onNews(() => void ask());
    }, []);
    if (pending.value === 0) {
        return null;
    }
    return (
        <a class={styles.pending} href="/settings/notifications/held_back">
            <Icon name="mail" />
            <span>{texts().notifications.pending(pending.value)}</span>
            <Icon name="chevronRight" size={18} />
        </a>
    );
}
