import { describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let bob: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada');
    bob = await server.person('bobolink', 'Bob');
    await server.post(bob, 'Birds and #lookouts');
});

function post(page: Page, text: string): Locator {
    return page.getByRole('article').filter({ hasText: text });
}

function textBox(page: Page): Locator {
    return page.getByRole('textbox', { name: 'Text of the post' });
}

describe('The composer', () => {
    it('opens with n, completes names, counts as the server, and posts at once', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await page.getByRole('heading', { name: 'Home' }).waitFor();
        await page.getByText('It is quiet here').waitFor();
        await page.keyboard.press('n');
        await page.getByRole('dialog', { name: 'New post' }).waitFor();
        await textBox(page).pressSequentially('Hello @bobo');
        await page.getByRole('option', { name: '@bobolink' }).waitFor();
        await visitor.checkAccess();
        await visitor.picture('compose-suggestions');
        await page.keyboard.press('Enter');
        expect(await textBox(page).inputValue()).toBe('Hello @bobolink ');
        await textBox(page).pressSequentially('https://example.com/long/long/long');
        // "Hello @bobolink " and 23 for the link.
        await page.getByText('461 characters left').waitFor({ state: 'attached' });
        await page.keyboard.press('Control+Enter');
        await post(page, 'Hello @bobolink').waitFor();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await visitor.leave();
    });

    it('keeps what is typed when the tab is closed', async () => {
        const visitor = await stage.signedIn(ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/compose');
        await textBox(page).fill('Half a thou');
        await page.getByText('Kept as a draft').waitFor();
        await visitor.checkAccess();
        await visitor.picture('compose-phone');
        await page.close();
        const again = await visitor.context.newPage();
        await again.goto('/compose');
        await again.getByText('Kept as a draft').waitFor();
        expect(await textBox(again).inputValue()).toBe('Half a thou');
        await again.getByRole('button', { name: 'Discard' }).click();
        const sure = again.getByRole('dialog').getByRole('button', { name: 'Discard' });
        await sure.click();
        await sure.waitFor({ state: 'detached' });
        expect(await textBox(again).inputValue()).toBe('');
        await visitor.leave();
    });

    it('loses nothing when the server is away, and sends it once it is back', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await post(page, 'Hello @bobolink').waitFor();
        await page.keyboard.press('n');
        await textBox(page).waitFor();
        await stage.server.down();
        await textBox(page).fill('Written in the dark');
        await page.getByRole('dialog').getByRole('button', { name: 'Post' }).click();
        const waiting = page.getByRole('list', { name: 'On their way' });
        await waiting.getByText('Could not be sent yet').waitFor();
        await visitor.checkAccess();
        await visitor.picture('outbox');
        await stage.server.up();
        // A new page of the same browser knows of it, and sends it.
        await page.reload();
        await post(page, 'Written in the dark').waitFor();
        await waiting.waitFor({ state: 'detached' });
        const mine = (await stage.server.ask(
            ada,
            'GET',
            `/api/v1/accounts/${ada.id}/statuses`,
        )) as unknown as { content: string }[];
        expect(mine.filter(({ content }) => content.includes('in the dark'))).toHaveLength(1);
        await visitor.leave();
    });

    it('changes a post, shows what it said before, and deletes it to write it anew', async () => {
        const id = await stage.server.post(ada, 'Teh first try');
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto(`/@ada/${id}`);
        const menu = async (item: string): Promise<void> => {
            await page.getByRole('button', { name: 'More actions' }).click();
            await page.getByRole('menuitem', { name: item, exact: true }).click();
        };
        await post(page, 'Teh first try').waitFor();
        await menu('Edit');
        await page.waitForURL(`**/compose?edit=${id}`);
        await textBox(page).fill('The first try');
        await page.getByRole('button', { name: 'Save' }).click();
        await post(page, 'The first try').waitFor();
        await menu('Edit history');
        await page.getByText('Teh first try').waitFor();
        await visitor.checkAccess();
        await page.goBack();
        await post(page, 'The first try').waitFor();
        await menu('Delete and write anew');
        await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
        await page.waitForURL(`**/compose?redraft=${id}`);
        await page.getByText('Kept as a draft').waitFor();
        expect(await textBox(page).inputValue()).toBe('The first try');
        await visitor.leave();
    });

    it('reports, mutes, pins, and shows who liked a post', async () => {
        const id = await stage.server.post(bob, 'Buy my seeds');
        await stage.server.ask(ada, 'POST', `/api/v1/statuses/${id}/favourite`);
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        const menu = async (item: string): Promise<void> => {
            await page.getByRole('button', { name: 'More actions' }).click();
            await page.getByRole('menuitem', { name: item }).click();
        };
        await page.goto(`/@bobolink/${id}`);
        await post(page, 'Buy my seeds').waitFor();
        await menu('Mute conversation');
        await page.getByText('no more notifications of this conversation').waitFor();
        await menu('Report');
        await page.getByRole('radio', { name: 'It is spam' }).check();
        await page.getByLabel('What else should they know?').fill('Every day');
        await visitor.checkAccess();
        await visitor.picture('report');
        await page.getByRole('button', { name: 'Send report' }).click();
        await page.getByText('Reported. Thank you').waitFor();
        await menu('Who favourited it');
        await page.getByRole('listitem').filter({ hasText: '@ada' }).waitFor();
        await visitor.checkAccess();
        const own = await stage.server.post(ada, 'On my door');
        await page.goto(`/@ada/${own}`);
        await menu('Pin to profile');
        await page.getByText('Pinned to your profile').waitFor();
        await visitor.leave();
    });
});
