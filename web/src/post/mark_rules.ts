import type { Status } from '~/api/types';

/** What a reader does to a post with one press, and takes back with another. */
export type Mark = 'favourited' | 'reblogged' | 'bookmarked';

const COUNTS = { favourited: 'favouritesCount', reblogged: 'reblogsCount' } as const;

/** The post with the mark set or taken away, and counted. */
export function marked(status: Status, mark: Mark, isOn: boolean): Status {
    if ((status[mark] ?? false) === isOn) {
        return status;
    }
    const next = { ...status, [mark]: isOn };
    if (mark !== 'bookmarked') {
        next[COUNTS[mark]] = Math.max(0, status[COUNTS[mark]] + (isOn ? 1 : -1));
    }
    return next;
}

/** A boost may be of a public or quiet post, or of one's own for followers. */
export function mayBoost(status: Status, ownId: string | null): boolean {
    switch (status.visibility) {
        case 'public':
        case 'unlisted':
            return true;
        case 'private':
            return status.account.id === ownId;
        default:
            return false;
    }
}
