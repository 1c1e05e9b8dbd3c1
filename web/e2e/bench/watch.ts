import type { Page } from 'playwright-core';

interface Watched {
    seen: { shift: number; longestTaskMs: number; pressedAt: number };
    whenShown: (selector: string, text: string) => Promise<number>;
}

declare global {
    /** In the page, once `observe` has run there. */
    var watched: Watched;
}

/** What runs in the page: sees when something appears, what jumps, and what takes long. */
export function observe(): void {
    const seen = { shift: 0, longestTaskMs: 0, pressedAt: 0 };
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
        })[]) {
            seen.shift += entry.hadRecentInput ? 0 : entry.value;
        }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
            seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
        }
    }).observe({ type: 'longtask', buffered: true });
    addEventListener('click', () => (seen.pressedAt = performance.now()), true);
    addEventListener('popstate', () => (seen.pressedAt = performance.now()), true);

    /** Answers when `selector` is on screen and painted: milliseconds since the last press. */
    const whenShown = (selector: string, text: string): Promise<number> =>
        new Promise((resolve) => {
            const look = (): boolean => {
                const found = [...document.querySelectorAll(selector)].some((element) =>
                    element.textContent?.includes(text),
                );
                if (found) {
                    watch.disconnect();
                    requestAnimationFrame(() => {
                        const channel = new MessageChannel();
                        channel.port1.onmessage = () => resolve(performance.now() - seen.pressedAt);
                        channel.port2.postMessage(null);
                    });
                }
                return found;
            };
            const watch = new MutationObserver(look);
            // Attributes, too: a list says by one of them that it is not whole yet.
            const all = { childList: true, subtree: true, characterData: true, attributes: true };
            watch.observe(document, all);
            look();
        });
    globalThis.watched = { seen, whenShown };
}

export function whenShown(page: Page, selector: string, text = ''): Promise<number> {
    return page.evaluate(([one, two]) => watched.whenShown(one, two), [selector, text] as const);
}

/** Layout shift since it was last asked for, once nothing is on its way any more. */
export async function shiftOf(page: Page): Promise<number> {
    await page.waitForLoadState('networkidle');
    return page.evaluate(() => {
        const { shift } = watched.seen;
        watched.seen.shift = 0;
        return shift;
    });
}

export function takeLongestTask(page: Page): Promise<number> {
    return page.evaluate(() => {
        const { longestTaskMs } = watched.seen;
        watched.seen.longestTaskMs = 0;
        return longestTaskMs;
    });
}

/** The returned function tells for how long the processor has worked for the page's thread since. */
export async function watchWork(page: Page): Promise<() => Promise<number>> {
    const inside = await page.context().newCDPSession(page);
    await inside.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async (): Promise<number> => {
        const { metrics } = await inside.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
    };
    const before = await read();
    return async () => (await read()) - before;
}
