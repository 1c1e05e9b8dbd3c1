import type { Account, Status } from '~/api/types';
import { compareIds } from '~/store/ids';

/** Notifications about the same thing, as `GET /api/v2/notifications` answers them. */
export interface NotificationGroup {
    groupKey: string;
    type: string;
    notificationsCount: number;
    /** The oldest and the newest of the group's notifications; ids, so text. */
    pageMinId: string;
    pageMaxId: string;
    latestPageNotificationAt: string;
    /** Some of those who did it, the latest first. */
    sampleAccountIds: string[];
    statusId: string | null;
}

export interface GroupedPage {
    accounts: Account[];
    statuses: Status[];
    notificationGroups: NotificationGroup[];
}

const SAMPLE_MAX = 8;

function byNewest(a: NotificationGroup, b: NotificationGroup): number {
    return compareIds(b.pageMaxId, a.pageMaxId);
}

/** What happened to a group since it was asked for, put into it. */
function grown(old: NotificationGroup, fresh: NotificationGroup): NotificationGroup {
    const others = old.sampleAccountIds.filter((id) => !fresh.sampleAccountIds.includes(id));
    return {
        ...fresh,
        notificationsCount: old.notificationsCount + fresh.notificationsCount,
        pageMinId: old.pageMinId,
        sampleAccountIds: [...fresh.sampleAccountIds, ...others].slice(0, SAMPLE_MAX),
    };
}

/** Puts groups of what is newer than all in `shown` above it; a group that grew moves up. */
export function withNewer(
    shown: readonly NotificationGroup[],
    fresh: readonly NotificationGroup[],
): NotificationGroup[] {
    const known = new Map(shown.map((group) => [group.groupKey, group]));
    const risen = fresh.map((group) => {
        const old = known.get(group.groupKey);
        if (old === undefined) {
            return group;
        }
        // The same answer may come twice: by the stream and by catching up.
        return compareIds(group.pageMaxId, old.pageMaxId) <= 0 ? old : grown(old, group);
    });
    const keys = new Set(fresh.map((group) => group.groupKey));
    return [...risen, ...shown.filter((group) => !keys.has(group.groupKey))].sort(byNewest);
}

/** Adds an older page; of a group that goes on there, the part above stands for the whole. */
export function withOlder(
    shown: readonly NotificationGroup[],
    older: readonly NotificationGroup[],
): NotificationGroup[] {
    const known = new Set(shown.map((group) => group.groupKey));
    return [...shown, ...older.filter((group) => !known.has(group.groupKey))];
}

/** The newest notification in any of the groups: up to where one has read. */
export function newestId(groups: readonly NotificationGroup[]): string | null {
    return groups.reduce<string | null>(
        (newest, { pageMaxId }) =>
            newest === null || compareIds(pageMaxId, newest) > 0 ? pageMaxId : newest,
        null,
    );
}

export function isUnread(group: NotificationGroup, lastReadId: string | null): boolean {
    return lastReadId === null || compareIds(group.pageMaxId, lastReadId) > 0;
}
