import { useEffect, useState } from 'preact/hooks';
import { loadRelationships } from '~/account/follow';
import { api } from '~/api/api';
import type { Failure, Outcome } from '~/api/failure';
import type { Account } from '~/api/types';
import { accountIdOf, accounts, keepAccount } from '~/store/store';

/** What was asked for by a press, until the page that it led to takes it. */
const asked = new Map<string, Promise<Outcome<Account>>>();

async function lookUp(name: string): Promise<Outcome<Account>> {
    const answer = await api.get<Account>('/api/v1/accounts/lookup', { acct: name });
    if (answer.ok) {
        keepAccount(answer.value);
        void loadRelationships([answer.value.id]);
    }
    return answer;
}

/** Asks for the account that somebody is about to look at. Answers its id if it is known already. */
export function askForPerson(name: string): string | undefined {
    const key = name.toLowerCase();
    const id = accountIdOf(name);
    if (!asked.has(key)) {
        asked.set(key, lookUp(name));
    }
    if (id !== undefined) {
        void loadRelationships([id]);
    }
    return id;
}

export interface Person {
    account: Account | undefined;
    failure: Failure | null;
    reload: () => void;
}

/** The account of a name, and how the reader stands to it. */
export function usePerson(name: string): Person {
    const key = name.toLowerCase();
    const [id, setId] = useState(() => accountIdOf(name) ?? '');
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await (asked.get(key) ?? lookUp(name));
        asked.delete(key);
        if (answer.ok) {
            setId(answer.value.id);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => {
        setId(accountIdOf(name) ?? '');
        void load();
    }, [key]);
    return { account: accounts.watch(id).value, failure, reload: () => void load() };
}
