import { isModerator } from '~/app/navigation';
import { accountPath } from '~/post/paths';
import type { PageProps } from '~/router/router';
import { session } from '~/session/session';
import { formats, texts } from '~/texts/texts';
import { Moment } from '~/time/moment';
import { Avatar } from '~/ui/avatar';
import { Button, ButtonLink } from '~/ui/button';
import { FailureNote } from '~/ui/failure_note';
import { SkeletonCards } from '~/ui/skeleton';
import { AccountTags } from './account_line';
import { AdminFrame } from './admin_frame';
import styles from './admin.module.css';
import { nameOf, type AdminAccount } from './admin_types';
import { useLoaded } from './loaded';
import { suspend, unsuspend } from './suspension';

/** An account, and what moderators can do about it. */
export default function AccountPage({ params }: PageProps) {
    const t = texts().admin;
    const path = `/api/v1/admin/accounts/${params.id ?? ''}`;
    const { value, failure, reload } = useLoaded<AdminAccount>(path, isModerator());
    return (
        <AdminFrame
            title={value === null ? t.account : `@${value.username}`}
            part="accounts"
            isDetail
        >
            {failure !== null && <FailureNote failure={failure} onRetry={reload} />}
            {value === null && failure === null && <SkeletonCards count={2} />}
            {value !== null && <Detail account={value} onChange={reload} />}
        </AdminFrame>
    );
}

function Detail({ account, onChange }: { account: AdminAccount; onChange: () => void }) {
    const t = texts().admin;
    const { number } = formats();
    const isOwn = account.id === session.value?.account.id;
    async function act(deed: Promise<boolean>): Promise<void> {
        if (await deed) {
            onChange();
        }
    }
    return (
        <div class={styles.detail}>
            <div class={styles.name}>
                <Avatar account={account.account} size="large" />
                <h2>
                    <bdi>{nameOf(account)}</bdi>
                </h2>
                <AccountTags account={account} />
            </div>
            <dl class={styles.facts}>
                <dt>{t.name}</dt>
                <dd>@{account.username}</dd>
                <dt>{t.email}</dt>
                <dd>{account.email === '' ? t.nothing : account.email}</dd>
                <dt>{t.since}</dt>
                <dd>
                    <Moment at={account.createdAt} full />
                </dd>
                <dt>{t.lastIp}</dt>
                <dd>{account.ip ?? t.nothing}</dd>
                <dt>{t.posts}</dt>
                <dd>{number(account.account.statusesCount)}</dd>
                <dt>{t.followers}</dt>
                <dd>{number(account.account.followersCount)}</dd>
            </dl>
            <div class={styles.buttons}>
                <ButtonLink kind="quiet" href={accountPath(account.account)}>
                    {t.openProfile}
                </ButtonLink>
                {account.suspended && (
                    <Button onClick={() => void act(unsuspend(account))}>{t.unsuspend}</Button>
                )}
                {!account.suspended && !isOwn && (
                    <Button kind="danger" onClick={() => void act(suspend(account))}>
                        {t.suspend}
                    </Button>
                )}
            </div>
            <p class={styles.soft}>{isOwn ? t.itIsYou : t.suspendText}</p>
        </div>
    );
}
