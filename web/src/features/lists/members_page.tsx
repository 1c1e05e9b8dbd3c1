import { useEffect, useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { api } from '~/api/api';
import type { Account } from '~/api/types';
import type { PageProps } from '~/router/router';
import { accounts, keepAccounts } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { TextField } from '~/ui/field';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { AccountList } from '../entries/entry_list';
import { accountSource } from '../entries/source';
import { Person } from '~/account/person';
import { putMember } from './own_lists';
import { useList } from './use_list';
import styles from './lists.module.css';

const WAIT_MS = 250;

/** Who is in a list: search among whom one follows, add and remove. */
export default function MembersPage({ params }: PageProps) {
    const t = texts().lists;
    const id = params.id ?? '';
    const { list, failure, reload } = useList(id);
    const source = accountSource(`/api/v1/lists/${id}/accounts`);
    const [query, setQuery] = useState('');
    const found = useFollowedPeople(query);
    const members = source.feed.shown.value;

    async function put(account: Account, isMember: boolean): Promise<void> {
        const answer = await putMember(id, account.id, isMember);
        if (!answer.ok && answer.failure.kind !== 'absent') {
            sayFailure(answer.failure);
        } else if (isMember) {
            source.feed.insert(account);
        } else {
            source.feed.remove(account.id);
        }
    }
    const row = (accountId: string) => (
        <Row id={accountId} isMember={members.includes(accountId)} onPut={put} />
    );

    if (list === null) {
        return (
            <Page title={t.members} hasBack>
                {failure === null ? (
                    <SkeletonCards count={3} />
                ) : (
                    <FailureNote failure={failure} onRetry={reload} />
                )}
            </Page>
        );
    }
    return (
        <Page title={t.membersOf(list.title)} hasBack>
            <div class={styles.search}>
                <TextField
                    type="search"
                    label={t.find}
                    hint={t.findHint}
                    value={query}
                    onText={setQuery}
                />
            </div>
            {query.trim() !== '' && found !== null && (
                <>
                    <h2 class={styles.head}>{t.found}</h2>
                    {found.length === 0 && <Note icon="search" title={t.nobody} />}
                    <ul>
                        {found.map((accountId) => (
                            <li key={accountId}>{row(accountId)}</li>
                        ))}
                    </ul>
                    <h2 class={styles.head}>{t.members}</h2>
                </>
            )}
            <AccountList
                source={source}
                label={t.members}
                empty={<Note icon="people" title={t.noMembersTitle} text={t.noMembers} />}
                render={row}
            />
        </Page>
    );
}

/** Only whom one follows can be in a list. Null while it is not known yet. */
function useFollowedPeople(query: string): string[] | null {
    const [found, setFound] = useState<string[] | null>(null);
    useEffect(() => {
        setFound(null);
        const q = query.trim();
        if (q === '') {
            return undefined;
        }
        const abort = new AbortController();
        const timer = setTimeout(() => {
            void api
                .get<Account[]>(
                    '/api/v1/accounts/search',
                    { q, following: true, limit: 10 },
                    { signal: abort.signal },
                )
                .then((answer) => {
                    if (answer.ok) {
                        setFound(keepAccounts(answer.value));
                    } else if (answer.failure.kind !== 'aborted') {
                        sayFailure(answer.failure);
                    }
                });
        }, WAIT_MS);
        return () => {
            clearTimeout(timer);
            abort.abort();
        };
    }, [query]);
    return found;
}

interface RowProps {
    id: string;
    isMember: boolean;
    onPut: (account: Account, isMember: boolean) => Promise<void>;
}

function Row({ id, isMember, onPut }: RowProps) {
    const t = texts().lists;
    const account = accounts.watch(id).value;
    if (account === undefined) {
        return null;
    }
    const label = isMember ? t.takeOut : t.add;
    return (
        <Person account={account}>
            <Button
                small
                kind={isMember ? 'quiet' : 'primary'}
                aria-label={`${label}: ${nameOf(account)}`}
                onClick={() => void onPut(account, !isMember)}
            >
                {label}
            </Button>
        </Person>
    );
}
