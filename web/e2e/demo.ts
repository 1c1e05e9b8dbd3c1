import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { Visitor, type Look } from './browser';
import { Server, type Json, type Person } from './server';

/** Who looks: nobody in particular, the guest of the demo, who runs the server, who is new. */
export type Role = 'visitor' | 'member' | 'admin' | 'newcomer';

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Names as people have them: too long for one line, of other letters, with pictures in them. */
const LONG_NAME = 'Maximiliana von und zu Ypern 🦚';

/** The server with the demo network, and what that lacks to fill every page. */
export class Demo {
    private readonly kept = new Map<Role, Kept>();

    private constructor(
        readonly server: Server,
        private readonly people: Record<Exclude<Role, 'visitor'>, Person>,
        /** Paths to what has no fixed address. */
        readonly paths: { thread: string; list: string; report: string; account: string },
    ) {}

    static async start(...options: string[]): Promise<Demo> {
        const server = await Server.start('--demo', ...options);
        const member = await guestOf(server);
        const admin = await server.person('warden', 'Wanda Warden');
        await server.command('account', 'role', 'warden', 'admin');
        const newcomer = await server.person('nora');
        await callOnGuest(server, member);
        await server.drain();
        const list = await makeList(server, member);
        const { report, account } = await makeReports(server, admin);
        const thread = await longestThread(server, member);
        return new Demo(server, { member, admin, newcomer }, { thread, list, report, account });
    }

    /** Somebody at a browser; signed in by the app's own door, once for each role. */
    async visit(browser: Browser, role: Role, look: Look = {}): Promise<Visitor> {
        const base: Look = { serviceWorkers: 'block', ...look };
        if (role === 'visitor') {
            return Visitor.arrive(browser, this.server, base);
        }
        if (!this.kept.has(role)) {
            const first = await Visitor.arrive(browser, this.server, base);
            await first.page.goto('/');
            await first.page.getByRole('button', { name: 'Sign in' }).first().click();
            await first.signIn(this.people[role]);
            this.kept.set(role, await first.context.storageState());
            await first.leave();
        }
        return Visitor.arrive(browser, this.server, { ...base, storageState: this.kept.get(role) });
    }

    person(role: Exclude<Role, 'visitor'>): Person {
        return this.people[role];
    }

    end(): Promise<void> {
        return this.server.end();
    }
}

async function guestOf(server: Server): Promise<Person> {
    const kept = await readFile(path.join(server.data, 'demo-sign-in'), 'utf8');
    const [name = '', password = ''] = kept.split('\n');
    return { ...(await known(server, name)), password };
}

/** Somebody of the demo network, with a token to act in their name. */
async function known(server: Server, name: string): Promise<Person> {
    const token = (await server.command('account', 'token', name)).trim();
    const person = { name, password: '', token, id: '' };
    const account = await server.ask(person, 'GET', '/api/v1/accounts/verify_credentials');
    return { ...person, id: String(account.id) };
}

async function namesOf(server: Server): Promise<string[]> {
    const lines = await server.command('account', 'list', '--json');
    return lines
        .trim()
        .split('\n')
        .map((line) => String((JSON.parse(line) as Json).username));
}

/** What happens to somebody who is liked: answers, favourites, boosts, followers, requests. */
async function callOnGuest(server: Server, guest: Person): Promise<void> {
    const names = (await namesOf(server)).filter((name) => name !== guest.name);
    const friends = await Promise.all(names.slice(0, 5).map((name) => known(server, name)));
    const max = await server.person('maximiliana', LONG_NAME);
    await server.ask(guest, 'PATCH', '/api/v1/accounts/update_credentials', {
        note: 'I draw birds on the backs of envelopes. Mostly rooks.\n\nAsk me about #gulls.',
        fields_attributes: [
            { name: 'Home', value: 'A lighthouse, most of the year' },
            { name: 'Website', value: 'https://birds.example.org/on-the-backs-of-envelopes' },
        ],
        discoverable: true,
    });
    await server.follow(guest, max);
    await server.follow(max, guest);
    await server.post(
        max,
        'Ein Donaudampfschifffahrtsgesellschaftskapitän winkte mir. 日本語でも、 بالعربية, по-русски: 🦆🌍✨ ' +
            'https://example.org/a/path/that/goes/on/and/on/until/nobody/knows/where-it-began',
    );
    await server.post(max, 'In the end nobody finds the lamp.', {
        spoiler_text: 'How the book about the lighthouse ends',
    });
    const post = await server.post(
        guest,
        'The rooks are back in the elms, all forty of them. #rooks',
    );
    for (const who of [...friends, max]) {
        await server.ask(who, 'POST', `/api/v1/statuses/${post}/favourite`);
    }
    await server.ask(max, 'POST', `/api/v1/statuses/${post}/reblog`);
    const [one, two, three] = friends;
    if (one === undefined || two === undefined || three === undefined) {
        throw new Error('the demo network has too few people');
    }
    await server.ask(guest, 'POST', `/api/v1/statuses/${post}/bookmark`);
    await server.post(one, `@${guest.name} Forty! Here I counted six. Do they sleep there, too?`, {
        in_reply_to_id: post,
    });
    await server.ask(guest, 'PATCH', '/api/v1/accounts/update_credentials', { locked: true });
    await server.follow(two, guest);
    await server.follow(three, guest);
}

async function makeList(server: Server, guest: Person): Promise<string> {
    const list = await server.ask(guest, 'POST', '/api/v1/lists', { title: 'Bird people' });
    await server.ask(guest, 'POST', '/api/v1/lists', {
        title: 'Neighbours between the harbour and the old mill',
        exclusive: true,
    });
    const following = await server.ask(guest, 'GET', `/api/v1/accounts/${guest.id}/following`);
    const ids = (following as unknown as { id: string }[]).slice(0, 5).map(({ id }) => id);
    await server.ask(guest, 'POST', `/api/v1/lists/${String(list.id)}/accounts`, {
        account_ids: ids,
    });
    return `/lists/${String(list.id)}`;
}

async function makeReports(
    server: Server,
    reporter: Person,
): Promise<{ report: string; account: string }> {
    const eve = await server.person('eve', 'Eve of the Pills');
    const post = await server.post(eve, 'Pills, pills, pills! Half price until full moon.', {
        visibility: 'unlisted',
    });
    const report = await server.ask(reporter, 'POST', '/api/v1/reports', {
        account_id: eve.id,
        status_ids: [post],
        category: 'spam',
        comment: 'The fourth time today that somebody wants to sell me pills.',
    });
    const rude = await server.person('rudolf', 'Rudolf');
    await server.ask(reporter, 'POST', '/api/v1/reports', { account_id: rude.id });
    return { report: `/admin/reports/${String(report.id)}`, account: `/admin/accounts/${eve.id}` };
}

interface Counted {
    id: string;
    replies_count: number;
    in_reply_to_id: string | null;
    account: { username: string };
}

async function longestThread(server: Server, reader: Person): Promise<string> {
    const home = (await server.ask(
        reader,
        'GET',
        '/api/v1/timelines/home?limit=40',
    )) as unknown as Counted[];
    let longest = { path: '', length: -1 };
    for (const { id, account } of home.filter((post) => post.in_reply_to_id === null)) {
        const context = await server.ask(reader, 'GET', `/api/v1/statuses/${id}/context`);
        const { length } = context.descendants as unknown[];
        if (length > longest.length) {
            longest = { path: `/@${account.username}/${id}`, length };
        }
    }
    return longest.path;
}
