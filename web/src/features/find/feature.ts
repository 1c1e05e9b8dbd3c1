import type { Feature } from '~/app/feature';
import { texts } from '~/texts/texts';
import { focusSearch } from './focus_search';
import { startRecentSearches } from './recent_searches';
import { SearchWidget } from './search_widget';

const feature: Feature = {
    routes: [{ path: '/search', load: () => import('./search_page') }],
    start: startRecentSearches,
    aside: [{ order: 0, Widget: SearchWidget }],
    shortcuts: () => [
        { key: '/', group: 'everywhere', label: texts().find.label, run: focusSearch },
    ],
};

export default feature;
