import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let bob: Person;
let cleo: Person;
let eve: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    bob = await server.person('bob', 'Bob Builder');
    cleo = await server.person('cleo', 'Cleo');
    eve = await server.person('eve', 'Eve');
    for (const person of [ada, bob, cleo]) {
        await server.ask(person, 'PATCH', '/api/v1/accounts/update_credentials', {
            discoverable: true,
            indexable: true,
        });
    }
    // Eve knows Ada, and Ada knows Bob and Cleo.
    await server.follow(eve, ada);
    await server.follow(ada, bob);
    await server.follow(ada, cleo);
    await server.post(ada, 'The engine weaves patterns.');
    await server.post(cleo, 'An asp is a promise.');
    await server.post(bob, 'A bridge is a promise, too.');
});

describe('Exploring', () => {
    it('proposes people with the reason, and not those whom one does not want', async () => {
        const visitor = await stage.signedIn(eve, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/explore?tab=people');
        const people = page.getByRole('main').getByRole('listitem');
        await people.filter({ hasText: 'Bob' }).getByText('Followed by people whom you').waitFor();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Do not suggest Bob Builder' }).click();
        await people.filter({ hasText: 'Bob' }).waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Follow: Cleo' }).click();
        await page.getByRole('button', { name: 'Following: Cleo' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Nobody to show' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('puts a suggestion back if the server did not hear that it is not wanted', async () => {
        const visitor = await stage.signedIn(cleo);
        const { page } = visitor;
        await page.goto('/explore?tab=people');
        const dismiss = page.getByRole('button', { name: 'Do not suggest Ada Lovelace' });
        await dismiss.waitFor();
        await page.route('**/api/v1/suggestions/*', (route) => route.abort());
        await dismiss.click();
        await page.getByText('The server cannot be reached').waitFor();
        await dismiss.waitFor();
        await visitor.leave();
    });

    it('lists who wishes to be found, in either order', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/explore?tab=active');
        const rows = page.getByRole('list', { name: 'Directory' }).getByRole('listitem');
        await rows.nth(3).waitFor();
        const names = (): Promise<string[]> => rows.locator('bdi').allInnerTexts();
        expect(await names()).toEqual(['Bob Builder', 'Cleo', 'Ada Lovelace', 'Eve']);
        await page.getByRole('link', { name: 'Newest here' }).click();
        await page.waitForURL('**/explore?tab=new');
        await expect.poll(names).toEqual(['Eve', 'Cleo', 'Bob Builder', 'Ada Lovelace']);
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('has people to offer where nothing stands out', async () => {
        const visitor = await stage.signedIn(bob);
        const { page } = visitor;
        await page.goto('/explore');
        await page.getByRole('heading', { name: 'Nothing stands out yet' }).waitFor();
        await page.getByRole('button', { name: 'Follow: Ada Lovelace' }).waitFor();
        await visitor.checkAccess();
        for (const name of ['Hashtags', 'Links']) {
            await page.getByRole('link', { name, exact: true }).click();
            await page.getByRole('heading', { name: /stands out yet/ }).waitFor();
            await visitor.checkAccess();
        }
        await visitor.leave();
    });
});
