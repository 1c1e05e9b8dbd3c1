import type { Browser, Page } from 'playwright-core';
import { openBrowser, type Visitor } from './browser';
import { Demo, type Role } from './demo';
import type { Server } from './server';

/** Of each figure so many are taken; the middle one counts. */
const ROUNDS = 7;
const COMMENTS = 5_000;
/** So many comments are on their way to the server at a time. */
const WRITERS = 16;

interface Arrival {
    /** From the press (or the navigation) until what is asked for has been painted. */
    ms: number;
    /** Of it the processor worked for the page's own thread: the same on a busy machine. */
    workMs?: number;
    /** Cumulative layout shift meanwhile, and until the page was at rest. */
    shift: number;
}

/** What runs in the page: sees when something appears, what jumps, and what takes long. */
function observe(): void {
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
            watch.observe(document, { childList: true, subtree: true, characterData: true });
            look();
        });
    globalThis.watched = { seen, whenShown };
}

interface Watched {
    seen: { shift: number; longestTaskMs: number; pressedAt: number };
    whenShown: (selector: string, text: string) => Promise<number>;
}

declare global {
    /** In the page, once `observe` has run there. */
    var watched: Watched;
}

function whenShown(page: Page, selector: string, text = ''): Promise<number> {
    return page.evaluate(([one, two]) => watched.whenShown(one, two), [selector, text] as const);
}

/** Layout shift since it was last asked for, once nothing is on its way any more. */
async function shiftOf(page: Page): Promise<number> {
    await page.waitForLoadState('networkidle');
    return page.evaluate(() => {
        const { shift } = watched.seen;
        watched.seen.shift = 0;
        return shift;
    });
}

async function visit(browser: Browser, demo: Demo, role: Role): Promise<Visitor> {
    const visitor = await demo.visit(browser, role, { serviceWorkers: 'allow' });
    await visitor.page.addInitScript(observe);
    return visitor;
}

/** The returned function tells for how long the processor has worked for the page's thread since. */
async function watchWork(page: Page): Promise<() => Promise<number>> {
    const inside = await page.context().newCDPSession(page);
    await inside.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async (): Promise<number> => {
        const { metrics } = await inside.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
    };
    const before = await read();
    return async () => (await read()) - before;
}

/** Arrives with nothing in the browser's cache. */
async function arrive(browser: Browser, demo: Demo, role: Role, path: string): Promise<Arrival> {
    const visitor = await visit(browser, demo, role);
    const workMs = await watchWork(visitor.page);
    await visitor.page.goto(path, { waitUntil: 'commit' });
    const ms = await whenShown(visitor.page, '[role=article]');
    const arrival = { ms, workMs: await workMs(), shift: await shiftOf(visitor.page) };
    await visitor.leave();
    return arrival;
}

/** Where one goes from home by a press, and what is there then. */
const WAYS = [
    {
        name: 'thread',
        press: '[role=article] time',
        shows: '[role=feed] [role=article]',
        title: 'Post by',
    },
    {
        name: 'profile',
        press: '[role=article] a[href^="/@"]:has(bdi)',
        shows: 'main [role=article]',
        title: '',
    },
    {
        name: 'notifications',
        press: 'nav a[href="/notifications"]',
        shows: 'main [role=listitem]',
        title: 'Notifications',
    },
    { name: 'explore', press: 'nav a[href="/explore"]', shows: 'main li', title: 'Explore' },
];

