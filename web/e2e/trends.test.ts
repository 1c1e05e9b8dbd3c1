import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

const ADDRESS = 'https://example.org/birds-of-spring';
const talkers: Person[] = [];
let reader: Person;

/** Accounts count from their first day, so that a test need not wait for three. */
const stage = Stage.set(async (server) => {
    reader = await server.person('eve', 'Eve');
    for (let number = 1; number <= 8; ++number) {
        const talker = await server.person(`talker${number}`, `Talker ${number}`);
        talkers.push(talker);
        await server.follow(reader, talker);
    }
    let post = '';
    for (const talker of talkers) {
        post = await server.post(talker, `Look, how they come back! #Birds ${ADDRESS}`);
    }
    for (const talker of talkers.slice(0, -1)) {
        await server.ask(talker, 'POST', `/api/v1/statuses/${post}/favourite`);
    }
}, '[trends]\nrefresh_interval_ms = 50\naccount_age_full_ms = 0\nfollowers_half = 0.1\n');

/** What trends is judged from time to time. */
async function untilTrending(what: 'tags' | 'links' | 'statuses'): Promise<void> {
    await expect
        .poll(
            async () => {
                const list = await stage.server.ask(reader, 'GET', `/api/v1/trends/${what}`);
                return (list as unknown as unknown[]).length;
            },
            { timeout: 20_000 },
        )
        .toBeGreaterThan(0);
}

describe('What is much talked about', () => {
    it('is there as hashtags, links and posts', async () => {
        await Promise.all((['tags', 'links', 'statuses'] as const).map(untilTrending));
        const visitor = await stage.signedIn(reader, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/explore');
        const tags = page.getByRole('region', { name: 'Hashtags' });
        await tags.getByRole('link', { name: /^#birds/i }).waitFor();
        await tags.getByText('8 people in two days').waitFor();
        await page.getByRole('article', { name: /Talker 8/ }).waitFor();
        await visitor.checkAccess();

        const links = page.getByRole('region', { name: 'Links' });
        const outside = links.getByRole('link', { name: /opens in a new tab/ });
        expect(await outside.getAttribute('href')).toBe(ADDRESS);
        expect(await outside.getAttribute('rel')).toContain('noopener');
        await links.getByRole('link', { name: 'shared by 8 people in two days' }).click();
        await page.getByRole('heading', { name: 'Posts with this link' }).waitFor();
        await page.reload();
        await page.getByRole('article', { name: /Talker 8/ }).waitFor();
        await visitor.checkAccess();

        await page.goto('/explore?tab=tags');
        await page.getByRole('button', { name: /^Follow: #birds/i }).click();
        await page.getByRole('button', { name: /^Following: #birds/i }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('is there for visitors, too', async () => {
        await untilTrending('tags');
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/explore');
        const tags = page.getByRole('region', { name: 'Hashtags' });
        await tags.getByRole('link', { name: /^#birds/i }).waitFor();
        await page.goto('/explore?tab=links');
        await page.getByRole('link', { name: /opens in a new tab/ }).waitFor();
        await visitor.checkAccess();
        await page.goto('/explore?tab=link&url=javascript:alert(1)');
        await page.getByRole('heading', { name: 'No posts to show' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });
});
