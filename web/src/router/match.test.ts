import { describe, expect, it } from 'vitest';
import { matchPath, specificity } from './match';

describe('matchPath', () => {
    it('takes parts by name', () => {
        expect(matchPath('/@:name/:id', '/@ada/123')).toEqual({ name: 'ada', id: '123' });
        expect(matchPath('/tags/:tag', '/tags/caf%C3%A9')).toEqual({ tag: 'café' });
    });

    it('wants every segment and no more', () => {
        expect(matchPath('/@:name', '/@ada/123')).toBeNull();
        expect(matchPath('/@:name/:id', '/@ada')).toBeNull();
        expect(matchPath('/home', '/home/')).toEqual({});
        expect(matchPath('/', '/')).toEqual({});
        expect(matchPath('/', '/home')).toBeNull();
    });

    it('does not take a name without its sign', () => {
        expect(matchPath('/@:name', '/ada')).toBeNull();
        expect(matchPath('/@:name', '/@')).toBeNull();
    });

    it('takes the rest', () => {
        expect(matchPath('/settings/*', '/settings/privacy/more')).toEqual({
            rest: 'privacy/more',
        });
        expect(matchPath('/settings/*', '/settings')).toEqual({ rest: '' });
    });

    it('does not match what cannot be decoded', () => {
        expect(matchPath('/tags/:tag', '/tags/%E0%A4%A')).toBeNull();
    });
});

describe('specificity', () => {
    it('puts fixed words before names before the rest', () => {
        const patterns = ['/@:name/*', '/@:name/:id', '/@:name/followers'];
        const sorted = [...patterns].sort((a, b) => specificity(b) - specificity(a));
        expect(sorted).toEqual(['/@:name/followers', '/@:name/:id', '/@:name/*']);
    });
});
