import { relationships } from '~/store/store';
import { relate } from '../relations/relate';

/** Whether one hears of every post of somebody whom one follows. */
export function toggleNotify(id: string): Promise<boolean> {
    const notify = relationships.peek(id)?.notifying !== true;
    return relate(id, 'follow', (now) => ({ ...now, notifying: notify }), { notify });
}

/** Whether the boosts of somebody whom one follows come to the home feed. */
export function toggleBoosts(id: string): Promise<boolean> {
    const reblogs = relationships.peek(id)?.showingReblogs !== true;
    return relate(id, 'follow', (now) => ({ ...now, showingReblogs: reblogs }), { reblogs });
}

export function removeFollower(id: string): Promise<boolean> {
    return relate(id, 'remove_from_followers', (now) => ({ ...now, followedBy: false }));
}
