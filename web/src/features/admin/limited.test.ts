import { describe, expect, it } from 'vitest';
import { chooseLimited, isLimitedNow, partsOf } from './limited';
import type { LimitedKey } from './limits_types';

const NOW_MS = Date.parse('2026-11-30T11:06:00Z');
const none = { account: null, token: null, address: null, triedAccount: null, target: null };

function entry(key: string, more: Partial<LimitedKey> = {}): LimitedKey {
    return {
        rule: 'requests',
        key,
        account: null,
        shadow: false,
        times: 1,
        firstAt: '2026-11-30T11:00:00Z',
        lastAt: '2026-11-30T11:05:00Z',
        until: '2026-11-30T11:10:00Z',
        ...more,
    };
}

describe('partsOf', () => {
    it('takes a key apart', () => {
        expect(partsOf('account:7')).toEqual({ ...none, account: '7' });
        expect(partsOf('203.0.113.9')).toEqual({ ...none, address: '203.0.113.9' });
        expect(partsOf('token:12 account:7 2001:db8:0:1::/64 target:55')).toEqual({
            token: '12',
            account: '7',
            address: '2001:db8:0:1::/64',
            triedAccount: null,
            target: '55',
        });
        expect(partsOf('')).toEqual(none);
    });

    it('takes all that follows as the target, whatever somebody typed', () => {
        expect(partsOf('target:bob account:7 target:x')).toEqual({
            ...none,
            target: 'bob account:7 target:x',
        });
        expect(partsOf('target:')).toEqual({ ...none, target: '' });
    });

    it('tells an account whose sign-in is tried from a name', () => {
        expect(partsOf('target:@42')).toEqual({ ...none, triedAccount: '42' });
        expect(partsOf('target:@42x')).toEqual({ ...none, target: '@42x' });
    });
});

describe('isLimitedNow', () => {
    it('is so until the moment of which the server told', () => {
        expect(isLimitedNow(entry('account:1'), NOW_MS)).toBe(true);
        expect(isLimitedNow(entry('account:1', { until: '2026-11-30T11:06:00Z' }), NOW_MS)).toBe(
            false,
        );
        expect(isLimitedNow(entry('account:1', { until: null }), NOW_MS)).toBe(true);
    });

    it('is never so on trial', () => {
        expect(isLimitedNow(entry('account:1', { shadow: true }), NOW_MS)).toBe(false);
    });
});

describe('chooseLimited', () => {
    const over = entry('198.51.100.20', { until: '2026-11-30T11:05:30Z' });
    const bob = entry('account:7', { rule: 'posts', account: { id: '7', username: 'Bob' } });
    const network = entry('2001:db8:0:1::/64');
    const tried = entry('target:mallory smith', { rule: 'sign-ins' });
    const all = [over, bob, network, tried];
    const choose = (text: string, rule: string | null = null): LimitedKey[] =>
        chooseLimited(all, { rule, text }, NOW_MS);

    it('begins with those who are limited now', () => {
        expect(choose('')).toEqual([bob, network, tried, over]);
    });

    it('finds by rule', () => {
        expect(choose('', 'posts')).toEqual([bob]);
        expect(choose('', 'gone')).toEqual([]);
        expect(choose('bob', 'sign-ins')).toEqual([]);
    });

    it('finds by a part of a name', () => {
        expect(choose(' @BO ')).toEqual([bob]);
        expect(choose('Smith')).toEqual([tried]);
        expect(choose('account')).toEqual([]);
    });

    it('finds by a part of an address', () => {
        expect(choose('198.51.')).toEqual([over]);
        expect(choose('2001:DB8')).toEqual([network]);
    });

    it('finds the network of a whole IPv6 address', () => {
        expect(choose('2001:db8:0:1::5')).toEqual([network]);
        expect(choose('2001:0db8:0000:0001:ffff:0:0:5')).toEqual([network]);
        expect(choose('2001:db8:0:2::5')).toEqual([]);
        expect(choose('::')).toEqual([network]); // a part of it as it is written
        expect(choose('2001:db8:0:1::5::6')).toEqual([]);
    });
});
