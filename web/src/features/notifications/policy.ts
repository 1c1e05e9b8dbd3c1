import { api } from '~/api/api';
import type { Outcome } from '~/api/failure';
import type { Account, Status } from '~/api/types';

export type Handling = 'accept' | 'filter' | 'drop';

export interface NotificationPolicy {
    forNotFollowing: Handling;
    forNotFollowers: Handling;
    forNewAccounts: Handling;
    forPrivateMentions: Handling;
    forLimitedAccounts: Handling;
    summary: { pendingRequestsCount: number; pendingNotificationsCount: number };
}

export type PolicyName = Exclude<keyof NotificationPolicy, 'summary'>;

/** Somebody's notifications that the policy holds back. */
export interface NotificationRequest {
    id: string;
    updatedAt: string;
    notificationsCount: string;
    account: Account;
    lastStatus: Status | null;
}

const PATH = '/api/v2/notifications/policy';

export function loadPolicy(): Promise<Outcome<NotificationPolicy>> {
    return api.get<NotificationPolicy>(PATH);
}

export function changePolicy(
    name: PolicyName,
    handling: Handling,
): Promise<Outcome<NotificationPolicy>> {
    return api.patch<NotificationPolicy>(PATH, { [name]: handling });
}
