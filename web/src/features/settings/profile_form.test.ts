import { describe, expect, it } from 'vitest';
import { isSameProfile, paramsOf, problemsOf, type Profile } from './profile_form';

function profile(more: Partial<Profile> = {}): Profile {
    return { displayName: 'Ada', note: 'Looms.', isBot: false, fields: [], ...more };
}

describe('paramsOf', () => {
    it('sends all four fields, so that those taken away go', () => {
        const { fieldsAttributes } = paramsOf(
            profile({
                fields: [
                    { name: '', value: ' ' },
                    { name: 'Home', value: 'https://ada.example' },
                ],
            }),
        );
        expect(fieldsAttributes).toEqual({
            0: { name: 'Home', value: 'https://ada.example' },
            1: { name: '', value: '' },
            2: { name: '', value: '' },
            3: { name: '', value: '' },
        });
    });
});

describe('isSameProfile', () => {
    it('does not care for empty fields', () => {
        expect(isSameProfile(profile(), profile({ fields: [{ name: '', value: '' }] }))).toBe(true);
        expect(isSameProfile(profile(), profile({ isBot: true }))).toBe(false);
    });
});

describe('problemsOf', () => {
    it('counts letters, not the units of UTF-16', () => {
        expect(problemsOf(profile({ displayName: '🐦'.repeat(30) }))).toEqual([]);
        expect(problemsOf(profile({ displayName: 'x'.repeat(31) }))).toEqual(['nameTooLong']);
        expect(problemsOf(profile({ note: 'x'.repeat(501) }))).toEqual(['noteTooLong']);
    });

    it('wants a name for every field that says something', () => {
        expect(problemsOf(profile({ fields: [{ name: ' ', value: 'x' }] }))).toEqual([
            'fieldWithoutName',
        ]);
    });
});
