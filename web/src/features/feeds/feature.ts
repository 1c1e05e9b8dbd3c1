import type { Feature } from '~/app/feature';
// Where nearly everybody begins: in the app's first file, for a second one comes a moment later.
import * as homePage from './home_page';

const feature: Feature = {
    routes: [
        { path: '/home', load: () => Promise.resolve(homePage), needsSession: true },
        { path: '/local', load: () => import('./local_page') },
        { path: '/public', load: () => import('./public_page') },
    ],
};

export default feature;
