import { useEffect } from 'preact/hooks';
import { api } from '~/api/api';
import { isModerator } from '~/app/navigation';
import { StatusCard } from '~/post/status_card';
import type { PageProps } from '~/router/router';
import { session } from '~/session/session';
import { keepStatuses } from '~/store/store';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Button } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { sayFailure } from '~/ui/say_failure';
import { SkeletonCards } from '~/ui/skeleton';
import { say } from '~/ui/toast';
import { AccountLine } from './account_line';
import { AdminFrame } from './admin_frame';
import styles from './admin.module.css';
import { nameOf, type AdminReport } from './admin_types';
import { useLoaded } from './loaded';
import { categoryOf } from './reports_page';
import { suspend } from './suspension';

type Deed = 'assign_to_self' | 'unassign' | 'resolve' | 'reopen';

export default function ReportPage({ params }: PageProps) {
    const t = texts().admin;
    const path = `/api/v1/admin/reports/${params.id ?? ''}`;
    const { value, failure, reload, put } = useLoaded<AdminReport>(path, isModerator());

    async function act(deed: Deed): Promise<void> {
        const answer = await api.post<AdminReport>(`${path}/${deed}`);
        if (answer.ok) {
            put(answer.value);
            say(t.deeds[deed]);
        } else {
            sayFailure(answer.failure);
        }
    }

    return (
        <AdminFrame title={t.report} part="reports" isDetail>
            {failure !== null && <FailureNote failure={failure} onRetry={reload} />}
            {value === null && failure === null && <SkeletonCards count={3} />}
            {value !== null && (
                <Detail
                    report={value}
                    onDeed={(deed) => void act(deed)}
                    onSuspend={async () => {
                        if (await suspend(value.targetAccount, value.id)) {
                            reload();
                        }
                    }}
                />
            )}
        </AdminFrame>
    );
}

interface DetailProps {
    report: AdminReport;
    onDeed: (deed: Deed) => void;
    onSuspend: () => Promise<void>;
}

function Detail({ report, onDeed, onSuspend }: DetailProps) {
    const t = texts().admin;
    return (
        <div class={styles.detail}>
            <dl class={styles.facts}>
                <dt>{t.state}</dt>
                <dd>{report.actionTaken ? t.resolved : t.open}</dd>
                <dt>{t.category}</dt>
                <dd>{categoryOf(report)}</dd>
                <dt>{t.reportedAt}</dt>
                <dd>
                    <Moment at={report.createdAt} full />
                </dd>
                <dt>{t.assigned}</dt>
                <dd>
                    {report.assignedAccount === null ? t.nobody : nameOf(report.assignedAccount)}
                </dd>
                {report.actionTakenByAccount !== null && (
                    <>
                        <dt>{t.resolvedBy}</dt>
                        <dd>{nameOf(report.actionTakenByAccount)}</dd>
                    </>
                )}
            </dl>
            <section class={styles.section}>
                <h2 class={styles.heading}>{t.about}</h2>
                <AccountLine account={report.targetAccount} />
                <h2 class={styles.heading}>{t.reporter}</h2>
                <AccountLine account={report.account} />
            </section>
            <section class={styles.section}>
                <h2 class={styles.heading}>{t.comment}</h2>
                {report.comment === '' ? (
                    <p class={styles.soft}>{t.noComment}</p>
                ) : (
                    <p class={styles.quote} dir="auto">
                        {report.comment}
                    </p>
                )}
                {report.rules.length > 0 && (
                    <ul>
                        {report.rules.map(({ id, text }) => (
                            <li key={id}>
                                {t.rule} {text}
                            </li>
                        ))}
                    </ul>
                )}
            </section>
            <Posts report={report} />
            <Deeds report={report} onDeed={onDeed} onSuspend={onSuspend} />
        </div>
    );
}

function Posts({ report }: { report: AdminReport }) {
    useEffect(() => void keepStatuses(report.statuses), [report]);
    if (report.statuses.length === 0) {
        return null;
    }
    return (
        <section class={styles.section}>
            <h2 class={styles.heading}>{texts().admin.reportedPosts}</h2>
            <div class={styles.posts}>
                {report.statuses.map(({ id }) => (
                    <div key={id}>
                        <StatusCard id={id} />
                    </div>
                ))}
            </div>
        </section>
    );
}

function Deeds({ report, onDeed, onSuspend }: DetailProps) {
    const t = texts().admin;
    const isMine = report.assignedAccount?.id === session.value?.account.id;
    if (report.actionTaken) {
        return (
            <div class={styles.buttons}>
                <Button kind="quiet" onClick={() => onDeed('reopen')}>
                    {t.reopen}
                </Button>
            </div>
        );
    }
    return (
        <div class={styles.buttons}>
            <Button icon="check" onClick={() => onDeed('resolve')}>
                {t.resolve}
            </Button>
            {isMine ? (
                <Button kind="quiet" onClick={() => onDeed('unassign')}>
                    {t.unassign}
                </Button>
            ) : (
                <Button kind="quiet" onClick={() => onDeed('assign_to_self')}>
                    {t.assign}
                </Button>
            )}
            {!report.targetAccount.suspended && (
                <Button kind="danger" onClick={() => void onSuspend()}>
                    {t.suspend}
                </Button>
            )}
        </div>
    );
}
