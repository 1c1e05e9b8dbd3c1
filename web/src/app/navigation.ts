import type { Texts } from '~/texts/en';
import { matchRoute } from '~/router/router';
import { session } from '~/session/session';
import type { IconName } from '~/ui/icon';

export interface NavEntry {
    path: string;
    icon: IconName;
    label: (t: Texts['nav']) => string;
    /** For whom it is there. */
    for: 'everybody' | 'members' | 'moderators';
    /** Whether it has a place in the bar of a phone; the others are under "More". */
    isMain?: boolean;
}

const ENTRIES: NavEntry[] = [
    { path: '/home', icon: 'home', label: (t) => t.home, for: 'members', isMain: true },
    { path: '/explore', icon: 'compass', label: (t) => t.explore, for: 'everybody', isMain: true },
    {
        path: '/notifications',
        icon: 'bell',
        label: (t) => t.notifications,
        for: 'members',
        isMain: true,
    },
    { path: '/search', icon: 'search', label: (t) => t.search, for: 'everybody' },
    { path: '/local', icon: 'people', label: (t) => t.local, for: 'everybody' },
    { path: '/public', icon: 'globe', label: (t) => t.public, for: 'everybody' },
    { path: '/lists', icon: 'list', label: (t) => t.lists, for: 'members' },
    { path: '/bookmarks', icon: 'bookmark', label: (t) => t.bookmarks, for: 'members' },
    { path: '/favourites', icon: 'heart', label: (t) => t.favourites, for: 'members' },
    { path: '/settings', icon: 'settings', label: (t) => t.settings, for: 'members' },
    { path: '/admin', icon: 'chart', label: (t) => t.admin, for: 'moderators' },
];

function hasRole(...names: string[]): boolean {
    return names.includes(session.value?.account.role?.name ?? '');
}

/** Whether the account may see the pages of operation. */
export function isModerator(): boolean {
    return hasRole('Moderator', 'Admin', 'Owner');
}

/** Whether it may also see the figures of the server. */
export function isAdmin(): boolean {
    return hasRole('Admin', 'Owner');
}

/** The entries for whoever is here, without those whose page this build does not have. */
export function navigation(): NavEntry[] {
    return ENTRIES.filter((entry) => {
        if (entry.for !== 'everybody' && session.value === null) {
            return false;
        }
        if (entry.for === 'moderators' && !isModerator()) {
            return false;
        }
        return matchRoute(entry.path) !== null;
    });
}
