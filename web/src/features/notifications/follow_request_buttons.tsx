import { useState } from 'preact/hooks';
import { nameOf } from '~/account/name';
import { api } from '~/api/api';
import type { Account, Relationship } from '~/api/types';
import { relationships } from '~/store/store';
import { texts } from '~/texts/texts';
import { Button } from '~/ui/button';
import { sayFailure } from '~/ui/say_failure';
import { say } from '~/ui/toast';

interface Props {
    account: Account;
    /** The request was answered, here or before. */
    onSettled: () => void;
}

export function FollowRequestButtons({ account, onSettled }: Props) {
    const t = texts().notifications;
    const [isBusy, setBusy] = useState(false);
    const name = nameOf(account);

    async function settle(action: 'authorize' | 'reject'): Promise<void> {
        setBusy(true);
        const answer = await api.post<Relationship>(
            `/api/v1/follow_requests/${account.id}/${action}`,
        );
        setBusy(false);
        if (answer.ok) {
            relationships.put(answer.value);
            say(action === 'authorize' ? t.allowed(name) : t.refused(name));
            onSettled();
        } else if (answer.failure.kind === 'absent') {
            say(t.requestGone);
            onSettled();
        } else {
            sayFailure(answer.failure);
        }
    }

    return (
        <>
            <Button
                small
                icon="check"
                disabled={isBusy}
                aria-label={`${t.allow}: ${name}`}
                onClick={() => void settle('authorize')}
            >
                {t.allow}
            </Button>
            <Button
                small
                kind="quiet"
                disabled={isBusy}
                aria-label={`${t.refuse}: ${name}`}
                onClick={() => void settle('reject')}
            >
                {t.refuse}
            </Button>
        </>
    );
}
