import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser, Visitor, type Look } from './browser';
import { Server, type Person } from './server';

/** What the tests of a file share: a server with what is to be there, and a browser. */
export class Stage {
    private running: { server: Server; browser: Browser } | null = null;

    /**
     * Call it at the top of the file: it starts before the tests, and ends after them. The
     * configuration is lines of the server's file.
     */
    static set(prepare: (server: Server) => Promise<void>, configuration = ''): Stage {
        const stage = new Stage();
        beforeAll(async () => {
            const [server, browser] = await Promise.all([
                Server.configured(configuration),
                openBrowser(),
            ]);
            stage.running = { server, browser };
            await prepare(server);
            await server.drain();
        });
        afterAll(async () => {
            await stage.running?.browser.close();
            await stage.running?.server.end();
        });
        return stage;
    }

    get server(): Server {
        return this.now.server;
    }

    get browser(): Browser {
        return this.now.browser;
    }

    /** Somebody without an account at a browser of their own. */
    arrive(look: Look = {}): Promise<Visitor> {
        return Visitor.arrive(this.browser, this.server, look);
    }

    /** Somebody who has signed in before: for tests that are about other things. */
    signedIn(person: Person, look: Look = {}): Promise<Visitor> {
        return Visitor.signedIn(this.browser, this.server, person, look);
    }

    /** Somebody who signs in by the app's own door: other tokens lack the rights of operation. */
    async signingIn(person: Person, look: Look = {}): Promise<Visitor> {
        const visitor = await this.arrive(look);
        await visitor.page.goto('/');
        await visitor.page.getByRole('button', { name: 'Sign in' }).first().click();
        await visitor.signIn(person);
        return visitor;
    }

    private get now(): { server: Server; browser: Browser } {
        if (this.running === null) {
            throw new Error('the stage is set only while tests run');
        }
        return this.running;
    }
}
