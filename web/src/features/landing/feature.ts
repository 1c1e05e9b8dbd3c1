import type { Feature } from '~/app/feature';
// Where visitors begin: in the app's first file, which has the feed view for the home page anyway.
import * as landingPage from './landing_page';

const feature: Feature = {
    routes: [{ path: '/', load: () => Promise.resolve(landingPage) }],
};

export default feature;
