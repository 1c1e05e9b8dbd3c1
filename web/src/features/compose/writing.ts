import { useEffect, useState } from 'preact/hooks';
import { api } from '~/api/api';
import { succeed, type Failure, type Outcome } from '~/api/failure';
import type { CredentialAccount, Status } from '~/api/types';
import { session } from '~/session/session';
import { keepStatus, statuses } from '~/store/store';
import { language } from '~/texts/texts';
import {
    contextKey,
    draftOf,
    isWorthKeeping,
    newDraft,
    replyDraft,
    type Context,
    type Draft,
    type Source,
} from './draft';
import { Drafts } from './drafts';

async function statusOf(id: string): Promise<Outcome<Status>> {
    const known = statuses.peek(id);
    if (known !== undefined) {
        return succeed(known);
    }
    const answer = await api.get<Status>(`/api/v1/statuses/${id}`);
    if (answer.ok) {
        keepStatus(answer.value);
    }
    return answer;
}

interface Beginning {
    initial: Draft;
    /** What is answered, if so. */
    parent: Status | null;
}

/** What stands in the composer before anything is typed. */
async function begin(context: Context, own: CredentialAccount): Promise<Outcome<Beginning>> {
    const base = newDraft(own, language.peek());
    switch (context.kind) {
        case 'new':
        case 'redraft':
            return succeed({ initial: base, parent: null });
        case 'reply': {
            const parent = await statusOf(context.to);
            return parent.ok
                ? succeed({ initial: replyDraft(base, parent.value, own), parent: parent.value })
                : parent;
        }
        case 'edit': {
            const [status, source] = await Promise.all([
                statusOf(context.id),
                api.get<Source>(`/api/v1/statuses/${context.id}/source`),
            ]);
            if (!status.ok) {
                return status;
            }
            return source.ok
                ? succeed({ initial: draftOf(status.value, source.value), parent: null })
                : source;
        }
    }
}

export type Writing =
    | { state: 'loading' }
    | { state: 'failed'; failure: Failure; retry: () => void }
    | {
          state: 'ready';
          draft: Draft;
          initial: Draft;
          parent: Status | null;
          /** Whether the browser keeps the draft: null if there is nothing to keep. */
          isKept: boolean | null;
          change: (what: Partial<Draft>) => void;
          /** Forgets the draft: it was sent, or is not wanted. */
          forget: () => void;
      };

interface Ready extends Beginning {
    draft: Draft;
    isKept: boolean | null;
}

/** What is being written at a place: begins with the kept draft, and keeps every change. */
export function useWriting(context: Context): Writing {
    const key = contextKey(context);
    const own = session.value?.account;
    const [ready, setReady] = useState<Ready | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [attempt, setAttempt] = useState(0);
    const drafts = new Drafts(localStorage, own?.id ?? '');

    useEffect(() => {
        if (own === undefined) {
            return undefined;
        }
        let isWanted = true;
        setReady(null);
        setFailure(null);
        void begin(context, own).then((answer) => {
            if (!isWanted) {
                return;
            }
            if (!answer.ok) {
                setFailure(answer.failure);
                return;
            }
            const kept = drafts.get(key);
            const { initial } = answer.value;
            const isKept = kept === null ? null : true;
            setReady({ ...answer.value, draft: { ...initial, ...kept }, isKept });
        });
        return () => {
            isWanted = false;
        };
    }, [key, own?.id, attempt]);

    if (failure !== null) {
        return { state: 'failed', failure, retry: () => setAttempt(attempt + 1) };
    }
    if (ready === null) {
        return { state: 'loading' };
    }
    return {
        state: 'ready',
        ...ready,
        change: (what) =>
            setReady((now) => {
                if (now === null) {
                    return now;
                }
                const draft = { ...now.draft, ...what };
                if (isWorthKeeping(draft, now.initial)) {
                    return { ...now, draft, isKept: drafts.put(key, draft) };
                }
                drafts.remove(key);
                return { ...now, draft, isKept: null };
            }),
        forget: () => {
            drafts.remove(key);
            setReady({ ...ready, draft: ready.initial, isKept: null });
        },
    };
}
