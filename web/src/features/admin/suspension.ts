import { api } from '~/api/api';
import { texts } from '~/texts/texts';
import { confirm } from '~/ui/dialogs';
import { wordsFor } from '~/ui/failure_note';
import { say } from '~/ui/toast';
import { nameOf, type AdminAccount } from './admin_types';

/** Asks, then suspends; with a report, which is resolved by it. True if it was done. */
export async function suspend(account: AdminAccount, reportId?: string): Promise<boolean> {
    const t = texts().admin;
    const isSure = await confirm({
        title: t.suspendTitle(nameOf(account)),
        text: t.suspendText,
        action: t.suspend,
        isDangerous: true,
    });
    if (!isSure) {
        return false;
    }
    const answer = await api.post(`/api/v1/admin/accounts/${account.id}/action`, {
        type: 'suspend',
        reportId,
    });
    say(answer.ok ? t.isSuspended : wordsFor(answer.failure, texts().failure).text);
    return answer.ok;
}

export async function unsuspend(account: AdminAccount): Promise<boolean> {
    const answer = await api.post(`/api/v1/admin/accounts/${account.id}/unsuspend`);
    const t = texts();
    say(answer.ok ? t.admin.isUnsuspended : wordsFor(answer.failure, t.failure).text);
    return answer.ok;
}
