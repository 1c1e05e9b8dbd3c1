import type { ComponentChildren } from 'preact';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import type { Pages } from './pages';
import styles from './entries.module.css';

interface Props<T> {
    pages: Pages<T>;
    empty: ComponentChildren;
    children: (items: readonly T[]) => ComponentChildren;
}

/** A list by pages with all its states. */
export function PagesView<T>({ pages, empty, children }: Props<T>) {
    const items = pages.items.value;
    const failure = pages.failure.value;
    return (
        <>
            {items === null && failure === null && <SkeletonCards count={3} />}
            {items?.length === 0 && empty}
            {items !== null && items.length > 0 && children(items)}
            {failure !== null && (
                <FailureNote failure={failure} onRetry={() => void pages.more()} />
            )}
            {pages.hasMore && failure === null && (
                <p class={styles.end}>
                    <Button kind="quiet" onClick={() => void pages.more()}>
                        {texts().app.more}
                    </Button>
                </p>
            )}
        </>
    );
}
