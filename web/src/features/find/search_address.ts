import { queryTokens } from './query/query_tokens';

export type SearchType = 'accounts' | 'statuses' | 'hashtags';
/** What of the results is shown. */
export type SearchTab = 'all' | SearchType;
export type SearchOrder = 'newest' | 'relevance';

export const TABS: readonly SearchTab[] = ['all', 'statuses', 'accounts', 'hashtags'];
export const ORDERS: readonly SearchOrder[] = ['newest', 'relevance'];

/** A search as its address says it. */
export interface SearchView {
    q: string;
    tab: SearchTab;
    order: SearchOrder;
}

/** A space at the end says that the last word is whole, and is kept as one. */
export function tidied(typed: string): string {
    return typed.trim() === '' ? '' : typed.trimStart().replace(/\s+$/, ' ');
}

export function viewOf(params: URLSearchParams): SearchView {
    const type = params.get('type');
    const order = params.get('order');
    return {
        q: tidied(params.get('q') ?? ''),
        tab: TABS.find((one) => one === type) ?? 'all',
        order: ORDERS.find((one) => one === order) ?? 'newest',
    };
}

export function searchPath({ q, tab, order }: SearchView): string {
    const params = new URLSearchParams({ q });
    if (tab !== 'all') {
        params.set('type', tab);
    }
    if (order !== 'newest') {
        params.set('order', order);
    }
    return `/search?${params.toString()}`;
}

/** A sign before a single word says what is meant: @ somebody, # a hashtag. */
export function tabMeant(query: string): SearchTab {
    const [first, ...others] = queryTokens(query);
    if (first === undefined || others.length > 0) {
        return 'all';
    }
    return first.text.startsWith('@')
        ? 'accounts'
        : first.text.startsWith('#')
          ? 'hashtags'
          : 'all';
}
