import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let grace: Person;
let mary: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    grace = await server.person('grace', 'Grace Hopper');
    mary = await server.person('mary', 'Mary Somerville');
});

describe('Notifications', () => {
    it('are grouped, counted in the navigation, and come while one looks', async () => {
        const post = await stage.server.post(ada, 'The engine weaves patterns.');
        for (const who of [grace, mary]) {
            await stage.server.ask(who, 'POST', `/api/v1/statuses/${post}/favourite`);
        }
        await stage.server.drain();
        const visitor = await stage.signedIn(ada);
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

        await stage.server.follow(grace, ada);
        await stage.server.post(mary, '@ada Does it weave flowers?');
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
        await stage.server.ask(ada, 'PATCH', '/api/v1/accounts/update_credentials', {
            locked: true,
        });
        await stage.server.follow(mary, ada);
        await stage.server.drain();
        const visitor = await stage.signedIn(ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/notifications?show=follows');
        await page.getByRole('button', { name: 'Allow: Mary Somerville' }).click();
        await page.getByText('Mary Somerville follows you now').waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('are held back as one wishes, and let through', async () => {
        const visitor = await stage.signedIn(grace);
        const { page } = visitor;
        await page.goto('/settings/notifications');
        await page.getByLabel('People you do not follow').selectOption({ label: 'Hold back' });
        await page.getByText('Kept', { exact: true }).waitFor();
        await visitor.checkAccess();

        await stage.server.post(mary, '@grace Have you seen the moth?');
        await stage.server.drain();
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
