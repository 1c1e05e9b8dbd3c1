import { expect, it } from 'vitest';
import { pauseAfter } from './watching';

it('looks again at its own pace', () => {
    expect(pauseAfter(null, 5_000, 0)).toBe(5_000);
    expect(pauseAfter({ kind: 'offline' }, 5_000, 0)).toBe(5_000);
    expect(pauseAfter({ kind: 'broken', message: '', status: 500 }, 5_000, 0)).toBe(5_000);
});

it('comes back no sooner than it is asked to, should it be limited itself', () => {
    const failure = { kind: 'throttled', message: '', retryAtMs: 70_000 } as const;
    expect(pauseAfter(failure, 5_000, 10_000)).toBe(60_000);
    expect(pauseAfter(failure, 5_000, 69_000)).toBe(5_000);
    expect(pauseAfter({ ...failure, kind: 'busy' }, 5_000, 10_000)).toBe(60_000);
});

it('ends where it may not look', () => {
    expect(pauseAfter({ kind: 'forbidden', message: '' }, 5_000, 0)).toBeNull();
    expect(pauseAfter({ kind: 'expired', message: '' }, 5_000, 0)).toBeNull();
});
