import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '~/api/api';
import type { Failure } from '~/api/failure';
import type { Params } from '~/api/params';

interface State<T> {
    items: T[] | null;
    next: string | null;
    failure: Failure | null;
    isLoading: boolean;
}

export interface Paged<T> extends State<T> {
    more: () => void;
    retry: () => void;
}

const FEW = 10;

/** A list of the API, page by page; begins anew when what is asked for changes. */
export function usePaged<T>(path: string, params: Params): Paged<T> {
    const asked = path + JSON.stringify(params);
    const current = useRef('');
    const [state, setState] = useState<State<T>>({
        items: null,
        next: null,
        failure: null,
        isLoading: true,
    });

    async function load(from: string, with_: Params, before: T[] | null): Promise<void> {
        setState((now) => ({ ...now, isLoading: true, failure: null }));
        const answer = await api.page<T>(from, with_);
        if (current.current !== asked) {
            return; // something else is asked for by now
        }
        if (answer.ok) {
            const { items, next } = answer.value;
            setState({
                items: [...(before ?? []), ...items],
                next: items.length === 0 ? null : next,
                failure: null,
                isLoading: false,
            });
        } else {
            setState((now) => ({ ...now, failure: answer.failure, isLoading: false }));
        }
    }

    const start = (): void => {
        current.current = asked;
        void load(path, params, null);
    };
    useEffect(start, [asked]);
    const more = (): void => {
        if (state.next !== null && !state.isLoading) {
            void load(state.next, {}, state.items);
        }
    };
    useEffect(() => {
        // Whether a short page is the last is known only by asking for another.
        if (state.items !== null && state.items.length < FEW && state.failure === null) {
            more();
        }
    }, [state.items]);
    return { ...state, more, retry: state.items === null ? start : more };
}
