import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure, Outcome } from '~/api/failure';
import type { Params } from '~/api/params';
import type { CredentialAccount } from '~/api/types';
import { updateOwnAccount } from '~/session/session';
import { accounts } from '~/store/store';

/** The account as the server has it now: another app may have changed it since one signed in. */
export function useOwnAccount(): {
    account: CredentialAccount | null;
    failure: Failure | null;
    reload: () => void;
} {
    const [account, setAccount] = useState<CredentialAccount | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<CredentialAccount>('/api/v1/accounts/verify_credentials');
        if (answer.ok) {
            setAccount(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), []);
    return { account, failure, reload: () => void load() };
}

export async function changeOwnAccount(changes: Params): Promise<Outcome<CredentialAccount>> {
    const answer = await api.patch<CredentialAccount>(
        '/api/v1/accounts/update_credentials',
        changes,
    );
    if (answer.ok) {
        updateOwnAccount(answer.value);
        accounts.put(answer.value);
    }
    return answer;
}
