import { navigate } from '~/router/router';
import { session } from '~/session/session';
import { texts } from '~/texts/texts';
import { Avatar } from '~/ui/avatar';
import { Button } from '~/ui/button';
import { classes } from '~/ui/classes';
import { confirm } from '~/ui/dialogs';
import { wordsFor } from '~/ui/failure_note';
import { Icon } from '~/ui/icon';
import { contextKey, contextPath, type Context } from './draft';
import { Drafts } from './drafts';
import type { Outbox, Outgoing } from './outbox';
import { outbox } from './outgoing';
import styles from './outgoing_posts.module.css';

/** Puts it back where it was written. */
function editAgain(box: Outbox, post: Outgoing): void {
    const account = session.peek()?.account.id;
    const to = post.draft.inReplyToId;
    const context: Context = to === null ? { kind: 'new' } : { kind: 'reply', to };
    if (
        account === undefined ||
        !new Drafts(localStorage, account).put(contextKey(context), post.draft)
    ) {
        return; // it stays in the outbox, where it is
    }
    box.take(post.key);
    navigate(contextPath(context));
}

async function throwAway(box: Outbox, post: Outgoing): Promise<void> {
    const t = texts().compose;
    const isSure = await confirm({
        title: t.throwAwayTitle,
        text: t.throwAwayText,
        action: t.throwAway,
        isDangerous: true,
    });
    if (isSure) {
        box.take(post.key);
    }
}

function stateOf(box: Outbox, post: Outgoing): string {
    const t = texts().compose;
    if (box.sending.value === post.key) {
        return t.sending;
    }
    const { failure } = post;
    if (failure === null) {
        return t.waiting;
    }
    if (post.state === 'refused') {
        return `${t.refused}: ${wordsFor(failure, texts().failure).text}`;
    }
    const words = failure.kind === 'expired' ? t.signInToSend : t.notSent;
    return box.isSafe ? words : `${words} ${t.onlyHere}`;
}

function OutgoingPost({ box, post }: { box: Outbox; post: Outgoing }) {
    const t = texts().compose;
    const account = session.value?.account;
    const isTrouble = post.failure !== null;
    const isSending = box.sending.value === post.key;
    const { draft } = post;
    return (
        <li class={styles.post}>
            {account !== undefined && <Avatar account={account} size="small" />}
            <div class={styles.body}>
                {draft.hasWarning && draft.spoilerText !== '' && (
                    <p class={styles.warning} dir="auto">
                        {draft.spoilerText}
                    </p>
                )}
                <p class={styles.text} dir="auto" lang={draft.language || undefined}>
                    {draft.text}
                </p>
                <p class={classes(styles.state, isTrouble && styles.trouble)} role="status">
                    <Icon name={isTrouble ? 'alert' : 'arrowUp'} size={16} />
                    {stateOf(box, post)}
                </p>
                {isTrouble && !isSending && (
                    <div class={styles.buttons}>
                        <Button small onClick={() => box.retry(post.key)}>
                            {t.sendNow}
                        </Button>
                        <Button small kind="quiet" onClick={() => editAgain(box, post)}>
                            {t.editAgain}
                        </Button>
                        <Button small kind="plain" onClick={() => void throwAway(box, post)}>
                            {t.throwAway}
                        </Button>
                    </div>
                )}
            </div>
        </li>
    );
}

/** What is on its way: all of it, or the answers to one post. */
export function OutgoingPosts({ inReplyTo }: { inReplyTo?: string }) {
    const box = outbox.value;
    const posts = (box?.posts.value ?? []).filter(
        ({ draft }) => inReplyTo === undefined || draft.inReplyToId === inReplyTo,
    );
    if (box === null || posts.length === 0) {
        return null;
    }
    return (
        <ul class={styles.posts} aria-label={texts().compose.outbox}>
            {posts.map((post) => (
                <OutgoingPost key={post.key} box={box} post={post} />
            ))}
        </ul>
    );
}

export function OutgoingInHome() {
    return <OutgoingPosts />;
}
