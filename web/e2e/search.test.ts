import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let eve: Person;
let weaving: string;

const MANY = 45;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    eve = await server.person('eve', 'Eve');
    await server.ask(ada, 'PATCH', '/api/v1/accounts/update_credentials', {
        discoverable: true,
        indexable: true,
        note: 'I think about looms.',
    });
    weaving = await server.post(
        ada,
        'The Café weaves patterns: see https://example.org/cafes/loom\n\n' +
            'No <b>engine</b> is weaving alone. #looms @eve',
        { language: 'en' },
    );
    for (let number = 1; number <= MANY; ++number) {
        await server.post(ada, `Thread number ${number} of the spool`, { language: 'en' });
    }
    await server.post(ada, 'The spool, the spool, the whole spool', { language: 'en' });
});

const box = (page: Page): Locator => page.getByRole('main').getByRole('combobox');
const marks = (page: Page): Promise<string[]> => page.locator('main mark').allInnerTexts();

/** The texts of posts on the page, and where their links lead to. */
function contentOf(page: Page): Promise<{ text: string; links: (string | null)[] }> {
    return page
        .getByRole('article')
        .first()
        .evaluate((article) => ({
            text: [...article.querySelectorAll('[dir=auto]')].map((one) => one.textContent).join(),
            links: [...article.querySelectorAll('[dir=auto] a')].map((one) =>
                one.getAttribute('href'),
            ),
        }));
}

/** The index hears of posts a moment after they were made. */
async function untilFound(query: string): Promise<void> {
    await expect
        .poll(
            async () => {
                const where = `/api/v2/search?type=statuses&q=${encodeURIComponent(query)}`;
                const found = await stage.server.ask(eve, 'GET', where);
                return (found.statuses as unknown[]).length;
            },
            { timeout: 20_000 },
        )
        .toBeGreaterThan(0);
}

