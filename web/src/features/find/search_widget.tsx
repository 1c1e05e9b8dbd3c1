import { visit } from '~/router/router';
import { SearchBox } from './search_box';

/** The search box beside every page but those that have their own. */
export function SearchWidget() {
    const path = visit.value?.path ?? '';
    return ['/search', '/explore', '/welcome'].includes(path) ? null : <SearchBox />;
}
