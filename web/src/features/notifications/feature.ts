import type { Feature } from '~/app/feature';
import { startUnread, unreadCount } from './unread';

const feature: Feature = {
    routes: [
        {
            path: '/notifications',
            load: () => import('./notifications_page'),
            needsSession: true,
        },
        {
            path: '/settings/notifications/held_back',
            load: () => import('./requests_page'),
            needsSession: true,
        },
        {
            path: '/settings/notifications',
            load: () => import('./policy_page'),
            needsSession: true,
        },
    ],
    badges: { '/notifications': unreadCount },
    start: startUnread,
};

export default feature;
