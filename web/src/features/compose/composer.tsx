import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Status, StatusVisibility } from '~/api/types';
import { site } from '~/app/site';
import { session } from '~/session/session';
import { keepStatus } from '~/store/store';
import { formats, language, texts } from '~/texts/texts';
import { Button, IconButton } from '~/ui/button';
import { classes } from '~/ui/classes';
import { confirm } from '~/ui/dialogs';
import { FailureNote, wordsFor } from '~/ui/failure_note';
import { Note } from '~/ui/note';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import styles from './composer.module.css';
import { countPost } from './count';
import { VISIBILITIES, type Context, type Draft } from './draft';
import { languageChoices } from './languages';
import { outbox } from './outgoing';
import { TextBox } from './text_box';
import { useWriting, type Writing } from './writing';

const CHARACTERS_DEFAULT = 500;

interface Props {
    context: Context;
    /** It was sent (or saved): what it was written in may close. */
    onDone: () => void;
    hasFocus?: boolean;
}

/** Where one writes: a new post, an answer, or a post anew. What is typed is kept at every key. */
export function Composer({ context, onDone, hasFocus = true }: Props) {
    const writing = useWriting(context);
    const t = texts().compose;
    switch (writing.state) {
        case 'loading':
            return <SkeletonCards count={1} />;
        case 'failed':
            return writing.failure.kind === 'absent' ? (
                <Note icon="trash" title={t.goneTitle} text={t.gone} isAlert />
            ) : (
                <FailureNote failure={writing.failure} onRetry={writing.retry} />
            );
        case 'ready':
            return <Form context={context} writing={writing} onDone={onDone} hasFocus={hasFocus} />;
    }
}

type Ready = Extract<Writing, { state: 'ready' }>;

interface FormProps extends Props {
    writing: Ready;
}

/** Sends the changes of a post that is there already: the server answers before the form closes. */
function save(id: string, draft: Draft) {
    return api.put<Status>(`/api/v1/statuses/${id}`, {
        status: draft.text,
        spoilerText: draft.hasWarning ? draft.spoilerText : '',
        visibility: draft.visibility,
        sensitive: draft.sensitive,
        language: draft.language,
    });
}

function Form({ context, writing, onDone, hasFocus }: FormProps) {
    const t = texts().compose;
    const { draft, change, forget } = writing;
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isSaving, setSaving] = useState(false);
    const box = useRef<HTMLTextAreaElement>(null);
    const countId = useId();
    const max = site.value?.configuration.statuses.maxCharacters ?? CHARACTERS_DEFAULT;
    const left = max - countPost(draft.text, draft.hasWarning ? draft.spoilerText : '');
    const isSendable = draft.text.trim() !== '' && left >= 0 && !isSaving;

    useEffect(() => {
        if (hasFocus === true && box.current !== null) {
            const { length } = box.current.value;
            box.current.focus();
            box.current.setSelectionRange(length, length);
        }
    }, []);

    async function send(): Promise<void> {
        if (!isSendable) {
            return;
        }
        if (context.kind !== 'edit') {
            outbox.peek()?.add(draft);
            forget();
            onDone();
            return;
        }
        setSaving(true);
        const answer = await save(context.id, draft);
        setSaving(false);
        if (!answer.ok) {
            setFailure(answer.failure);
            return;
        }
        keepStatus(answer.value);
        say(t.saved);
        forget();
        onDone();
    }

    async function discard(): Promise<void> {
        const isSure = await confirm({
            title: t.discardTitle,
            text: t.discardText,
            action: t.discard,
            isDangerous: true,
        });
        if (isSure) {
            forget();
            if (context.kind !== 'new') {
                onDone();
            }
        }
    }

    const sendLabel =
        context.kind === 'edit'
            ? isSaving
                ? t.saving
                : t.save
            : draft.inReplyToId === null
              ? t.send
              : t.sendReply;
    return (
        <form
            class={styles.composer}
            onSubmit={(event) => {
                event.preventDefault();
                void send();
            }}
        >
            {draft.hasWarning && (
                <input
                    class={styles.warning}
                    value={draft.spoilerText}
                    aria-label={t.warning}
                    placeholder={t.warningPlaceholder}
                    dir="auto"
                    onInput={(event) => change({ spoilerText: event.currentTarget.value })}
                />
            )}
            <TextBox
                value={draft.text}
                label={t.text}
                placeholder={draft.inReplyToId === null ? t.placeholder : t.replyPlaceholder}
                language={draft.language}
                onText={(text) => change({ text })}
                onSend={() => void send()}
                describedBy={countId}
                boxRef={box}
            />
            <Choices draft={draft} isEdit={context.kind === 'edit'} change={change} />
            {failure !== null && (
                <p class={styles.failure} role="alert">
                    {wordsFor(failure, texts().failure).text}
                </p>
            )}
            <div class={styles.foot}>
                <p class={styles.kept} role="status">
                    {writing.isKept === true && t.kept}
                    {writing.isKept === false && t.notKept}
                </p>
                {writing.isKept !== null && (
                    <Button small kind="plain" onClick={() => void discard()}>
                        {t.discard}
                    </Button>
                )}
                <Count id={countId} left={left} max={max} />
                <Button type="submit" disabled={!isSendable} title={t.sendHint}>
                    {sendLabel}
                </Button>
            </div>
        </form>
    );
}

/** Spoken only near the end, where it matters. */
function Count({ id, left, max }: { id: string; left: number; max: number }) {
    const t = texts().compose;
    const words = left < 0 ? t.over(-left) : t.left(left);
    return (
        <>
            <span
                class={classes(styles.count, left < 0 && styles.over)}
                aria-hidden="true"
                title={words}
            >
                {formats().number(left)}
            </span>
            <span id={id} class="visually-hidden">
                {words}
            </span>
            <span class="visually-hidden" role="status">
                {left <= Math.min(20, max / 10) ? words : ''}
            </span>
        </>
    );
}

interface ChoicesProps {
    draft: Draft;
    isEdit: boolean;
    change: Ready['change'];
}

function Choices({ draft, isEdit, change }: ChoicesProps) {
    const t = texts().compose;
    const own = session.value?.account.source?.language ?? '';
    return (
        <div class={styles.choices}>
            <IconButton
                icon="warning"
                label={draft.hasWarning ? t.removeWarning : t.addWarning}
                aria-pressed={draft.hasWarning}
                onClick={() => change({ hasWarning: !draft.hasWarning })}
            />
            <label class={styles.choice}>
                <span class="visually-hidden">{t.visibility}</span>
                <select
                    value={draft.visibility}
                    disabled={isEdit}
                    onChange={(event) =>
                        change({ visibility: event.currentTarget.value as StatusVisibility })
                    }
                >
                    {VISIBILITIES.map((one) => (
                        <option key={one} value={one}>
                            {t.visibilities[one as keyof typeof t.visibilities]}
                        </option>
                    ))}
                </select>
            </label>
            <label class={styles.choice}>
                <span class="visually-hidden">{t.language}</span>
                <select
                    value={draft.language}
                    onChange={(event) => change({ language: event.currentTarget.value })}
                >
                    {languageChoices(draft.language || own, language.value).map(
                        ({ code, name }) => (
                            <option key={code} value={code}>
                                {name}
                            </option>
                        ),
                    )}
                </select>
            </label>
            <label class={styles.check}>
                <input
                    type="checkbox"
                    checked={draft.sensitive}
                    onChange={(event) => change({ sensitive: event.currentTarget.checked })}
                />
                {t.sensitive}
            </label>
        </div>
    );
}
