import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import { signOut } from '~/session/sign_in';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Button } from '~/ui/button';
import { confirm } from '~/ui/dialogs';
import { FailureNote } from '~/ui/failure_note';
import { Page } from '~/ui/page';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { inOrder, type OpenSession } from './open_sessions';
import styles from './settings.module.css';

const PATH = '/api/rookery/v1/sessions';

/** Where one is signed in, and how to end that. */
export default function SessionsPage() {
    const t = texts().settings.sessions;
    const [sessions, setSessions] = useState<OpenSession[] | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);

    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<OpenSession[]>(PATH);
        if (answer.ok) {
            setSessions(inOrder(answer.value));
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);

    async function end(which: OpenSession[]): Promise<void> {
        for (const { id } of which) {
            const answer = await api.delete(`${PATH}/${id}`);
            if (!answer.ok && answer.failure.kind !== 'absent') {
                sayFailure(answer.failure);
                return;
            }
            setSessions((now) => now?.filter((one) => one.id !== id) ?? now);
        }
        say(t.ended(which.length));
    }

    async function endOne(one: OpenSession): Promise<void> {
        if (one.current) {
            await signOut();
            return;
        }
        const name = one.application.name;
        if (await confirm({ title: t.endTitle(name), text: t.endText, action: t.end })) {
            await end([one]);
        }
    }

    const others = sessions?.filter(({ current }) => !current) ?? [];
    async function endOthers(): Promise<void> {
        const isSure = await confirm({
            title: t.endOthersTitle,
            text: t.endOthersText(others.length),
            action: t.endOthers,
            isDangerous: true,
        });
        if (isSure) {
            await end(others);
        }
    }

    return (
        <Page title={t.title} hasBack>
            {failure !== null && <FailureNote failure={failure} onRetry={() => void load()} />}
            {sessions === null && failure === null && <SkeletonCards count={3} />}
            {sessions !== null && (
                <>
                    <p class={`${styles.top} ${styles.soft}`}>{t.text}</p>
                    <ul>
                        {sessions.map((one) => (
                            <Row key={one.id} session={one} onEnd={() => void endOne(one)} />
                        ))}
                    </ul>
                    {others.length > 1 && (
                        <div class={styles.form}>
                            <div class={styles.buttons}>
                                <Button kind="danger" onClick={() => void endOthers()}>
                                    {t.endOthers}
                                </Button>
                            </div>
                        </div>
                    )}
                </>
            )}
        </Page>
    );
}

function Row({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
    const t = texts().settings.sessions;
    const { name } = session.application;
    const label = session.current ? texts().session.signOut : t.end;
    return (
        <li class={styles.row}>
            <div>
                <p class={styles.rowName}>
                    <bdi>{name}</bdi>
                    {session.current && <span class={styles.tag}>{t.current}</span>}
                </p>
                <p class={styles.soft}>
                    {t.since} <Moment at={session.createdAt} full />
                </p>
                {session.lastUsedAt !== null && (
                    <p class={styles.soft}>
                        {t.lastUsed} <Moment at={session.lastUsedAt} full />
                    </p>
                )}
            </div>
            <Button small kind="quiet" aria-label={`${label}: ${name}`} onClick={onEnd}>
                {label}
            </Button>
        </li>
    );
}
