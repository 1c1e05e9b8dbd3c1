import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [{ path: '/auth/callback', load: () => import('./callback_page') }],
};

export default feature;
