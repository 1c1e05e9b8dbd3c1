import { expect, it } from 'vitest';
import { limitsPath, limitsQueryOf } from './limits_query';

it('keeps in the address what is shown, and nothing that is usual', () => {
    const usual = { rule: null, text: '', span: 'hour' } as const;
    expect(limitsPath(usual)).toBe('/admin/limits');
    expect(limitsQueryOf(new URLSearchParams())).toEqual(usual);
    const chosen = { rule: 'posts-at-once', text: '2001:db8::1 & more', span: 'day' } as const;
    const { searchParams } = new URL(limitsPath(chosen), 'https://social.example');
    expect(limitsQueryOf(searchParams)).toEqual(chosen);
    expect(limitsQueryOf(new URLSearchParams('span=year&rule='))).toEqual(usual);
});
