import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import { type Json, type Person } from './server';
import { Stage } from './stage';

let ada: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
});

describe('Settings', () => {
    it('change the profile', async () => {
        const visitor = await stage.signedIn(ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/settings');
        await visitor.checkAccess();
        await page.getByRole('link', { name: /^Profile/ }).click();
        await page.getByLabel('Name', { exact: true }).fill('x'.repeat(31));
        await page.getByText('longer than 30 characters').waitFor();
        await page.getByLabel('Name', { exact: true }).fill('Countess Lovelace');
        await page.getByLabel('About you', { exact: true }).fill('I weave with numbers.');
        await page.getByRole('button', { name: 'Add an entry' }).click();
        await page.getByLabel('Label 1').fill('Home');
        await page.getByLabel('Content 1').fill('London');
        const preview = page.getByRole('region', { name: 'Preview' });
        await preview.getByText('Countess Lovelace').waitFor();
        await visitor.checkAccess();
        await visitor.picture('settings-profile-phone');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved', { exact: true }).waitFor();
        const account = await stage.server.ask(null, 'GET', `/api/v1/accounts/${ada.id}`);
        expect(account.display_name).toBe('Countess Lovelace');
        expect(account.fields).toMatchObject([{ name: 'Home', value: 'London' }]);
        await visitor.leave();
    });

    it('change privacy, and it holds', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/settings/privacy');
        await page.getByRole('switch', { name: 'Approve followers' }).check();
        await page.getByText('Saved', { exact: true }).waitFor();
        await page.getByRole('radio', { name: /Followers only/ }).check();
        await visitor.checkAccess();
        await page.reload();
        await page.getByRole('switch', { name: 'Approve followers', checked: true }).waitFor();
        await page.getByRole('radio', { name: /Followers only/, checked: true }).waitFor();
        await visitor.leave();
    });

    it('keep words out', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/settings/filters');
        await page.getByRole('heading', { name: 'No filters' }).waitFor();
        await visitor.checkAccess();
        await page.getByRole('link', { name: 'New filter' }).click();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('The filter needs a name.').waitFor();
        await page.getByLabel('Name', { exact: true }).fill('Sport');
        await page.getByLabel('Word or phrase 1').fill('football');
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('link', { name: /Sport.*football/ }).click();
        await page.getByRole('button', { name: 'Add a word' }).click();
        await page.getByLabel('Word or phrase 2').fill('cricket');
        await page.getByRole('button', { name: 'Remove word 1' }).click();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('link', { name: /Sport.*cricket/ }).click();
        await page.getByRole('button', { name: 'Remove filter' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Remove filter' }).click();
        await page.getByRole('heading', { name: 'No filters' }).waitFor();
        await visitor.leave();
    });

    it('end a session elsewhere', async () => {
        const other = await stage.server.command('account', 'token', 'ada');
        const elsewhere: Person = { ...ada, token: other.trim() };
        await stage.server.ask(elsewhere, 'GET', '/api/v1/accounts/verify_credentials');
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/settings/sessions');
        await page.getByText('This browser').waitFor();
        await visitor.checkAccess();
        await page.getByRole('button', { name: /^End: / }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
        await page.getByText('Session ended').waitFor();
        const asked = stage.server.ask(elsewhere, 'GET', '/api/v1/accounts/verify_credentials');
        await expect(asked).rejects.toThrow('401');
        await visitor.leave();
    });

    it('change how the app looks, for good', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/settings/appearance');
        await page.getByRole('radio', { name: 'Dark' }).check();
        await page.getByRole('radio', { name: 'Very large' }).check();
        await visitor.checkAccess();
        await page.getByRole('radio', { name: 'Deutsch' }).check();
        await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
        await page.reload();
        await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
        const look = (await page.evaluate(() => ({
            scheme: getComputedStyle(document.documentElement).colorScheme,
            size: getComputedStyle(document.documentElement).fontSize,
            lang: document.documentElement.lang,
        }))) as Json;
        expect(look).toEqual({ scheme: 'dark', size: '21px', lang: 'de' });
        await visitor.leave();
    });
});
