import { describe, expect, it } from 'vitest';
import { PHONE } from './browser';
import type { Person } from './server';
import { Stage } from './stage';

let ada: Person;
let bob: Person;
let eve: Person;
let bridge: string;

const stage = Stage.set(async (server) => {
    ada = await server.person('ada', 'Ada Lovelace');
    bob = await server.person('bob', 'Bob Builder');
    eve = await server.person('eve', 'Eve');
    for (const person of [ada, bob]) {
        await server.ask(person, 'PATCH', '/api/v1/accounts/update_credentials', {
            discoverable: true,
            indexable: true,
            note: `I am ${person.name}.`,
        });
    }
    await server.post(ada, 'The engine weaves patterns. #looms');
    bridge = await server.post(bob, 'A bridge is a promise. #bridges');
});

describe('People', () => {
    it('lets one follow, note, mute and block, and take it back', async () => {
        const visitor = await stage.signedIn(bob);
        const { page } = visitor;
        await page.goto('/@ada');
        await page.getByRole('article', { name: /Ada Lovelace/ }).waitFor();
        await page.getByRole('button', { name: 'Follow: Ada Lovelace' }).click();
        await page.getByRole('button', { name: 'Following: Ada Lovelace' }).waitFor();
        await page.getByRole('button', { name: 'Tell me of every post' }).click();
        await page.getByText('You hear of every post').waitFor();
        await visitor.checkAccess();
        await visitor.picture('account');

        const menu = page.getByRole('button', { name: 'More about Ada Lovelace' });
        await menu.click();
        await page.getByRole('menuitem', { name: 'Note for myself' }).click();
        await page.getByRole('textbox', { name: 'About Ada Lovelace' }).fill('Met at the mill');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Met at the mill').waitFor();

        await menu.click();
        await page.getByRole('menuitem', { name: 'Mute' }).click();
        await page.getByLabel('For how long').selectOption('3600');
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Mute', exact: true }).click();
        await page.getByText('Muted', { exact: true }).waitFor();
        await page.goto('/settings/mutes');
        await page.getByText(/^Until /).waitFor();
        await page.getByRole('button', { name: 'Unmute: Ada Lovelace' }).click();
        await page.getByRole('button', { name: 'Mute: Ada Lovelace' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('hides the posts of whom one blocks until one lets it be', async () => {
        const visitor = await stage.signedIn(eve, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/@ada');
        await page.getByRole('button', { name: 'More about Ada Lovelace' }).click();
        await page.getByRole('menuitem', { name: 'Block' }).click();
        await page.getByRole('button', { name: 'Block', exact: true }).click();
        await page.getByRole('heading', { name: 'You block this account' }).waitFor();
        await page.goto('/settings/blocks');
        await page.getByRole('button', { name: 'Unblock: Ada Lovelace' }).click();
        await page.getByRole('button', { name: 'Block: Ada Lovelace' }).waitFor();
        await page.goto('/@nobody');
        await page.getByRole('heading', { name: 'There is nobody of this name' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });

    it('shows whom one knows among the followers of somebody, and who is alike', async () => {
        const names = ['Fay', 'Gus', 'Hal', 'Ida', 'Jo'];
        const friends: Person[] = [];
        for (const name of names) {
            const friend = await stage.server.person(name.toLowerCase(), name);
            friends.push(friend);
            await stage.server.follow(friend, bob);
            await stage.server.follow(friend, ada);
        }
        const reader = await stage.server.person('kim', 'Kim');
        for (const friend of friends) {
            await stage.server.follow(reader, friend);
        }
        await stage.server.drain();
        const visitor = await stage.signedIn(reader, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/@bob');
        await page.getByText(/^Followed by .+, .+,? and 3 others whom you follow$/).waitFor();
        await visitor.checkAccess();
        const familiar = page.getByText(/^Followed by/).getByRole('link');
        expect(await familiar.count()).toBe(2);
        const name = await familiar.first().innerText();
        await familiar.first().click();
        await page.getByRole('heading', { level: 1, name }).waitFor();
        await page.getByText('Nobody whom you follow follows this account.').waitFor();
        await visitor.checkAccess();

        await page.goto('/@bob');
        await page.getByRole('link', { name: 'People like this' }).click();
        const alike = page.getByRole('list', { name: 'People like Bob Builder' });
        await alike.getByRole('link', { name: /@ada/ }).waitFor();
        await alike.getByRole('button', { name: 'Follow: Ada Lovelace' }).waitFor();
        await visitor.checkAccess();
        await page.goto('/@kim?tab=similar');
        await page.getByRole('heading', { name: 'Nobody like this yet' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();

        const stranger = await stage.arrive();
        await stranger.page.goto('/@bob');
        await stranger.page.getByRole('article').first().waitFor();
        expect(await stranger.page.getByText(/ollow.* this account/).count()).toBe(0);
        await stranger.leave();
    });

    it('sends a report', async () => {
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/@bob');
        await page.getByRole('button', { name: 'More about Bob Builder' }).click();
        await page.getByRole('menuitem', { name: 'Report' }).click();
        await visitor.checkAccess();
        await page.getByRole('textbox', { name: /know/ }).fill('Sells bridges');
        await page.getByRole('button', { name: 'Send report' }).click();
        await page.getByText(/^Reported/).waitFor();
        await visitor.leave();
    });

    it('answers follow requests, and keeps hidden follows hidden', async () => {
        await stage.server.ask(ada, 'PATCH', '/api/v1/accounts/update_credentials', {
            locked: true,
            hide_collections: true,
        });
        await stage.server.follow(eve, ada);
        const owner = await stage.signedIn(ada);
        await owner.page.goto('/settings/follow-requests');
        await owner.page.getByRole('button', { name: 'Allow: Eve' }).waitFor();
        await owner.checkAccess();
        await owner.page.getByRole('button', { name: 'Allow: Eve' }).click();
        await owner.page.getByRole('heading', { name: 'No requests' }).waitFor();
        await owner.page.goto('/@ada/followers');
        await owner.page.getByRole('link', { name: /@eve/ }).waitFor();
        await owner.checkAccess();
        await owner.leave();

        const visitor = await stage.arrive();
        await visitor.page.goto('/@ada/followers');
        await visitor.page.getByRole('heading', { name: 'Not shown' }).waitFor();
        await visitor.leave();
    });
});

describe('Finding', () => {
    it('completes what one types, by keyboard alone', async () => {
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/home');
        const box = page.getByRole('combobox');
        await box.waitFor();
        await page.keyboard.press('/');
        await page.keyboard.type('bob');
        await page.getByRole('option', { name: /Bob Builder/ }).waitFor();
        await visitor.checkAccess();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/@bob');
        await visitor.leave();
    });

    it('finds people, posts and hashtags, and lets one follow a hashtag', async () => {
        const visitor = await stage.signedIn(eve, { viewport: PHONE });
        const { page } = visitor;
        const address = `${stage.server.url}/@bob/${bridge}`;
        await page.goto(`/search?q=${encodeURIComponent(address)}&type=statuses`);
        await page.getByRole('article', { name: /Bob Builder/ }).waitFor();
        await visitor.checkAccess();
        await visitor.picture('search-phone');
        await page.goto('/search?q=bridges');
        await page.getByRole('region', { name: 'Hashtags' }).waitFor();
        await page.getByRole('link', { name: 'Hashtags' }).click();
        await page.waitForURL('**&type=hashtags');
        await page.getByRole('link', { name: /^#bridges/ }).click();
        await page.getByRole('button', { name: 'Follow: #bridges' }).click();
        await page.getByRole('button', { name: 'Following: #bridges' }).waitFor();
        await visitor.checkAccess();
        await page.goto('/settings/followed-tags');
        await page.getByRole('link', { name: /^#bridges/ }).waitFor();
        await page.goto('/explore?tab=active');
        await page.getByRole('link', { name: /@bob/ }).first().waitFor();
        await visitor.checkAccess();
        await visitor.picture('explore-phone');
        await visitor.leave();
    });
});

describe('Lists and what one keeps', () => {
    it('makes a list, fills it, reads it and deletes it', async () => {
        await stage.server.follow(eve, bob);
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/lists');
        await page.getByRole('heading', { name: 'No lists' }).waitFor();
        await page.getByRole('button', { name: 'New list' }).click();
        await visitor.checkAccess();
        await page.getByLabel('Name').fill('Builders');
        await page.getByRole('button', { name: 'Make the list' }).click();
        await page.getByLabel('Find somebody').fill('bob');
        await page.getByRole('button', { name: 'Add: Bob Builder' }).click();
        await page.getByRole('button', { name: 'Remove: Bob Builder' }).first().waitFor();
        await visitor.checkAccess();
        await stage.server.post(bob, 'Scaffolding is up.');
        await stage.server.drain();
        await page.goto('/lists');
        await page.getByRole('link', { name: 'Builders' }).click();
        await page.getByText('Scaffolding is up.').waitFor();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'More about this list' }).click();
        await page.getByRole('menuitem', { name: 'Delete list' }).click();
        await page.getByRole('button', { name: 'Delete list' }).click();
        await page.getByRole('heading', { name: 'No lists' }).waitFor();
        await visitor.leave();
    });

    it('shows bookmarks and favourites', async () => {
        const id = await stage.server.post(bob, 'Keep this one.');
        await stage.server.ask(eve, 'POST', `/api/v1/statuses/${id}/bookmark`);
        const visitor = await stage.signedIn(eve);
        const { page } = visitor;
        await page.goto('/bookmarks');
        await page.getByText('Keep this one.').waitFor();
        await visitor.checkAccess();
        await page.goto('/favourites');
        await page.getByRole('heading', { name: 'No favourites' }).waitFor();
        await visitor.checkAccess();
        await visitor.leave();
    });
});

describe('The first minutes', () => {
    it('gives a newcomer a name and a feed with posts in it', async () => {
        const newcomer = await stage.server.person('nora');
        const visitor = await stage.signedIn(newcomer, { viewport: PHONE });
        const { page } = visitor;
        await page.goto('/welcome');
        await page.getByLabel('Name', { exact: true }).fill('Nora New');
        await page.getByRole('heading', { name: 'Hello, Nora New!' }).waitFor();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('button', { name: '#bridges' }).click();
        await visitor.checkAccess();
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('button', { name: 'Follow: Bob Builder' }).click();
        await page.getByText('You follow 1 person').waitFor();
        await visitor.checkAccess();
        await visitor.picture('welcome-phone');
        await stage.server.drain();
        await page.getByRole('button', { name: 'To my home feed' }).click();
        await page.waitForURL('**/home');
        await page
            .getByRole('article', { name: /Bob Builder/ })
            .first()
            .waitFor();
        const account = await stage.server.ask(
            newcomer,
            'GET',
            '/api/v1/accounts/verify_credentials',
        );
        expect(account.display_name).toBe('Nora New');
        await visitor.leave();
    });
});
