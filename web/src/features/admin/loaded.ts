import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';

export interface Loaded<T> {
    value: T | null;
    failure: Failure | null;
    reload: () => void;
    put: (value: T) => void;
}

/** One entity of the API by its path. */
export function useLoaded<T>(path: string, isWanted: boolean): Loaded<T> {
    const [value, put] = useState<T | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    async function load(): Promise<void> {
        setFailure(null);
        const answer = await api.get<T>(path);
        if (answer.ok) {
            put(answer.value);
        } else {
            setFailure(answer.failure);
        }
    }
    useEffect(() => {
        if (isWanted) {
            void load();
        }
    }, [path]);
    return { value, failure, reload: () => void load(), put: (next) => put(next) };
}
