import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Outcome } from '~/api/failure';
import type { StatusEdit } from '~/api/types';
import { RichText } from '~/post/rich_text';
import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { FailureNote } from '~/ui/failure_note';
import { Page } from '~/ui/page';
import { SkeletonCards } from '~/ui/skeleton';
import styles from './post_actions.module.css';

/** What a post has said, the latest first. */
export default function HistoryPage({ params }: PageProps) {
    const [answer, setAnswer] = useState<Outcome<StatusEdit[]> | null>(null);
    const path = `/api/v1/statuses/${params.id}/history`;
    function load(): void {
        setAnswer(null);
        void api.get<StatusEdit[]>(path).then(setAnswer);
    }
    useEffect(load, [path]);
    return (
        <Page title={texts().postActions.history} hasBack>
            {answer === null && <SkeletonCards count={3} />}
            {answer?.ok === false && <FailureNote failure={answer.failure} onRetry={load} />}
            {answer?.ok === true && <Versions versions={answer.value} />}
        </Page>
    );
}

function Versions({ versions }: { versions: StatusEdit[] }) {
    const t = texts().postActions;
    const nameOf = (number: number): string => {
        if (number === versions.length) {
            return t.latest;
        }
        return number === 1 ? t.original : t.version(number);
    };
    return (
        <ol reversed class={styles.versions}>
            {[...versions.entries()].reverse().map(([index, version]) => (
                <li key={index} class={styles.version}>
                    <h2 class={styles.versionTitle}>{nameOf(index + 1)}</h2>
                    <p class={styles.when}>
                        <Moment at={version.createdAt} full />
                    </p>
                    {version.spoilerText !== '' && (
                        <p class={styles.spoiler} dir="auto">
                            {version.spoilerText}
                        </p>
                    )}
                    <RichText html={version.content} />
                </li>
            ))}
        </ol>
    );
}
