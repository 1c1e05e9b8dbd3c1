import type { PageProps } from '~/router/router';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { Chips } from '~/ui/chips';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList } from '../entries/entry_list';
import { PagesView } from '../entries/pages_view';
import { askFor } from '../entries/source';
import { SearchBox } from '../find/search_box';
import { TagRows } from '../tags/tag_rows';
import { directory, type DirectoryOrder } from './directory';
import { askForLink, LinkPosts } from './link_posts';
import { Now } from './now';
import { Orders } from './orders';
import { Suggested, SUGGESTED } from './suggested';
import { loadSuggestions } from './suggestions';
import { LinkRows } from './trending_links';
import { trendingLinks, trendingPosts, trendingTags } from './trends';
import styles from './explore.module.css';

type Tab = 'now' | 'tags' | 'links' | 'people' | DirectoryOrder;
const TABS: readonly Tab[] = ['now', 'tags', 'links', 'people', 'active', 'new'];
const PLACES = ['now', 'tags', 'links', 'people', 'directory'] as const;

function tabOf(query: URLSearchParams): Tab {
    const tab = TABS.find((one) => one === query.get('tab')) ?? 'now';
    return tab === 'people' && session.value === null ? 'now' : tab;
}

/** Of a page about a link: its address. */
function linkOf(query: URLSearchParams): string | null {
    return query.get('tab') === 'link' ? (query.get('url') ?? '') : null;
}

export function ask({ query }: PageProps, isReturn: boolean): void {
    if (isReturn) {
        return;
    }
    const link = linkOf(query);
    if (link !== null) {
        askForLink(link);
        return;
    }
    switch (tabOf(query)) {
        case 'now':
            void trendingTags().start();
            void trendingLinks().start();
            askFor(trendingPosts());
            break;
        case 'tags':
            void trendingTags().start();
            break;
        case 'links':
            void trendingLinks().start();
            break;
        case 'people':
            void loadSuggestions(SUGGESTED);
            break;
        case 'active':
        case 'new':
            askFor(directory(tabOf(query) as DirectoryOrder));
    }
}

/** People and subjects that one does not know yet. */
export default function ExplorePage({ query }: PageProps) {
    const t = texts().explore;
    const link = linkOf(query);
    if (link !== null) {
        return <LinkPosts url={link} />;
    }
    const tab = tabOf(query);
    const place = tab === 'active' || tab === 'new' ? 'directory' : tab;
    const places = PLACES.filter((one) => one !== 'people' || session.value !== null);
    const pathOf = (one: (typeof PLACES)[number]): string =>
        one === 'now' ? '/explore' : `/explore?tab=${one === 'directory' ? 'active' : one}`;
    return (
        <Page title={texts().nav.explore}>
            <div class={styles.box}>
                <SearchBox />
            </div>
            <Chips
                label={t.views}
                chips={places.map((one) => ({
                    href: pathOf(one),
                    label: t.tabs[one],
                    isCurrent: one === place,
                }))}
            />
            <View key={tab} tab={tab} />
        </Page>
    );
}

function View({ tab }: { tab: Tab }) {
    const t = texts().explore;
    switch (tab) {
        case 'now':
            return <Now />;
        case 'tags':
            return (
                <PagesView
                    pages={trendingTags()}
                    empty={<Note icon="tag" title={t.noTagsTitle} text={t.noTags} />}
                >
                    {(tags) => <TagRows tags={tags} isTrend />}
                </PagesView>
            );
        case 'links':
            return (
                <PagesView
                    pages={trendingLinks()}
                    empty={<Note icon="link" title={t.noLinksTitle} text={t.noLinks} />}
                >
                    {(links) => <LinkRows links={links} />}
                </PagesView>
            );
        case 'people':
            return <Suggested />;
        case 'active':
        case 'new':
            return (
                <>
                    <Orders order={tab} />
                    <AccountList
                        source={directory(tab)}
                        label={t.tabs.directory}
                        withNote
                        empty={<Note icon="people" title={t.nobodyTitle} text={t.nobodyListed} />}
                    />
                </>
            );
    }
}
