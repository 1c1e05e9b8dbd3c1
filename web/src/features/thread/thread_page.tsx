import { useEffect, useMemo } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { WindowedList } from '~/list/windowed_list';
import { offerReplyPlace } from '~/post/reply';
import { statusPath } from '~/post/paths';
import { openStatus, StatusCard, statusLabel } from '~/post/status_card';
import { selectedStatusId } from '~/post/selection';
import { navigate, type PageProps } from '~/router/router';
import { session } from '~/session/session';
import { signIn } from '~/session/sign_in';
import { statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button, ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import { Comment, LinkRow, OpenedPost } from './comment';
import { threadOf, type Thread } from './thread';
import styles from './thread.module.css';
import type { ThreadRow } from './thread_rows';

/** As high as the bar of the page: the opened post begins below it. */
const BAR_PX = 56;

export function ask({ params, query }: PageProps, isReturn: boolean): void {
    const id = params.id ?? '';
    const from = query.get('from');
    const thread = threadOf(id, from);
    if (!isReturn) {
        thread.open({ id: from ?? id, offset: BAR_PX });
    } else if (!thread.isLong) {
        thread.open(null);
    }
}

export default function ThreadPage({ params, query }: PageProps) {
    const id = params.id ?? '';
    const from = query.get('from');
    const thread = useMemo(() => threadOf(id, from), [id, from]);
    useEffect(() => thread.follow(), [thread]);
    useEffect(
        () =>
            offerReplyPlace((to) => {
                if (!thread.rows.peek().some((row) => row.id === to)) {
                    return false;
                }
                thread.answering.value = to;
                return true;
            }),
        [thread],
    );
    const t = texts().thread;
    const opened = statuses.watch(id).value;
    const name = opened && nameOf(opened.account);
    return (
        <Page
            title={name === undefined ? t.title : t.titleOf(name)}
            hasBack
            actions={<FoldAll thread={thread} />}
        >
            <Content thread={thread} />
        </Page>
    );
}

function FoldAll({ thread }: { thread: Thread }) {
    const t = texts().thread;
    const tree = thread.tree.value;
    const hasNested = tree !== null && (tree.counts.get(tree.opened) ?? 0) > 1;
    if (!hasNested) {
        return null;
    }
    const { hasFolds } = thread;
    return (
        <Button small kind="plain" onClick={() => thread.foldAll(!hasFolds)}>
            {hasFolds ? t.unfoldAll : t.foldAll}
        </Button>
    );
}

function Content({ thread }: { thread: Thread }) {
    const t = texts().thread;
    const failure = thread.failure.value;
    const isLoaded = thread.isLoaded.value;
    const tree = thread.tree.value;
    // Another list than the one of the opened post alone: it begins at its own place.
    const isMoved = isLoaded && (thread.from !== null || (tree?.ancestors.length ?? 0) > 0);
    if (!isLoaded && failure?.kind === 'absent') {
        return (
            <Note icon="search" title={t.goneTitle} text={t.gone} isAlert>
                <ButtonLink href="/" kind="quiet">
                    {texts().failure.goHome}
                </ButtonLink>
            </Note>
        );
    }
    return (
        <>
            <p class="visually-hidden" role="status">
                {thread.arrived.value > 0 ? t.arrived(thread.arrived.value) : ''}
            </p>
            {tree !== null && <Rows key={isMoved ? 'whole' : 'opened'} thread={thread} />}
            {isLoaded && <End thread={thread} />}
            {failure !== null && failure.kind !== 'absent' && (
                <FailureNote failure={failure} onRetry={() => void thread.load()} />
            )}
            {!isLoaded && failure === null && <SkeletonCards count={4} />}
            <div class={styles.room} />
        </>
    );
}

/** Says that there are no comments, or that there are more. */
function End({ thread }: { thread: Thread }) {
    const t = texts().thread;
    const isThere = statuses.watch(thread.id).value !== undefined;
    return (
        <>
            {(thread.tree.value?.counts.get(thread.id) ?? 0) === 0 && (
                <p class={styles.quiet}>
                    {t.quiet}. {isThere && t.quietText}
                </p>
            )}
            {thread.isCut.value && <Cut />}
        </>
    );
}

/** Below a conversation that is longer than what the server tells at once; visitors hear less. */
function Cut() {
    const t = texts();
    return session.value === null ? (
        <div class={styles.quiet}>
            <p>{t.thread.cutForVisitors}</p>
            <Button kind="quiet" onClick={() => void signIn()}>
                {t.session.signIn}
            </Button>
        </div>
    ) : (
        <p class={styles.quiet}>{t.thread.cut}</p>
    );
}

function Rows({ thread }: { thread: Thread }) {
    const t = texts().thread;
    const rows = thread.rows.value;
    const { keys, byKey } = useMemo(
        () => ({
            keys: rows.map(({ key }) => key),
            byKey: new Map(rows.map((row) => [row.key, row])),
        }),
        [rows],
    );
    const labelOf = (key: string): string => {
        const row = byKey.get(key);
        if (row === undefined) {
            return '';
        }
        switch (row.kind) {
            case 'more':
                return t.more(row.below);
            case 'deeper':
                return t.deeper(row.below);
            case 'gap':
                return t.missing;
            case 'opened':
                return `${t.opened}: ${statusLabel(row.id)}`;
            default:
                return row.depth > 0
                    ? t.level(statusLabel(row.id), row.depth)
                    : statusLabel(row.id);
        }
    };
    return (
        <WindowedList
            ids={keys}
            memory={thread.memory}
            kind="feed"
            label={t.label}
            labelOf={labelOf}
            render={(key) => {
                const row = byKey.get(key);
                return row === undefined ? null : <Row row={row} thread={thread} />;
            }}
            onOpen={(key) => {
                const row = byKey.get(key);
                if (row?.kind === 'more') {
                    thread.widen(row.id);
                } else if (row !== undefined && row.kind !== 'opened' && row.kind !== 'gap') {
                    openStatus(row.id);
                }
            }}
            onSelect={(key) => (selectedStatusId.value = byKey.get(key)?.id ?? null)}
            isBusy={!thread.isLoaded.value}
        />
    );
}

function Row({ row, thread }: { row: ThreadRow; thread: Thread }) {
    const t = texts().thread;
    switch (row.kind) {
        case 'ancestor':
            return <Ancestor id={row.id} thread={thread} />;
        case 'opened':
            return <OpenedPost id={row.id} thread={thread} />;
        case 'more':
            return <LinkRow row={row} label={t.more(row.below)} run={() => thread.widen(row.id)} />;
        case 'deeper':
            return <LinkRow row={row} label={t.deeper(row.below)} run={() => openStatus(row.id)} />;
        default:
            return <Comment row={row} thread={thread} />;
    }
}

/** What the opened post answers; the first of them has a way to all that was answered to it. */
function Ancestor({ id, thread }: { id: string; thread: Thread }) {
    const first = thread.tree.value?.ancestors[0];
    const status = statuses.watch(id).value;
    return (
        <div class={styles.ancestor}>
            <StatusCard id={id} />
            {id === first && status !== undefined && (
                <p class={styles.whole}>
                    <Button
                        small
                        kind="plain"
                        onClick={() => navigate(`${statusPath(status)}?from=${thread.id}`)}
                    >
                        {texts().thread.whole}
                    </Button>
                </p>
            )}
        </div>
    );
}
