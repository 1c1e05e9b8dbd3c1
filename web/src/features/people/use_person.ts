import { useEffect, useState } from 'preact/hooks';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Account } from '~/api/types';
import { accounts, keepAccount } from '~/store/store';

/** Names that were looked up, so that going on to somebody's followers asks nothing anew. */
const idsByName = new Map<string, string>();

export interface Person {
    account: Account | undefined;
    failure: Failure | null;
    reload: () => void;
}

/** The account of a name, and how the reader stands to it. */
export function usePerson(name: string): Person {
    const key = name.toLowerCase();
    const [id, setId] = useState(() => idsByName.get(key) ?? '');
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<Account>('/api/v1/accounts/lookup', { acct: name });
        if (answer.ok) {
            idsByName.set(key, keepAccount(answer.value));
            setId(answer.value.id);
            void loadRelationships([answer.value.id]);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => {
        setId(idsByName.get(key) ?? '');
        void load();
    }, [key]);
    return { account: accounts.watch(id).value, failure, reload: () => void load() };
}
