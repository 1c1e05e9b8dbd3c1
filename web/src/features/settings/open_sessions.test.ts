import { expect, it } from 'vitest';
import { inOrder, type OpenSession } from './open_sessions';

function session(id: string, more: Partial<OpenSession>): OpenSession {
    return {
        id,
        application: { name: 'app', website: null },
        scopes: [],
        createdAt: '2026-01-01T00:00:00.000Z',
        lastUsedAt: null,
        current: false,
        ...more,
    };
}

it('puts the session in use first, then the latest', () => {
    const sessions = [
        session('old', {}),
        session('used', { lastUsedAt: '2026-03-01T00:00:00.000Z' }),
        session('new', { createdAt: '2026-02-01T00:00:00.000Z' }),
        session('mine', { current: true }),
    ];
    expect(inOrder(sessions).map(({ id }) => id)).toEqual(['mine', 'used', 'new', 'old']);
});
