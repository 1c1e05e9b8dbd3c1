import type { Feature } from '~/app/feature';
import { texts } from '~/texts/texts';
import { focusSearch } from './focus_search';
import { PeopleWidget } from './people_widget';
import { SearchWidget } from './search_widget';

const feature: Feature = {
    routes: [
        { path: '/search', load: () => import('./search_page') },
        { path: '/explore', load: () => import('./explore_page') },
    ],
    aside: [
        { order: 0, Widget: SearchWidget },
        { order: 1, Widget: PeopleWidget },
    ],
    shortcuts: () => [
        { key: '/', group: 'everywhere', label: texts().find.label, run: focusSearch },
    ],
};

export default feature;
