import { describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let bob: Person;
/** The first post; a reply with ten levels below it; one with many answers. */
let root: string;
let deep: string[];
let wide: string;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada');
    bob = await server.person('bob', 'Bob');
    await server.follow(ada, bob);
    root = await server.post(ada, 'What are you reading?');
    deep = [root];
    for (let level = 1; level <= 12; ++level) {
        const by = level % 2 === 0 ? ada : bob;
        deep.push(await reply(by, `Depth ${level}. And some more words.`, deep[level - 1] ?? ''));
    }
    wide = await reply(bob, 'The wide one', root);
    for (let number = 1; number <= 12; ++number) {
        await reply(bob, `Wide ${number}.`, wide);
    }
});

function reply(by: Person, text: string, to: string): Promise<string> {
    return stage.server.post(by, text, { in_reply_to_id: to });
}

function post(page: Page, text: string): Locator {
    return page.getByRole('article').filter({ hasText: text });
}

describe('A conversation', () => {
    it('is a tree that folds and unfolds', async () => {
        const visitor = await stage.signedIn(ada, { viewport: PHONE });
        const { page } = visitor;
        await page.goto(`/@ada/${root}`);
        await post(page, 'Depth 1.').waitFor();
        await visitor.checkAccess();
        await visitor.picture('thread-phone');
        await post(page, 'Depth 1.').getByRole('button', { name: 'Hide 11 replies' }).click();
        await post(page, 'Depth 2.').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Unfold all' }).click();
        await post(page, 'Depth 10.').scrollIntoViewIfNeeded();
        // Ten levels in, there is still room to read.
        const room = await post(page, 'Depth 10.').getByText('Depth 10.').boundingBox();
        expect(room?.width).toBeGreaterThan(200);
        await visitor.picture('thread-phone-deep');
        await page.getByRole('button', { name: 'Go on to 2 deeper replies' }).click();
        await page.waitForURL(`**/${deep[10]}`);
        await post(page, 'Depth 12.').waitFor();
        await visitor.leave();
    });

    it('shows more of a wide branch when asked', async () => {
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto(`/@ada/${root}`);
        await post(page, 'Depth 1.').getByRole('button', { name: 'Hide 11 replies' }).click();
        const more = page.getByRole('button', { name: 'Show 7 more replies' });
        await more.scrollIntoViewIfNeeded();
        expect(await post(page, 'Wide 12.').count()).toBe(0);
        await more.click();
        await post(page, 'Wide 12.').waitFor();
        await visitor.leave();
    });

    it('begins at the opened post, below what it answers, and leads to the whole', async () => {
        const visitor = await stage.signedIn(bob);
        const { page } = visitor;
        await page.goto(`/@ada/${deep[4]}`);
        await post(page, 'Depth 5.').waitFor();
        const opened = await post(page, 'Depth 4.').boundingBox();
        expect(opened?.y).toBeLessThan(120);
        await page.mouse.wheel(0, -3_000);
        await page.getByRole('button', { name: 'Show the whole conversation' }).click();
        await page.waitForURL(`**/${root}?from=${deep[4]}`);
        await post(page, 'Depth 4.').waitFor();
        await visitor.checkAccess();
        await visitor.picture('thread-whole');
        await visitor.leave();
    });

    it('takes a reply in place, three levels deep, and shows it in another browser', async () => {
        const visitor = await stage.signedIn(ada);
        const other = await stage.signedIn(bob, { colorScheme: 'dark' });
        const { page } = visitor;
        const mine = await stage.server.post(ada, 'A quiet place');
        await Promise.all([page.goto(`/@ada/${mine}`), other.page.goto(`/@ada/${mine}`)]);
        await other.page.getByText('No replies yet').waitFor();
        await answer(other.page, post(other.page, 'A quiet place'), 'First');
        await post(page, 'First').waitFor();
        await answer(page, post(page, 'First'), 'Second');
        await post(other.page, 'Second').waitFor();
        await answer(other.page, post(other.page, 'Second'), 'Third');
        await post(page, 'Third').waitFor();
        expect(await post(page, 'Third').getAttribute('aria-label')).toMatch(/level 3$/);
        await other.checkAccess();
        await other.picture('thread-dark');
        await stage.server.ask(bob, 'DELETE', `/api/v1/statuses/${await idOf('First', mine)}`);
        await page.getByRole('article').filter({ hasText: 'This post was deleted' }).waitFor();
        await post(page, 'Third').waitFor();
        await visitor.leave();
        await other.leave();
    });

    it('asks for the comments while the press lasts, and shows the pressed post at once', async () => {
        const lamp = await stage.server.post(bob, 'Who lit the lamp?');
        await reply(ada, 'The keeper did.', lamp);
        await stage.server.drain();
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto('/home');
        const card = post(page, 'Who lit the lamp?');
        // The page itself is there before somebody presses.
        await card.locator('time').hover();
        let answer = (): void => undefined;
        const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
        await page.route('**/context', async (route) => {
            await mayAnswer;
            await route.continue();
        });
        const asked = page.waitForRequest('**/context');
        await page.mouse.down();
        await asked;
        expect(new URL(page.url()).pathname).toBe('/home');
        await page.mouse.up();
        await page.waitForURL(`**/${lamp}`);
        await page.getByRole('feed', { name: 'Conversation' }).getByText('Who lit').waitFor();
        expect(await post(page, 'The keeper did.').count()).toBe(0);
        answer();
        await post(page, 'The keeper did.').waitFor();
        await visitor.leave();
    });

    it('says when there is no such post', async () => {
        const visitor = await stage.arrive();
        await visitor.page.goto('/@ada/1');
        await visitor.page.getByRole('heading', { name: 'This post is not here' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('stays small on the page with hundreds of comments', async () => {
        const busy = await stage.server.post(ada, 'Everybody speaks');
        for (let number = 1; number <= 300; ++number) {
            await reply(bob, `Voice ${number}.`, busy);
        }
        const visitor = await stage.signedIn(ada);
        const { page } = visitor;
        await page.goto(`/@ada/${busy}`);
        await post(page, 'Voice 1.').waitFor();
        expect(await page.getByRole('article').count()).toBeLessThan(60);
        const last = page.getByRole('article').last();
        expect(await last.getAttribute('aria-setsize')).toBe('301');
        await visitor.leave();

        // The server tells visitors less of it, and they hear so.
        const stranger = await stage.arrive();
        await stranger.page.goto(`/@ada/${busy}`);
        await stranger.page.getByText('There is more to this conversation').waitFor();
        await stranger.leave();
    });
});

/** Writes below the post that it answers. */
async function answer(page: Page, to: Locator, text: string): Promise<void> {
    await to
        .getByRole('button', { name: /^Reply/ })
        .first()
        .click();
    const box = to.getByRole('textbox', { name: 'Text of the post' });
    await box.press('End');
    await box.pressSequentially(text);
    await to.getByRole('button', { name: 'Reply', exact: true }).last().click();
    await box.waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'On their way' }).waitFor({ state: 'detached' });
    await post(page, text).waitFor();
}

async function idOf(text: string, below: string): Promise<string> {
    const context = await stage.server.ask(ada, 'GET', `/api/v1/statuses/${below}/context`);
    const descendants = context.descendants as { id: string; content: string }[];
    return descendants.find(({ content }) => content.includes(text))?.id ?? '';
}
