import { DESKTOP, PHONE, type Look } from '../browser';
import type { Role } from '../demo';
import { row } from './figures';
import type { Subject } from './subject';
import { shiftOf, whenShown } from './watch';

interface Place {
    name: string;
    as: Role;
    path: (subject: Subject) => string;
    shows: string;
}

const PLACES: Place[] = [
    { name: 'landing', as: 'visitor', path: () => '/', shows: '[role=article]' },
    { name: 'home', as: 'member', path: () => '/home', shows: '[role=article]' },
    {
        name: 'explore',
        as: 'member',
        path: () => '/explore',
        shows: 'main li:nth-child(3), main [role=article]',
    },
    { name: 'search', as: 'member', path: () => '/search?q=rooks', shows: '[role=article]' },
    { name: 'profile', as: 'member', path: () => '/@maximiliana', shows: '[role=article]' },
    {
        name: 'conversation',
        as: 'member',
        path: ({ demo }) => demo.paths.thread,
        shows: '[role=feed]:not([aria-busy=true]) [role=article]',
    },
    {
        name: 'notifications',
        as: 'member',
        path: () => '/notifications',
        shows: 'main [role=listitem]',
    },
];
const SIZES = { phone: PHONE, desktop: DESKTOP };

/** As on a train: what comes late is what makes the rest jump. */
const SLOW = {
    offline: false,
    latency: 150,
    downloadThroughput: 200 * 1024,
    uploadThroughput: 90 * 1024,
};
const NETWORKS = { here: null, 'slow network': SLOW };

type Network = (typeof NETWORKS)[keyof typeof NETWORKS];

/** Below this nobody notices that something moved; the largest of all rounds is named. */
const NOTED = 0.01;

interface Shift {
    shift: number;
    moved: string[];
}

async function visitOnce(
    subject: Subject,
    place: Place,
    look: Look,
    network: Network,
): Promise<Shift> {
    const visitor = await subject.visit(place.as, look);
    const { page } = visitor;
    if (network !== null) {
        const inside = await page.context().newCDPSession(page);
        await inside.send('Network.enable');
        await inside.send('Network.emulateNetworkConditions', network);
    }
    await page.goto(place.path(subject), { waitUntil: 'commit' });
    await whenShown(page, place.shows);
    await page.waitForLoadState('networkidle');
    const moved = await page.evaluate(() => watched.seen.moved);
    const shift = await shiftOf(page);
    await visitor.leave();
    return { shift, moved };
}

/** What jumps on a cold visit of each page, from its first moment until it is at rest. */
export async function measureShifts(subject: Subject, rounds: number): Promise<void> {
    for (const [speed, network] of Object.entries(NETWORKS)) {
        for (const [size, viewport] of Object.entries(SIZES)) {
            for (const place of PLACES) {
                let most: Shift = { shift: 0, moved: [] };
                for (let round = 0; round < rounds; ++round) {
                    const one = await visitOnce(subject, place, { viewport }, network);
                    most = one.shift > most.shift ? one : most;
                }
                row(`${place.name}, ${size}, ${speed}`, most.shift.toFixed(3));
                if (most.shift > NOTED) {
                    most.moved.forEach((words) => row('', words));
                }
            }
        }
    }
}
