import { useEffect, useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { Person } from '~/account/person';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { RichText } from '~/post/rich_text';
import { formats, texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import styles from './notifications_page.module.css';
import type { NotificationRequest } from './policy';

interface Loaded {
    requests: NotificationRequest[];
    next: string | null;
}

/** Whose notifications are held back: let them through, or put them away. */
export default function RequestsPage() {
    const t = texts().notifications;
    const [loaded, setLoaded] = useState<Loaded | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);

    async function load(path: string, before: NotificationRequest[]): Promise<void> {
        setFailure(null);
        const answer = await api.page<NotificationRequest>(path);
        if (answer.ok) {
            const { items, next } = answer.value;
            setLoaded({
                requests: [...before, ...items],
                next: items.length === 0 ? null : next,
            });
        } else {
            setFailure(answer.failure);
        }
    }
    const start = (): void => void load('/api/v1/notifications/requests', []);
    useEffect(start, []);

    async function settle(request: NotificationRequest, action: 'accept' | 'dismiss') {
        const answer = await api.post(`/api/v1/notifications/requests/${request.id}/${action}`);
        if (answer.ok || answer.failure.kind === 'absent') {
            const name = nameOf(request.account);
            say(action === 'accept' ? t.letThrough(name) : t.putAway(name));
            setLoaded((now) =>
                now === null
                    ? now
                    : { ...now, requests: now.requests.filter(({ id }) => id !== request.id) },
            );
        } else {
            sayFailure(answer.failure);
        }
    }

    return (
        <Page title={t.requests} hasBack>
            {loaded === null && failure === null && <SkeletonCards count={3} />}
            {failure !== null && <FailureNote failure={failure} onRetry={start} />}
            {loaded !== null && loaded.requests.length === 0 && (
                <Note icon="mail" title={t.noRequestsTitle} text={t.noRequests} />
            )}
            {loaded !== null && loaded.requests.length > 0 && (
                <ul>
                    {loaded.requests.map((request) => (
                        <Request
                            key={request.id}
                            request={request}
                            onSettle={(action) => void settle(request, action)}
                        />
                    ))}
                </ul>
            )}
            {loaded !== null && loaded.next !== null && loaded.requests.length > 0 && (
                <p class={styles.end}>
                    <Button
                        kind="quiet"
                        onClick={() => void load(loaded.next ?? '', loaded.requests)}
                    >
                        {t.more}
                    </Button>
                </p>
            )}
        </Page>
    );
}

interface RequestProps {
    request: NotificationRequest;
    onSettle: (action: 'accept' | 'dismiss') => void;
}

function Request({ request, onSettle }: RequestProps) {
    const t = texts().notifications;
    const { account, lastStatus } = request;
    const name = nameOf(account);
    const count = Number(request.notificationsCount);
    const below = (
        <>
            {lastStatus !== null && (
                <div class={styles.quote}>
                    <RichText html={lastStatus.content} known={lastStatus} />
                </div>
            )}
            <div class={styles.buttons}>
                <Button
                    small
                    aria-label={`${t.accept}: ${name}`}
                    onClick={() => onSettle('accept')}
                >
                    {t.accept}
                </Button>
                <Button
                    small
                    kind="quiet"
                    aria-label={`${t.putAwayAction}: ${name}`}
                    onClick={() => onSettle('dismiss')}
                >
                    {t.putAwayAction}
                </Button>
            </div>
        </>
    );
    return (
        <li>
            <Person account={account} below={below}>
                <span class={styles.soft} title={t.held(count)}>
                    {formats().number(count)} · <Moment at={request.updatedAt} />
                </span>
            </Person>
        </li>
    );
}
