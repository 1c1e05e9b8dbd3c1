import type { Locator, Page } from 'playwright-core';
import type { Demo, Role } from './demo';
import { limited } from './limited';

/** A page as somebody sees it. */
export interface Sight {
    name: string;
    as: Role;
    path: string | ((demo: Demo) => string);
    /** What is there once the page is whole. */
    shows: (page: Page) => Locator;
    /** What is done before one goes there. */
    before?: (page: Page) => Promise<void>;
    /** What is done there, before it is looked at. */
    then?: (page: Page) => Promise<void>;
}

const article = (page: Page): Locator => page.getByRole('article').nth(2);
const post = (page: Page): Locator => page.getByRole('article').first();
const row = (page: Page): Locator => page.getByRole('main').getByRole('listitem').nth(3);
const switches = (page: Page): Locator => page.getByRole('switch').first();
const selects = (page: Page): Locator => page.getByRole('combobox').first();
const text =
    (words: string | RegExp) =>
    (page: Page): Locator =>
        page.getByText(words).first();
const heading =
    (name: string | RegExp) =>
    (page: Page): Locator =>
        page.getByRole('heading', { name }).first();
const button =
    (name: string | RegExp) =>
    (page: Page): Locator =>
        page.getByRole('button', { name }).first();

/** Nothing stands out. */
const quiet = (page: Page): Promise<void> =>
    page.route('**/api/v1/trends/**', (route) => route.fulfill({ json: [] }));

/** The server is away: no answer of the API comes. */
const away = (page: Page): Promise<void> => page.route('**/api/**', (route) => route.abort());

/** The server has too much to do. */
const busy = (page: Page): Promise<void> =>
    page.route('**/api/v1/timelines/**', (route) =>
        route.fulfill({ status: 503, headers: { 'Retry-After': '600' }, json: { error: 'Busy' } }),
    );

async function compose(page: Page): Promise<void> {
    await page.keyboard.press('n');
    const box = page.getByRole('textbox', { name: 'Text of the post' });
    await box.fill('Forty-one rooks today, and one of them carried a spoon. #rooks!');
    await page.getByText('Kept as a draft').waitFor();
}

async function reply(page: Page): Promise<void> {
    const comment = page.getByRole('article').nth(1);
    await comment.getByRole('button', { name: /^Reply/ }).click();
    await comment.getByRole('textbox', { name: 'Text of the post' }).waitFor();
}

async function typeSearch(page: Page): Promise<void> {
    await page.keyboard.press('/');
    await page.keyboard.type('ma');
    await page.getByRole('option').nth(2).waitFor();
}

/** What somebody types into the search box of the page. */
function type(words: string): (page: Page) => Promise<void> {
    return async (page) => {
        await page.getByRole('main').getByRole('combobox').fill(words);
        await page.getByRole('main').getByRole('option').nth(1).waitFor();
    };
}

async function askForHelp(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Search operators' }).click();
    await page.getByRole('region', { name: 'Search operators' }).waitFor();
}

async function searchTwice(page: Page): Promise<void> {
    for (const query of ['rooks from:maximiliana', '#gulls']) {
        await page.goto(`/search?q=${encodeURIComponent(query)}`);
        await page.getByRole('heading', { name: /^Search: / }).waitFor();
    }
}

const historyOf = (uses: number[]) =>
    uses.map((count, day) => ({
        day: String(1_796_083_200 - day * 86_400),
        uses: String(count),
        accounts: String(Math.ceil(count / 2)),
    }));

