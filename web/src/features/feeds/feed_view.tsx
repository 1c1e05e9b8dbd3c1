import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { WindowedList } from '~/list/windowed_list';
import { openStatus, StatusCard, statusLabel } from '~/post/status_card';
import { selectedStatusId } from '~/post/selection';
import { statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { FailureNote } from '~/ui/failure_note';
import { Icon } from '~/ui/icon';
import { SkeletonCards } from '~/ui/skeleton';
import { followLive, type PostFeed } from './feeds';
import styles from './feed_view.module.css';

interface Props {
    source: PostFeed;
    label: string;
    /** Shown when there is nothing at all. */
    empty: ComponentChildren;
}

/** Posts that the reader's filters hide altogether. */
function isHidden(id: string): boolean {
    const entry = statuses.watch(id).value;
    const filtered = (entry?.reblog ?? entry)?.filtered;
    return filtered?.some(({ filter }) => filter.filterAction === 'hide') ?? false;
}

/** A live feed: posts as far as one scrolls, and a pill for what is new. */
export function FeedView({ source, label, empty }: Props) {
    const { feed, memory } = source;
    useEffect(() => {
        // Come back to, it may have missed something; so it may if its first page is here already.
        void (feed.state.peek() === 'fresh' ? feed.start() : feed.catchUp());
        return followLive(source);
    }, [source]);
    const ids = useComputed(() => feed.shown.value.filter((id) => !isHidden(id))).value;
    const state = feed.state.value;
    const failure = feed.failure.value;

    if (ids.length === 0) {
        if (failure !== null) {
            return <FailureNote failure={failure} onRetry={() => void feed.retry()} />;
        }
        return state === 'ended' ? <>{empty}</> : <SkeletonCards key="first" />;
    }
    return (
        <>
            <NewPosts source={source} />
            <WindowedList
                ids={ids}
                memory={memory}
                kind="feed"
                label={texts().feeds.listLabel(label)}
                labelOf={statusLabel}
                render={(id) => <StatusCard id={id} />}
                onNearEnd={() => {
                    if (failure === null) {
                        void feed.more();
                    }
                }}
                onOpen={openStatus}
                onSelect={(id) => (selectedStatusId.value = id)}
                isBusy={state === 'loading'}
            />
            {failure !== null && (
                <FailureNote failure={failure} onRetry={() => void feed.retry()} />
            )}
            {failure === null && state === 'ended' && <p class={styles.end}>{texts().feeds.end}</p>}
            {/* Another one than before there was a post: the same would jump to the end. */}
            {failure === null && state !== 'ended' && <SkeletonCards key="more" count={3} />}
        </>
    );
}

/** Says how many posts wait above, and puts them there when pressed. */
function NewPosts({ source }: { source: PostFeed }) {
    const count = source.feed.waiting.value.length;
    return (
        <div class={styles.pillPlace} role="status">
            {count > 0 && (
                <button
                    type="button"
                    class={styles.pill}
                    onClick={() => {
                        source.memory.anchor = null;
                        scrollTo({ top: 0 });
                        void source.feed.showWaiting();
                    }}
                >
                    <Icon name="arrowUp" size={18} />
                    {texts().feeds.newPosts(count)}
                </button>
            )}
        </div>
    );
}
