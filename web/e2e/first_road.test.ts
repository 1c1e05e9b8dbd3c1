import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    await server.post(ada, 'The engine weaves patterns. #looms');
});

describe('The first road', () => {
    it('shows a visitor what people say', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/');
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        await page.getByRole('link', { name: '#looms' }).waitFor();
        await visitor.checkAccess();
        await visitor.picture('landing');
        await visitor.leave();
    });

    it('says why one cannot sign in where the connection is not secure', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        // The same server by a name that browsers do not trust without TLS.
        await page.goto(stage.server.url.replace('127.0.0.1', '0.0.0.0'));
        await page.getByRole('button', { name: 'Sign in' }).first().click();
        await page.getByText('Signing in needs a secure connection').waitFor();
        await visitor.leave();
    });

    it('lets somebody sign up, come in, and see what they posted', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/');
        await page.getByRole('button', { name: 'Make an account' }).first().click();
        await page.getByLabel(/^Name/).fill('grace');
        await page.getByLabel('E-mail').fill('grace@example.org');
        await page.getByLabel(/^Password/).fill('a password that is long');
        for (const box of await page.getByRole('checkbox').all()) {
            await box.check();
        }
        await page.getByRole('button', { name: 'Make account' }).click();
        await page.waitForURL(/\/(welcome|home)$/);

        await page.goto('/home');
        await page.getByRole('heading', { name: 'It is quiet here' }).waitFor();
        await visitor.checkAccess();
        const kept = await page.evaluate(() => localStorage.getItem('rookery.session'));
        const { token } = JSON.parse(kept ?? '{}') as { token: string };
        const grace: Person = { name: 'grace', password: '', token, id: '' };
        await stage.server.post(grace, 'It was a moth in relay 70.');
        await page.getByRole('article', { name: /grace/ }).waitFor();

        await page.getByRole('button', { name: /Your account/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'What people are saying' }).waitFor();
        await expect(stage.server.post(grace, 'Am I still here?')).rejects.toThrow('401');
        await visitor.leave();
    });

    it('lets somebody come back who has an account', async () => {
        const visitor = await stage.arrive({ viewport: PHONE });
        const { page } = visitor;
        await page.goto('/');
        await page.getByRole('button', { name: 'Sign in' }).first().click();
        await visitor.signIn(ada);
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        await visitor.checkAccess();
        await visitor.picture('home-phone');
        await visitor.leave();
    });
});
