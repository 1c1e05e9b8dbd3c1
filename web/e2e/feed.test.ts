import { describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { Person } from './server';
import { Stage } from './stage';

const POSTS = 400;

let ada: Person;
let bob: Person;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada');
    bob = await server.person('bob', 'Bob');
    await server.follow(ada, bob);
    for (let number = 1; number <= POSTS; ++number) {
        // Of several heights, so that guesses of them are wrong.
        await server.post(bob, `Number ${number}. ${'More of it. '.repeat((number * 7) % 30)}`);
    }
});

function post(page: Page, text: string): Locator {
    return page.getByRole('article').filter({ hasText: text });
}

/** Scrolls as a reader does, until the post is there. */
async function scrollTo(page: Page, text: string): Promise<void> {
    await page.mouse.move(600, 400);
    while ((await post(page, text).count()) === 0) {
        // Less than is rendered at a time, or the post could pass between two looks.
        await page.mouse.wheel(0, 1_200);
        await page.evaluate(
            () => new Promise((resolve) => requestAnimationFrame(() => resolve(null))),
        );
    }
    await post(page, text).scrollIntoViewIfNeeded();
}

async function topOf(page: Page, text: string): Promise<number> {
    return (await post(page, text).boundingBox())?.y ?? NaN;
}

describe('A feed', () => {
    it('goes on to its end, and has few posts on the page at any time', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await scrollTo(page, 'Number 1.');
        expect(await page.getByRole('article').count()).toBeLessThan(60);
        await page.getByText('You have seen everything').waitFor();
        const last = page.getByRole('article').last();
        expect(await last.getAttribute('aria-posinset')).toBe(String(POSTS));
        await visitor.leave();
    });

    it('is where one left it when one comes back', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await scrollTo(page, 'Number 250.');
        const before = await topOf(page, 'Number 250.');
        await page.getByRole('link', { name: 'Public' }).first().click();
        await page.getByRole('heading', { name: 'Public' }).waitFor();
        await page.goBack();
        await page.getByRole('heading', { name: 'Home' }).waitFor();
        await post(page, 'Number 250.').waitFor();
        expect(Math.abs((await topOf(page, 'Number 250.')) - before)).toBeLessThanOrEqual(2);
        await visitor.leave();
    });

    it('does not move when posts come in, and shows them when asked', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await scrollTo(page, 'Number 380.');
        const before = await topOf(page, 'Number 380.');
        await stage.server.post(bob, 'News of today');
        await page.getByRole('button', { name: '1 new post' }).waitFor();
        await stage.server.post(bob, 'News of tonight');
        expect(await topOf(page, 'Number 380.')).toBe(before);
        await page.getByRole('button', { name: '2 new posts' }).click();
        await post(page, 'News of tonight').waitFor();
        expect(await topOf(page, 'News of tonight')).toBeLessThan(80);
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('is read with j and k, and acted upon with f', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        await post(page, 'Number 400.').waitFor();
        const focused = page.locator('[role=article]:focus');
        await page.keyboard.press('j');
        const first = await focused.getAttribute('aria-posinset');
        await page.keyboard.press('j');
        expect(await focused.getAttribute('aria-posinset')).toBe(String(Number(first) + 1));
        await page.keyboard.press('k');
        expect(await focused.getAttribute('aria-posinset')).toBe(first);
        await page.keyboard.press('f');
        await focused.getByRole('button', { name: 'Favourite: 1', pressed: true }).waitFor();
        await page.keyboard.press('?');
        await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
        await visitor.checkAccess();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        await visitor.leave();
    });

    it('takes back what did not reach the server, and recovers when it is back', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        const card = post(page, 'Number 400.');
        const mark = card.getByRole('button', { name: /^Bookmark/ });
        await mark.waitFor();
        await stage.server.down();
        await mark.click();
        await page.getByText('it was taken back').waitFor();
        expect(await mark.getAttribute('aria-pressed')).toBe('false');
        await stage.server.up();
        await mark.click();
        await card.getByRole('button', { name: /^Bookmark/, pressed: true }).waitFor();
        await stage.server.post(bob, 'After the night');
        await page.getByRole('button', { name: /new post/ }).waitFor();
        await visitor.leave();
    });

    it('says that the session has ended, and leaves what is on screen', async () => {
        const eve = await stage.server.person('eve', 'Eve');
        await stage.server.post(eve, 'Still here to read');
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/home');
        await post(page, 'Still here to read').waitFor();
        await stage.server.command('account', 'reset', 'eve');
        await post(page, 'Still here to read')
            .getByRole('button', { name: /^Bookmark/ })
            .click();
        await page.getByRole('alert').filter({ hasText: 'session was revoked' }).waitFor();
        expect(await post(page, 'Still here to read').count()).toBe(1);
        await visitor.leave();
    });
});
