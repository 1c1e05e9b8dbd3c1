import { useEffect } from 'preact/hooks';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { ButtonLink } from '~/ui/button';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import { AccountList, PostList } from '../entries/entry_list';
import { TagRows } from '../tags/tag_rows';
import { directory } from './directory';
import { Suggested } from './suggested';
import { LinkRows } from './trending_links';
import { trendingLinks, trendingPosts, trendingTags } from './trends';
import styles from './explore.module.css';

const TAGS_SHOWN = 3;
const LINKS_SHOWN = 2;
const PEOPLE_SHOWN = 5;

/** What much is said about at the moment: the first hashtags and links, then all posts. */
export function Now() {
    const t = texts().explore;
    const pages = { tags: trendingTags(), links: trendingLinks() };
    const posts = trendingPosts();
    useEffect(() => {
        // One may come back here without having been here: by a reload.
        if (pages.tags.items.peek() === null) {
            void pages.tags.start();
        }
        if (pages.links.items.peek() === null) {
            void pages.links.start();
        }
    }, []);
    const tags = pages.tags.items.value;
    const links = pages.links.items.value;
    const isAsked =
        (tags !== null || pages.tags.failure.value !== null) &&
        (links !== null || pages.links.failure.value !== null);
    if (!isAsked) {
        // What stands above must not come after what is below it.
        return <SkeletonCards />;
    }
    const hasTags = tags !== null && tags.length > 0;
    const hasLinks = links !== null && links.length > 0;
    return (
        <>
            {hasTags && (
                <section aria-label={t.tabs.tags}>
                    <h2 class={styles.head}>{t.tabs.tags}</h2>
                    <TagRows tags={tags.slice(0, TAGS_SHOWN)} isTrend />
                    {tags.length > TAGS_SHOWN && (
                        <a class={styles.more} href="/explore?tab=tags">
                            {t.more.tags}
                        </a>
                    )}
                </section>
            )}
            {hasLinks && (
                <section aria-label={t.tabs.links}>
                    <h2 class={styles.head}>{t.tabs.links}</h2>
                    <LinkRows links={links.slice(0, LINKS_SHOWN)} />
                    {links.length > LINKS_SHOWN && (
                        <a class={styles.more} href="/explore?tab=links">
                            {t.more.links}
                        </a>
                    )}
                </section>
            )}
            {(hasTags || hasLinks) && <h2 class={styles.head}>{t.posts}</h2>}
            <PostList
                source={posts}
                label={t.posts}
                empty={<Quiet isAll={!hasTags && !hasLinks} />}
            />
        </>
    );
}

/** Where nothing stands out there are still people, and what they say. */
function Quiet({ isAll }: { isAll: boolean }) {
    const t = texts().explore;
    const isMember = session.value !== null;
    return (
        <>
            {isAll && (
                <Note icon="compass" title={t.quietTitle} text={t.quiet}>
                    <ButtonLink kind="quiet" href="/local">
                        {t.quietLocal}
                    </ButtonLink>
                </Note>
            )}
            <h2 class={styles.head}>
                {isMember ? texts().find.people : texts().find.activePeople}
            </h2>
            {isMember ? (
                <>
                    <Suggested shown={PEOPLE_SHOWN} />
                    <a class={styles.more} href="/explore?tab=people">
                        {t.more.people}
                    </a>
                </>
            ) : (
                <AccountList
                    source={directory('active')}
                    label={texts().find.activePeople}
                    withNote
                    empty={<Note icon="people" title={t.nobodyTitle} text={t.nobodyListed} />}
                />
            )}
        </>
    );
}
