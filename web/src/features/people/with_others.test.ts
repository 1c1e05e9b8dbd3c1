import { describe, expect, it } from 'vitest';
import { withOthers } from './with_others';

const others = (count: number): string => `${count} others`;
const said = (keys: string[], language = 'en'): string =>
    withOthers(keys, 2, others, language)
        .map(({ key, text }) => (key === null ? text : `<${key}>`))
        .join('');

describe('withOthers', () => {
    it('names the first few, and counts the rest', () => {
        expect(said(['1'])).toBe('<1>');
        expect(said(['1', '2'])).toBe('<1> and <2>');
        expect(said(['1', '2', '3'])).toBe('<1>, <2>, and <3>');
        expect(said(['1', '2', '3', '4'])).toBe('<1>, <2>, and 2 others');
        expect(said(['1', '2', '3', '4', '5'], 'de')).toBe('<1>, <2> und 3 others');
    });

    it('is empty for nobody', () => {
        expect(said([])).toBe('');
    });
});
