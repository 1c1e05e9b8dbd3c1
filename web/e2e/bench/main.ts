// Size and speed of the app in Chromium. `--only first|views|shifts|conversation` measures a part,
// `--against FOLDER` another build of it as well, in turns, so that a busy machine is so for both.
import { parseArgs } from 'node:util';
import { openBrowser } from '../browser';
import { COMMENTS, measureConversation } from './conversation';
import { Arrivals, inKb, row } from './figures';
import { measureShifts } from './shifts';
import { Subject } from './subject';
import { arrive, goRound, weigh } from './ways';

const { values: options } = parseArgs({
    options: {
        against: { type: 'string' },
        only: { type: 'string' },
        rounds: { type: 'string', default: '7' },
    },
});
/** Of each figure so many are taken; the middle one counts. */
const rounds = Number(options.rounds);

function isWanted(part: 'first' | 'views' | 'shifts' | 'conversation'): boolean {
    return options.only === undefined || options.only === part;
}

const browser = await openBrowser();
const subjects = [await Subject.start('now', browser)];
if (options.against !== undefined) {
    subjects.push(await Subject.start('before', browser, options.against));
}

async function inTurns(run: (subject: Subject) => Promise<void>): Promise<void> {
    for (let round = 0; round < rounds; ++round) {
        for (const subject of round % 2 === 0 ? subjects : [...subjects].reverse()) {
            await run(subject);
        }
    }
}

try {
    if (isWanted('first')) {
        for (const subject of subjects) {
            console.log(`The first view, compressed: ${subject.name}`);
            for (const [kind, bytes] of Object.entries(await weigh(subject))) {
                row(kind, inKb(bytes));
            }
        }
        console.log('\nFrom navigation to the first feed on screen: empty cache, warm server');
        const arrivals = new Arrivals();
        await inTurns((subject) => arrive(subject, 'visitor', '/', arrivals));
        await inTurns((subject) => arrive(subject, 'member', '/home', arrivals));
        arrivals.print();
    }
    if (isWanted('views')) {
        console.log('\nFrom a press to the next view on screen, its content included');
        const ways = new Arrivals();
        await inTurns((subject) => goRound(subject, ways));
        ways.print();
    }
    if (isWanted('shifts')) {
        for (const subject of subjects) {
            console.log(`\nLayout shift of a cold visit, the largest: ${subject.name}`);
            await measureShifts(subject, rounds);
        }
    }
    if (isWanted('conversation')) {
        for (const subject of subjects) {
            console.log(`\nA conversation of ${COMMENTS} comments: ${subject.name}`);
            try {
                await measureConversation(subject);
            } catch (error) {
                // Another build may lack what is waited for; the figures of this one still count.
                console.error(`  ${(error as Error).message}`);
                process.exitCode = 1;
            }
        }
    }
} finally {
    await browser.close();
    for (const { demo } of subjects) {
        await demo.end();
    }
}
