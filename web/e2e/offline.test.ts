import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser, Visitor } from './browser';
import { Server, type Person } from './server';

let server: Server;
let browser: Browser;
let ada: Person;

beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), openBrowser()]);
    ada = await server.person('ada', 'Ada Lovelace');
    await server.post(ada, 'The engine weaves patterns.');
    await server.drain();
});

afterAll(async () => {
    await browser?.close();
    await server?.end();
});

describe('Without a server', () => {
    it('shows the feed as it was last, and forgets it at sign-out', async () => {
        const visitor = await Visitor.signedIn(browser, server, ada);
        const { page } = visitor;
        await page.goto('/home');
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
        // The first visit was not the worker's yet; from now on it keeps the feed.
        await page.reload();
        const post = page.getByRole('article', { name: /Ada Lovelace/ });
        await post.waitFor();
        await page.waitForFunction(async () => {
            const cache = await caches.open('rookery.personal');
            return (await cache.keys()).some(({ url }) => url.includes('/kept/home/'));
        });

        await server.down();
        await page.reload();
        await post.waitFor();
        await page.getByText('This is your feed as it was last').waitFor();
        await visitor.checkAccess();
        await visitor.picture('offline-home');

        await server.up();
        await page.getByText('This is your feed as it was last').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: /Your account/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'What people are saying' }).waitFor();
        await page.waitForFunction(async () => !(await caches.has('rookery.personal')));
        await visitor.leave();
    });

    it('can be installed', async () => {
        const visitor = await Visitor.arrive(browser, server);
        const { page } = visitor;
        await page.goto('/');
        const manifest = (await page.evaluate(async () => {
            const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
            return (await fetch(link?.href ?? '')).json();
        })) as { icons: { src: string; sizes: string }[] };
        for (const { src } of manifest.icons) {
            const answer = await fetch(server.url + src);
            expect(answer.status, src).toBe(200);
            expect(answer.headers.get('Content-Type'), src).toContain('image/');
        }
        const worker = await fetch(`${server.url}/sw.js`);
        expect(worker.headers.get('Cache-Control')).toBe('no-cache');
        await visitor.leave();
    });
});
