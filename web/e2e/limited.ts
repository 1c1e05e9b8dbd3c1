import type { Page } from 'playwright-core';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Requests that come and go with the day; `storm` minutes ago somebody overdid it. */
function minutesOf(nowMs: number, most: number, storm: number, refused: number) {
    const last = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    return Array.from({ length: 1440 }, (_, index) => {
        const ago = 1439 - index;
        const isStorm = ago >= storm && ago < storm + 4;
        return {
            at: new Date(last - ago * MINUTE_MS).toISOString(),
            allowed: Math.round(most * (0.6 + 0.3 * Math.sin(ago / 230) + 0.1 * Math.sin(ago * 7))),
            refused: isStorm ? Math.round(refused * (1 - (ago - storm) / 5)) : 0,
        };
    }).filter(({ allowed, refused: some }) => allowed + some > 0);
}

const rule = (name: string, more: object) => ({
    name,
    routes: ['all'],
    per: ['account'],
    algorithm: 'fixed-window',
    amount: 300,
    period_ms: 5 * MINUTE_MS,
    burst: 300,
    shadow: false,
    reach: 'local',
    when_lost: 'local',
    allowed: 0,
    refused: 0,
    minutes: [],
    ...more,
});

function answer(nowMs: number, someone: { id: string; username: string }) {
    const at = (ms: number): string => new Date(nowMs + ms).toISOString();
    const refused = (name: string, key: string, times: number, until: number, more = {}) => ({
        rule: name,
        key,
        account: null,
        shadow: false,
        times,
        first_at: at(-40 * times * 1000),
        last_at: at(-2 * MINUTE_MS),
        until: at(until),
        ...more,
    });
    return {
        now: at(0),
        rules: [
            rule('requests', { per: ['token'], minutes: minutesOf(nowMs, 240, 12, 160) }),
            rule('posts', {
                routes: ['posts'],
                period_ms: 3 * HOUR_MS,
                reach: 'shared',
                minutes: minutesOf(nowMs, 6, 31, 2),
            }),
            rule('search', {
                routes: ['search'],
                algorithm: 'gcra',
                amount: 120,
                period_ms: MINUTE_MS,
                burst: 60,
                reach: 'leased',
                minutes: minutesOf(nowMs, 30, 5000, 0),
            }),
            rule('sign-ins', {
                routes: ['sign-ins'],
                per: ['target'],
                amount: 10,
                minutes: minutesOf(nowMs, 1, 4, 40),
            }),
            rule('uploads-by-network', {
                routes: ['media'],
                per: ['account', 'address'],
                algorithm: 'subwindow-counter',
                amount: 1200,
                period_ms: 90 * MINUTE_MS,
                shadow: true,
                minutes: minutesOf(nowMs, 12, 22, 9),
            }),
            rule('sign-ups', { routes: ['sign-ups'], per: ['address'], amount: 25 }),
        ],
        refused: [
            refused('requests', 'token:81', 412, 3 * MINUTE_MS, { account: someone }),
            refused('sign-ins', 'target:administrator', 96, 4 * MINUTE_MS),
            refused('sign-ins', `target:@${someone.id}`, 7, 2 * MINUTE_MS, { account: someone }),
            refused('uploads-by-network', `account:${someone.id} 2001:db8:17:4::/64`, 31, 1, {
                account: someone,
                shadow: true,
            }),
            refused('posts', `account:${someone.id}`, 2, 26 * HOUR_MS, { account: someone }),
            ...Array.from({ length: 9 }, (_, index) =>
                refused('requests', `203.0.113.${index + 11}`, 3 + index, -MINUTE_MS),
            ),
        ],
    };
}

/** As if people had overdone it for a day: a demo network has neither the time nor the people. */
export async function limited(page: Page): Promise<void> {
    const someone = { id: '42', username: 'maximiliana' };
    await page.route('**/api/rookery/v1/admin/limits', (route) =>
        route.fulfill({ json: answer(Date.now(), someone) }),
    );
}
