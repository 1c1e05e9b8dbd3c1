import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/tags/:tag', load: () => import('./tag_page') },
        {
            path: '/settings/followed-tags',
            load: () => import('./followed_tags_page'),
            needsSession: true,
        },
    ],
};

export default feature;
