import { useEffect, useState } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import { loadRelationships, toggleFollow } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Account, Status, Suggestion } from '~/api/types';
import { session } from '~/session/session';
import { accounts, keepAccounts, keepStatuses, relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import { authorsOf } from './interests';
import styles from './welcome.module.css';

const SHOWN = 20;
const POSTS_READ = 20;
const FIRST_FEW = 5;

interface Props {
    interests: readonly string[];
    onBack: () => void;
}

/** Whom to follow: who writes about the chosen subjects, then whom the server proposes. */
export function PeopleStep({ interests, onBack }: Props) {
    const t = texts().welcome;
    const [ids, setIds] = useState<string[] | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await findPeople(interests);
        if (Array.isArray(answer)) {
            setIds(answer);
        } else {
            setFailure(answer);
        }
    }
    useEffect(() => void load(), []);
    const followed = (ids ?? []).filter((id) => {
        const now = relationships.watch(id).value;
        return now?.following === true || now?.requested === true;
    }).length;
    const followFirst = (): void =>
        (ids ?? [])
            .slice(0, FIRST_FEW)
            .filter((id) => relationships.peek(id)?.following === false)
            .map((id) => accounts.peek(id))
            .filter((account) => account !== undefined)
            .forEach((account: Account) => void toggleFollow(account));

    return (
        <div class={styles.step}>
            <div>
                <h2 class={styles.title}>{t.peopleTitle}</h2>
                <p class={styles.soft}>{t.people}</p>
            </div>
            {ids === null && failure === null && <SkeletonCards count={4} />}
            {ids === null && failure !== null && (
                <FailureNote failure={failure} onRetry={() => void load()} />
            )}
            {ids !== null && ids.length === 0 && <p>{t.nobody}</p>}
            {ids !== null && ids.length > 0 && (
                <>
                    {followed === 0 && ids.length > 1 && (
                        <Button kind="quiet" icon="personAdd" onClick={followFirst}>
                            {t.followFirst(Math.min(FIRST_FEW, ids.length))}
                        </Button>
                    )}
                    <ul class={styles.people}>
                        {ids.map((id) => (
                            <li key={id}>
                                <AccountRow id={id} withNote />
                            </li>
                        ))}
                    </ul>
                </>
            )}
            <div class={styles.buttons}>
                <Button kind="quiet" onClick={onBack}>
                    {texts().app.back}
                </Button>
                <span class={styles.count} role="status">
                    {followed > 0 && t.following(followed)}
                </span>
            </div>
        </div>
    );
}

/** Their ids, or why they could not be found. */
async function findPeople(interests: readonly string[]): Promise<string[] | Failure> {
    const [suggestions, ...tagged] = await Promise.all([
        api.get<Suggestion[]>('/api/v2/suggestions', { limit: SHOWN }),
        ...interests.map((name) =>
            api.get<Status[]>(`/api/v1/timelines/tag/${encodeURIComponent(name)}`, {
                limit: POSTS_READ,
            }),
        ),
    ]);
    if (!suggestions.ok) {
        return suggestions.failure;
    }
    const posts = tagged.flatMap((answer) => (answer.ok ? answer.value : []));
    keepStatuses(posts);
    const own = session.peek()?.account.id ?? '';
    // Half of the places at most: the best known people are a good beginning too.
    const writers = authorsOf(posts, [own]).slice(0, SHOWN / 2);
    const proposed = keepAccounts(suggestions.value.map(({ account }) => account));
    const ids = [...new Set([...writers, ...proposed])].slice(0, SHOWN);
    await loadRelationships(ids);
    return ids;
}
