import { api } from '~/api/api';
import type { Account, Relationship } from '~/api/types';
import { needSession } from '~/session/need_session';
import { session } from '~/session/session';
import { inOrder } from '~/store/in_order';
import { accounts, relationships } from '~/store/store';
import { sayFailure } from '~/ui/say_failure';

/**
 * Asks how the reader stands to these people, for those of whom it is not known yet. Nobody stands
 * to anybody without a session.
 */
export async function loadRelationships(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => relationships.peek(id) === undefined);
    if (unknown.length === 0 || session.peek() === null) {
        return;
    }
    const answer = await api.get<Relationship[]>('/api/v1/accounts/relationships', {
        id: unknown,
    });
    if (answer.ok) {
        answer.value.forEach((one) => relationships.put(one));
    }
}

/** How it will be once the server has answered: whoever is locked is asked first. */
export function afterToggle(now: Relationship, isLocked: boolean): Relationship {
    if (now.following || now.requested) {
        return { ...now, following: false, requested: false };
    }
    return isLocked ? { ...now, requested: true } : { ...now, following: true };
}

/** Follows, unfollows or withdraws a request; shown at once, taken back on failure. */
export async function toggleFollow(account: Account): Promise<void> {
    const { id } = account;
    const before = relationships.peek(id);
    if (!needSession() || before === undefined) {
        return;
    }
    const after = afterToggle(before, account.locked);
    const count = Number(after.following) - Number(before.following);
    const settle = relationships.change(id, (now) => ({
        ...now,
        following: after.following,
        requested: after.requested,
    }));
    const settleCount = accounts.change(id, (now) => ({
        ...now,
        followersCount: now.followersCount + count,
    }));
    const action = before.following || before.requested ? 'unfollow' : 'follow';
    const answer = await inOrder(`follow ${id}`, () =>
        api.post<Relationship>(`/api/v1/accounts/${id}/${action}`),
    );
    if (answer.ok) {
        settle(answer.value);
        const now = accounts.peek(id);
        settleCount(now);
    } else {
        settle();
        settleCount();
        sayFailure(answer.failure);
    }
}
