import { nameOf } from '~/account/name';
import type { Account, Status } from '~/api/types';
import { api } from '~/api/api';
import { succeed } from '~/api/failure';
import { accountPath } from '~/post/paths';
import type { PageProps } from '~/router/router';
import { relationships, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { Chips } from '~/ui/chips';
import { Icon } from '~/ui/icon';
import { Note } from '~/ui/note';
import { Page } from '~/ui/page';
import { AccountList, PostList } from '../entries/entry_list';
import { askFor, keptSource, postSourceOf, type Source } from '../entries/source';
import { unblock } from '../relations/relate';
import { AccountHeader } from './account_header';
import { familiarFollowers, hasFamiliar } from './familiar';
import { PersonNote } from './person_note';
import { similarTo } from './similar';
import { askForPerson, usePerson } from './use_person';
import styles from './people.module.css';

type Tab = 'posts' | 'replies' | 'similar';
const TABS: readonly Tab[] = ['posts', 'replies', 'similar'];

function tabOf(query: URLSearchParams): Tab {
    return TABS.find((tab) => tab === query.get('tab')) ?? 'posts';
}

export function ask({ params, query }: PageProps, isReturn: boolean): void {
    const id = askForPerson(params.name ?? '');
    if (id !== undefined && hasFamiliar(id)) {
        familiarFollowers(id);
    }
    if (id !== undefined && !isReturn) {
        const tab = tabOf(query);
        if (tab === 'similar') {
            askFor(similarTo(id));
        } else {
            askFor(accountPosts(id, tab));
        }
    }
}

export default function AccountPage({ params, query }: PageProps) {
    const name = params.name ?? '';
    const person = usePerson(name);
    const { account } = person;
    const tab = tabOf(query);
    if (account === undefined) {
        return (
            <Page title={`@${name}`} hasBack>
                <PersonNote person={person} />
            </Page>
        );
    }
    return (
        <Page title={nameOf(account)} hasBack>
            {account.suspended === true ? (
                <Suspended account={account} />
            ) : (
                <>
                    <AccountHeader account={account} />
                    <Posts account={account} tab={tab} />
                </>
            )}
        </Page>
    );
}

function Suspended({ account }: { account: Account }) {
    const t = texts().people;
    return <Note icon="block" title={t.suspendedTitle} text={t.suspended(`@${account.acct}`)} />;
}

/** An account's posts, the pinned ones first; `replies` has the answers to others as well. */
function accountPosts(id: string, tab: 'posts' | 'replies'): Source<Status> {
    return keptSource(`posts of ${id}: ${tab}`, () => {
        const path = `/api/v1/accounts/${id}/statuses`;
        const first = () =>
            api.page<Status>(path, { limit: 20, excludeReplies: tab === 'posts' ? true : null });
        if (tab === 'replies') {
            return postSourceOf(first);
        }
        return postSourceOf(async () => {
            const [pinned, newest] = await Promise.all([
                api.page<Status>(path, { pinned: true }),
                first(),
            ]);
            if (!pinned.ok || !newest.ok) {
                return newest;
            }
            const top = pinned.value.items;
            const isPinned = new Set(top.map((status) => status.id));
            pinnedIds.set(id, isPinned);
            const others = newest.value.items.filter((status) => !isPinned.has(status.id));
            return succeed({ ...newest.value, items: [...top, ...others] });
        });
    });
}

const pinnedIds = new Map<string, ReadonlySet<string>>();

function Posts({ account, tab }: { account: Account; tab: Tab }) {
    const t = texts().people;
    const { id } = account;
    const relationship = relationships.watch(id).value;
    const name = nameOf(account);
    if (relationship?.blockedBy === true) {
        return <Note icon="block" title={t.blockedByTitle} text={t.blockedBy(name)} />;
    }
    if (relationship?.blocking === true) {
        return (
            <Note icon="block" title={t.blockedTitle} text={t.blocked(name)}>
                <Button kind="quiet" onClick={() => void unblock(id)}>
                    {texts().relations.unblock}
                </Button>
            </Note>
        );
    }
    const path = accountPath(account);
    const isPinned = (status: string): boolean =>
        tab === 'posts' &&
        pinnedIds.get(id)?.has(status) === true &&
        statuses.watch(status).value?.pinned !== false;
    return (
        <>
            <Chips
                label={t.views}
                chips={[
                    { href: path, label: t.posts, isCurrent: tab === 'posts' },
                    { href: `${path}?tab=replies`, label: t.replies, isCurrent: tab === 'replies' },
                    { href: `${path}?tab=similar`, label: t.similar, isCurrent: tab === 'similar' },
                ]}
            />
            {tab === 'similar' ? (
                <AccountList
                    source={similarTo(id)}
                    label={t.similarTo(name)}
                    withNote
                    empty={
                        <Note
                            icon="people"
                            title={t.nobodySimilarTitle}
                            text={t.nobodySimilar(name)}
                        />
                    }
                />
            ) : (
                <PostList
                    key={tab}
                    source={accountPosts(id, tab)}
                    label={name}
                    caption={(status) =>
                        isPinned(status) && (
                            <p class={styles.pinned}>
                                <Icon name="pin" size={16} />
                                {t.pinned}
                            </p>
                        )
                    }
                    empty={
                        <Note
                            icon={account.locked ? 'lock' : 'quiet'}
                            title={t.noPostsTitle}
                            text={account.locked ? t.noPostsLocked(name) : t.noPosts(name)}
                        />
                    }
                />
            )}
        </>
    );
}
