import { api } from '~/api/api';
import type { Params } from '~/api/params';
import type { Relationship } from '~/api/types';
import { inOrder } from '~/store/in_order';
import { relationships } from '~/store/store';
import { sayFailure } from '~/ui/say_failure';

/** How it stands once the server has done so. */
type Patch = (now: Relationship) => Relationship;

/** Asks for a change of how one stands to somebody; shown at once, taken back on failure. */
export async function relate(
    id: string,
    action: string,
    patch: Patch,
    params: Params = {},
): Promise<boolean> {
    const isKnown = relationships.peek(id) !== undefined;
    const settle = isKnown ? relationships.change(id, patch) : () => undefined;
    const answer = await inOrder(`follow ${id}`, () =>
        api.post<Relationship>(`/api/v1/accounts/${id}/${action}`, params),
    );
    if (answer.ok) {
        settle(answer.value);
        relationships.put(answer.value);
    } else {
        settle();
        sayFailure(answer.failure);
    }
    return answer.ok;
}

export const block = (id: string): Promise<boolean> =>
    relate(id, 'block', (now) => ({
        ...now,
        blocking: true,
        following: false,
        followedBy: false,
        requested: false,
    }));

export const unblock = (id: string): Promise<boolean> =>
    relate(id, 'unblock', (now) => ({ ...now, blocking: false }));

export const unmute = (id: string): Promise<boolean> =>
    relate(id, 'unmute', (now) => ({ ...now, muting: false, mutingNotifications: false }));

export function mute(id: string, seconds: number, notifications: boolean): Promise<boolean> {
    return relate(
        id,
        'mute',
        (now) => ({ ...now, muting: true, mutingNotifications: notifications }),
        { duration: seconds, notifications },
    );
}
