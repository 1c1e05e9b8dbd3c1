import { signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Failure, Outcome } from '~/api/failure';
import type { List } from '~/api/types';
import { sessionToken } from '~/session/session';

const all = signal<List[] | null>(null);
const failed = signal<Failure | null>(null);

sessionToken.subscribe(() => {
    all.value = null;
    failed.value = null;
});

/** The reader's lists by name; null until they were asked for. */
export const ownLists: ReadonlySignal<List[] | null> = all;
export const listsFailure: ReadonlySignal<Failure | null> = failed;

function byTitle(lists: List[]): List[] {
    return [...lists].sort((a, b) => a.title.localeCompare(b.title));
}

export async function loadLists(): Promise<void> {
    failed.value = null;
    const answer = await api.get<List[]>('/api/v1/lists');
    if (answer.ok) {
        all.value = byTitle(answer.value);
    } else {
        failed.value = answer.failure;
    }
}

/** What one chooses of a list. */
export interface ListChoices {
    title: string;
    repliesPolicy: List['repliesPolicy'];
    exclusive: boolean;
}

/** Makes a list, or changes the one of this id. */
export async function saveList(id: string | null, choices: ListChoices): Promise<Outcome<List>> {
    const params = { ...choices };
    const answer =
        id === null
            ? await api.post<List>('/api/v1/lists', params)
            : await api.put<List>(`/api/v1/lists/${id}`, params);
    if (answer.ok) {
        const others = (all.peek() ?? []).filter((list) => list.id !== answer.value.id);
        all.value = byTitle([...others, answer.value]);
    }
    return answer;
}

export async function removeList(id: string): Promise<Outcome<unknown>> {
    const answer = await api.delete(`/api/v1/lists/${id}`);
    if (answer.ok || answer.failure.kind === 'absent') {
        all.value = (all.peek() ?? []).filter((list) => list.id !== id);
    }
    return answer;
}

export function putMember(
    listId: string,
    accountId: string,
    isMember: boolean,
): Promise<Outcome<unknown>> {
    const path = `/api/v1/lists/${listId}/accounts`;
    const params = { accountIds: [accountId] };
    return isMember ? api.post(path, params) : api.delete(path, params);
}
