import { describe, expect, it } from 'vitest';
import { queryFor, searchParams } from './account_query';

describe('searchParams', () => {
    it('tells names, addresses and IPs apart', () => {
        expect(searchParams('ada')).toEqual({ username: 'ada' });
        expect(searchParams(' @ada ')).toEqual({ username: 'ada' });
        expect(searchParams('Ada Lovelace')).toEqual({ displayName: 'Ada Lovelace' });
        expect(searchParams('ada@example.org')).toEqual({ email: 'ada@example.org' });
        expect(searchParams('10.0.0.1')).toEqual({ ip: '10.0.0.1' });
        expect(searchParams('::1')).toEqual({ ip: '::1' });
        expect(searchParams('  ')).toEqual({});
    });
});

it('joins the state and the search', () => {
    expect(queryFor('suspended', 'eve')).toEqual({
        origin: 'local',
        status: 'suspended',
        username: 'eve',
    });
});
