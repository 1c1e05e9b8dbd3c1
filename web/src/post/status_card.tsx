import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import { AccountNames } from '~/account/account_names';
import { nameOf } from '~/account/name';
import type { Account, Status } from '~/api/types';
import { Marked } from '~/marking/marking';
import { askAhead, matchRoute, navigate } from '~/router/router';
import { accounts, statuses } from '~/store/store';
import { language, texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { fullMoment } from '~/time/relative';
import { Avatar } from '~/ui/avatar';
import { classes } from '~/ui/classes';
import { Icon, type IconName } from '~/ui/icon';
import { accountPath, statusPath } from './paths';
import { RichText } from './rich_text';
import { StatusActions } from './status_actions';
import styles from './status_card.module.css';

const VISIBILITY_ICONS: Record<string, IconName | undefined> = {
    unlisted: 'quiet',
    private: 'lock',
    direct: 'mail',
};

interface Props {
    id: string;
    /** A press on the card opens the thread; not on the page of that very thread. */
    opensThread?: boolean;
}

/** A post as it stands in a list; of a boost: the boosted post, and by whom. */
export function StatusCard({ id, opensThread = true }: Props) {
    const entry = useComputed(() => statuses.watch(id).value).value;
    if (entry === undefined) {
        return <p class={styles.gone}>{texts().post.gone}</p>;
    }
    if (entry.reblog) {
        return <BoostedCard boost={entry} opensThread={opensThread} />;
    }
    return <Card status={entry} opensThread={opensThread} />;
}

/** What screen readers call the post. */
export function statusLabel(id: string): string {
    const entry = statuses.watch(id).value;
    const status = entry?.reblog ?? entry;
    if (status === undefined || status === null) {
        return texts().post.gone;
    }
    const moment = fullMoment(Date.parse(status.createdAt), language.value);
    return texts().post.postOf(nameOf(status.account), moment);
}

export function openStatus(id: string): void {
    const status = statuses.peek(id);
    if (status !== undefined && matchRoute(statusPath(status)) !== null) {
        navigate(statusPath(status));
    }
}

function BoostedCard({ boost, opensThread }: { boost: Status; opensThread: boolean }) {
    const by = accounts.watch(boost.account.id).value ?? boost.account;
    const original = boost.reblog ?? boost;
    const status = statuses.watch(original.id).value;
    if (status === undefined) {
        return <p class={styles.gone}>{texts().post.gone}</p>;
    }
    return <Card status={status} boostedBy={by} opensThread={opensThread} />;
}

interface CardProps {
    status: Status;
    boostedBy?: Account;
    opensThread: boolean;
}

function Card({ status, boostedBy, opensThread }: CardProps) {
    const account = accounts.watch(status.account.id).value ?? status.account;
    return (
        <div
            class={classes(styles.card, opensThread && styles.clickable)}
            onPointerDown={(event) => {
                if (opensThread && isPlainPress(event)) {
                    askAhead(statusPath(status), event);
                }
            }}
            onClick={(event) => {
                if (opensThread && isPlainPress(event)) {
                    openStatus(status.id);
                }
            }}
        >
            {boostedBy !== undefined && (
                <p class={styles.boosted}>
                    <Icon name="boost" size={16} />
                    <span>
                        <a href={accountPath(boostedBy)}>
                            <bdi>{nameOf(boostedBy)}</bdi>
                        </a>{' '}
                        {texts().post.boostedBy}
                    </span>
                </p>
            )}
            <div class={styles.body}>
                <a
                    href={accountPath(account)}
                    class={styles.face}
                    tabIndex={-1}
                    aria-label={texts().account.openProfile(nameOf(account))}
                >
                    <Avatar account={account} />
                </a>
                <div>
                    <StatusTop status={status} account={account} />
                    <StatusContent status={status} />
                    <StatusActions status={status} />
                </div>
            </div>
        </div>
    );
}

/** A press that is not on something of its own, and does not select text. */
function isPlainPress(event: MouseEvent): boolean {
    const target = event.target as Element;
    return (
        target.closest('a, button, input, [role=menu]') === null &&
        (getSelection()?.isCollapsed ?? true)
    );
}

function StatusTop({ status, account }: { status: Status; account: Account }) {
    const t = texts().post;
    const visibilityIcon = VISIBILITY_ICONS[status.visibility];
    return (
        <div class={styles.top}>
            <AccountNames account={account} layout="line" />
            <span class={styles.facts}>
                {visibilityIcon !== undefined && (
                    <span title={t.visibility[status.visibility]}>
                        <Icon name={visibilityIcon} size={16} />
                        <span class="visually-hidden">{t.visibility[status.visibility]}</span>
                    </span>
                )}
                {status.editedAt !== null && (
                    <span
                        title={t.editedAt(fullMoment(Date.parse(status.editedAt), language.value))}
                    >
                        <Icon name="edit" size={16} />
                        <span class="visually-hidden">{t.edited}</span>
                    </span>
                )}
                <a href={statusPath(status)}>
                    <Moment at={status.createdAt} />
                </a>
            </span>
        </div>
    );
}

interface ContentProps {
    status: Status;
    /** It stands below what it answers, which need not be said then. */
    isNested?: boolean;
}

/** Whom it answers, the warning if there is one, and the text. */
export function StatusContent({ status, isNested = false }: ContentProps) {
    const t = texts().post;
    const [isOpen, setOpen] = useState(false);
    const answered =
        status.inReplyToAccountId === null || status.inReplyToAccountId === undefined
            ? undefined
            : status.mentions.find(({ id }) => id === status.inReplyToAccountId);
    const filter = status.filtered?.find(({ filter: one }) => one.filterAction === 'warn');
    const warning = filter === undefined ? status.spoilerText : t.filteredBy(filter.filter.title);
    const isHidden = warning !== '' && !isOpen;
    return (
        <>
            {answered !== undefined && !isNested && (
                <p class={styles.context}>
                    {t.inReplyTo} <a href={accountPath(answered)}>@{answered.acct}</a>
                </p>
            )}
            {warning !== '' && (
                <div class={styles.warning}>
                    <span>
                        <span class="visually-hidden">{t.warning}: </span>
                        <bdi>
                            <Marked text={warning} as="text" />
                        </bdi>
                    </span>
                    <button
                        type="button"
                        class={styles.toggle}
                        aria-expanded={isOpen}
                        onClick={() => setOpen(!isOpen)}
                    >
                        {isOpen ? t.showLess : t.showMore}
                    </button>
                </div>
            )}
            {!isHidden && (
                <div class={styles.content}>
                    <RichText html={status.content} known={status} lang={status.language} />
                </div>
            )}
        </>
    );
}
