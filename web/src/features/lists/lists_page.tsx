import { useEffect } from 'preact/hooks';
import { navigate } from '~/router/router';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { Icon } from '~/ui/icon';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import { showListDialog } from './list_dialog';
import { listsFailure, loadLists, ownLists } from './own_lists';
import styles from './lists.module.css';

/** A new list is empty, so one goes on to whom it is of. */
function create(): void {
    showListDialog(null, (list) => navigate(`/lists/${list.id}/members`));
}

export default function ListsPage() {
    const t = texts().lists;
    const lists = ownLists.value;
    const failure = listsFailure.value;
    useEffect(() => void loadLists(), []);
    return (
        <Page
            title={t.title}
            actions={
                <Button small icon="plus" onClick={create}>
                    {t.create}
                </Button>
            }
        >
            {lists === null && failure === null && <SkeletonCards count={3} />}
            {lists === null && failure !== null && (
                <FailureNote failure={failure} onRetry={() => void loadLists()} />
            )}
            {lists !== null && lists.length === 0 && (
                <Note icon="list" title={t.noneTitle} text={t.none} />
            )}
            {lists !== null && lists.length > 0 && (
                <ul>
                    {lists.map((list) => (
                        <li key={list.id}>
                            <a href={`/lists/${list.id}`} class={styles.entry}>
                                <Icon name="list" />
                                <span>
                                    <bdi>{list.title}</bdi>
                                    {list.exclusive && (
                                        <span class={styles.fact}>{t.isExclusive}</span>
                                    )}
                                </span>
                                <Icon name="chevronRight" size={18} />
                            </a>
                        </li>
                    ))}
                </ul>
            )}
        </Page>
    );
}
