import { describe, expect, it } from 'vitest';
import { de } from '~/texts/de';
import { en } from '~/texts/en';
import type { LimitRule } from './limits_types';
import { detailWords, quotaWords, spanWords } from './rule_words';

const requests: LimitRule = {
    name: 'requests',
    routes: ['all'],
    per: ['token'],
    algorithm: 'fixed-window',
    amount: 300,
    periodMs: 300_000,
    burst: 300,
    shadow: false,
    reach: 'local',
    whenLost: 'local',
    allowed: 0,
    refused: 0,
    minutes: [],
};
const paced: LimitRule = {
    ...requests,
    algorithm: 'gcra',
    per: ['account'],
    amount: 60,
    periodMs: 60_000,
    burst: 30,
};

const english = { t: en.limits, language: 'en' };
const german = { t: de.limits, language: 'de' };

describe('quotaWords', () => {
    it('says how many, in what time, and for whom', () => {
        expect(quotaWords(requests, english)).toBe('300 requests in 5 minutes for each token');
        expect(quotaWords(requests, german)).toBe('300 Anfragen je 5 Minuten, gezählt nach Token');
        expect(quotaWords({ ...requests, amount: 1, periodMs: 86_400_000 }, english)).toBe(
            '1 request a day for each token',
        );
    });

    it('says what may come at once', () => {
        expect(quotaWords(paced, english)).toBe(
            '60 requests a minute, 30 at once, for each account',
        );
        expect(quotaWords(paced, german)).toBe(
            '60 Anfragen je Minute, 30 auf einmal, gezählt nach Konto',
        );
        for (const algorithm of ['token-bucket', 'leaking-meter']) {
            expect(quotaWords({ ...paced, algorithm }, english)).toContain('30 at once');
        }
        expect(quotaWords({ ...paced, algorithm: 'sliding-log' }, english)).not.toContain('once');
    });

    it('says of a queue how many wait', () => {
        expect(quotaWords({ ...paced, algorithm: 'leaking-queue' }, english)).toBe(
            '60 requests a minute, one after another, at most 30 waiting, for each account',
        );
    });

    it('names combinations, and all together', () => {
        expect(quotaWords({ ...requests, per: ['account', 'address'] }, english)).toBe(
            '300 requests in 5 minutes for each account and address',
        );
        expect(quotaWords({ ...requests, per: [] }, english)).toBe(
            '300 requests in 5 minutes for all together',
        );
    });

    it('calls the target of a sign-in a name', () => {
        expect(
            quotaWords({ ...requests, per: ['target'], routes: ['sign-ins'] }, english),
        ).toContain('for each sign-in name');
        expect(quotaWords({ ...requests, per: ['target'] }, english)).toContain('for each target');
    });
});

describe('detailWords', () => {
    it('tells which requests, how and where', () => {
        expect(detailWords(requests, english)).toEqual([
            'Counts all requests',
            'Fixed window',
            'Each server counts for itself',
        ]);
        expect(detailWords({ ...requests, routes: ['posts', 'media'] }, german)[0]).toBe(
            'Zählt Beiträge und Medien',
        );
    });

    it('tells what becomes of requests without the store only of rules that need it', () => {
        const shared = { ...requests, reach: 'shared', whenLost: 'refuse' } as const;
        expect(detailWords(shared, english).slice(2)).toEqual([
            'Counted exactly in the shared store',
            'Refuses while the store is away',
        ]);
    });

    it('leaves names that it does not know as they are', () => {
        const strange = { ...requests, routes: ['toString'], algorithm: 'constructor' };
        expect(detailWords(strange, english).slice(0, 2)).toEqual([
            'Counts toString',
            'constructor',
        ]);
    });
});

it('writes spans without rounding', () => {
    expect(spanWords(10_800_000, 'en')).toBe('3 hours');
    expect(spanWords(5_400_000, 'en')).toBe('1 hour 30 minutes');
    expect(spanWords(90_250, 'de')).toBe('1 Minute 30 Sekunden 250 Millisekunden');
});
