import { signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { matchPath, specificity, type PathParams } from './match';

export interface PageProps {
    params: PathParams;
    query: URLSearchParams;
}

/** What the file of a page exports. */
export interface PageModule {
    default: ComponentType<PageProps>;
    /**
     * Asks for what the page shows, once for each visit: at the press that leads there, and so before
     * the page is drawn. It may turn out that nobody goes there. On a return (the back button) what
     * is kept may do.
     */
    ask?: (props: PageProps, isReturn: boolean) => void;
}

export interface Route {
    /** `/@:name/:id`; see match.ts. */
    path: string;
    /** The page, in a chunk of its own: `() => import('./thread_page')`. */
    load: () => Promise<PageModule>;
    /** Whether the page is only for people who are signed in. */
    needsSession?: boolean;
    /** Pages that want the whole width: no column beside them. */
    isWide?: boolean;
    /** Pages with the same value are the same page: going between them keeps it mounted. */
    page?: string;
}

/** What is to be shown now. */
export interface Visit extends PageProps {
    /** Names this entry of the history: forms and lists keep their state by it. */
    key: string;
    path: string;
    route: Route | null;
    Page: ComponentType<PageProps> | null;
    /** The page's chunk could not be loaded. */
    loadFailed: boolean;
    /** Whether one came here with the back or forward button. */
    isReturn: boolean;
}

const loadedPages = new Map<Route, PageModule>();
/** The address that has been asked for and that nobody went to yet. */
let askedFor: string | null = null;
let routes: Route[] = [];

const currentVisit = signal<Visit | null>(null);
const arriving = signal(false);

/** The visit on screen; null until the first page is there. */
export const visit: ReadonlySignal<Visit | null> = currentVisit;
/** A page has been asked for and is not here yet. */
export const isArriving: ReadonlySignal<boolean> = arriving;

export function matchRoute(path: string): { route: Route; params: PathParams } | null {
    for (const route of routes) {
        const params = matchPath(route.path, path);
        if (params !== null) {
            return { route, params };
        }
    }
    return null;
}

/** The chunk of the page at `path`, before anybody goes there. */
export function prefetch(path: string): void {
    const found = matchRoute(path);
    if (found !== null && !loadedPages.has(found.route)) {
        void load(found.route).catch(() => undefined);
    }
}

/** Goes to a page of the app: `/@ada?tab=media`. */
export function navigate(to: string, how: { replace?: boolean } = {}): void {
    const url = new URL(to, location.href);
    const key = newKey();
    rememberScroll();
    if (how.replace === true) {
        history.replaceState({ key }, '', url);
    } else {
        history.pushState({ key }, '', url);
    }
    void arrive(false);
}

/** Back to where one came from, or to `otherwise` if one came from outside. */
export function goBack(otherwise = '/home'): void {
    if (history.length > 1 && currentVisit.peek() !== null) {
        history.back();
    } else {
        navigate(otherwise, { replace: true });
    }
}

/** Begins to serve pages. Call once. */
export function startRouter(all: Route[]): void {
    routes = [...all].sort((a, b) => specificity(b.path) - specificity(a.path));
    history.scrollRestoration = 'manual';
    recallScrolls();
    addEventListener('popstate', () => {
        rememberScroll();
        void arrive(true);
    });
    addEventListener('pagehide', () => {
        rememberScroll();
        saveScrolls();
    });
    document.addEventListener('click', followInside);
    document.addEventListener('pointerover', prefetchUnder, { passive: true });
    document.addEventListener('pointerdown', askAtPress, { passive: true });
    void arrive(performance.getEntriesByType('navigation').some(isReload));
}

function isReload(entry: PerformanceEntry): boolean {
    return ['reload', 'back_forward'].includes((entry as PerformanceNavigationTiming).type);
}

function newKey(): string {
    return Math.random().toString(36).slice(2, 10);
}

function keyOfEntry(): string {
    const state = history.state as { key?: unknown } | null;
    if (typeof state?.key === 'string') {
        return state.key;
    }
    const key = newKey();
    history.replaceState({ key }, '');
    return key;
}

async function load(route: Route): Promise<PageModule> {
    const known = loadedPages.get(route);
    if (known !== undefined) {
        return known;
    }
    const page = await route.load();
    loadedPages.set(route, page);
    return page;
}

/** The press may be the beginning of a visit: what that shows is asked for while it lasts. */
export function askAhead(to: string, event: PointerEvent): void {
    const url = new URL(to, location.href);
    const address = url.pathname + url.search;
    const found = matchRoute(url.pathname);
    const page = found === null ? undefined : loadedPages.get(found.route);
    // A finger on a link mostly means to scroll.
    const isPress = event.button === 0 && event.pointerType !== 'touch';
    if (!isPress || found === null || page?.ask === undefined) {
        return;
    }
    if (address !== askedFor && address !== location.pathname + location.search) {
        askedFor = address;
        page.ask({ params: found.params, query: url.searchParams }, false);
    }
}

/** The page on screen stays until the next one can be shown, so that nothing flashes. */
async function arrive(isReturn: boolean): Promise<void> {
    const { pathname, search } = location;
    const key = keyOfEntry();
    const found = matchRoute(pathname);
    const route = found?.route ?? null;
    let page = route === null ? null : (loadedPages.get(route) ?? null);
    let loadFailed = false;
    if (route !== null && page === null) {
        arriving.value = true;
        try {
            page = await load(route);
        } catch {
            loadFailed = true;
        }
        if (keyOfEntry() !== key) {
            return; // somebody went elsewhere meanwhile
        }
    }
    arriving.value = false;
    const props = { params: found?.params ?? {}, query: new URLSearchParams(search) };
    if (askedFor !== pathname + search) {
        page?.ask?.(props, isReturn);
    }
    askedFor = null;
    currentVisit.value = {
        ...props,
        key,
        path: pathname,
        route,
        Page: page?.default ?? null,
        loadFailed,
        isReturn,
    };
}

function innerPath(anchor: HTMLAnchorElement): string | null {
    if (anchor.target !== '' || anchor.hasAttribute('download')) {
        return null;
    }
    const url = new URL(anchor.href, location.href);
    if (url.origin !== location.origin || matchRoute(url.pathname) === null) {
        return null;
    }
    return url.pathname + url.search + url.hash;
}

function anchorOf(event: Event): HTMLAnchorElement | null {
    return event.target instanceof Element ? event.target.closest('a[href]') : null;
}

/** Plain links are enough: clicks on those that lead to a page of the app stay inside. */
function followInside(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) {
        return;
    }
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
        return;
    }
    const anchor = anchorOf(event);
    const path = anchor === null ? null : innerPath(anchor);
    if (anchor === null || path === null) {
        return;
    }
    event.preventDefault();
    const here = location.pathname + location.search;
    navigate(path, { replace: path === here });
}

