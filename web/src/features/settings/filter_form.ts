import type { Params } from '~/api/params';

export type FilterContext = 'home' | 'notifications' | 'public' | 'thread' | 'account';
export const CONTEXTS: FilterContext[] = ['home', 'notifications', 'public', 'thread', 'account'];

/** A filter as the API (v2) tells it. */
export interface Filter {
    id: string;
    title: string;
    context: FilterContext[];
    expiresAt: string | null;
    filterAction: 'warn' | 'hide' | 'blur';
    keywords: { id: string; keyword: string; wholeWord: boolean }[];
}

interface Keyword {
    /** Undefined until the server has it. */
    id?: string;
    keyword: string;
    wholeWord: boolean;
}

/** What stands in the form. */
export interface FilterDraft {
    title: string;
    contexts: FilterContext[];
    action: 'warn' | 'hide';
    keywords: Keyword[];
    /** `keep`: ends when it would; `never`; else in so many seconds. */
    expiry: string;
}

export const EXPIRIES_S = [1800, 3600, 21_600, 43_200, 86_400, 604_800];

export function emptyDraft(): FilterDraft {
    return {
        title: '',
        contexts: ['home', 'notifications', 'public'],
        action: 'warn',
        keywords: [{ keyword: '', wholeWord: true }],
        expiry: 'never',
    };
}

export function draftOf(filter: Filter): FilterDraft {
    return {
        title: filter.title,
        contexts: CONTEXTS.filter((one) => filter.context.includes(one)),
        action: filter.filterAction === 'hide' ? 'hide' : 'warn',
        keywords: filter.keywords.map((one) => ({ ...one })),
        expiry: filter.expiresAt === null ? 'never' : 'keep',
    };
}

/** As the API takes it: keywords that were there and are no more are named to be removed. */
export function paramsOf(draft: FilterDraft, before: Filter | null): Params {
    const kept = draft.keywords.filter(({ keyword }) => keyword.trim() !== '');
    const removed = (before?.keywords ?? []).filter(({ id }) => !kept.some((one) => one.id === id));
    const attributes: Record<string, Params> = {};
    kept.forEach(({ id, keyword, wholeWord }, index) => {
        attributes[String(index)] = {
            ...(id === undefined ? {} : { id }),
            keyword: keyword.trim(),
            wholeWord,
        };
    });
    removed.forEach(({ id }, index) => {
        attributes[String(kept.length + index)] = { id, _destroy: true };
    });
    return {
        title: draft.title.trim(),
        context: draft.contexts,
        filterAction: draft.action,
        ...(draft.expiry === 'keep'
            ? {}
            : { expiresIn: draft.expiry === 'never' ? '' : draft.expiry }),
        keywordsAttributes: attributes,
    };
}

export type FilterProblem = 'noTitle' | 'noContext' | 'noKeyword';

export function problemsOf(draft: FilterDraft): FilterProblem[] {
    const problems: FilterProblem[] = [];
    if (draft.title.trim() === '') {
        problems.push('noTitle');
    }
    if (draft.contexts.length === 0) {
        problems.push('noContext');
    }
    if (draft.keywords.every(({ keyword }) => keyword.trim() === '')) {
        problems.push('noKeyword');
    }
    return problems;
}
