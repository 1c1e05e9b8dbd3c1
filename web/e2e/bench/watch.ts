import type { Page } from 'playwright-core';

interface Watched {
    seen: { shift: number; moved: string[]; longestTaskMs: number; pressedAt: number };
    whenShown: (selector: string, text: string) => Promise<number>;
    whenTitled: (isRight: (title: string) => boolean) => Promise<number>;
}

declare global {
    /** In the page, once `observe` has run there. */
    var watched: Watched;
}

/** What runs in the page: sees when something appears, what jumps, and what takes long. */
export function observe(): void {
    const seen = { shift: 0, moved: [] as string[], longestTaskMs: 0, pressedAt: 0 };
    const nameOf = (node: Node | null): string =>
        node instanceof Element
            ? `${node.localName}.${node.className.toString().split(' ')[0] ?? ''}`
            : (node?.nodeName ?? 'gone');
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: { node: Node | null }[];
        })[]) {
            if (!entry.hadRecentInput) {
                seen.shift += entry.value;
                const names = entry.sources.map(({ node }) => nameOf(node)).join(', ');
                seen.moved.push(`${entry.value.toFixed(3)} ${names}`);
            }
        }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
            seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
        }
    }).observe({ type: 'longtask', buffered: true });
    addEventListener('click', () => (seen.pressedAt = performance.now()), true);
    addEventListener('popstate', () => (seen.pressedAt = performance.now()), true);

    /** What has not come by then will not: an older build may not have it at all. */
    const PATIENCE_MS = 20_000;

    /** Answers when `isThere` and painted: milliseconds since the last press. */
    const whenThere = (isThere: () => boolean, what: string): Promise<number> =>
        new Promise((resolve, reject) => {
            const stop = (): void => {
                watch.disconnect();
                clearTimeout(timer);
            };
            const look = (): void => {
                if (isThere()) {
                    stop();
                    requestAnimationFrame(() => {
                        const channel = new MessageChannel();
                        channel.port1.onmessage = () => resolve(performance.now() - seen.pressedAt);
                        channel.port2.postMessage(null);
                    });
                }
            };
            const watch = new MutationObserver(look);
            const timer = setTimeout(() => {
                stop();
                reject(new Error(`${what} did not appear within ${PATIENCE_MS} ms`));
            }, PATIENCE_MS);
            // Attributes, too: a list says by one of them that it is not whole yet.
            const all = { childList: true, subtree: true, characterData: true, attributes: true };
            watch.observe(document, all);
            look();
        });

    const whenShown = (selector: string, text: string): Promise<number> =>
        whenThere(
            () =>
                [...document.querySelectorAll(selector)].some((element) =>
                    element.textContent?.includes(text),
                ),
            `${selector} with “${text}”`,
        );
    const whenTitled = (isRight: (title: string) => boolean): Promise<number> =>
        whenThere(() => isRight(document.querySelector('h1')?.textContent ?? ''), 'another title');
    globalThis.watched = { seen, whenShown, whenTitled };
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
