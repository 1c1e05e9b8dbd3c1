import type { Page } from 'playwright-core';
import { inKb, inMs, median, row, spread } from './figures';
import type { Subject } from './subject';
import { takeLongestTask, whenShown } from './watch';

export const COMMENTS = 5_000;
/** So many comments are on their way to the server at a time. */
const WRITERS = 64;
const ROUNDS = 5;

/** A tree of comments as crowds make them: many to the post itself, the rest wherever they like. */
async function makeThread({ demo }: Subject): Promise<string> {
    const { server } = demo;
    const author = demo.person('member');
    const root = await server.post(author, 'What was the first bird that you knew by name?');
    const ids = [root];
    let state = 1;
    const draw = (below: number): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
    };
    const write = async (): Promise<void> => {
        while (ids.length <= COMMENTS) {
            const number = ids.push('') - 1;
            const parent = draw(10) < 4 ? root : (ids[draw(number)] ?? '');
            const text = `Comment ${number}. ${'It sang before sunrise. '.repeat(draw(8))}`;
            const who = draw(2) === 0 ? author : demo.person('newcomer');
            // Of a parent that is itself on its way the id is not known yet.
            ids[number] = await server.post(who, text, { in_reply_to_id: parent || root });
        }
    };
    const before = performance.now();
    await Promise.all(Array.from({ length: WRITERS }, write));
    await server.drain();
    row('to write them', `${((performance.now() - before) / 1000).toFixed(1)} s`);
    return `/@${author.name}/${root}`;
}

async function measureAnswer({ demo }: Subject, path: string): Promise<void> {
    const id = path.split('/').at(-1) ?? '';
    const answers: number[] = [];
    let text = '';
    for (let round = 0; round < ROUNDS; ++round) {
        const before = performance.now();
        const answer = await fetch(`${demo.server.url}/api/v1/statuses/${id}/context`, {
            headers: { Authorization: `Bearer ${demo.person('member').token}` },
        });
        text = await answer.text();
        answers.push(performance.now() - before);
    }
    const { descendants } = JSON.parse(text) as { descendants: unknown[] };
    row('comments in the answer', String(descendants.length));
    row('the answer of the server', `${inMs(median(answers))}, ${inKb(text.length)}`);
}

async function measureOpening(subject: Subject, path: string): Promise<void> {
    const firsts: number[] = [];
    const longest: number[] = [];
    for (let round = 0; round < ROUNDS; ++round) {
        const visitor = await subject.visit('member');
        await visitor.page.goto(path, { waitUntil: 'commit' });
        firsts.push(await whenShown(visitor.page, '[role=article]', 'Comment '));
        await visitor.page.waitForLoadState('networkidle');
        longest.push(await takeLongestTask(visitor.page));
        await visitor.leave();
    }
    row('first comments on screen, cold', spread(firsts));
    row('longest task, opening', spread(longest));
}

async function measureScrolling(page: Page): Promise<void> {
    const nodes = (): Promise<number> =>
        page.evaluate(() => document.getElementsByTagName('*').length);
    row('elements on the page', String(await nodes()));
    await page.mouse.move(600, 500);
    for (let step = 0; step < 120; ++step) {
        await page.mouse.wheel(0, 700);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    row('longest task, scrolling', inMs(await takeLongestTask(page)));
    row('elements, scrolled down', String(await nodes()));
}

async function measureFolding(page: Page): Promise<void> {
    const fold = async (button: string, shows: string): Promise<number> => {
        const done = page.evaluate(
            (words) =>
                new Promise<number>((resolve) => {
                    addEventListener(
                        'click',
                        () => void watched.whenShown('header button', words).then(resolve),
                        { once: true },
                    );
                }),
            shows,
        );
        await page.getByRole('button', { name: button }).click();
        return done;
    };
    const folds: number[] = [];
    const unfolds: number[] = [];
    for (let round = 0; round < ROUNDS; ++round) {
        folds.push(await fold('Fold all', 'Unfold all'));
        unfolds.push(await fold('Unfold all', 'Fold all'));
    }
    row('fold all', spread(folds));
    row('unfold all', spread(unfolds));
    row('longest task, folding', inMs(await takeLongestTask(page)));
}

/** Writes a long conversation, opens it, reads on in it and folds it. */
export async function measureConversation(subject: Subject): Promise<void> {
    const path = await makeThread(subject);
    await measureAnswer(subject, path);
    await measureOpening(subject, path);
    const visitor = await subject.visit('member');
    await visitor.page.goto(path);
    await whenShown(visitor.page, '[role=article]', 'Comment ');
    await visitor.page.waitForLoadState('networkidle');
    await takeLongestTask(visitor.page);
    await measureScrolling(visitor.page);
    await measureFolding(visitor.page);
    await visitor.leave();
}
