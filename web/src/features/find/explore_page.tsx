import { useEffect, useState } from 'preact/hooks';
import { AccountRow } from '~/account/account_row';
import { api } from '~/api/api';
import type { Status, Tag } from '~/api/types';
import { StatusCard } from '~/post/status_card';
import type { PageProps } from '~/router/router';
import { session } from '~/session/session';
import { keepStatuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Chips } from '~/ui/chips';
import { FailureNote } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import { AccountList } from '../entries/entry_list';
import { keepTag } from '../tags/follow_tag';
import { TagRows } from '../tags/tag_rows';
import { SearchBox } from './search_box';
import { directory } from './search_lists';
import { loadSuggestions, suggestedIds, suggestionsFailure } from './suggestions';
import styles from './find.module.css';

type Tab = 'suggested' | 'active' | 'new' | 'trends';
const SUGGESTED = 40;

export function ask({ query }: PageProps): void {
    if (session.peek() !== null && query.get('tab') === null) {
        void loadSuggestions(SUGGESTED);
    }
}

/** People and subjects that one does not know yet. */
export default function ExplorePage({ query }: PageProps) {
    const t = texts().find;
    const trends = useTrends();
    const hasTrends = trends.tags.length > 0 || trends.statusIds.length > 0;
    const tabs: Tab[] = [
        ...(session.value === null ? [] : (['suggested'] as const)),
        'active',
        'new',
        ...(hasTrends ? (['trends'] as const) : []),
    ];
    const tab = tabs.find((one) => one === query.get('tab')) ?? tabs[0] ?? 'active';
    return (
        <Page title={texts().nav.explore}>
            <div class={styles.box}>
                <SearchBox />
            </div>
            <Chips
                label={t.views}
                chips={tabs.map((one, index) => ({
                    href: index === 0 ? '/explore' : `/explore?tab=${one}`,
                    label: t.tabs[one],
                    isCurrent: one === tab,
                }))}
            />
            {tab === 'suggested' && <Suggested />}
            {tab === 'trends' && <Trending {...trends} />}
            {(tab === 'active' || tab === 'new') && (
                <AccountList
                    key={tab}
                    source={directory(tab)}
                    label={t.tabs[tab]}
                    withNote
                    empty={<Note icon="people" title={t.nobodyTitle} text={t.nobody} />}
                />
            )}
        </Page>
    );
}

function Suggested() {
    const t = texts().find;
    const ids = suggestedIds.value;
    const failure = suggestionsFailure.value;
    const load = (): void => void loadSuggestions(SUGGESTED);
    useEffect(load, []);
    if (ids === null) {
        return failure === null ? (
            <SkeletonCards />
        ) : (
            <FailureNote failure={failure} onRetry={load} />
        );
    }
    if (ids.length === 0) {
        return <Note icon="people" title={t.nobodyTitle} text={t.nobodySuggested} />;
    }
    return (
        <ul>
            {ids.map((id) => (
                <li key={id}>
                    <AccountRow id={id} withNote />
                </li>
            ))}
        </ul>
    );
}

interface Trends {
    tags: Tag[];
    statusIds: string[];
}

/** What much is said about, where the server counts it; else it answers nothing. */
function useTrends(): Trends {
    const [trends, setTrends] = useState<Trends>({ tags: [], statusIds: [] });
    async function load(): Promise<void> {
        const [tags, posts] = await Promise.all([
            api.get<Tag[]>('/api/v1/trends/tags'),
            api.get<Status[]>('/api/v1/trends/statuses'),
        ]);
        const found = tags.ok ? tags.value : [];
        found.forEach(keepTag);
        setTrends({ tags: found, statusIds: posts.ok ? keepStatuses(posts.value) : [] });
    }
    useEffect(() => void load(), []);
    return trends;
}

function Trending({ tags, statusIds }: Trends) {
    const t = texts().find;
    return (
        <>
            {tags.length > 0 && <h2 class={styles.head}>{t.types.hashtags}</h2>}
            <TagRows tags={tags} />
            {statusIds.length > 0 && <h2 class={styles.head}>{t.types.statuses}</h2>}
            {statusIds.map((id) => (
                <article key={id}>
                    <StatusCard id={id} />
                </article>
            ))}
        </>
    );
}