async function goRound(browser: Browser, demo: Demo, into: Map<string, Arrival[]>): Promise<void> {
    const visitor = await visit(browser, demo, 'member');
    const { page } = visitor;
    const note = (name: string, arrival: Arrival): void => {
        into.set(name, [...(into.get(name) ?? []), arrival]);
    };
    await page.goto('/home');
    await whenShown(page, '[role=article]');
    await shiftOf(page);
    for (const { name, press, shows, title } of WAYS) {
        await page
            .locator(press)
            .nth(name === 'profile' ? 1 : 0)
            .hover();
        const home = await page.locator('h1').innerText();
        const there = page.evaluate(
            async ([selector, words, before]) => {
                const { whenShown: when } = watched;
                while (document.querySelector('h1')?.textContent === before) {
                    await new Promise((resolve) => requestAnimationFrame(resolve));
                }
                await when('h1', words);
                return when(selector, '');
            },
            [shows, title, home] as const,
        );
        await page
            .locator(press)
            .nth(name === 'profile' ? 1 : 0)
            .click();
        note(`home → ${name}`, { ms: await there, shift: await shiftOf(page) });
        const back = page.evaluate(async (words) => {
            const { whenShown: when } = watched;
            while (document.querySelector('h1')?.textContent !== words) {
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            return when('[role=article]', '');
        }, home);
        await page.goBack();
        note('back', { ms: await back, shift: await shiftOf(page) });
    }
    await visitor.leave();
}

/** Bytes over the wire for the first view, by kind. */
async function weigh(browser: Browser, demo: Demo): Promise<Record<string, number>> {
    const visitor = await visit(browser, demo, 'member');
    await visitor.page.goto('/home');
    await whenShown(visitor.page, '[role=article]');
    await visitor.page.waitForFunction(() => document.readyState === 'complete');
    const sizes = await visitor.page.evaluate(() => {
        const total: Record<string, number> = { script: 0, style: 0, font: 0 };
        const kinds: Record<string, string> = { js: 'script', css: 'style', woff2: 'font' };
        for (const entry of performance.getEntriesByType('resource')) {
            const { name, encodedBodySize } = entry as PerformanceResourceTiming;
            const kind = kinds[/\.(\w+)$/.exec(new URL(name).pathname)?.[1] ?? ''];
            if (kind !== undefined) {
                total[kind] = (total[kind] ?? 0) + encodedBodySize;
            }
        }
        return total;
    });
    await visitor.leave();
    return sizes;
}

/** A tree of comments as crowds make them: many to the post itself, the rest wherever they like. */
async function makeThread(server: Server, demo: Demo): Promise<string> {
    const author = demo.person('member');
    const root = await server.post(author, 'What was the first bird that you knew by name?');
    const ids = [root];
    let state = 1;
    const draw = (below: number): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
    };
    const write = async (): Promise<void> => {
        while (ids.length <= COMMENTS) {
            const number = ids.push('') - 1;
            const parent = draw(10) < 4 ? root : (ids[draw(number)] ?? '');
            const text = `Comment ${number}. ${'It sang before sunrise. '.repeat(draw(8))}`;
            ids[number] = await server.post(
                draw(2) === 0 ? author : demo.person('newcomer'),
                text,
                {
                    in_reply_to_id: parent === '' ? root : parent,
                },
            );
        }
    };
    await Promise.all(Array.from({ length: WRITERS }, write));
    await server.drain();
    return `/@${author.name}/${root}`;
}

async function takeLongestTask(page: Page): Promise<number> {
    return page.evaluate(() => {
        const { longestTaskMs } = watched.seen;
        watched.seen.longestTaskMs = 0;
        return longestTaskMs;
    });
}

interface Figure {
    name: string;
    value: string;
}

