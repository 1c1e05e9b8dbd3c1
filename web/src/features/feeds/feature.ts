import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/home', load: () => import('./home_page'), needsSession: true },
        { path: '/local', load: () => import('./local_page') },
        { path: '/public', load: () => import('./public_page') },
    ],
};

export default feature;