/** As if much were said about a few things: a demo network is too small for that. */
async function trending(page: Page): Promise<void> {
    const tags = ['rooks', 'gulls', 'LighthouseKeeping', 'maps', 'bread'].map((name, index) => ({
        name,
        url: `/tags/${name}`,
        following: index === 1,
        history: historyOf([24 - 4 * index, 17, 9 + 3 * index, 11, 4, 2, 6]),
    }));
    const links = [
        'Rooks build higher when a mild winter is on its way',
        'How to read a tide table',
    ]
        .concat('A map of every lighthouse that has ever been moved, and of where it had been')
        .map((title, index) => ({
            url: `https://news.example.org/${index}`,
            title,
            description: index === 1 ? '' : 'What forty years of counting nests in one wood say.',
            type: 'link',
            provider_name: index === 2 ? '' : 'The Harbour Courier',
            history: historyOf([9 - index, 3, 5, 0, 1, 0, 0]),
        }));
    await page.route('**/api/v1/trends/tags?*', (route) => route.fulfill({ json: tags }));
    await page.route('**/api/v1/trends/links?*', (route) => route.fulfill({ json: links }));
    await page.route('**/api/v1/trends/statuses?*', async (route) => {
        const url = new URL('/api/v1/timelines/public?limit=10', route.request().url());
        await route.fulfill({ response: await route.fetch({ url: url.href }) });
    });
}

/** Somebody whom people follow whom one follows. */
async function openFirst(page: Page): Promise<void> {
    await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
    await page.getByText(/^Followed by/).waitFor();
    await page.getByRole('article').first().waitFor();
}

async function openSimilar(page: Page): Promise<void> {
    await openFirst(page);
    await page.getByRole('link', { name: 'People like this' }).click();
    await row(page).waitFor();
}

function menu(name: string | RegExp): (page: Page) => Promise<void> {
    return async (page) => {
        await button(name)(page).click();
        await page.getByRole('menu').waitFor();
    };
}

