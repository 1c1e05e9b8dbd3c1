import type { Feature } from '~/app/feature';
import { PeopleWidget } from './people_widget';

const feature: Feature = {
    routes: [{ path: '/explore', load: () => import('./explore_page') }],
    aside: [{ order: 1, Widget: PeopleWidget }],
};

export default feature;
