import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { List } from '~/api/types';
import { ownLists } from './own_lists';

/** The list as it is known, and asked for if it is not. */
export function useList(id: string): {
    list: List | null;
    failure: Failure | null;
    reload: () => void;
} {
    const [asked, setAsked] = useState<List | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<List>(`/api/v1/lists/${id}`);
        if (answer.ok) {
            setAsked(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => void load(), [id]);
    const known = ownLists.value?.find((list) => list.id === id);
    return { list: known ?? asked, failure, reload: () => void load() };
}
