import { describe, expect, it } from 'vitest';
import { listOf, withSearch } from './recent_searches';

describe('withSearch', () => {
    it('puts the newest first, each once', () => {
        expect(withSearch(['b', 'a'], 'a')).toEqual(['a', 'b']);
        expect(withSearch(['loom'], ' Loom ')).toEqual(['Loom']);
    });

    it('keeps the last few', () => {
        const many = Array.from({ length: 30 }, (_, at) => String(at)).reduce<string[]>(
            withSearch,
            [],
        );
        expect(many.length).toBe(10);
        expect(many[0]).toBe('29');
    });
});

describe('listOf', () => {
    it('takes only what the same reader searched for', () => {
        const kept = JSON.stringify({ of: '1', queries: ['a', 7, 'b'] });
        expect(listOf(kept, '1')).toEqual(['a', 'b']);
        expect(listOf(kept, '2')).toEqual([]);
        expect(listOf(kept, null)).toEqual([]);
        expect(listOf('{"of":"1","queries":3}', '1')).toEqual([]);
        expect(listOf('nonsense', '1')).toEqual([]);
        expect(listOf(null, null)).toEqual([]);
    });
});
