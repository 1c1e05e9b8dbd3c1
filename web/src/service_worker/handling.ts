/** What the worker does with a request. */
export type Handling =
    /** A page of the app: from the network, else the kept shell. */
    | 'page'
    /** A file whose name changes with its content: kept for good. */
    | 'file'
    /** The newest page of the home feed: from the network, else as it was last. */
    | 'home'
    /** A face or the app's own picture: from the network, else as it was last. */
    | 'picture'
    /** Not the worker's concern. */
    | 'pass';

interface Asked {
    method: string;
    url: string;
    /** Request.mode: `navigate` for pages. */
    mode: string;
}

/** Pages that the server itself makes; the app cannot stand in for them. */
const SERVERS_OWN = /^\/(api|oauth|about|metrics|auth\/(sign_|sessions))/;
const PICTURES = /^\/(avatars\/|headers\/|icons\/|rook\.svg$)/;
const HOME = '/api/v1/timelines/home';

export function handlingOf(request: Asked, origin: string): Handling {
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== origin) {
        return 'pass';
    }
    if (url.pathname.startsWith('/assets/')) {
        return 'file';
    }
    if (url.pathname === HOME) {
        const isNewest = ['max_id', 'since_id', 'min_id'].every(
            (one) => !url.searchParams.has(one),
        );
        return isNewest ? 'home' : 'pass';
    }
    if (PICTURES.test(url.pathname)) {
        return 'picture';
    }
    return request.mode === 'navigate' && !SERVERS_OWN.test(url.pathname) ? 'page' : 'pass';
}
