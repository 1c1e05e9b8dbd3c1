import type { ComponentChildren } from 'preact';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import styles from './admin.module.css';
import type { Paged } from './paged';

interface Props<T> {
    paged: Paged<T>;
    empty: ComponentChildren;
    render: (item: T) => ComponentChildren;
}

/** A list in all its states. */
export function PagedList<T extends { id: string }>({ paged, empty, render }: Props<T>) {
    const { items, next, failure, isLoading } = paged;
    return (
        <>
            {items !== null && items.length > 0 && (
                <ul aria-busy={isLoading}>
                    {items.map((item) => (
                        <li key={item.id}>{render(item)}</li>
                    ))}
                </ul>
            )}
            {items !== null && items.length === 0 && failure === null && empty}
            {items === null && failure === null && <SkeletonCards count={5} />}
            {failure !== null && <FailureNote failure={failure} onRetry={paged.retry} />}
            {next !== null && failure === null && (
                <p class={styles.more}>
                    <Button kind="quiet" disabled={isLoading} onClick={paged.more}>
                        {texts().admin.more}
                    </Button>
                </p>
            )}
        </>
    );
}
