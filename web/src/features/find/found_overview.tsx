import type { ComponentChildren } from 'preact';
import { AccountRow } from '~/account/account_row';
import { texts } from '~/texts/texts';
import { SkeletonCards } from '~/ui/skeleton';
import { PostList } from '../entries/entry_list';
import { TagRows } from '../tags/tag_rows';
import { MarkedBy } from './marked_by';
import { overviewOf, SHOWN } from './overview';
import { wordsIn } from './query/query_tokens';
import { searchPath, type SearchView } from './search_address';
import { foundPosts } from './search_lists';
import styles from './search_page.module.css';

interface Props {
    view: SearchView;
    /** Instead of the posts, where they cannot be shown. */
    insteadOfPosts: ComponentChildren;
    /** Where nothing at all was found. */
    empty: ComponentChildren;
    /** Where people or hashtags were, but no posts. */
    noPosts: ComponentChildren;
}

/** The first people and hashtags, and below them all posts. */
export function FoundOverview({ view, insteadOfPosts, empty, noPosts }: Props) {
    const t = texts().find;
    const found = overviewOf(wordsIn(view.q)).value;
    if (found === null) {
        return <SkeletonCards />;
    }
    const { people, tags } = found;
    const isAlone = people.length === 0 && tags.length === 0;
    return (
        <>
            <MarkedBy query={view.q} in="names">
                {people.length > 0 && (
                    <section aria-label={t.types.accounts}>
                        <h2 class={styles.section}>{t.types.accounts}</h2>
                        <ul>
                            {people.slice(0, SHOWN).map((id) => (
                                <li key={id}>
                                    <AccountRow id={id} />
                                </li>
                            ))}
                        </ul>
                        <More view={view} tab="accounts" isThere={people.length > SHOWN} />
                    </section>
                )}
                {tags.length > 0 && (
                    <section aria-label={t.types.hashtags}>
                        <h2 class={styles.section}>{t.types.hashtags}</h2>
                        <TagRows tags={tags.slice(0, SHOWN)} />
                        <More view={view} tab="hashtags" isThere={tags.length > SHOWN} />
                    </section>
                )}
            </MarkedBy>
            {!isAlone && <h2 class={styles.section}>{t.types.statuses}</h2>}
            {insteadOfPosts ?? (
                <MarkedBy query={view.q} in="posts">
                    <PostList
                        source={foundPosts(view.q, view.order)}
                        label={t.types.statuses}
                        empty={isAlone ? empty : noPosts}
                    />
                </MarkedBy>
            )}
        </>
    );
}

interface MoreProps {
    view: SearchView;
    tab: 'accounts' | 'hashtags';
    isThere: boolean;
}

function More({ view, tab, isThere }: MoreProps) {
    return isThere ? (
        <a class={styles.more} href={searchPath({ ...view, tab })}>
            {texts().find.more[tab]}
        </a>
    ) : null;
}
