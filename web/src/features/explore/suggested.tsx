import { useEffect } from 'preact/hooks';
import { FollowButton } from '~/account/follow_button';
import { nameOf } from '~/account/name';
import { AccountNote } from '~/account/account_note';
import { Person } from '~/account/person';
import { accounts } from '~/store/store';
import { texts } from '~/texts/texts';
import { IconButton } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import styles from './explore.module.css';
import {
    dismissSuggestion,
    loadSuggestions,
    reasonFor,
    suggestedIds,
    suggestionsFailure,
} from './suggestions';

export const SUGGESTED = 40;

/** Whom to follow, each with the reason; at most `shown` of them. */
export function Suggested({ shown = SUGGESTED }: { shown?: number }) {
    const t = texts().explore;
    const ids = suggestedIds.value;
    const failure = suggestionsFailure.value;
    const load = (): void => void loadSuggestions(SUGGESTED);
    useEffect(load, []);
    if (ids === null) {
        return failure === null ? (
            <SkeletonCards />
        ) : (
            <FailureNote failure={failure} onRetry={load} />
        );
    }
    if (ids.length === 0) {
        return <Note icon="people" title={t.nobodyTitle} text={t.nobodySuggested} />;
    }
    return (
        <ul>
            {ids.slice(0, shown).map((id) => (
                <li key={id}>
                    <SuggestedRow id={id} />
                </li>
            ))}
        </ul>
    );
}

function SuggestedRow({ id }: { id: string }) {
    const t = texts().explore;
    const account = accounts.watch(id).value;
    if (account === undefined) {
        return null;
    }
    const reason = (t.reasons as Record<string, string | undefined>)[reasonFor(id) ?? ''];
    return (
        <Person
            account={account}
            below={
                <>
                    {reason !== undefined && <p class={styles.soft}>{reason}</p>}
                    {account.note !== '' && <AccountNote account={account} />}
                </>
            }
        >
            <div class={styles.actions}>
                <FollowButton account={account} />
                <IconButton
                    icon="close"
                    label={t.dismiss(nameOf(account))}
                    onClick={() => void dismissSuggestion(id)}
                />
            </div>
        </Person>
    );
}
