import { useEffect, useRef } from 'preact/hooks';
import type { ListMemory } from './layout';

/** Watches the rendered items for what changes their height later: a warning opened, a picture. */
export function useItemSizes(memory: ListMemory, redraw: () => void): ResizeObserver {
    const observer = useRef<ResizeObserver | null>(null);
    observer.current ??= new ResizeObserver((entries) => {
        let isNews = false;
        for (const { target } of entries) {
            const { id, apart } = (target as HTMLElement).dataset;
            if (id !== undefined && apart === undefined && target.isConnected) {
                const height = (target as HTMLElement).offsetHeight;
                isNews = memory.layout.measure(id, height) || isNews;
            }
        }
        if (isNews) {
            redraw();
        }
    });
    useEffect(() => () => observer.current?.disconnect(), []);
    return observer.current;
}

/** Notes the element of an item, or that it is gone. */
export function keepElement(
    items: Map<string, HTMLElement>,
    resizes: ResizeObserver,
    id: string,
    element: HTMLElement | null,
): void {
    const before = items.get(id);
    if (element === before) {
        return;
    }
    if (before !== undefined) {
        resizes.unobserve(before);
        items.delete(id);
    }
    if (element !== null) {
        items.set(id, element);
        resizes.observe(element);
    }
}
