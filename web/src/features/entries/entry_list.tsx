import type { ComponentChildren } from 'preact';
import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import type { Account, Status } from '~/api/types';
import { WindowedList } from '~/list/windowed_list';
import { selectedStatusId } from '~/post/selection';
import { openStatus, StatusCard, statusLabel } from '~/post/status_card';
import { visit } from '~/router/router';
import { accounts, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import { loadAnew, type Source } from './source';
import styles from './entries.module.css';

interface Props<T> {
    source: Source<T>;
    kind: 'feed' | 'list';
    label: string;
    empty: ComponentChildren;
    render: (id: string) => ComponentChildren;
    /** Entries that are gone, or must not be seen, take no place. */
    isShown: (id: string) => boolean;
    end?: string | undefined;
}

/** A list with all its states. Come back to, it is as it was left; gone to, it is loaded anew. */
function EntryList<T>({ source, kind, label, empty, render, isShown, end }: Props<T>) {
    const { feed, memory } = source;
    useEffect(() => {
        if (visit.peek()?.isReturn === true) {
            void feed.start();
        } else if (!source.isAsked) {
            loadAnew(source);
        }
        source.isAsked = false;
    }, [source]);
    const ids = useComputed(() => source.feed.shown.value.filter(isShown));
    const state = feed.state.value;
    const failure = feed.failure.value;
    const more = (): void => {
        if (feed.failure.peek() === null) {
            void feed.more();
        }
    };
    const isEmpty = ids.value.length === 0;
    useEffect(() => {
        // A page of which nothing is shown must not be the end of the list.
        if (isEmpty && state === 'ready') {
            more();
        }
    }, [isEmpty, state]);

    if (isEmpty) {
        if (failure !== null) {
            return <FailureNote failure={failure} onRetry={() => void feed.retry()} />;
        }
        return state === 'ended' ? <>{empty}</> : <SkeletonCards key="first" />;
    }
    const isFeed = kind === 'feed';
    return (
        <>
            <WindowedList
                ids={ids.value}
                memory={memory}
                kind={kind}
                label={label}
                render={render}
                onNearEnd={more}
                isBusy={state === 'loading'}
                {...(isFeed
                    ? {
                          labelOf: statusLabel,
                          onOpen: openStatus,
                          onSelect: (id: string) => (selectedStatusId.value = id),
                      }
                    : {})}
            />
            {failure !== null && (
                <FailureNote failure={failure} onRetry={() => void feed.retry()} />
            )}
            {failure === null && state === 'ended' && end !== undefined && (
                <p class={styles.end}>{end}</p>
            )}
            {/* Another one than before there was an entry: the same would jump to the end. */}
            {failure === null && state !== 'ended' && <SkeletonCards key="more" count={2} />}
        </>
    );
}

interface PostsProps {
    source: Source<Status>;
    label: string;
    empty: ComponentChildren;
    /** Above a post: why it is where it is. */
    caption?: (id: string) => ComponentChildren;
}

export function PostList({ source, label, empty, caption }: PostsProps) {
    return (
        <EntryList
            source={source}
            kind="feed"
            label={texts().feeds.listLabel(label)}
            empty={empty}
            isShown={(id) => statuses.watch(id).value !== undefined}
            render={(id) => (
                <>
                    {caption?.(id)}
                    <StatusCard id={id} />
                </>
            )}
            end={texts().feeds.end}
        />
    );
}

interface AccountsProps {
    source: Source<Account>;
    label: string;
    empty: ComponentChildren;
    withNote?: boolean;
    /** Instead of the row with the button to follow. */
    render?: (id: string) => ComponentChildren;
}

export function AccountList({ source, label, empty, withNote = false, render }: AccountsProps) {
    return (
        <EntryList
            source={source}
            kind="list"
            label={label}
            empty={empty}
            isShown={(id) => accounts.watch(id).value !== undefined}
            render={render ?? ((id) => <AccountRow id={id} withNote={withNote} />)}
        />
    );
}
