import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { rememberedScroll, visit, type Visit } from './router';

/** A windowed list that puts its own position back says so here, for the visit on screen. */
const scrollOwner = signal<string | null>(null);

export function ownScroll(): void {
    scrollOwner.value = visit.peek()?.key ?? null;
}

/** How long a page may take to become as tall as it was, before one is left where one is. */
const GROWING_MS = 3_000;

/** Scrolls to `top` as soon as the page is tall enough, unless the reader scrolls first. */
function scrollWhenPossible(top: number): () => void {
    const reaches = (): boolean => document.documentElement.scrollHeight - innerHeight >= top - 1;
    if (top === 0 || reaches()) {
        scrollTo(0, top);
        return () => undefined;
    }
    const watch = new ResizeObserver(() => {
        if (reaches()) {
            stop();
            scrollTo(0, top);
        }
    });
    const stop = (): void => {
        watch.disconnect();
        clearTimeout(timer);
        ['wheel', 'touchstart', 'keydown'].forEach((name) => removeEventListener(name, stop));
    };
    const timer = setTimeout(stop, GROWING_MS);
    ['wheel', 'touchstart', 'keydown'].forEach((name) =>
        addEventListener(name, stop, { passive: true }),
    );
    watch.observe(document.documentElement);
    return stop;
}

function isTypingIn(main: HTMLElement | null): boolean {
    const focused = document.activeElement;
    return focused instanceof HTMLInputElement && main?.contains(focused) === true;
}

/** The page of the current visit: scrolls to where one was, and tells screen readers of it. */
export function Outlet({ shown }: { shown: Visit }) {
    const { Page, params, query, key, route } = shown;
    const before = useRef<string | null>(null);
    useLayoutEffect(() => {
        // Only after the first page: on arrival the browser's own focus is right. Whoever types what
        // a page is to show goes on typing.
        const main = document.getElementById('main');
        const stays = before.current === shown.path && isTypingIn(main);
        if (before.current !== null && !stays) {
            main?.focus({ preventScroll: true });
        }
        before.current = shown.path;
        if (scrollOwner.peek() === key) {
            return undefined;
        }
        return scrollWhenPossible(shown.isReturn ? rememberedScroll(key) : 0);
    }, [key]);
    return Page === null ? null : (
        <Page key={route?.page ?? shown.path} params={params} query={query} />
    );
}
