import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        {
            path: '/settings/follow-requests',
            load: () => import('./follow_requests_page'),
            needsSession: true,
        },
        { path: '/settings/blocks', load: () => import('./blocks_page'), needsSession: true },
        { path: '/settings/mutes', load: () => import('./mutes_page'), needsSession: true },
    ],
};

export default feature;
