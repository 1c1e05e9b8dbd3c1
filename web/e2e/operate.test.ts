import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let eve: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    eve = await server.person('eve', 'Eve');
    await server.command('account', 'role', 'ada', 'admin');
    const post = await server.post(eve, 'Buy my pills.');
    const mary = await server.person('mary', 'Mary Somerville');
    await server.ask(mary, 'POST', '/api/v1/reports', {
        account_id: eve.id,
        status_ids: [post],
        category: 'spam',
        comment: 'Nobody asked for pills.',
    });
});

describe('Operate', () => {
    it('shows the server live, as plots and as tables', async () => {
        const visitor = await stage.signingIn(ada);
        const { page } = visitor;
        await page.getByRole('link', { name: 'Operate' }).click();
        const requests = page.getByRole('region', { name: 'Requests' });
        await requests
            .getByText(/^\d.*\/s$/)
            .first()
            .waitFor();
        await requests.locator('canvas').waitFor();
        await visitor.checkAccess();
        await visitor.picture('operate');
        await page.getByRole('button', { name: 'As table' }).click();
        await requests.getByRole('columnheader', { name: 'answered' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('works through a report up to a suspension, and ends that', async () => {
        const visitor = await stage.signingIn(ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/admin/reports');
        await page.getByRole('link', { name: /Eve.*Nobody asked for pills/ }).waitFor();
        await visitor.checkAccess();
        await page.getByRole('link', { name: /Eve.*Nobody asked for pills/ }).click();
        await page.getByText('Buy my pills.').waitFor();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Take it on' }).click();
        await page.getByRole('button', { name: 'Give it back' }).waitFor();
        await page.getByRole('button', { name: 'Resolve' }).click();
        await page.getByRole('button', { name: 'Open again' }).click();
        await page.getByRole('button', { name: 'Suspend account' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Suspend account' }).click();
        await page.getByText('Account suspended').waitFor();
        await expect(stage.server.post(eve, 'More pills.')).rejects.toThrow(/40[13]/);

        await page.goto('/admin/accounts?state=suspended');
        await visitor.checkAccess();
        await page.getByRole('link', { name: /@eve/ }).click();
        await page.getByRole('button', { name: 'End suspension' }).click();
        await page.getByRole('button', { name: 'Suspend account' }).waitFor();
        await visitor.checkAccess();
        await page.goto('/admin/accounts');
        await page.getByLabel('Search accounts').fill('mar');
        await page.getByRole('link', { name: /@eve/ }).waitFor({ state: 'detached' });
        await page.getByRole('link', { name: /@mary/ }).waitFor();
        await visitor.leave();
    });

    it('lets one go on typing while it looks for accounts', async () => {
        const visitor = await stage.signingIn(ada);
        const { page } = visitor;
        await page.goto('/admin/accounts');
        const box = page.getByRole('searchbox');
        await box.click();
        await page.keyboard.type('ma');
        await page.waitForURL(/q=ma$/);
        await page.keyboard.type('ry');
        await page.waitForURL(/q=mary$/);
        await page.getByText('Mary Somerville').waitFor();
        await visitor.leave();
    });

    it('leads a moderator, for whom there are no figures, to the reports', async () => {
        const mona = await stage.server.person('mona', 'Mona');
        await stage.server.command('account', 'role', 'mona', 'moderator');
        const visitor = await stage.signingIn(mona);
        const { page } = visitor;
        await page.getByRole('link', { name: 'Operate' }).click();
        await page.waitForURL('**/admin/reports');
        await page.getByRole('link', { name: 'Resolved' }).waitFor();
        await page.getByRole('link', { name: 'Accounts' }).waitFor();
        expect(await page.getByRole('link', { name: 'Live' }).count()).toBe(0);
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('is not for others', async () => {
        const grace = await stage.server.person('grace', 'Grace Hopper');
        const visitor = await stage.signedIn(grace);
        const { page } = visitor;
        await page.goto('/admin');
        await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
        expect(await page.getByRole('link', { name: 'Operate' }).count()).toBe(0);
        await visitor.checkAccess();
        await visitor.leave();
    });
});
