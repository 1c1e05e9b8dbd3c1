import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [{ path: '/@:name/:id', load: () => import('./thread_page') }],
};

export default feature;
