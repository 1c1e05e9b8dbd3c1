import { describe, expect, it } from 'vitest';
import { isUnread, newestId, withNewer, withOlder, type NotificationGroup } from './groups';

function group(key: string, max: string, more: Partial<NotificationGroup> = {}): NotificationGroup {
    return {
        groupKey: key,
        type: 'favourite',
        notificationsCount: 1,
        pageMinId: max,
        pageMaxId: max,
        latestPageNotificationAt: '2026-01-01T00:00:00.000Z',
        sampleAccountIds: ['1'],
        statusId: '7',
        ...more,
    };
}

const keys = (groups: NotificationGroup[]): string[] => groups.map(({ groupKey }) => groupKey);

describe('withNewer', () => {
    it('puts what is new on top, the newest first', () => {
        const shown = [group('a', '30'), group('b', '20')];
        expect(keys(withNewer(shown, [group('c', '40'), group('d', '100')]))).toEqual([
            ...['d', 'c', 'a', 'b'],
        ]);
    });

    it('lets a group grow and rise, with those who came last in front', () => {
        const shown = [
            group('a', '30'),
            group('b', '20', { pageMinId: '10', notificationsCount: 2 }),
        ];
        const [first, second] = withNewer(shown, [group('b', '50', { sampleAccountIds: ['9'] })]);
        expect(first).toMatchObject({
            groupKey: 'b',
            notificationsCount: 3,
            pageMinId: '10',
            pageMaxId: '50',
            sampleAccountIds: ['9', '1'],
        });
        expect(second?.groupKey).toBe('a');
    });

    it('counts an answer that comes twice once', () => {
        const once = withNewer([group('a', '30')], [group('a', '40')]);
        expect(withNewer(once, [group('a', '40')])).toEqual(once);
    });
});

describe('withOlder', () => {
    it('adds what is not there yet at the end', () => {
        const shown = [group('a', '30')];
        expect(keys(withOlder(shown, [group('a', '12'), group('b', '11')]))).toEqual(['a', 'b']);
    });
});

describe('what was read', () => {
    it('compares ids as numbers, however long', () => {
        expect(newestId([group('a', '99'), group('b', '100')])).toBe('100');
        expect(newestId([])).toBeNull();
        expect(isUnread(group('a', '100'), '99')).toBe(true);
        expect(isUnread(group('a', '99'), '100')).toBe(false);
        expect(isUnread(group('a', '99'), null)).toBe(true);
    });
});
