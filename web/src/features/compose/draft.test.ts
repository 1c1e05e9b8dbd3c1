import { describe, expect, it } from 'vitest';
import type { CredentialAccount, Status } from '~/api/types';
import {
    contextKey,
    contextOf,
    contextOfQuery,
    contextPath,
    draftOf,
    isWorthKeeping,
    narrower,
    newDraft,
    replyDraft,
    type Context,
} from './draft';
import { Drafts } from './drafts';
import { MemoryShelf } from './memory_shelf';

const me = {
    id: '1',
    acct: 'me',
    source: { privacy: 'unlisted', sensitive: true, language: 'eo' },
} as unknown as CredentialAccount;

const parent = {
    id: '50',
    account: { id: '2', acct: 'ada' },
    mentions: [
        { id: '1', acct: 'me' },
        { id: '3', acct: 'bob' },
        { id: '2', acct: 'ada' },
    ],
    spoilerText: 'ships',
    visibility: 'private',
} as unknown as Status;

const base = newDraft(me, 'en');

describe('a new draft', () => {
    it('begins with what the person prefers', () => {
        expect(base).toMatchObject({ visibility: 'unlisted', sensitive: true, language: 'eo' });
        const plain = { id: '1', source: { language: null } } as unknown as CredentialAccount;
        expect(newDraft(plain, 'de')).toMatchObject({ visibility: 'public', language: 'de' });
    });

    it('speaks to everybody in the conversation once, and not to oneself', () => {
        expect(replyDraft(base, parent, me).text).toBe('@ada @bob ');
        const own = { ...parent, account: me, mentions: [] } as unknown as Status;
        expect(replyDraft(base, own, me).text).toBe('');
    });

    it('is seen by no more people than what it answers, and warns of the same', () => {
        expect(replyDraft(base, parent, me)).toMatchObject({
            visibility: 'private',
            spoilerText: 'ships',
            hasWarning: true,
            inReplyToId: '50',
        });
        expect(narrower('direct', 'public')).toBe('direct');
        expect(narrower('public', 'public')).toBe('public');
    });

    it('of an old post is what was typed', () => {
        const draft = draftOf(parent, { text: '@ada hi', spoilerText: '' });
        expect(draft).toMatchObject({ text: '@ada hi', hasWarning: false, visibility: 'private' });
    });
});

describe('isWorthKeeping', () => {
    it('is what one would miss', () => {
        const reply = replyDraft(base, parent, me);
        expect(isWorthKeeping(reply, reply)).toBe(false);
        expect(isWorthKeeping({ ...reply, text: '@ada @bob  ' }, reply)).toBe(false);
        expect(isWorthKeeping({ ...reply, text: '@ada no' }, reply)).toBe(true);
        expect(isWorthKeeping({ ...base, spoilerText: 'x' }, base)).toBe(true);
        expect(isWorthKeeping({ ...base, visibility: 'direct' }, base)).toBe(false);
    });
});

describe('contexts', () => {
    const all: Context[] = [
        { kind: 'new' },
        { kind: 'reply', to: '5' },
        { kind: 'edit', id: '6' },
        { kind: 'redraft', id: '7' },
    ];
    it.each(all)('$kind is found again by its key and its address', (context) => {
        expect(contextOf(contextKey(context))).toEqual(context);
        const { search } = new URL(contextPath(context), 'http://a.example');
        expect(contextOfQuery(new URLSearchParams(search))).toEqual(context);
    });
    it('are none by keys that mean nothing', () => {
        expect([contextOf('edit'), contextOf('x:1'), contextOf('')]).toEqual([null, null, null]);
    });
});

describe('Drafts', () => {
    it('keeps one for each place, the newest first, for each account', () => {
        const shelf = new MemoryShelf();
        let nowMs = 1;
        const drafts = new Drafts(shelf, '1', () => nowMs++);
        drafts.put('new', { ...base, text: 'a' });
        drafts.put('reply:5', { ...base, text: 'b' });
        drafts.put('new', { ...base, text: 'c' });
        expect(drafts.all().map(({ key, draft }) => [key, draft.text])).toEqual([
            ['new', 'c'],
            ['reply:5', 'b'],
        ]);
        expect(new Drafts(shelf, '1').get('reply:5')?.text).toBe('b');
        expect(new Drafts(shelf, '2').get('new')).toBeNull();
        drafts.remove('new');
        expect(drafts.get('new')).toBeNull();
    });

    it('lets the oldest go', () => {
        let nowMs = 1;
        const drafts = new Drafts(new MemoryShelf(), '1', () => nowMs++);
        for (let id = 0; id < 60; ++id) {
            drafts.put(`reply:${id}`, base);
        }
        expect(drafts.all()).toHaveLength(50);
        expect(drafts.get('reply:9')).toBeNull();
    });

    it('says when nothing can be kept, and reads no nonsense', () => {
        const shelf = new MemoryShelf();
        shelf.isFull = true;
        expect(new Drafts(shelf, '1').put('new', base)).toBe(false);
        for (const nonsense of ['{', '{}', '[1, null, {"key":"new"}]']) {
            shelf.items.set('rookery.drafts.1', nonsense);
            expect(new Drafts(shelf, '1').all()).toEqual([]);
        }
    });
});
