import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Chips } from '~/ui/chips';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList, PostList } from '../entries/entry_list';
import { isSearchType, searchPath, type SearchType } from './completion';
import { FoundTags } from './found_tags';
import { SearchBox } from './search_box';
import { foundPeople, foundPosts } from './search_lists';
import styles from './find.module.css';

const TYPES: SearchType[] = ['accounts', 'statuses', 'hashtags'];

export default function SearchPage({ query }: PageProps) {
    const t = texts().find;
    const q = (query.get('q') ?? '').trim();
    const given = query.get('type');
    const type = isSearchType(given) ? given : 'accounts';
    return (
        <Page title={q === '' ? t.title : t.resultsFor(q)}>
            <div class={styles.box}>
                <SearchBox initial={q} autoFocus={q === ''} />
            </div>
            {q === '' ? (
                <Note icon="search" title={t.beginTitle} text={t.begin} />
            ) : (
                <>
                    <Chips
                        label={t.kinds}
                        chips={TYPES.map((one) => ({
                            href: searchPath(q, one),
                            label: t.types[one],
                            isCurrent: one === type,
                        }))}
                    />
                    <Results key={`${type} ${q}`} q={q} type={type} />
                </>
            )}
        </Page>
    );
}

function Results({ q, type }: { q: string; type: SearchType }) {
    const t = texts().find;
    const empty = <Note icon="search" title={t.nothingTitle} text={t.nothing[type](q)} />;
    switch (type) {
        case 'accounts':
            return (
                <AccountList
                    source={foundPeople(q)}
                    label={t.types.accounts}
                    empty={empty}
                    withNote
                />
            );
        case 'statuses':
            return <PostList source={foundPosts(q)} label={t.types.statuses} empty={empty} />;
        case 'hashtags':
            return <FoundTags q={q} empty={empty} />;
    }
}
