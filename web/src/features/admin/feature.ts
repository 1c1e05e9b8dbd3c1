import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/admin', load: () => import('./live_page'), needsSession: true, isWide: true },
        {
            path: '/admin/limits',
            load: () => import('./limits_page'),
            needsSession: true,
            isWide: true,
        },
        {
            path: '/admin/accounts',
            load: () => import('./accounts_page'),
            needsSession: true,
            isWide: true,
        },
        {
            path: '/admin/accounts/:id',
            load: () => import('./account_page'),
            needsSession: true,
            isWide: true,
        },
        {
            path: '/admin/reports',
            load: () => import('./reports_page'),
            needsSession: true,
            isWide: true,
        },
        {
            path: '/admin/reports/:id',
            load: () => import('./report_page'),
            needsSession: true,
            isWide: true,
        },
    ],
};

export default feature;
