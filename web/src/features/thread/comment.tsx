import { useEffect, useRef } from 'preact/hooks';
import { AccountNames } from '~/account/account_names';
import type { Account, Status } from '~/api/types';
import { statusPath } from '~/post/paths';
import { StatusActions } from '~/post/status_actions';
import { StatusCard, StatusContent } from '~/post/status_card';
import { startReply } from '~/post/reply';
import { ownId } from '~/session/session';
import { accounts, statuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Avatar } from '~/ui/avatar';
import { Button } from '~/ui/button';
import { classes } from '~/ui/classes';
import { Icon } from '~/ui/icon';
import { Composer } from '../compose/composer';
import { OutgoingPosts } from '../compose/outgoing_posts';
import type { Thread } from './thread';
import styles from './thread.module.css';
import type { ThreadRow } from './thread_rows';

/** The lines that lead from the left to a row, one for each level that goes on. */
function Branches({ row }: { row: ThreadRow }) {
    const last = row.lines.length - 1;
    return (
        <>
            {row.lines.map((goesOn, level) => (
                <span
                    key={level}
                    aria-hidden="true"
                    class={classes(
                        styles.level,
                        goesOn && styles.goesOn,
                        level === last && styles.bend,
                    )}
                />
            ))}
        </>
    );
}

/** A comment with the lines of its branch, and what is put away below it. */
export function Comment({ row, thread }: { row: ThreadRow; thread: Thread }) {
    const { id } = row;
    const status = statuses.watch(id).value;
    const isLit = thread.lit.value.has(id);
    const isAim = thread.from === id;
    return (
        <div class={classes(styles.row, isLit && styles.lit, isAim && styles.aim)}>
            <Branches row={row} />
            <div class={classes(styles.comment, row.hasShown && styles.hasShown)}>
                {status === undefined ? (
                    <p class={styles.gone}>
                        {row.kind === 'gap' ? texts().thread.missing : texts().post.gone}
                    </p>
                ) : (
                    <CommentBody status={status} />
                )}
                <Fold row={row} thread={thread} />
                {status !== undefined && <Answer id={id} thread={thread} />}
            </div>
        </div>
    );
}

function CommentBody({ status }: { status: Status }) {
    const account: Account = accounts.watch(status.account.id).value ?? status.account;
    return (
        <>
            <div class={styles.top}>
                <Avatar account={account} size="small" />
                <AccountNames account={account} layout="line" />
                <a href={statusPath(status)} class={styles.when}>
                    <Moment at={status.createdAt} />
                </a>
            </div>
            <StatusContent status={status} isNested />
            <StatusActions status={status} />
        </>
    );
}

function Fold({ row, thread }: { row: ThreadRow; thread: Thread }) {
    const t = texts().thread;
    if (row.below === 0) {
        return null;
    }
    return (
        <button
            type="button"
            class={styles.fold}
            aria-expanded={!row.isFolded}
            onClick={() => thread.toggleFold(row.id)}
        >
            <Icon name={row.isFolded ? 'chevronRight' : 'chevronDown'} size={16} />
            {row.isFolded ? t.unfold(row.below) : t.fold(row.below)}
        </button>
    );
}

/** What is on its way as an answer, and where one writes it. */
function Answer({ id, thread }: { id: string; thread: Thread }) {
    const isAnswering = thread.answering.value === id;
    const place = useRef<HTMLDivElement>(null);
    useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [isAnswering]);
    return (
        <>
            <OutgoingPosts inReplyTo={id} />
            {isAnswering && ownId.value !== null && (
                <div
                    ref={place}
                    class={styles.answer}
                    onKeyDown={(event) => {
                        // What was written stays as a draft.
                        if (event.key === 'Escape') {
                            thread.answering.value = null;
                        }
                    }}
                >
                    <Composer
                        context={{ kind: 'reply', to: id }}
                        onDone={() => (thread.answering.value = null)}
                    />
                    <Button small kind="plain" onClick={() => (thread.answering.value = null)}>
                        {texts().app.close}
                    </Button>
                </div>
            )}
        </>
    );
}

/** The post that the page is about, larger, with who liked it and a place to answer. */
export function OpenedPost({ id, thread }: { id: string; thread: Thread }) {
    const t = texts().thread;
    const status = statuses.watch(id).value;
    if (status === undefined) {
        return (
            <div class={styles.opened}>
                <p class={styles.gone}>{t.deletedTitle}</p>
            </div>
        );
    }
    return (
        <div class={styles.opened}>
            <StatusCard id={id} opensThread={false} />
            <Facts status={status} />
            <Answer id={id} thread={thread} />
            {thread.answering.value !== id && (
                <button type="button" class={styles.write} onClick={() => startReply(id)}>
                    {t.write}
                </button>
            )}
        </div>
    );
}

function Facts({ status }: { status: Status }) {
    const t = texts().post;
    const path = statusPath(status);
    const { application } = status;
    return (
        <p class={styles.facts}>
            <Moment at={status.createdAt} full />
            {application?.name && <span>{application.name}</span>}
            {status.editedAt !== null && <a href={`${path}/history`}>{t.edited}</a>}
            {status.reblogsCount > 0 && (
                <a href={`${path}/boosts`}>{t.boosts(status.reblogsCount)}</a>
            )}
            {status.favouritesCount > 0 && (
                <a href={`${path}/favourites`}>{t.favourites(status.favouritesCount)}</a>
            )}
        </p>
    );
}

interface LinkRowProps {
    row: ThreadRow;
    label: string;
    run: () => void;
}

/** Stands for replies that are not shown. */
export function LinkRow({ row, label, run }: LinkRowProps) {
    return (
        <div class={styles.row}>
            <Branches row={row} />
            <div class={styles.comment}>
                <button type="button" class={styles.fold} onClick={run}>
                    <Icon name="plus" size={16} />
                    {label}
                </button>
            </div>
        </div>
    );
}
