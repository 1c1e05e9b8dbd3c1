import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { DESKTOP, openBrowser, PHONE, TABLET, WIDE, type Visitor } from './browser';
import { Demo } from './demo';
import { goTo, SIGHTS, type Sight } from './pages';

const SIZES = { phone: PHONE, tablet: TABLET, desktop: DESKTOP, wide: WIDE };
type Size = keyof typeof SIZES;
const SCHEMES = ['light', 'dark'] as const;

const { values: options, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: {
        out: {
            type: 'string',
            default: fileURLToPath(new URL('../../build/screenshots', import.meta.url)),
        },
        size: { type: 'string', multiple: true, default: ['phone', 'desktop'] },
        whole: { type: 'boolean', default: false },
    },
});

function sizeOf(name: string): Size {
    if (!(name in SIZES)) {
        throw new Error(`there is no size ${name}, only ${Object.keys(SIZES).join(', ')}`);
    }
    return name as Size;
}

function chosenSights(): Sight[] {
    for (const name of wanted) {
        if (!SIGHTS.some((sight) => sight.name === name)) {
            const names = SIGHTS.map((sight) => sight.name).join(' ');
            throw new Error(`there is no page ${name}; there are: ${names}`);
        }
    }
    return wanted.length === 0 ? SIGHTS : SIGHTS.filter(({ name }) => wanted.includes(name));
}

/** The page in both schemes, and what is wrong with it in words. */
async function look(browser: Browser, demo: Demo, sight: Sight, size: Size): Promise<string[]> {
    const problems: string[] = [];
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
        try {
            await work();
        } catch (error) {
            problems.push(`${sight.name}, ${size}: ${(error as Error).message}`);
        }
    };
    const visitor: Visitor = await demo.visit(browser, sight.as, { viewport: SIZES[size] });
    await attempt(async () => {
        await goTo(visitor.page, sight, demo);
        for (const colorScheme of SCHEMES) {
            await visitor.page.emulateMedia({ colorScheme });
            await visitor.page.evaluate(() => document.fonts.ready);
            const file = path.join(options.out, `${sight.name}-${size}-${colorScheme}.png`);
            await visitor.page.screenshot({ path: file, fullPage: options.whole });
            await attempt(() =>
                colorScheme === 'light' ? visitor.checkAccess() : visitor.checkContrast(),
            );
        }
    });
    await attempt(() => visitor.leave());
    return problems;
}

const sights = chosenSights();
const sizes = options.size.map(sizeOf);
if (wanted.length === 0) {
    await rm(options.out, { recursive: true, force: true });
}
await mkdir(options.out, { recursive: true });
const [demo, browser] = await Promise.all([Demo.start(), openBrowser()]);
const problems: string[] = [];
try {
    for (const sight of sights) {
        for (const size of sizes) {
            const found = await look(browser, demo, sight, size);
            problems.push(...found);
            console.log(`${found.length === 0 ? '     ' : 'WRONG'} ${sight.name}, ${size}`);
        }
    }
} finally {
    await browser.close();
    await demo.end();
}
await stat(options.out);
console.log(`\nThe pictures are in ${path.relative(process.cwd(), options.out)}`);
if (problems.length > 0) {
    console.error(`\n${problems.join('\n\n')}`);
    process.exitCode = 1;
}
