import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [{ path: '/', load: () => import('./landing_page') }],
};

export default feature;