describe('What was found', () => {
    it('is marked in texts, which stay what they are', async () => {
        await untilFound('patterns');
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto(`/@ada/${weaving}`);
        await page.getByRole('article').first().waitFor();
        const plain = await contentOf(page);
        await page.goto(`/search?type=statuses&q=${encodeURIComponent('cafe weave #looms @eve')}`);
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        expect(await marks(page)).toEqual(['Café', 'weaves', 'cafes', 'weaving', 'looms', 'eve']);
        expect(await contentOf(page)).toEqual(plain);
        expect(plain.text).toContain('<b>engine</b>');
        await visitor.checkAccess();
        await page.emulateMedia({ colorScheme: 'dark' });
        await visitor.checkContrast();
        await visitor.leave();
    });

    it('is told apart by kinds, people and hashtags first', async () => {
        const visitor = await stage.signedIn(eve, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/search?q=ada+from:ada+');
        await page.getByRole('region', { name: 'People' }).getByText('@ada').waitFor();
        expect(await marks(page)).toContain('Ada');
        await page.goto('/search?q=looms+');
        await page.getByRole('region', { name: 'Hashtags' }).getByText('#looms').waitFor();
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        await visitor.checkAccess();
        await page.getByRole('link', { name: 'People', exact: true }).click();
        await page.waitForURL('**/search?q=looms+&type=accounts');
        await page.goto('/search?q=from%3Aada&type=hashtags');
        await page.getByRole('heading', { name: 'Only posts are found like this' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('goes on to the end in both orders, and is there again on the way back', async () => {
        await untilFound('"whole spool"');
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/search?q=spool+&type=statuses');
        const posts = page.getByRole('feed');
        await posts.getByText('whole spool').waitFor();
        expect(await page.getByRole('article').first().innerText()).toContain('whole spool');
        await toTheEnd(page);
        await page.getByText('Thread number 1 of the spool').waitFor();

        await page.getByRole('link', { name: 'Most relevant' }).click();
        await page.waitForURL('**order=relevance');
        await posts.getByText('whole spool').waitFor();
        await toTheEnd(page);
        const last = page.getByRole('article').last();
        expect(await last.getAttribute('aria-setsize')).toBe(String(MANY + 1));
        await last.getByRole('time').click();
        await page.waitForURL('**/@ada/*');
        await page.goBack();
        await page.waitForURL('**order=relevance');
        await last.waitFor();
        await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1_000);
        await page.goBack();
        await page.waitForURL('**/search?q=spool+&type=statuses');
        await posts.getByText(/spool/).first().waitFor();
        // Where it was left: at the end, or at its head, where the link was pressed.
        await page.evaluate(() => {
            scrollTo(0, 0);
        });
        await posts.getByText('whole spool').waitFor();
        await visitor.leave();
    });

    it('is about posts only for members', async () => {
        const visitor = await stage.arrive();
        const { page } = visitor;
        await page.goto('/search?q=spool&type=statuses');
        await page.getByRole('heading', { name: 'Sign in to search posts' }).waitFor();
        await visitor.checkAccess();
        await page.goto('/search?q=ada');
        await page.getByRole('region', { name: 'People', exact: true }).getByText('@ada').waitFor();
        await visitor.leave();
    });
});

async function toTheEnd(page: Page): Promise<void> {
    const size = async (): Promise<string | null> =>
        page.getByRole('article').last().getAttribute('aria-setsize');
    await expect
        .poll(async () => {
            await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
            return size();
        })
        .toBe(String(MANY + 1));
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
}

describe('The search box', () => {
    it('puts operators in and completes what they take, by keyboard', async () => {
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/search');
        await page.getByRole('button', { name: /^from:/ }).click();
        await page.keyboard.type('ad');
        await page.getByRole('main').getByRole('option', { name: /@ada/ }).waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        expect(await box(page).inputValue()).toBe('from:ada ');
        await page.keyboard.type('has:');
        await page
            .getByRole('main')
            .getByRole('option', { name: /^media/ })
            .waitFor();
        await visitor.checkAccess();
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('Enter');
        expect(await box(page).inputValue()).toBe('from:ada has:poll ');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/search?q=from%3Aada+has%3Apoll+');
        await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
        await visitor.leave();
    });

    it('says what the server does not understand where it was typed', async () => {
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/search?q=spool+has%3Awings+ada');
        await page.getByRole('alert').getByText('has: takes media, poll, link or embed').waitFor();
        expect(await box(page).getAttribute('aria-invalid')).toBe('true');
        await visitor.checkAccess();
        await page.emulateMedia({ colorScheme: 'dark' });
        await visitor.checkContrast();
        await page.getByRole('button', { name: 'Go to has:wings' }).click();
        await page.keyboard.type('is:reply');
        expect(await box(page).inputValue()).toBe('spool is:reply ada');
        await page.getByRole('alert').waitFor({ state: 'detached' });
        await visitor.leave();
    });

    it('keeps what was searched for until one forgets it, or leaves', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/search?q=spool');
        await page.getByRole('article').first().waitFor();
        await page.goto('/search?q=%23looms&type=hashtags');
        await page.getByRole('link', { name: /^#looms/ }).waitFor();
        await page.goto('/search');
        const recent = page.getByRole('region', { name: 'Recent searches' });
        await recent.getByRole('link', { name: 'spool' }).waitFor();
        expect(await recent.getByRole('link').allInnerTexts()).toEqual(['#looms', 'spool']);
        await page.keyboard.press('ArrowDown');
        await page
            .getByRole('main')
            .getByRole('option', { name: /^spool/ })
            .waitFor();
        await visitor.checkAccess();
        await page.keyboard.press('Escape');
        await recent.getByRole('button', { name: 'Forget “#looms”' }).click();
        await recent.getByRole('link', { name: '#looms' }).waitFor({ state: 'detached' });
        await page.reload();
        await recent.getByRole('link', { name: 'spool' }).waitFor();
        await recent.getByRole('button', { name: 'Forget all' }).click();
        await page.getByRole('heading', { name: 'What are you looking for?' }).waitFor();
        const kept = (): Promise<string | null> =>
            page.evaluate(() => localStorage.getItem('rookery.searches'));
        expect(await kept()).toBeNull();

        await page.goto('/search?q=spool');
        await expect.poll(kept).toContain('spool');
        await page.getByRole('button', { name: /^Your account/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.getByRole('heading', { name: 'What people are saying' }).waitFor();
        expect(await kept()).toBeNull();
        await visitor.leave();
    });
});
