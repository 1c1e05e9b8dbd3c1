import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Json, Person } from './server';
import { Stage } from './stage';

let ada: Person;
let eve: Person;
let mary: Person;

// Windows that slide do not begin anew in the middle of a test.
const RULES = `
[instance]
password_grant = true

[[rate_limits.rule]]
name = "posts"
algorithm = "sliding-log"
amount = 3

[[rate_limits.rule]]
name = "posts-at-once"
enabled = false

[[rate_limits.rule]]
name = "reports"
per = ["address"]
algorithm = "sliding-log"
amount = 1

[[rate_limits.rule]]
name = "follows"
algorithm = "sliding-log"
amount = 1
shadow = true

[[rate_limits.rule]]
name = "sign-ins"
algorithm = "sliding-log"
amount = 8
`;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    eve = await server.person('eve', 'Eve');
    mary = await server.person('mary', 'Mary Somerville');
    await server.command('account', 'role', 'ada', 'admin');
    for (const words of ['One.', 'Two.', 'Three.']) {
        await server.post(eve, words);
    }
    await isRefused(eve, '/api/v1/statuses', { status: 'Four.' });
    await isRefused(eve, '/api/v1/statuses', { status: 'Four!' });
    await server.ask(mary, 'POST', '/api/v1/reports', { account_id: eve.id });
    await isRefused(ada, '/api/v1/reports', { account_id: eve.id });
    await server.follow(mary, ada);
    await server.follow(mary, eve);
    await trySignIn('somebody');
}, RULES);

async function isRefused(as: Person | null, path: string, body: Json): Promise<void> {
    await expect(stage.server.ask(as, 'POST', path, body)).rejects.toThrow(/: 429 /);
}

/** Guesses until no further guess is heard. */
async function trySignIn(username: string): Promise<void> {
    const app = await stage.server.ask(null, 'POST', '/api/v1/apps', {
        client_name: 'Guesses',
        redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
        scopes: 'read',
    });
    const guess = {
        grant_type: 'password',
        client_id: app.client_id,
        client_secret: app.client_secret,
        username,
        password: 'a guess',
    };
    for (let i = 0; i < 8; ++i) {
        await expect(stage.server.ask(null, 'POST', '/oauth/token', guess)).rejects.toThrow();
    }
    await isRefused(null, '/oauth/token', guess);
}

const lineOf = (page: Page, who: string) =>
    page.getByRole('region', { name: 'Who is limited' }).getByRole('listitem').filter({
        hasText: who,
    });

/** What the rows of a table add up to: what was allowed, what was refused. */
async function sumsOf(rule: Locator): Promise<[number, number]> {
    const sums: [number, number] = [0, 0];
    for (const row of await rule.getByRole('row').all()) {
        const [allowed = 0, refused = 0] = await row.getByRole('cell').allTextContents();
        sums[0] += Number(allowed);
        sums[1] += Number(refused);
    }
    return sums;
}

