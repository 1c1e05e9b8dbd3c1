import type { Role } from '../demo';
import type { Arrivals } from './figures';
import type { Subject } from './subject';
import { shiftOf, watchWork, whenShown } from './watch';

/** Arrives with nothing in the browser's cache. */
export async function arrive(
    subject: Subject,
    role: Role,
    path: string,
    into: Arrivals,
): Promise<void> {
    const visitor = await subject.visit(role);
    const workMs = await watchWork(visitor.page);
    await visitor.page.goto(path, { waitUntil: 'commit' });
    const ms = await whenShown(visitor.page, '[role=article]');
    const arrival = { ms, workMs: await workMs(), shift: await shiftOf(visitor.page) };
    await visitor.leave();
    into.note(
        role === 'visitor' ? 'landing, signed out' : 'home, signed in',
        subject.name,
        arrival,
    );
}

/** Where one goes from home by a press, and what is there then. */
const WAYS = [
    {
        name: 'thread',
        press: '[role=article] time',
        // Not the pressed post alone, which is known already: the comments are there, too.
        shows: '[role=feed]:not([aria-busy=true]) [role=article]',
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
    {
        name: 'explore',
        press: 'nav a[href="/explore"]',
        // More of them than the column beside the home feed has asked for.
        shows: 'main li:nth-child(5), main [role=article]',
        title: 'Explore',
    },
];

/** From home to everywhere, and back each time. */
export async function goRound(subject: Subject, into: Arrivals): Promise<void> {
    const visitor = await subject.visit('member');
    const { page } = visitor;
    await page.goto('/home');
    await whenShown(page, '[role=article]');
    await shiftOf(page);
    for (const { name, press, shows, title } of WAYS) {
        const pressed = page.locator(press).nth(name === 'profile' ? 1 : 0);
        await pressed.hover();
        const home = await page.locator('h1').innerText();
        const there = page.evaluate(
            async ([selector, words, before]) => {
                await watched.whenTitled((now) => now !== before && now.includes(words));
                return watched.whenShown(selector, '');
            },
            [shows, title, home] as const,
        );
        await pressed.click();
        const ms = await there;
        into.note(`home → ${name}`, subject.name, { ms, shift: await shiftOf(page) });
        const back = page.evaluate(async (words) => {
            await watched.whenTitled((now) => now === words);
            return watched.whenShown('[role=article]', '');
        }, home);
        await page.goBack();
        into.note('back', subject.name, { ms: await back, shift: await shiftOf(page) });
    }
    await visitor.leave();
}

/** Bytes over the wire for the first view, by kind. */
export async function weigh(subject: Subject): Promise<Record<string, number>> {
    const visitor = await subject.visit('member');
    await visitor.page.goto('/home');
    const shownAtMs = await whenShown(visitor.page, '[role=article]');
    await visitor.page.waitForFunction(() => document.readyState === 'complete');
    // What is fetched afterwards is for where one may go next.
    const sizes = await visitor.page.evaluate((endMs) => {
        const total: Record<string, number> = { script: 0, style: 0, font: 0 };
        const kinds: Record<string, string> = { js: 'script', css: 'style', woff2: 'font' };
        for (const entry of performance.getEntriesByType('resource')) {
            const { name, encodedBodySize, startTime } = entry as PerformanceResourceTiming;
            const kind = kinds[/\.(\w+)$/.exec(new URL(name).pathname)?.[1] ?? ''];
            if (kind !== undefined && startTime < endMs) {
                total[kind] = (total[kind] ?? 0) + encodedBodySize;
            }
        }
        return total;
    }, shownAtMs);
    await visitor.leave();
    return sizes;
}
