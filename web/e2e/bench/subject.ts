import type { Browser } from 'playwright-core';
import type { Look, Visitor } from '../browser';
import { Demo, type Role } from '../demo';
import { observe } from './watch';

/** A build of the app that is measured, on a server with a demo network of its own. */
export class Subject {
    private constructor(
        readonly name: string,
        readonly demo: Demo,
        private readonly browser: Browser,
    ) {}

    /** `folder` is that of the build; none: this repository's. */
    static async start(name: string, browser: Browser, folder?: string): Promise<Subject> {
        const options = folder === undefined ? [] : ['--web', folder];
        return new Subject(name, await Demo.start(...options), browser);
    }

    /** Somebody with nothing in the browser's cache, watched by `watch.ts`. */
    async visit(role: Role, look: Look = {}): Promise<Visitor> {
        const visitor = await this.demo.visit(this.browser, role, {
            serviceWorkers: 'allow',
            ...look,
        });
        await visitor.page.addInitScript(observe);
        return visitor;
    }
}
