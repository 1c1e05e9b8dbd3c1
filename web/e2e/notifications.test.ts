import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser, PHONE, Visitor } from './browser';
import { Server, type Person } from './server';

let server: Server;
let browser: Browser;
let ada: Person;
let grace: Person;
let mary: Person;

beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start(), openBrowser()]);
    ada = await server.person('ada', 'Ada Lovelace');
    grace = await server.person('grace', 'Grace Hopper');
    mary = await server.person('mary', 'Mary Somerville');
});

afterAll(async () => {
    await browser?.close();
    await server?.end();
});

describe('Notifications', () => {
    it('are grouped, counted in the navigation, and come while one looks', async () => {
        const post = await server.post(ada, 'The engine weaves patterns.');
        for (const who of [grace, mary]) {
            await server.ask(who, 'POST', `/api/v1/statuses/${post}/favourite`);
        }
        await server.drain();
        const visitor = await Visitor.signedIn(browser, server, ada);
        const { page } = visitor;
        await page.goto('/home');
        await page.getByRole('link', { name: /Notifications\s*1/ }).waitFor();

        await page.goto('/notifications');
        const group = page.getByRole('listitem').filter({ hasText: 'favourited your post' });
        await group.getByText(/and Grace Hopper|and Mary Somerville/).waitFor();
        await group.getByText('Unread').waitFor({ state: 'attached' });
        await page.getByRole('link', { name: /^Notifications$/ }).waitFor();
        await visitor.checkAccess();
        await visitor.picture('notifications');

        await server.follow(grace, ada);
        await server.post(mary, '@ada Does it weave flowers?');
        await page.getByText('follows you now').waitFor();
        await page.getByText('mentioned you').waitFor();

        await page.getByRole('link', { name: 'Mentions' }).click();
        await page.getByText('mentioned you').waitFor();
        expect(await page.getByText('follows you now').count()).toBe(0);
        await page.getByRole('link', { name: 'All' }).click();

        await group.getByRole('button', { name: 'Dismiss' }).click();
        await group.waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Clear all' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Clear all' }).click();
        await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
        await visitor.leave();
    });

    it('answer requests to follow', async () => {
        await server.ask(ada, 'PATCH', '/api/v1/accounts/update_credentials', { locked: true });
        await server.follow(mary, ada);
        await server.drain();
        const visitor = await Visitor.signedIn(browser, server, ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/notifications?show=follows');
        await page.getByRole('button', { name: 'Allow: Mary Somerville' }).click();
        await page.getByText('Mary Somerville follows you now').waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('are held back as one wishes, and let through', async () => {
        const visitor = await Visitor.signedIn(browser, server, grace);
        const { page } = visitor;
        await page.goto('/settings/notifications');
        await page.getByLabel('People you do not follow').selectOption({ label: 'Hold back' });
        await page.getByText('Kept', { exact: true }).waitFor();
        await visitor.checkAccess();

        await server.post(mary, '@grace Have you seen the moth?');
        await server.drain();
        await page.goto('/notifications');
        await page.getByRole('link', { name: /1 person are held back|held back/ }).click();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Let through: Mary Somerville' }).click();
        await page.getByRole('heading', { name: 'Nothing is held back' }).waitFor();
        await page.goto('/notifications');
        await page.getByRole('listitem').filter({ hasText: 'mentioned you' }).waitFor();
        await visitor.leave();
    });
});
