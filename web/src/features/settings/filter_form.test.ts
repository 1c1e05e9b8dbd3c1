import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, paramsOf, problemsOf, type Filter } from './filter_form';

const filter: Filter = {
    id: '1',
    title: 'Sport',
    context: ['public', 'home'],
    expiresAt: '2026-05-01T00:00:00.000Z',
    filterAction: 'hide',
    keywords: [
        { id: '5', keyword: 'goal', wholeWord: true },
        { id: '6', keyword: 'match', wholeWord: false },
    ],
};

describe('paramsOf', () => {
    it('changes, adds and removes keywords', () => {
        const draft = draftOf(filter);
        draft.keywords = [
            { id: '6', keyword: ' matches ', wholeWord: true },
            { keyword: 'league', wholeWord: false },
            { keyword: '  ', wholeWord: true },
        ];
        expect(paramsOf(draft, filter)).toEqual({
            title: 'Sport',
            context: ['home', 'public'],
            filterAction: 'hide',
            keywordsAttributes: {
                0: { id: '6', keyword: 'matches', wholeWord: true },
                1: { keyword: 'league', wholeWord: false },
                2: { id: '5', _destroy: true },
            },
        });
    });

    it('removes a keyword whose text was emptied', () => {
        const draft = draftOf(filter);
        draft.keywords = draft.keywords.map((one) =>
            one.id === '5' ? { ...one, keyword: '' } : one,
        );
        expect(paramsOf(draft, filter).keywordsAttributes).toMatchObject({
            1: { id: '5', _destroy: true },
        });
    });

    it('names an end only if one was chosen', () => {
        const draft = draftOf(filter);
        expect(paramsOf(draft, filter)).not.toHaveProperty('expiresIn');
        expect(paramsOf({ ...draft, expiry: 'never' }, filter).expiresIn).toBe('');
        expect(paramsOf({ ...draft, expiry: '3600' }, filter).expiresIn).toBe('3600');
    });
});

describe('problemsOf', () => {
    it('names what is missing', () => {
        expect(problemsOf(emptyDraft())).toEqual(['noTitle', 'noKeyword']);
        expect(problemsOf({ ...draftOf(filter), contexts: [] })).toEqual(['noContext']);
        expect(problemsOf(draftOf(filter))).toEqual([]);
    });
});
