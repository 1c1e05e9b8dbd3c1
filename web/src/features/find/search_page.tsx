import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visit, type PageProps } from '~/router/router';
import { session } from '~/session/session';
import { signIn } from '~/session/sign_in';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Chips } from '~/ui/chips';
import { Icon } from '~/ui/icon';
import { Note } from '~/ui/note';
import { OrderLinks } from '~/ui/order_links';
import { Page } from '~/ui/page';
import { AccountList, PostList } from '../entries/entry_list';
import { askFor } from '../entries/source';
import { FoundOverview } from './found_overview';
import { FoundTags, foundTags } from './found_tags';
import { MarkedBy } from './marked_by';
import { forgetOverview, overviewOf } from './overview';
import { problemAt, type QueryProblem } from './query/problem_at';
import { wordsIn } from './query/query_tokens';
import { RecentList } from './recent_list';
import { recentSearches, rememberSearch } from './recent_searches';
import { ORDERS, searchPath, TABS, viewOf, type SearchView } from './search_address';
import { SearchBox, type SearchBoxControl } from './search_box';
import { SearchHelp } from './search_help';
import { foundPeople, foundPosts } from './search_lists';
import styles from './search_page.module.css';

function hasPosts({ tab }: SearchView): boolean {
    return tab === 'all' || tab === 'statuses';
}

export function ask({ query }: PageProps, isReturn: boolean): void {
    const view = viewOf(query);
    if (view.q === '' || isReturn) {
        return;
    }
    const words = wordsIn(view.q);
    if (view.tab === 'all') {
        forgetOverview(words);
        overviewOf(words);
    }
    if (hasPosts(view)) {
        askFor(foundPosts(view.q, view.order));
    }
    if (view.tab === 'accounts' && words !== '') {
        askFor(foundPeople(words));
    }
    if (view.tab === 'hashtags' && words !== '') {
        void foundTags(words).start();
    }
}

/** What the server finds wrong with the query of the posts. */
function useProblem(view: SearchView): QueryProblem | null {
    const isAsked = view.q !== '' && hasPosts(view);
    const failure = isAsked ? foundPosts(view.q, view.order).feed.failure.value : null;
    return failure?.kind === 'invalid' ? problemAt(view.q, failure.message) : null;
}

export default function SearchPage({ query }: PageProps) {
    const t = texts().find;
    const view = viewOf(query);
    const box = useRef<SearchBoxControl>(null);
    const problem = useProblem(view);
    useEffect(() => {
        if (view.q !== '' && visit.peek()?.isReturn !== true) {
            rememberSearch(view.q);
        }
    }, [view.q]);
    return (
        <Page title={view.q === '' ? t.title : t.resultsFor(view.q.trim())}>
            <div class={styles.box}>
                <SearchBox
                    initial={view.q}
                    autoFocus={view.q === ''}
                    problem={problem}
                    control={box}
                />
            </div>
            {view.q === '' ? (
                <>
                    {recentSearches.value.length === 0 ? (
                        <Note icon="search" title={t.beginTitle} text={t.begin} />
                    ) : (
                        <RecentList />
                    )}
                    <SearchHelp onInsert={(operator) => box.current?.insert(operator)} />
                </>
            ) : (
                <>
                    <Chips
                        label={t.kinds}
                        chips={TABS.map((tab) => ({
                            href: searchPath({ ...view, tab }),
                            label: t.types[tab],
                            isCurrent: tab === view.tab,
                        }))}
                    />
                    {hasPosts(view) && session.value !== null && <Bar view={view} box={box} />}
                    <Results key={searchPath(view)} view={view} problem={problem} />
                </>
            )}
        </Page>
    );
}

/** In which order posts stand, and what else may be asked for. */
function Bar({ view, box }: { view: SearchView; box: RefObject<SearchBoxControl> }) {
    const t = texts().find;
    const [isHelpOpen, setHelpOpen] = useState(false);
    return (
        <>
            <div class={styles.bar}>
                <OrderLinks
                    label={t.order}
                    orders={ORDERS.map((order) => ({
                        href: searchPath({ ...view, order }),
                        label: t.orders[order],
                        isCurrent: order === view.order,
                    }))}
                />
                <button
                    type="button"
                    class={styles.toggle}
                    aria-expanded={isHelpOpen}
                    onClick={() => setHelpOpen(!isHelpOpen)}
                >
                    <Icon name="settings" size={18} />
                    {t.help}
                </button>
            </div>
            {isHelpOpen && <SearchHelp onInsert={(operator) => box.current?.insert(operator)} />}
        </>
    );
}

function Results({ view, problem }: { view: SearchView; problem: QueryProblem | null }) {
    const t = texts().find;
    const { q, tab, order } = view;
    const words = wordsIn(q);
    const isMember = session.value !== null;
    const shown = q.trim();
    const empty = <Note icon="search" title={t.nothingTitle} text={t.nothing[tab](shown)} />;
    // Without an account only the address of a post finds it.
    const emptyOfPosts = isMember ? empty : <NeedsAccount />;
    const refused =
        problem === null ? null : <Note icon="alert" title={t.problemTitle} text={t.problem} />;
    switch (tab) {
        case 'all':
            return (
                <FoundOverview
                    view={view}
                    insteadOfPosts={refused}
                    empty={emptyOfPosts}
                    noPosts={isMember ? <p class={styles.none}>{t.noPosts}</p> : <NeedsAccount />}
                />
            );
        case 'statuses':
            return (
                refused ?? (
                    <MarkedBy query={q} in="posts">
                        <PostList
                            source={foundPosts(q, order)}
                            label={t.types.statuses}
                            empty={emptyOfPosts}
                        />
                    </MarkedBy>
                )
            );
        case 'accounts':
        case 'hashtags':
            if (words === '') {
                return <Note icon="search" title={t.noWordsTitle} text={t.noWords} />;
            }
            return (
                <MarkedBy query={q} in="names">
                    {tab === 'hashtags' ? (
                        <FoundTags words={words} empty={empty} />
                    ) : (
                        <AccountList
                            source={foundPeople(words)}
                            label={t.types.accounts}
                            empty={empty}
                            withNote
                        />
                    )}
                </MarkedBy>
            );
    }
}

function NeedsAccount() {
    const t = texts().find;
    return (
        <Note icon="lock" title={t.signInTitle} text={t.signIn}>
            <Button onClick={() => void signIn()}>{texts().session.signIn}</Button>
        </Note>
    );
}
