import { nameOf } from '~/account/name';
import type { Account } from '~/api/types';
import { FollowButton } from '~/account/follow_button';
import { accountPath, statusPath } from '~/post/paths';
import { RichText } from '~/post/rich_text';
import { openStatus, StatusCard } from '~/post/status_card';
import { accounts, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Avatar } from '~/ui/avatar';
import { IconButton } from '~/ui/button';
import { classes } from '~/ui/classes';
import { Icon, type IconName } from '~/ui/icon';
import { FollowRequestButtons } from './follow_request_buttons';
import type { NotificationGroup } from './groups';
import styles from './group_row.module.css';

const SIGNS: Record<string, IconName | undefined> = {
    favourite: 'heart',
    reblog: 'boost',
    follow: 'personAdd',
    follow_request: 'personAdd',
    mention: 'reply',
    status: 'bell',
    update: 'edit',
    quote: 'reply',
    'admin.sign_up': 'person',
    'admin.report': 'flag',
};

/** Those whose post is the matter itself and stands there as a post. */
const SHOWS_POST = new Set(['mention', 'status', 'quote']);
const FACES_MAX = 6;

interface Props {
    group: NotificationGroup;
    isUnread: boolean;
    onDismiss: () => void;
}

/** What happened, by whom, and to which post. */
export function GroupRow({ group, isUnread, onDismiss }: Props) {
    const t = texts().notifications;
    const people = group.sampleAccountIds.flatMap((id) => accounts.watch(id).value ?? []);
    const [first] = people;
    const canOpen = group.statusId !== null;
    const hasPost = SHOWS_POST.has(group.type) && group.statusId !== null;
    return (
        <div
            class={classes(styles.row, isUnread && styles.unread, canOpen && styles.clickable)}
            onClick={(event) => {
                if (canOpen && isPlainPress(event)) {
                    openStatus(group.statusId ?? '');
                }
            }}
        >
            <div class={styles.top}>
                <span class={classes(styles.sign, styles[group.type.replace('.', '_')])}>
                    <Icon
                        name={SIGNS[group.type] ?? 'bell'}
                        size={20}
                        solid={group.type === 'favourite'}
                    />
                </span>
                {!hasPost && <Faces people={people} />}
                <p class={classes(styles.line, !hasPost && styles.whole)}>
                    {isUnread && <span class="visually-hidden">{t.unread}: </span>}
                    <Who people={people} count={group.notificationsCount} /> {sentenceOf(group)}
                </p>
                <span class={styles.end}>
                    <When group={group} />
                    <IconButton icon="close" label={t.dismiss} onClick={onDismiss} />
                </span>
            </div>
            {group.type === 'follow' && first !== undefined && people.length === 1 && (
                <div class={styles.below}>
                    <FollowButton account={first} />
                </div>
            )}
            {group.type === 'follow_request' && first !== undefined && (
                <div class={styles.below}>
                    <FollowRequestButtons account={first} onSettled={onDismiss} />
                </div>
            )}
            {hasPost && group.statusId !== null && (
                <div class={styles.post} data-post>
                    <StatusCard id={group.statusId} />
                </div>
            )}
            {!hasPost && group.statusId !== null && <Excerpt id={group.statusId} />}
        </div>
    );
}

/** A press that is not on something of its own, and does not select text. */
function isPlainPress(event: MouseEvent): boolean {
    const target = event.target as Element;
    return (
        target.closest('a, button, input, [role=menu], [data-post]') === null &&
        (getSelection()?.isCollapsed ?? true)
    );
}

/** The age; where there is a post, the link to it. */
function When({ group }: { group: NotificationGroup }) {
    const status = statuses.watch(group.statusId ?? '').value;
    const moment = <Moment at={group.latestPageNotificationAt} />;
    return status === undefined ? moment : <a href={statusPath(status)}>{moment}</a>;
}

function Faces({ people }: { people: Account[] }) {
    if (people.length === 0) {
        return null;
    }
    return (
        <div class={styles.faces}>
            {people.slice(0, FACES_MAX).map((account) => (
                <a
                    key={account.id}
                    href={accountPath(account)}
                    title={nameOf(account)}
                    aria-label={texts().account.openProfile(nameOf(account))}
                >
                    <Avatar account={account} size="small" />
                </a>
            ))}
        </div>
    );
}

/** "Ada", "Ada and Grace", "Ada and 3 others". */
function Who({ people, count }: { people: Account[]; count: number }) {
    const t = texts().notifications;
    const [first, second] = people;
    if (first === undefined) {
        return <>{t.somebody}</>;
    }
    const others = count - 1;
    return (
        <>
            <Name account={first} />
            {others === 1 && second !== undefined && (
                <>
                    {` ${t.and} `}
                    <Name account={second} />
                </>
            )}
            {(others > 1 || (others === 1 && second === undefined)) && ` ${t.andOthers(others)}`}
        </>
    );
}

function Name({ account }: { account: Account }) {
    return (
        <a class={styles.name} href={accountPath(account)}>
            <bdi>{nameOf(account)}</bdi>
        </a>
    );
}

function sentenceOf(group: NotificationGroup): string {
    const t = texts().notifications;
    const isOne = group.notificationsCount === 1;
    const forms = t.did[group.type as keyof typeof t.did] as
        { one: string; other: string } | undefined;
    const { one, other } = forms ?? t.did.other;
    return isOne ? one : other;
}

/** The beginning of the post that it is about. */
function Excerpt({ id }: { id: string }) {
    const status = statuses.watch(id).value;
    if (status === undefined) {
        return <p class={styles.excerpt}>{texts().post.gone}</p>;
    }
    return (
        <div class={styles.excerpt}>
            {status.spoilerText === '' ? (
                <div class={styles.clipped}>
                    <RichText html={status.content} known={status} lang={status.language} />
                </div>
            ) : (
                <p>{status.spoilerText}</p>
            )}
        </div>
    );
}
