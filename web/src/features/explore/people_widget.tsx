import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import { api } from '~/api/api';
import type { Account } from '~/api/types';
import { afterFirstView } from '~/app/first_view';
import { visit } from '~/router/router';
import { sessionToken } from '~/session/session';
import { keepAccounts } from '~/store/store';
import { texts } from '~/texts/texts';
import styles from './people_widget.module.css';
import { loadSuggestions, suggestedIds } from './suggestions';

const SHOWN = 3;
/** As in the style sheet: narrower windows have no column beside. */
const hasColumn = matchMedia('(min-width: 60rem)');

/** What visitors see, of whom nothing is known that one could suggest by. */
const activeIds = signal<string[] | null>(null);

async function loadActive(): Promise<void> {
    if (activeIds.peek() !== null) {
        return;
    }
    const answer = await api.get<Account[]>('/api/v1/directory', { limit: SHOWN, order: 'active' });
    if (answer.ok) {
        activeIds.value = keepAccounts(answer.value);
    }
}

/** A few people whom one could follow, beside every page but those that are about them. */
export function PeopleWidget() {
    const t = texts().find;
    const path = visit.value?.path ?? location.pathname;
    const isElsewhere = !['/explore', '/welcome'].includes(path);
    const isMember = sessionToken.value !== null;
    useEffect(() => {
        if (isElsewhere && hasColumn.matches) {
            afterFirstView(() => void (isMember ? loadSuggestions(SHOWN) : loadActive()));
        }
    }, [isElsewhere, isMember]);
    const shown = (isMember ? suggestedIds : activeIds).value?.slice(0, SHOWN);
    if (!isElsewhere || shown?.length === 0) {
        return null;
    }
    return (
        <section class={styles.people} aria-label={isMember ? t.people : t.activePeople}>
            <h2 class={styles.title}>{isMember ? t.people : t.activePeople}</h2>
            <ul class={styles.rows}>
                {shown?.map((id) => (
                    <li key={id}>
                        <AccountRow id={id} />
                    </li>
                ))}
            </ul>
            <a class={styles.more} href={isMember ? '/explore?tab=people' : '/explore?tab=active'}>
                {t.morePeople}
            </a>
        </section>
    );
}
