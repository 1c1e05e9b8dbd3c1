import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Visitor } from './browser';
import { app, Server, type Person } from './server';
import { Stage } from './stage';

let ada: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    await server.post(ada, 'The engine weaves patterns.');
});

describe('Without a server', () => {
    it('shows the feed as it was last, and forgets it at sign-out', async () => {
        const visitor = await stage.signedIn(ada);
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

        await stage.server.down();
        await page.reload();
        await post.waitFor();
        await page.getByText('This is your feed as it was last').waitFor();
        await visitor.checkAccess();
        await visitor.picture('offline-home');

        await stage.server.up();
        await page.getByText('This is your feed as it was last').waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: /Your account/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'What people are saying' }).waitFor();
        await page.waitForFunction(async () => !(await caches.has('rookery.personal')));
        await visitor.leave();
    });

    it('says so when the browser has no network', async () => {
        const visitor = await stage.signedIn(ada);
        const { page, context } = visitor;
        await page.goto('/home');
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        const line = page.getByRole('status').filter({ hasText: 'You are offline' });
        await context.setOffline(true);
        await line.waitFor();
        await visitor.checkAccess();
        await context.setOffline(false);
        await line.waitFor({ state: 'detached' });
        await visitor.leave();
    });

    it('can be installed', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/');
        const manifest = (await page.evaluate(async () => {
            const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
            return (await fetch(link?.href ?? '')).json();
        })) as { icons: { src: string; sizes: string }[] };
        for (const { src } of manifest.icons) {
            const answer = await fetch(stage.server.url + src);
            expect(answer.status, src).toBe(200);
            expect(answer.headers.get('Content-Type'), src).toContain('image/');
        }
        const worker = await fetch(`${stage.server.url}/sw.js`);
        expect(worker.headers.get('Cache-Control')).toBe('no-cache');
        await visitor.leave();
    });
});

describe('A new version', () => {
    let folder: string;
    let updated: Server;

    beforeAll(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'rookery-e2e-app-'));
        await cp(app, folder, { recursive: true });
        updated = await Server.start('--web', folder);
    });

    afterAll(async () => {
        await updated?.end();
        await rm(folder, { recursive: true, force: true });
    });

    /** Another build differs in the name of its set of files. */
    async function release(version: string): Promise<void> {
        const file = path.join(folder, 'sw.js');
        const source = await readFile(file, 'utf8');
        await Promise.all(['.br', '.gz'].map((end) => rm(file + end, { force: true })));
        await writeFile(file, source.replace(/(["'`])[0-9a-f]{12}\1/, `"${version}"`));
    }

    it('is offered, and taken when one says so', async () => {
        const visitor = await Visitor.arrive(stage.browser, updated);
        const { page } = visitor;
        const filesKept = (): Promise<string[]> =>
            page.evaluate(async () =>
                (await caches.keys()).filter((name) => name.startsWith('rookery.files')),
            );
        const line = page.getByRole('status').filter({ hasText: 'There is a new version' });
        await page.goto('/');
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
        await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
        const before = await filesKept();

        await updated.down();
        await release('0123456789ab');
        await updated.up();
        // The browser looks for another worker whenever one arrives.
        await page.reload();
        await line.waitFor();
        await visitor.checkAccess();
        const arrived = page.waitForEvent('load');
        await line.getByRole('button', { name: 'Reload' }).click();
        await arrived;
        await page.getByRole('heading', { name: 'What people are saying' }).waitFor();
        expect(await line.count()).toBe(0);
        expect(before).not.toContain('rookery.files 0123456789ab');
        expect(await filesKept()).toEqual(['rookery.files 0123456789ab']);
        await visitor.leave();
    });
});