describe('Limits', () => {
    it('shows who was refused by which rule, and goes on while one looks', async () => {
        const visitor = await stage.signingIn(ada);
        const { page } = visitor;
        await page.getByRole('link', { name: 'Operate' }).click();
        await page.getByRole('link', { name: 'Limits' }).click();

        const limited = lineOf(page, '@eve');
        await limited.getByText('limited now').waitFor();
        await limited.getByText('Refused 2 times by').waitFor();
        await limited.getByRole('button', { name: 'posts', exact: true }).waitFor();
        await lineOf(page, '127.0.0.1').getByText('Refused once by').waitFor();
        await lineOf(page, 'sign-in as “somebody”').getByText('limited now').waitFor();
        const onTrial = lineOf(page, '@mary');
        await onTrial.getByText('on trial').waitFor();
        expect(await onTrial.getByText('limited now').count()).toBe(0);

        const posts = page.getByRole('region', { name: 'posts', exact: true });
        await posts.getByText('3 requests in 3 hours for each account').waitFor();
        await posts.locator('canvas').waitFor();
        await visitor.checkAccess();
        await visitor.picture('limits');

        await isRefused(eve, '/api/v1/statuses', { status: 'Five?' });
        await limited.getByText('Refused 3 times by').waitFor();

        await limited.getByRole('link', { name: '@eve' }).click();
        await page.getByRole('heading', { name: '@eve' }).waitFor();
        await visitor.leave();
    });

    it('says the same in tables, of an hour and of a day', async () => {
        const visitor = await stage.signingIn(ada, { viewport: PHONE, colorScheme: 'dark' });
        const { page } = visitor;
        await page.goto('/admin/limits');
        await page.getByRole('button', { name: 'As table' }).click();
        const posts = page.getByRole('region', { name: 'posts', exact: true });
        await posts.getByRole('columnheader', { name: 'Five minutes from' }).waitFor();
        const said = (await posts.getByRole('definition').allTextContents()).map(Number);
        expect(said[0]).toBe(3);
        expect(said[1]).toBeGreaterThanOrEqual(2);
        expect(await sumsOf(posts)).toEqual(said.slice(0, 2));
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Last day' }).click();
        await posts.getByRole('columnheader', { name: 'Hour from' }).waitFor();
        expect(await sumsOf(posts)).toEqual(said.slice(0, 2));
        expect(new URL(page.url()).search).toBe('?span=day');
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('finds by rule, name and address, and keeps that in the address of the page', async () => {
        const visitor = await stage.signingIn(ada);
        const { page } = visitor;
        await page.goto('/admin/limits');
        await lineOf(page, '@eve').waitFor();
        await page.getByLabel('Search by name or address').fill('127.0.');
        await lineOf(page, '@eve').waitFor({ state: 'detached' });
        await lineOf(page, '127.0.0.1').waitFor();
        await page.getByLabel('Rule', { exact: true }).selectOption('posts');
        await page.getByRole('heading', { name: 'Nobody fits' }).waitFor();
        await page.getByRole('region', { name: 'reports', exact: true }).waitFor({
            state: 'detached',
        });
        await visitor.checkAccess();
        await page.reload();
        await page.getByRole('heading', { name: 'Nobody fits' }).waitFor();
        await page.getByLabel('Search by name or address').fill('EVE');
        await lineOf(page, '@eve').waitFor();
        await visitor.leave();
    });

    it('says when there is nothing to see, and when it cannot see', async () => {
        const visitor = await stage.signingIn(ada);
        const { page } = visitor;
        const path = '**/api/rookery/v1/admin/limits';
        await page.route(path, (route) => route.abort());
        await page.goto('/admin/limits');
        await page.getByRole('heading', { name: 'No connection' }).waitFor();
        await visitor.checkAccess();
        const now = new Date().toISOString();
        await page.unroute(path);
        await page.route(path, (route) => route.fulfill({ json: { now, rules: [], refused: [] } }));
        await page.getByRole('heading', { name: 'No rule is in force' }).waitFor();
        await visitor.checkAccess();
        await page.unroute(path);
        await lineOf(page, '@eve').waitFor();
        await page.route(path, (route) => route.abort());
        await page.getByRole('status').filter({ hasText: 'cannot be reached' }).waitFor();
        await lineOf(page, '@eve').waitFor();
        await visitor.leave();
    });

    it('is for administrators only', async () => {
        await stage.server.command('account', 'role', 'mary', 'moderator');
        const visitor = await stage.signingIn(mary);
        const { page } = visitor;
        await page.goto('/admin/limits');
        await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
        await visitor.checkAccess();
        await page.goto('/admin/reports');
        await page.getByRole('link', { name: 'Accounts' }).waitFor();
        expect(await page.getByRole('link', { name: 'Limits' }).count()).toBe(0);
        await visitor.leave();
    });
});
