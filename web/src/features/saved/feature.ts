import type { Feature } from '~/app/feature';

const feature: Feature = {
    routes: [
        { path: '/bookmarks', load: () => import('./bookmarks_page'), needsSession: true },
        { path: '/favourites', load: () => import('./favourites_page'), needsSession: true },
    ],
};

export default feature;
