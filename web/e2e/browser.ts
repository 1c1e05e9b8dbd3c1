import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
    chromium,
    type Browser,
    type BrowserContext,
    type BrowserContextOptions,
    type Page,
} from 'playwright-core';
import type { AxeResults } from 'axe-core';
import type { Person, Server } from './server';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const pictures = fileURLToPath(new URL('./pictures', import.meta.url));

export const PHONE = { width: 390, height: 844 };
export const TABLET = { width: 820, height: 1180 };
export const DESKTOP = { width: 1360, height: 900 };
export const WIDE = { width: 1920, height: 1080 };

/** How somebody looks at the page, and what their browser kept from before. */
export type Look = Pick<
    BrowserContextOptions,
    'viewport' | 'colorScheme' | 'locale' | 'serviceWorkers' | 'storageState'
>;

/** Debian's Chromium, found where it installs itself. */
export function openBrowser(): Promise<Browser> {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        // In containers root has no user namespace to make a sandbox of.
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
}

/** Somebody at a browser of their own. What breaks in the page breaks the test. */
export class Visitor {
    readonly problems: string[] = [];

    private constructor(
        readonly server: Server,
        readonly context: BrowserContext,
        readonly page: Page,
    ) {
        page.on('pageerror', (error) => this.problems.push(String(error)));
        page.on('console', (message) => {
            // The browser itself reports answers that the app handles: 401, or none at all.
            const isHandled =
                /^(Failed to load resource|WebSocket connection|An unknown error occurred when fetching the script)/;
            if (message.type() === 'error' && !isHandled.test(message.text())) {
                this.problems.push(message.text());
            }
        });
    }

    static async arrive(browser: Browser, server: Server, look: Look = {}): Promise<Visitor> {
        const context = await browser.newContext({
            baseURL: server.url,
            viewport: DESKTOP,
            locale: 'en-GB',
            reducedMotion: 'reduce',
            ...look,
        });
        context.setDefaultTimeout(30_000);
        return new Visitor(server, context, await context.newPage());
    }

    /** Arrives signed in, as if they had signed in before: for tests that are about other things. */
    static async signedIn(
        browser: Browser,
        server: Server,
        person: Person,
        look: Look = {},
    ): Promise<Visitor> {
        const visitor = await Visitor.arrive(browser, server, look);
        const account = await server.ask(person, 'GET', '/api/v1/accounts/verify_credentials');
        const session = { token: person.token, account: fromWire(account) };
        await visitor.context.addInitScript(
            // Once: signing out in the test must stick.
            ([key, value]) => {
                if (sessionStorage.getItem('e2e.arrived') === null) {
                    sessionStorage.setItem('e2e.arrived', 'yes');
                    localStorage.setItem(key, value);
                }
            },
            ['rookery.session', JSON.stringify(session)] as const,
        );
        return visitor;
    }

    /** Fills the server's own page, which "Sign in" leads to, and comes back. */
    async signIn(person: Person): Promise<void> {
        const { page } = this;
        await page.getByLabel('Name or e-mail').fill(person.name);
        await page.getByLabel('Password').fill(person.password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL('**/home');
    }

    /** Fails with what hinders people with disabilities on the page as it is now. */
    async checkAccess(): Promise<void> {
        await this.check(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
    }

    /** Only what changes with the colours: enough for the other scheme of a page that was checked. */
    async checkContrast(): Promise<void> {
        await this.check(['color-contrast']);
    }

    private async check(rules: string[]): Promise<void> {
        const isThere = await this.page.evaluate('"axe" in window');
        if (isThere !== true) {
            // Not by a script tag: the page's policy lets no foreign script in.
            await this.page.evaluate(await readFile(axePath, 'utf8'));
        }
        const options = JSON.stringify({
            runOnly: rules,
            // What was not found wrong need not be written up, nor style sheets fetched again.
            resultTypes: ['violations'],
            preload: false,
        });
        const results = (await this.page.evaluate(`axe.run(${options})`)) as AxeResults;
        const found = results.violations.map(
            ({ id, help, nodes }) =>
                `${id}: ${help}\n${nodes.map(({ html }) => `    ${html.slice(0, 200)}`).join('\n')}`,
        );
        if (found.length > 0) {
            throw new Error(`${this.page.url()} is hard to use:\n${found.join('\n')}`);
        }
    }

    /** A picture of the page in e2e/pictures, which is not kept in the repository. */
    async picture(name: string): Promise<void> {
        await mkdir(pictures, { recursive: true });
        await this.page.evaluate(() => document.fonts.ready);
        await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
    }

    async leave(): Promise<void> {
        await this.context.close();
        if (this.problems.length > 0) {
            throw new Error(`the page had problems:\n${this.problems.join('\n')}`);
        }
    }
}

function fromWire(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(fromWire);
    }
    if (value === null || typeof value !== 'object') {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
            name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
            fromWire(member),
        ]),
    );
}
