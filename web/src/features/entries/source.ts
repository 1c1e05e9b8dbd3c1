import { api } from '~/api/api';
import type { Page } from '~/api/client';
import { succeed, type Outcome } from '~/api/failure';
import type { Params } from '~/api/params';
import type { Account, Status } from '~/api/types';
import { loadRelationships } from '~/account/follow';
import { makeListMemory, type ListMemory } from '~/list/layout';
import { sessionToken } from '~/session/session';
import { Feed } from '~/store/feed';
import { keepAccount, keepStatus } from '~/store/store';
import { nextOffset } from './offsets';

/** A list that grows as one scrolls, and where one was in it. It does not follow what is new. */
export interface Source<T> {
    feed: Feed<T>;
    memory: ListMemory;
    /** It was asked for by the press that leads to it, and is not on screen yet. */
    isAsked: boolean;
}

type Ask<T> = () => Promise<Outcome<Page<T>>>;
type Older<T> = (next: string) => Promise<Outcome<Page<T>>>;

const KEPT = 30;
const ROW_PX = 72;
let sources = new Map<string, Source<unknown>>();

sessionToken.subscribe(() => {
    sources = new Map();
});

/** The list of this key, kept while the app runs as far as one may go back: the latest few. */
export function keptSource<T>(key: string, make: () => Source<T>): Source<T> {
    const known = (sources.get(key) as Source<T> | undefined) ?? make();
    sources.delete(key);
    sources.set(key, known as Source<unknown>);
    const oldest = sources.keys().next().value;
    if (sources.size > KEPT && oldest !== undefined) {
        sources.delete(oldest);
    }
    return known;
}

/** Loads the list from its top; what is known of it is from an earlier visit. */
export function loadAnew<T>({ feed, memory }: Source<T>): void {
    if (feed.state.peek() === 'fresh') {
        void feed.start();
    } else if (feed.state.peek() !== 'loading') {
        memory.anchor = null;
        void feed.restart();
    }
}

/** Loads the list for whoever is about to come to it. */
export function askFor<T>(source: Source<T>): void {
    source.isAsked = true;
    loadAnew(source);
}

/** An empty page is the last one, whatever its links say. */
export function endIfEmpty<T>(answer: Outcome<Page<T>>): Outcome<Page<T>> {
    return answer.ok && answer.value.items.length === 0
        ? succeed({ ...answer.value, next: null })
        : answer;
}

function keyOf(path: string, params: Params): string {
    return path + JSON.stringify(params);
}

/** For `postSourceOf` and `accountSourceOf`: a list that has no links, but takes an offset. */
export function byOffset<T>(
    limit: number,
    ask: (paging: { offset: number; limit: number }) => Promise<Outcome<T[]>>,
): [Ask<T>, Older<T>] {
    const page = async (offset: number): Promise<Outcome<Page<T>>> => {
        const answer = await ask({ offset, limit });
        return answer.ok
            ? succeed({
                  items: answer.value,
                  next: nextOffset(offset, answer.value.length, limit),
                  prev: null,
              })
            : answer;
    };
    return [() => page(0), (next) => page(Number(next))];
}

export function postSource(path: string, params: Params = {}): Source<Status> {
    return keptSource(keyOf(path, params), () =>
        postSourceOf(() => api.page<Status>(path, { limit: 20, ...params })),
    );
}

export function postSourceOf(
    first: Ask<Status>,
    older: Older<Status> = (next) => api.page<Status>(next),
): Source<Status> {
    const feed = new Feed<Status>({
        newest: async () => endIfEmpty(await first()),
        older: async (next) => endIfEmpty(await older(next)),
        keep: keepStatus,
    });
    return { feed, memory: makeListMemory(), isAsked: false };
}

/** The people's relationships come with them, so that the rows have their buttons. */
async function withRelationships(answer: Outcome<Page<Account>>): Promise<Outcome<Page<Account>>> {
    if (answer.ok) {
        void loadRelationships(answer.value.items.map(({ id }) => id));
    }
    return endIfEmpty(answer);
}

export function accountSource(path: string, params: Params = {}): Source<Account> {
    return keptSource(keyOf(path, params), () =>
        accountSourceOf(() => api.page<Account>(path, { limit: 40, ...params })),
    );
}

export function accountSourceOf(
    first: Ask<Account>,
    older: Older<Account> = (next) => api.page<Account>(next),
): Source<Account> {
    const feed = new Feed<Account>({
        newest: async () => withRelationships(await first()),
        older: async (next) => withRelationships(await older(next)),
        keep: keepAccount,
    });
    return { feed, memory: makeListMemory(ROW_PX), isAsked: false };
}
