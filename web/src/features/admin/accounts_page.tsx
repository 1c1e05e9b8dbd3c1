import { useEffect, useState } from 'preact/hooks';
import { isModerator } from '~/app/navigation';
import { navigate, type PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Chips } from '~/ui/chips';
import { TextField } from '~/ui/field';
import { Note } from '~/ui/note';
import { AccountLine } from './account_line';
import { ACCOUNT_STATES, queryFor, type AccountState } from './account_query';
import { AdminFrame } from './admin_frame';
import styles from './admin.module.css';
import type { AdminAccount } from './admin_types';
import { usePaged } from './paged';
import { PagedList } from './paged_list';

/** Typing is over when it pauses so long. */
const PAUSE_MS = 300;

function pathFor(state: AccountState, text: string): string {
    const query = new URLSearchParams();
    if (state !== 'all') {
        query.set('state', state);
    }
    if (text.trim() !== '') {
        query.set('q', text.trim());
    }
    const words = query.toString();
    return words === '' ? '/admin/accounts' : `/admin/accounts?${words}`;
}

export default function AccountsPage({ query }: PageProps) {
    const t = texts().admin;
    const state = ACCOUNT_STATES.find((one) => one === query.get('state')) ?? 'all';
    const asked = query.get('q') ?? '';
    const [text, setText] = useState(asked);
    useEffect(() => {
        if (text.trim() === asked) {
            return undefined;
        }
        const timer = setTimeout(() => navigate(pathFor(state, text), { replace: true }), PAUSE_MS);
        return () => clearTimeout(timer);
    }, [text]);
    return (
        <AdminFrame title={t.accounts} part="accounts">
            <form
                role="search"
                class={styles.search}
                onSubmit={(event) => {
                    event.preventDefault();
                    navigate(pathFor(state, text), { replace: true });
                }}
            >
                <TextField
                    label={t.search}
                    hint={t.searchHint}
                    type="search"
                    value={text}
                    onText={setText}
                />
            </form>
            <Chips
                label={t.narrow}
                chips={ACCOUNT_STATES.map((one) => ({
                    href: pathFor(one, asked),
                    label: t.states[one],
                    isCurrent: one === state,
                }))}
            />
            {isModerator() && <List state={state} text={asked} />}
        </AdminFrame>
    );
}

function List({ state, text }: { state: AccountState; text: string }) {
    const t = texts().admin;
    const paged = usePaged<AdminAccount>('/api/v2/admin/accounts', {
        ...queryFor(state, text),
        limit: 50,
    });
    return (
        <PagedList
            paged={paged}
            empty={<Note icon="people" title={t.noAccountsTitle} text={t.noAccounts} />}
            render={(account) => (
                <AccountLine account={account} end={<Moment at={account.createdAt} />} />
            )}
        />
    );
}