function welcome(step: 2 | 3): (page: Page) => Promise<void> {
    return async (page) => {
        await button('Next')(page).click();
        await page.getByRole('button', { name: /^#/ }).first().waitFor();
        if (step === 3) {
            await page.getByRole('button', { name: /^#/ }).first().click();
            await button('Next')(page).click();
            await button(/^Follow:/)(page).waitFor();
        }
    };
}

/** A rate needs two measurements. */
async function measured(page: Page): Promise<void> {
    const requests = page.getByRole('region', { name: 'Requests' });
    await requests
        .getByText(/^\d.*\/s$/)
        .first()
        .waitFor();
}

async function showTables(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'As table' }).click();
    await page.getByRole('table').first().scrollIntoViewIfNeeded();
}

async function goOffline(page: Page): Promise<void> {
    await page.context().setOffline(true);
    await page.getByText('You are offline').waitFor();
}

async function showKeys(page: Page): Promise<void> {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
}

/** Every page that there is. A line more is a page more, in pictures and in checks. */
export const SIGHTS: Sight[] = [
    // Who has no account.
    { name: 'landing', as: 'visitor', path: '/', shows: article },
    { name: 'sign-up', as: 'visitor', path: '/auth/sign_up', shows: button('Make account') },
    { name: 'sign-in', as: 'visitor', path: '/auth/sign_in', shows: button('Sign in') },
    { name: 'about', as: 'visitor', path: '/about', shows: heading(/./) },
    { name: 'public', as: 'visitor', path: '/public', shows: article },
    { name: 'needs-account', as: 'visitor', path: '/home', shows: heading('Sign in to do this') },
    { name: 'profile-visitor', as: 'visitor', path: '/@demo', shows: article },

    // Reading.
    { name: 'home', as: 'member', path: '/home', shows: article },
    { name: 'local', as: 'member', path: '/local', shows: article },
    { name: 'thread', as: 'member', path: ({ paths }) => paths.thread, shows: article },
    { name: 'post-menu', as: 'member', path: '/home', shows: article, then: menu('More actions') },
    { name: 'profile', as: 'member', path: '/@maximiliana', shows: post },
    {
        name: 'profile-familiar',
        as: 'member',
        path: '/explore?tab=people',
        shows: row,
        then: openFirst,
    },
    {
        name: 'profile-similar',
        as: 'member',
        path: '/explore?tab=people',
        shows: row,
        then: openSimilar,
    },
    { name: 'profile-own', as: 'member', path: '/@demo', shows: post },
    {
        name: 'profile-menu',
        as: 'member',
        path: '/@maximiliana',
        shows: post,
        then: menu(/^More about/),
    },
    { name: 'followers', as: 'member', path: '/@demo/followers', shows: row },
    { name: 'following', as: 'member', path: '/@demo/following', shows: row },
    { name: 'notifications', as: 'member', path: '/notifications', shows: row },
    { name: 'bookmarks', as: 'member', path: '/bookmarks', shows: post },
    { name: 'favourites', as: 'member', path: '/favourites', shows: post },

    // Writing.
    { name: 'composer', as: 'member', path: '/home', shows: article, then: compose },
    { name: 'compose-page', as: 'member', path: '/compose', shows: button('Post') },
    { name: 'reply', as: 'member', path: ({ paths }) => paths.thread, shows: article, then: reply },

    // Finding.
    { name: 'explore', as: 'member', path: '/explore', before: trending, shows: article },
    {
        name: 'explore-quiet',
        as: 'member',
        path: '/explore',
        before: quiet,
        shows: button(/^Do not suggest/),
    },
    {
        name: 'explore-visitor',
        as: 'visitor',
        path: '/explore',
        before: quiet,
        shows: row,
    },
    {
        name: 'explore-links',
        as: 'member',
        path: '/explore?tab=links',
        before: trending,
        shows: text('The Harbour Courier'),
    },
    { name: 'explore-people', as: 'member', path: '/explore?tab=people', shows: row },
    { name: 'explore-active', as: 'member', path: '/explore?tab=active', shows: row },
    { name: 'search', as: 'member', path: '/search?q=ma', shows: post },
    { name: 'search-posts', as: 'member', path: '/search?q=light&type=statuses', shows: post },
    { name: 'search-people', as: 'member', path: '/search?q=ma&type=accounts', shows: row },
    {
        name: 'search-help',
        as: 'member',
        path: '/search?q=light&order=relevance',
        shows: post,
        then: askForHelp,
    },
    {
        name: 'search-problem',
        as: 'member',
        path: '/search?q=rooks+has%3Awings',
        shows: text('has: takes media'),
    },
    {
        name: 'search-operator',
        as: 'member',
        path: '/search?q=rooks',
        shows: post,
        then: type('rooks from:m'),
    },
    {
        name: 'search-recent',
        as: 'member',
        path: '/search',
        before: searchTwice,
        shows: heading('Recent searches'),
    },
    {
        name: 'search-visitor',
        as: 'visitor',
        path: '/search?q=rooks',
        shows: heading('Sign in to search posts'),
    },
    {
        name: 'search-begin',
        as: 'member',
        path: '/search',
        shows: heading('What are you looking for?'),
    },
    { name: 'search-suggestions', as: 'member', path: '/explore', shows: row, then: typeSearch },
    {
        name: 'search-nothing',
        as: 'member',
        path: '/search?q=zzzz',
        shows: heading('Nothing found'),
    },
    { name: 'tag', as: 'member', path: '/tags/rooks', shows: post },
    { name: 'lists', as: 'member', path: '/lists', shows: heading('Lists') },
    { name: 'list', as: 'member', path: ({ paths }) => paths.list, shows: article },
    {
        name: 'list-members',
        as: 'member',
        path: ({ paths }) => `${paths.list}/members`,
        shows: row,
    },

    // Settings.
    { name: 'settings', as: 'member', path: '/settings', shows: text('Appearance') },
    { name: 'settings-profile', as: 'member', path: '/settings/profile', shows: button('Save') },
    { name: 'settings-privacy', as: 'member', path: '/settings/privacy', shows: switches },
    {
        name: 'settings-sessions',
        as: 'member',
        path: '/settings/sessions',
        shows: text('This browser'),
    },
    {
        name: 'settings-appearance',
        as: 'member',
        path: '/settings/appearance',
        shows: heading('Appearance'),
    },
    {
        name: 'settings-notifications',
        as: 'member',
        path: '/settings/notifications',
        shows: selects,
    },
    {
        name: 'held-back',
        as: 'member',
        path: '/settings/notifications/held_back',
        shows: heading('Nothing is held back'),
    },
    {
        name: 'settings-filters',
        as: 'member',
        path: '/settings/filters',
        shows: heading('No filters'),
    },
    { name: 'settings-filter', as: 'member', path: '/settings/filters/new', shows: button('Save') },
    {
        name: 'follow-requests',
        as: 'member',
        path: '/settings/follow-requests',
        shows: button(/^Allow/),
    },
    { name: 'blocks', as: 'member', path: '/settings/blocks', shows: heading('You block nobody') },
    { name: 'mutes', as: 'member', path: '/settings/mutes', shows: heading('You mute nobody') },
    {
        name: 'followed-tags',
        as: 'member',
        path: '/settings/followed-tags',
        shows: heading('You follow no hashtags'),
    },

    // Operating.
    {
        name: 'operate',
        as: 'admin',
        path: '/admin',
        shows: (page) => page.locator('canvas').last(),
        then: measured,
    },
    {
        name: 'operate-limits',
        as: 'admin',
        path: '/admin/limits',
        before: limited,
        shows: (page) => page.locator('canvas').nth(4),
    },
    {
        name: 'operate-limits-plots',
        as: 'admin',
        path: '/admin/limits?span=day',
        before: limited,
        shows: (page) => page.locator('canvas').nth(4),
        then: (page) => page.locator('canvas').nth(2).scrollIntoViewIfNeeded(),
    },
    {
        name: 'operate-limits-table',
        as: 'admin',
        path: '/admin/limits?rule=posts',
        before: limited,
        shows: (page) => page.locator('canvas').first(),
        then: showTables,
    },
    {
        name: 'operate-limits-off',
        as: 'admin',
        path: '/admin/limits',
        shows: heading('No rule is in force'),
    },
    { name: 'operate-accounts', as: 'admin', path: '/admin/accounts', shows: row },
    {
        name: 'operate-account',
        as: 'admin',
        path: ({ paths }) => paths.account,
        shows: button('Suspend account'),
    },
    {
        name: 'operate-reports',
        as: 'admin',
        path: '/admin/reports',
        shows: text(/wants to sell me pills/),
    },
    {
        name: 'operate-report',
        as: 'admin',
        path: ({ paths }) => paths.report,
        shows: button('Resolve'),
    },
    { name: 'not-allowed', as: 'member', path: '/admin', shows: heading('Not allowed') },

    // The first minutes.
    { name: 'welcome-name', as: 'newcomer', path: '/welcome', shows: button('Next') },
    {
        name: 'welcome-interests',
        as: 'newcomer',
        path: '/welcome',
        shows: button('Next'),
        then: welcome(2),
    },
    {
        name: 'welcome-people',
        as: 'newcomer',
        path: '/welcome',
        shows: button('Next'),
        then: welcome(3),
    },
    { name: 'home-empty', as: 'newcomer', path: '/home', shows: heading('It is quiet here') },
    {
        name: 'notifications-empty',
        as: 'newcomer',
        path: '/notifications',
        shows: heading('Nothing has happened yet'),
    },

    // When something is wrong.
    { name: 'offline', as: 'member', path: '/home', shows: article, then: goOffline },
    {
        name: 'away',
        as: 'member',
        path: '/explore?tab=active',
        before: away,
        shows: heading('No connection'),
    },
    {
        name: 'busy',
        as: 'member',
        path: '/home',
        before: busy,
        shows: heading('The server is busy'),
    },
    {
        name: 'page-missing',
        as: 'member',
        path: '/nowhere/at/all',
        shows: heading(/Nothing here/),
    },
    {
        name: 'post-missing',
        as: 'member',
        path: '/@demo/1',
        shows: heading('This post is not here'),
    },
    {
        name: 'person-missing',
        as: 'visitor',
        path: '/@nobody',
        shows: heading('There is nobody of this name'),
    },
    { name: 'keys', as: 'member', path: '/home', shows: article, then: showKeys },
];

/** Goes there and does what is to be done, until all of it is on screen. */
export async function goTo(page: Page, sight: Sight, demo: Demo): Promise<void> {
    await sight.before?.(page);
    await page.goto(typeof sight.path === 'string' ? sight.path : sight.path(demo));
    await sight.shows(page).waitFor();
    await sight.then?.(page);
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
}
