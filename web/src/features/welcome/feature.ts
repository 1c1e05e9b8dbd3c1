import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [{ path: '/welcome', load: () => import('./welcome_page'), needsSession: true }],
};

export default feature;
