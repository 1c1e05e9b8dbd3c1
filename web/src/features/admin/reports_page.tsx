import { isModerator } from '~/app/navigation';
import type { PageProps } from '~/router/router';
import { texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Avatar } from '~/ui/avatar';
import { Chips } from '~/ui/chips';
import { Note } from '~/ui/note';
import { AdminFrame } from './admin_frame';
import styles from './admin.module.css';
import { nameOf, type AdminReport } from './admin_types';
import { usePaged } from './paged';
import { PagedList } from './paged_list';

export default function ReportsPage({ query }: PageProps) {
    const t = texts().admin;
    const isResolved = query.get('state') === 'resolved';
    return (
        <AdminFrame title={t.reports} part="reports">
            <Chips
                label={t.narrow}
                chips={[
                    { href: '/admin/reports', label: t.open, isCurrent: !isResolved },
                    {
                        href: '/admin/reports?state=resolved',
                        label: t.resolved,
                        isCurrent: isResolved,
                    },
                ]}
            />
            {isModerator() && <List isResolved={isResolved} />}
        </AdminFrame>
    );
}

function List({ isResolved }: { isResolved: boolean }) {
    const t = texts().admin;
    const paged = usePaged<AdminReport>('/api/v1/admin/reports', {
        resolved: isResolved ? true : undefined,
    });
    return (
        <PagedList
            paged={paged}
            empty={
                <Note
                    icon="flag"
                    title={isResolved ? t.noResolvedTitle : t.noReportsTitle}
                    text={t.noReports}
                />
            }
            render={(report) => (
                <a class={styles.row} href={`/admin/reports/${report.id}`}>
                    <Avatar account={report.targetAccount.account} />
                    <span class={styles.names}>
                        <span class={styles.name}>
                            <bdi>{nameOf(report.targetAccount)}</bdi>
                            <span class={styles.tag}>{categoryOf(report)}</span>
                        </span>
                        <span class={styles.soft}>{report.comment || t.noComment}</span>
                        <span class={styles.soft}>
                            {t.reportedBy} @{report.account.username}
                            {report.assignedAccount !== null &&
                                ` · ${t.assignedTo} @${report.assignedAccount.username}`}
                        </span>
                    </span>
                    <span class={styles.soft}>
                        <Moment at={report.createdAt} />
                    </span>
                </a>
            )}
        />
    );
}

export function categoryOf({ category }: AdminReport): string {
    const { categories } = texts().admin;
    return categories[category as keyof typeof categories] ?? category;
}
