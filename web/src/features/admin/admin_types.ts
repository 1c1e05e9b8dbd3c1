import type { Account, Status } from '~/api/types';

/** An account as moderators see it. */
export interface AdminAccount {
    id: string;
    username: string;
    createdAt: string;
    email: string;
    ip: string | null;
    role: { name: string } | null;
    suspended: boolean;
    account: Account;
}

export interface AdminReport {
    id: string;
    actionTaken: boolean;
    actionTakenAt: string | null;
    category: string;
    comment: string;
    createdAt: string;
    account: AdminAccount;
    targetAccount: AdminAccount;
    assignedAccount: AdminAccount | null;
    actionTakenByAccount: AdminAccount | null;
    statuses: Status[];
    rules: { id: string; text: string }[];
}

export function nameOf({ account, username }: AdminAccount): string {
    return account.displayName || username;
}
