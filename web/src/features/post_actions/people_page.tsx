import { useEffect, useMemo } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Account } from '~/api/types';
import { makeListMemory } from '~/list/layout';
import { WindowedList } from '~/list/windowed_list';
import { Feed } from '~/store/feed';
import { keepAccount } from '~/store/store';
import { texts } from '~/texts/texts';
import { FailureNote } from '~/ui/failure_note';
import type { IconName } from '~/ui/icon';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import styles from './post_actions.module.css';

interface Props {
    /** The list of the API. */
    path: string;
    title: string;
    empty: string;
    icon: IconName;
}

const PAGE = 40;
const ROW_PX = 72;

/** Accounts that did something to a post, as far as one scrolls. */
export function PeoplePage({ path, title, empty, icon }: Props) {
    const t = texts().postActions;
    const { feed, memory } = useMemo(
        () => ({
            feed: new Feed<Account>({
                newest: async () => withRelations(await api.page<Account>(path, { limit: PAGE })),
                older: async (next) => withRelations(await api.page<Account>(next)),
                keep: keepAccount,
            }),
            memory: makeListMemory(ROW_PX),
        }),
        [path],
    );
    useEffect(() => void feed.start(), [feed]);
    const ids = feed.shown.value;
    const failure = feed.failure.value;
    const state = feed.state.value;
    const hasEnded = state === 'ended';
    return (
        <Page title={title} hasBack>
            {ids.length > 0 && (
                <WindowedList
                    ids={ids}
                    memory={memory}
                    kind="list"
                    label={title}
                    render={(id) => <AccountRow id={id} />}
                    onNearEnd={() => {
                        if (failure === null) {
                            void feed.more();
                        }
                    }}
                    isBusy={state === 'loading'}
                />
            )}
            {failure !== null && (
                <FailureNote failure={failure} onRetry={() => void feed.retry()} />
            )}
            {failure === null && !hasEnded && (
                <SkeletonCards key={ids.length === 0 ? 'first' : 'more'} count={3} />
            )}
            {failure === null && hasEnded && ids.length === 0 && <Note icon={icon} title={empty} />}
            {hasEnded && ids.length > 0 && <p class={styles.end}>{t.end}</p>}
        </Page>
    );
}

/** Whom of them one follows is asked for along with them. */
function withRelations<T extends Awaited<ReturnType<typeof api.page<Account>>>>(answer: T): T {
    if (answer.ok) {
        void loadRelationships(answer.value.items.map(({ id }) => id));
    }
    return answer;
}