function askAtPress(event: PointerEvent): void {
    const anchor = anchorOf(event);
    const path = anchor === null ? null : innerPath(anchor);
    if (path !== null) {
        askAhead(path, event);
    }
}

function prefetchUnder(event: Event): void {
    const anchor = anchorOf(event);
    const path = anchor === null ? null : innerPath(anchor);
    if (path !== null) {
        prefetch(new URL(path, location.href).pathname);
    }
}

// --- where one had scrolled to -------------------------------------------------------------------

const SCROLLS_KEY = 'rookery.scrolls';
const SCROLLS_KEPT = 50;
let scrolls = new Map<string, number>();

function rememberScroll(): void {
    const shown = currentVisit.peek();
    if (shown !== null) {
        scrolls.delete(shown.key);
        scrolls.set(shown.key, scrollY);
    }
}

/** How far down one was at this entry of the history. */
export function rememberedScroll(key: string): number {
    return scrolls.get(key) ?? 0;
}

function saveScrolls(): void {
    try {
        const newest = [...scrolls].slice(-SCROLLS_KEPT);
        sessionStorage.setItem(SCROLLS_KEY, JSON.stringify(newest));
    } catch {
        // Without storage a reload begins at the top.
    }
}

function recallScrolls(): void {
    try {
        const kept = sessionStorage.getItem(SCROLLS_KEY);
        scrolls = new Map(kept === null ? [] : (JSON.parse(kept) as [string, number][]));
    } catch {
        scrolls = new Map();
    }
}
