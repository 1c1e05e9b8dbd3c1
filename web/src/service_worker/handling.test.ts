import { expect, it } from 'vitest';
import { handlingOf } from './handling';

const ORIGIN = 'https://rook.example';

function handled(path: string, mode = 'cors', method = 'GET'): string {
    return handlingOf({ method, mode, url: new URL(path, ORIGIN).href }, ORIGIN);
}

it('stands in for pages of the app, not for those of the server', () => {
    expect(handled('/home', 'navigate')).toBe('page');
    expect(handled('/@ada/1', 'navigate')).toBe('page');
    expect(handled('/oauth/authorize?x=1', 'navigate')).toBe('pass');
    expect(handled('/auth/sign_up', 'navigate')).toBe('pass');
    expect(handled('/auth/callback?code=1', 'navigate')).toBe('page');
});

it('keeps files that never change', () => {
    expect(handled('/assets/index-abc.js')).toBe('file');
});

it('keeps the newest page of the home feed, and no other answer of the API', () => {
    expect(handled('/api/v1/timelines/home?limit=20')).toBe('home');
    expect(handled('/api/v1/timelines/home?limit=20&since_id=4')).toBe('pass');
    expect(handled('/api/v1/timelines/home?max_id=4')).toBe('pass');
    expect(handled('/api/v1/notifications')).toBe('pass');
});

it('leaves alone what is sent, and what is elsewhere', () => {
    expect(handled('/api/v1/timelines/home', 'cors', 'POST')).toBe('pass');
    expect(handled('https://elsewhere.example/assets/a.js')).toBe('pass');
    expect(handled('/avatars/1.png')).toBe('picture');
});
