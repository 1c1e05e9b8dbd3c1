import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';
import { formatsOf } from './formats';

describe('formats', () => {
    it('chooses the plural form of the language', () => {
        expect(en.feeds.newPosts(1)).toBe('1 new post');
        expect(en.feeds.newPosts(1234)).toBe('1,234 new posts');
        expect(de.feeds.newPosts(1)).toBe('1 neuer Beitrag');
        expect(de.feeds.newPosts(1234)).toBe('1.234 neue Beiträge');
    });

    it('shortens big counts', () => {
        expect(formatsOf('en').compact(999)).toBe('999');
        expect(formatsOf('en').compact(12_345)).toBe('12.3K');
    });
});

describe('spans', () => {
    it('are told in the largest unit that fits', () => {
        expect(formatsOf('en').spanOf(1800)).toBe('30 minutes');
        expect(formatsOf('en').spanOf(86_400)).toBe('1 day');
        expect(formatsOf('de').spanOf(3600)).toBe('1 Stunde');
        expect(formatsOf('en').spanOf(5)).toBe('5 seconds');
    });
});

describe('languages', () => {
    /** Texts that are the same in both are names, or were forgotten. */
    const SAME = new Set(['Rookery', 'Bookmark', 'Name', 'Hashtags', 'Links']);

    function untranslated(a: object, b: object, path: string): string[] {
        return Object.entries(a).flatMap(([key, value]) => {
            const other = (b as Record<string, unknown>)[key];
            const here = `${path}.${key}`;
            if (typeof value === 'object' && value !== null) {
                return untranslated(value as object, other as object, here);
            }
            const isSame = typeof value === 'string' && value === other && !SAME.has(value);
            return isSame ? [here] : [];
        });
    }

    it('has no text that is English in German', () => {
        expect(untranslated(en, de, 'en')).toEqual([]);
    });
});
