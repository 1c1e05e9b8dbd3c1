import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/lists', load: () => import('./lists_page'), needsSession: true },
        { path: '/lists/:id', load: () => import('./list_page'), needsSession: true },
        { path: '/lists/:id/members', load: () => import('./members_page'), needsSession: true },
    ],
};

export default feature;
