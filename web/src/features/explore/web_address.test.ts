import { describe, expect, it } from 'vitest';
import { shownAddress, webAddress } from './web_address';

describe('webAddress', () => {
    it('takes nothing but the web', () => {
        expect(webAddress('https://a.example/x')?.href).toBe('https://a.example/x');
        expect(webAddress('javascript:alert(1)')).toBeNull();
        expect(webAddress('file:///etc/passwd')).toBeNull();
        expect(webAddress('nonsense')).toBeNull();
        expect(webAddress('')).toBeNull();
    });
});

describe('shownAddress', () => {
    it('leaves out what goes without saying', () => {
        expect(shownAddress(new URL('https://www.a.example/'))).toBe('a.example');
        expect(shownAddress(new URL('http://a.example:8080/x/?y=1#z'))).toBe(
            'a.example:8080/x/?y=1',
        );
    });
});
