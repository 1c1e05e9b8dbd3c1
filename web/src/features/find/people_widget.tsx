import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Account, Suggestion } from '~/api/types';
import { visit } from '~/router/router';
import { session } from '~/session/session';
import { keepAccounts } from '~/store/store';
import { texts } from '~/texts/texts';
import styles from './people_widget.module.css';

const SHOWN = 3;
/** As in the style sheet: narrower windows have no column beside. */
const hasColumn = matchMedia('(min-width: 60rem)');

const ids = signal<string[] | null>(null);
session.subscribe(() => {
    ids.value = null;
});

async function load(isMember: boolean): Promise<void> {
    const answer = isMember
        ? await api.get<Suggestion[]>('/api/v2/suggestions', { limit: SHOWN })
        : await api.get<Account[]>('/api/v1/directory', { limit: SHOWN, order: 'active' });
    if (answer.ok) {
        const found = answer.value.map((one) => ('account' in one ? one.account : one));
        ids.value = keepAccounts(found);
        await loadRelationships(ids.value);
    }
}

/** A few people whom one could follow, beside every page but those that are about them. */
export function PeopleWidget() {
    const t = texts().find;
    const path = visit.value?.path ?? '';
    const isElsewhere = !['/explore', '/welcome'].includes(path);
    const isMember = session.value !== null;
    useEffect(() => {
        if (isElsewhere && hasColumn.matches && ids.peek() === null) {
            void load(isMember);
        }
    }, [isElsewhere, isMember]);
    const shown = ids.value;
    if (!isElsewhere || shown?.length === 0) {
        return null;
    }
    return (
        <section class={styles.people} aria-label={isMember ? t.people : t.tabs.active}>
            <h2 class={styles.title}>{isMember ? t.people : t.tabs.active}</h2>
            <ul class={styles.rows}>
                {shown?.map((id) => (
                    <li key={id}>
                        <AccountRow id={id} />
                    </li>
                ))}
            </ul>
            <a class={styles.more} href={isMember ? '/explore' : '/explore?tab=active'}>
                {t.morePeople}
            </a>
        </section>
    );
}
