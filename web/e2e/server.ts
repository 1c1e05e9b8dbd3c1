import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.ROOKERY_BINARY ?? path.join(root, 'build/release/rookery');
/** The built app, which the server serves unless `--web` names another folder. */
export const app = path.join(root, 'web/dist');

export interface Person {
    name: string;
    password: string;
    token: string;
    id: string;
}

export type Json = Record<string, unknown>;

/** The real program on a directory and a port of its own. */
export class Server {
    private process: ChildProcess | null = null;
    private port = 0;

    private constructor(
        private readonly folder: string,
        private readonly options: string[],
        private readonly hasLimits = false,
    ) {}

    /** Started and ready. */
    static async start(...options: string[]): Promise<Server> {
        const folder = await mkdtemp(path.join(tmpdir(), 'rookery-e2e-'));
        const server = new Server(folder, options);
        await server.up();
        return server;
    }

    /** The same with lines of a configuration file. There are rate limits only if they are in it. */
    static async configured(lines: string): Promise<Server> {
        const folder = await mkdtemp(path.join(tmpdir(), 'rookery-e2e-'));
        const file = path.join(folder, 'rookery.toml');
        await writeFile(file, lines);
        const hasLimits = lines.includes('[rate_limits.');
        const server = new Server(folder, ['--config', file], hasLimits);
        await server.up();
        return server;
    }

    get url(): string {
        return `http://127.0.0.1:${this.port}`;
    }

    get data(): string {
        return path.join(this.folder, 'data');
    }

    /** Starts (again), on the same port once it has one. Returns when it answers. */
    async up(): Promise<void> {
        const listen = `127.0.0.1:${this.port}`;
        const web = this.options.includes('--web') ? [] : ['--web', app];
        const usual = ['serve', '--data', this.data, '--listen', listen];
        const limits = this.hasLimits ? [] : ['--no-limits'];
        const child = spawn(program, [...usual, ...limits, ...web, ...this.options], {
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        this.process = child;
        let log = '';
        child.stderr.on('data', (text: Buffer) => (log += text.toString()));
        for await (const line of createInterface({ input: child.stdout })) {
            log += `${line}\n`;
            const found = /Rookery is at http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
            if (found !== null) {
                this.port = Number(found[1]);
                break;
            }
        }
        child.stdout.resume();
        if (this.port === 0 || child.exitCode !== null) {
            throw new Error(`the server did not start:\n${log.slice(-3000)}`);
        }
    }

    /** Stops it; what it keeps stays, and `up` finds it again. */
    async down(): Promise<void> {
        const child = this.process;
        this.process = null;
        if (child !== null && child.exitCode === null) {
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.kill('SIGTERM');
            await ended;
        }
    }

    /** Stops it and removes all that it kept. */
    async end(): Promise<void> {
        await this.down();
        await rm(this.folder, { recursive: true, force: true });
    }

    /** A command of the operator: `server.command('account', 'suspend', 'eve')`. */
    async command(...words: string[]): Promise<string> {
        const { stdout } = await run(program, [...words, '--data', this.data]);
        return stdout;
    }

    async person(name: string, displayName = ''): Promise<Person> {
        const token = randomBytes(24).toString('base64url');
        const password = `${name}-has-a-long-password`;
        const names = displayName === '' ? [] : ['--display-name', displayName];
        const made = await this.command(
            ...['account', 'create', name, '--password', password, '--token', token],
            ...[...names, '--json'],
        );
        const { id } = JSON.parse(made) as { id: string | number };
        return { name, password, token, id: String(id) };
    }

    /** Asks the API as somebody: what a test needs to be there before the browser comes. */
    async ask(as: Person | null, method: string, where: string, body?: Json): Promise<Json> {
        const headers: Record<string, string> = { 'Content-Type': 'application/json' };
        if (as !== null) {
            headers.Authorization = `Bearer ${as.token}`;
        }
        const answer = await fetch(this.url + where, {
            method,
            headers,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const value = (await answer.json()) as Json;
        if (!answer.ok) {
            throw new Error(`${method} ${where}: ${answer.status} ${JSON.stringify(value)}`);
        }
        return value;
    }

    /** Posts, and returns the id. */
    async post(as: Person, status: string, more: Json = {}): Promise<string> {
        const made = await this.ask(as, 'POST', '/api/v1/statuses', { status, ...more });
        return String(made.id);
    }

    async follow(who: Person, whom: Person): Promise<void> {
        await this.ask(who, 'POST', `/api/v1/accounts/${whom.id}/follow`);
    }

    /** Waits until all that was committed is in every feed. */
    async drain(): Promise<void> {
        await this.command('events', 'drain');
    }
}
