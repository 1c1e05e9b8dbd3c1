import type { Texts } from '~/texts/en';
import type { LimitRule } from './limits_types';

/** What the rules are told with: a language and its texts. */
export interface Words {
    t: Texts['limits'];
    language: string;
}

const UNITS = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
    [1, 'millisecond'],
] as const;

/** A span exactly: `5 minutes`, `1 hour 30 minutes`. */
export function spanWords(spanMs: number, language: string): string {
    const parts: string[] = [];
    let rest = spanMs;
    for (const [length, unit] of UNITS) {
        const count = Math.floor(rest / length);
        if (count > 0) {
            const style = { style: 'unit', unit, unitDisplay: 'long' } as const;
            parts.push(new Intl.NumberFormat(language, style).format(count));
            rest -= count * length;
        }
    }
    return parts.join(' ');
}

function periodWords(periodMs: number, { t, language }: Words): string {
    const unit = UNITS.find(([length]) => length === periodMs)?.[1];
    return unit === undefined || unit === 'millisecond'
        ? t.inSpan(spanWords(periodMs, language))
        : t.each[unit];
}

function listOf(names: string[], language: string): string {
    return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** Of a table of texts, what it says of a name; names that are newer than this app stay as they are. */
function wordOf(table: Record<string, string>, name: string): string {
    return Object.hasOwn(table, name) ? (table[name] ?? name) : name;
}

export function isAboutSignIns(rule: LimitRule | undefined): boolean {
    return rule?.routes.length === 1 && rule.routes[0] === 'sign-ins';
}

/** How much is allowed to whom: `300 requests in 5 minutes for each token`. */
export function quotaWords(rule: LimitRule, words: Words): string {
    const { t, language } = words;
    const period = periodWords(rule.periodMs, words);
    const { amount, burst, algorithm } = rule;
    const names = rule.per.map((key) =>
        key === 'target' && isAboutSignIns(rule) ? t.keys.login : wordOf(t.keys, key),
    );
    const quota =
        algorithm === 'leaking-queue'
            ? t.queue(amount, period, burst)
            : ['token-bucket', 'leaking-meter', 'gcra'].includes(algorithm)
              ? t.pace(amount, period, burst)
              : t.window(amount, period);
    return names.length === 0 ? t.forAll(quota) : t.forEach(quota, listOf(names, language));
}

/** Which requests it is about, how and where it counts them: each a short remark. */
export function detailWords(rule: LimitRule, { t, language }: Words): string[] {
    const routes = rule.routes.map((name) => wordOf(t.routes, name));
    return [
        t.about(listOf(routes, language)),
        wordOf(t.algorithms, rule.algorithm),
        wordOf(t.reaches, rule.reach),
        ...(rule.reach === 'local' ? [] : [wordOf(t.whenLost, rule.whenLost)]),
    ];
}
