import type { Account, CredentialAccount, Status, StatusVisibility } from '~/api/types';

/** What is being written. */
export interface Draft {
    text: string;
    spoilerText: string;
    /** Whether there is a warning at all; its text may still be empty. */
    hasWarning: boolean;
    visibility: StatusVisibility;
    sensitive: boolean;
    language: string;
    inReplyToId: string | null;
}

/** Where it is being written: each of these has a draft of its own. */
export type Context =
    | { kind: 'new' }
    | { kind: 'reply'; to: string }
    | { kind: 'edit'; id: string }
    /** Written anew after the post with this id was deleted. */
    | { kind: 'redraft'; id: string };

export function contextKey(context: Context): string {
    switch (context.kind) {
        case 'new':
            return 'new';
        case 'reply':
            return `reply:${context.to}`;
        default:
            return `${context.kind}:${context.id}`;
    }
}

export function contextOf(key: string): Context | null {
    const [kind, id = ''] = key.split(':');
    if (kind === 'new') {
        return { kind };
    }
    if (id === '') {
        return null;
    }
    switch (kind) {
        case 'reply':
            return { kind, to: id };
        case 'edit':
        case 'redraft':
            return { kind, id };
        default:
            return null;
    }
}

/** The page where one goes on with it. */
export function contextPath(context: Context): string {
    switch (context.kind) {
        case 'new':
            return '/compose';
        case 'reply':
            return `/compose?in_reply_to=${context.to}`;
        default:
            return `/compose?${context.kind}=${context.id}`;
    }
}

export function contextOfQuery(query: URLSearchParams): Context {
    const to = query.get('in_reply_to');
    if (to !== null) {
        return { kind: 'reply', to };
    }
    const edit = query.get('edit');
    if (edit !== null) {
        return { kind: 'edit', id: edit };
    }
    const redraft = query.get('redraft');
    return redraft === null ? { kind: 'new' } : { kind: 'redraft', id: redraft };
}

/** From seen by everybody to seen by few. */
export const VISIBILITIES: readonly StatusVisibility[] = [
    'public',
    'unlisted',
    'private',
    'direct',
];

export function narrower(a: StatusVisibility, b: StatusVisibility): StatusVisibility {
    return VISIBILITIES.indexOf(a) > VISIBILITIES.indexOf(b) ? a : b;
}

/** An empty post with what the person set as their defaults. */
export function newDraft(account: CredentialAccount, appLanguage: string): Draft {
    const { source } = account;
    return {
        text: '',
        spoilerText: '',
        hasWarning: false,
        visibility: (source?.privacy as StatusVisibility | undefined) ?? 'public',
        sensitive: source?.sensitive ?? false,
        language: source?.language || appLanguage,
        inReplyToId: null,
    };
}

/** Those whom an answer speaks to: the author, and whom the author spoke to, but not oneself. */
function addressees(to: Status, own: Pick<Account, 'id'>): string {
    const accts = [
        ...(to.account.id === own.id ? [] : [to.account.acct]),
        ...to.mentions.filter(({ id }) => id !== own.id).map(({ acct }) => acct),
    ];
    return [...new Set(accts)].map((acct) => `@${acct} `).join('');
}

/** An answer is seen by no more people than what it answers, and warns of the same. */
export function replyDraft(base: Draft, to: Status, own: Pick<Account, 'id'>): Draft {
    return {
        ...base,
        text: addressees(to, own),
        spoilerText: to.spoilerText,
        hasWarning: to.spoilerText !== '',
        visibility: narrower(base.visibility, to.visibility),
        sensitive: base.sensitive || to.spoilerText !== '',
        inReplyToId: to.id,
    };
}

export interface Source {
    text: string;
    spoilerText: string;
}

/** A post as its author typed it, to be changed or written anew. */
export function draftOf(status: Status, source: Source): Draft {
    return {
        text: source.text,
        spoilerText: source.spoilerText,
        hasWarning: source.spoilerText !== '',
        visibility: status.visibility,
        sensitive: status.sensitive,
        language: status.language ?? '',
        inReplyToId: status.inReplyToId ?? null,
    };
}

/** Whether there is something in it that would be missed. */
export function isWorthKeeping(draft: Draft, initial: Draft): boolean {
    const isEmpty = draft.text.trim() === '' && draft.spoilerText.trim() === '';
    return (
        !isEmpty &&
        (draft.text.trim() !== initial.text.trim() || draft.spoilerText !== initial.spoilerText)
    );
}