async function measureThread(browser: Browser, demo: Demo): Promise<Figure[]> {
    const path = await makeThread(demo.server, demo);
    const id = path.split('/').at(-1) ?? '';
    const figures: Figure[] = [];
    const answers: number[] = [];
    let count = 0;
    let bytes = 0;
    for (let round = 0; round < ROUNDS; ++round) {
        const before = performance.now();
        const answer = await fetch(`${demo.server.url}/api/v1/statuses/${id}/context`, {
            headers: { Authorization: `Bearer ${demo.person('member').token}` },
        });
        const text = await answer.text();
        answers.push(performance.now() - before);
        bytes = text.length;
        count = (JSON.parse(text) as { descendants: unknown[] }).descendants.length;
    }
    figures.push({ name: 'comments in the answer', value: String(count) });
    figures.push({
        name: 'the answer of the server',
        value: `${ms(median(answers))}, ${kb(bytes)}`,
    });

    const firsts: number[] = [];
    for (let round = 0; round < ROUNDS; ++round) {
        const visitor = await visit(browser, demo, 'member');
        await visitor.page.goto(path, { waitUntil: 'commit' });
        firsts.push(await whenShown(visitor.page, '[role=article]', 'Comment '));
        await visitor.leave();
    }
    figures.push({ name: 'first comments on screen, cold', value: spread(firsts) });

    const visitor = await visit(browser, demo, 'member');
    const { page } = visitor;
    await page.goto(path);
    await whenShown(page, '[role=article]', 'Comment ');
    await page.waitForLoadState('networkidle');
    figures.push({ name: 'longest task, opening', value: ms(await takeLongestTask(page)) });
    const nodes = (): Promise<number> =>
        page.evaluate(() => document.getElementsByTagName('*').length);
    figures.push({ name: 'elements on the page', value: String(await nodes()) });

    await page.mouse.move(600, 500);
    for (let step = 0; step < 120; ++step) {
        await page.mouse.wheel(0, 700);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    figures.push({ name: 'longest task, scrolling', value: ms(await takeLongestTask(page)) });
    figures.push({ name: 'elements, scrolled down', value: String(await nodes()) });

    const fold = async (button: string, shows: string): Promise<number> => {
        const done = page.evaluate(
            (words) =>
                new Promise<number>((resolve) => {
                    addEventListener(
                        'click',
                        () => void watched.whenShown('header button', words).then(resolve),
                        { once: true },
                    );
                }),
            shows,
        );
        await page.getByRole('button', { name: button }).click();
        return done;
    };
    const folds: number[] = [];
    const unfolds: number[] = [];
    for (let round = 0; round < ROUNDS; ++round) {
        folds.push(await fold('Fold all', 'Unfold all'));
        unfolds.push(await fold('Unfold all', 'Fold all'));
    }
    figures.push({ name: 'fold all', value: spread(folds) });
    figures.push({ name: 'unfold all', value: spread(unfolds) });
    figures.push({ name: 'longest task, folding', value: ms(await takeLongestTask(page)) });
    await visitor.leave();
    return figures;
}

function median(values: number[]): number {
    return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function ms(value: number): string {
    return `${value.toFixed(0)} ms`;
}

function kb(bytes: number): string {
    return `${(bytes / 1024).toFixed(1)} KB`;
}

function spread(values: number[]): string {
    return `${ms(median(values))} (at most ${ms(Math.max(...values))})`;
}

function row(name: string, value: string): void {
    console.log(`  ${name.padEnd(34)} ${value}`);
}

function rowsOf(arrivals: Map<string, Arrival[]>): void {
    for (const [name, all] of arrivals) {
        const shift = Math.max(...all.map((one) => one.shift));
        const works = all.flatMap(({ workMs }) => workMs ?? []);
        const work = works.length === 0 ? '' : `, of it work ${ms(median(works))}`;
        row(name, `${spread(all.map((one) => one.ms))}${work}, layout shift ${shift.toFixed(3)}`);
    }
}

const [demo, browser] = await Promise.all([Demo.start(), openBrowser()]);
try {
    console.log('The first view, compressed');
    for (const [kind, bytes] of Object.entries(await weigh(browser, demo))) {
        row(kind, kb(bytes));
    }

    console.log('\nFrom navigation to the first feed on screen: empty cache, warm server');
    const arrivals = new Map<string, Arrival[]>();
    for (let round = 0; round < ROUNDS; ++round) {
        for (const [role, path] of [
            ['visitor', '/'],
            ['member', '/home'],
        ] as const) {
            const name = role === 'visitor' ? 'landing, signed out' : 'home, signed in';
            const all = arrivals.get(name) ?? [];
            arrivals.set(name, [...all, await arrive(browser, demo, role, path)]);
        }
    }
    rowsOf(arrivals);

    console.log('\nFrom a press to the next view on screen, its content included');
    const ways = new Map<string, Arrival[]>();
    for (let round = 0; round < ROUNDS; ++round) {
        await goRound(browser, demo, ways);
    }
    rowsOf(ways);

    console.log(`\nA conversation of ${COMMENTS} comments`);
    for (const { name, value } of await measureThread(browser, demo)) {
        row(name, value);
    }
} finally {
    await browser.close();
    await demo.end();
}
