import { useEffect, useState } from 'preact/hooks';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import { WindowedList } from '~/list/windowed_list';
import { navigate, type PageProps } from '~/router/router';
import { sessionToken } from '~/session/session';
import { texts } from '~/texts/texts';
import { IconButton } from '~/ui/button';
import { Chips } from '~/ui/chips';
import { confirm } from '~/ui/dialogs';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { GroupRow } from './group_row';
import { isUnread, newestId } from './groups';
import {
    clearLists,
    isShown,
    notificationList,
    NotificationList,
    removeGroup,
    SHOWN_TYPES,
    type Shown,
} from './notification_list';
import styles from './notifications_page.module.css';
import { PendingRequests } from './pending_requests';
import { lastReadId, loadMarker, markRead, onNews } from './unread';

async function dismiss(key: string): Promise<void> {
    const takeBack = removeGroup(key);
    const answer = await api.post(`/api/v2/notifications/${encodeURIComponent(key)}/dismiss`);
    if (!answer.ok && answer.failure.kind !== 'absent') {
        takeBack();
        sayFailure(answer.failure);
    }
}

async function clearAll(): Promise<void> {
    const t = texts().notifications;
    const isSure = await confirm({
        title: t.clearTitle,
        text: t.clearText,
        action: t.clear,
        isDangerous: true,
    });
    if (!isSure) {
        return;
    }
    const answer = await api.post('/api/v1/notifications/clear');
    if (answer.ok) {
        clearLists();
        say(t.cleared);
    } else {
        sayFailure(answer.failure);
    }
}

function shownOf(query: URLSearchParams): Shown {
    const wanted = query.get('show');
    return isShown(wanted) ? wanted : 'all';
}

/** What was asked for by a press, until the page that it led to takes it. */
const opening = new WeakMap<NotificationList, Promise<unknown>>();

/** What is new, and beside it how far one has read. */
function openList(list: NotificationList): Promise<unknown> {
    const asked = opening.get(list) ?? Promise.all([loadMarker(), list.catchUp()]);
    opening.set(list, asked);
    return asked;
}

export function ask({ query }: PageProps): void {
    if (sessionToken.peek() !== null) {
        void openList(notificationList(shownOf(query)));
    }
}

export default function NotificationsPage({ query }: PageProps) {
    const t = texts().notifications;
    const shown = shownOf(query);
    return (
        <Page
            title={t.title}
            actions={
                <>
                    <IconButton
                        icon="settings"
                        label={t.policy}
                        onClick={() => navigate('/settings/notifications')}
                    />
                    <IconButton icon="trash" label={t.clear} onClick={() => void clearAll()} />
                </>
            }
        >
            <Chips
                label={t.narrow}
                chips={(Object.keys(SHOWN_TYPES) as Shown[]).map((name) => ({
                    href: name === 'all' ? '/notifications' : `/notifications?show=${name}`,
                    label: t.kinds[name],
                    isCurrent: name === shown,
                }))}
            />
            <PendingRequests />
            <List key={shown} shown={shown} />
        </Page>
    );
}

function List({ shown }: { shown: Shown }) {
    const t = texts().notifications;
    const list = notificationList(shown);
    const groups = list.groups.value;
    const failure = list.failure.value;
    const state = list.state.value;
    // What was unread when one came stays marked while one is here, though it counts as read.
    const [readBefore, setReadBefore] = useState<string | null | undefined>(undefined);
    const readAll = (): void => {
        const newest = newestId(list.groups.peek());
        // A narrowed view shows not all that is older than its newest.
        if (shown === 'all' && newest !== null && !document.hidden) {
            void markRead(newest);
        }
    };

    useEffect(() => {
        const refresh = async (): Promise<void> => {
            if (!document.hidden) {
                await list.catchUp();
                readAll();
            }
        };
        void openList(list).then(() => {
            setReadBefore(lastReadId.peek());
            readAll();
        });
        opening.delete(list);
        const leave = onNews(() => void refresh());
        const onVisible = (): void => void refresh();
        document.addEventListener('visibilitychange', onVisible);
        return () => {
            leave();
            document.removeEventListener('visibilitychange', onVisible);
        };
    }, [list]);

    useEffect(() => {
        const followers = groups.filter(({ type }) => type === 'follow');
        void loadRelationships([...new Set(followers.flatMap((one) => one.sampleAccountIds))]);
    }, [groups]);

    if (groups.length === 0) {
        if (failure !== null) {
            return <FailureNote failure={failure} onRetry={() => void list.more()} />;
        }
        return state === 'ended' ? (
            <Note icon="bell" title={t.emptyTitle} text={shown === 'all' ? t.empty : t.emptyKind} />
        ) : (
            <SkeletonCards key="first" />
        );
    }
    return (
        <>
            <WindowedList
                ids={groups.map(({ groupKey }) => groupKey)}
                memory={list.memory}
                kind="list"
                label={t.title}
                render={(key) => {
                    const group = list.find(key);
                    return group === undefined ? null : (
                        <GroupRow
                            group={group}
                            isUnread={readBefore !== undefined && isUnread(group, readBefore)}
                            onDismiss={() => void dismiss(key)}
                        />
                    );
                }}
                onNearEnd={() => {
                    if (failure === null) {
                        void list.more();
                    }
                }}
                isBusy={state === 'loading'}
            />
            {failure !== null && <FailureNote failure={failure} onRetry={() => void list.more()} />}
            {/* Another one than before there was a group: the same would jump to the end. */}
            {failure === null && state !== 'ended' && <SkeletonCards key="more" count={2} />}
            {state === 'ended' && <p class={styles.end}>{t.end}</p>}
        </>
    );
}
