import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/settings', load: () => import('./settings_page'), needsSession: true },
        { path: '/settings/profile', load: () => import('./profile_page'), needsSession: true },
        { path: '/settings/privacy', load: () => import('./privacy_page'), needsSession: true },
        { path: '/settings/filters', load: () => import('./filters_page'), needsSession: true },
        {
            path: '/settings/filters/:id',
            load: () => import('./filter_page'),
            needsSession: true,
        },
        { path: '/settings/sessions', load: () => import('./sessions_page'), needsSession: true },
        { path: '/settings/appearance', load: () => import('./appearance_page') },
    ],
};

export default feature;
