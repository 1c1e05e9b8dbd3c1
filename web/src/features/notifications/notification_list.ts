import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { api } from '~/api/api';
import type { Failure, Outcome } from '~/api/failure';
import { makeListMemory } from '~/list/layout';
import { sessionToken } from '~/session/session';
import { keepAccounts, keepStatuses } from '~/store/store';
import { newestId, withNewer, withOlder, type GroupedPage, type NotificationGroup } from './groups';

const PAGE = 30;
const PATH = '/api/v2/notifications';

/** What one can narrow the page to, and the API's types that are meant. */
export const SHOWN_TYPES = {
    all: [],
    mentions: ['mention', 'status', 'quote'],
    favourites: ['favourite'],
    boosts: ['reblog'],
    follows: ['follow', 'follow_request'],
} as const;
export type Shown = keyof typeof SHOWN_TYPES;

export function isShown(name: string | null): name is Shown {
    return name !== null && name in SHOWN_TYPES;
}

/** The groups of one view of the page, newest first. It grows at both ends. */
export class NotificationList {
    readonly memory = makeListMemory(96);
    private readonly shownGroups = signal<NotificationGroup[]>([]);
    private readonly currentState = signal<'fresh' | 'loading' | 'ready' | 'ended'>('fresh');
    private readonly currentFailure = signal<Failure | null>(null);
    private isCatchingUp = false;

    constructor(private readonly types: readonly string[]) {}

    get groups(): ReadonlySignal<NotificationGroup[]> {
        return this.shownGroups;
    }

    get state(): ReadonlySignal<'fresh' | 'loading' | 'ready' | 'ended'> {
        return this.currentState;
    }

    get failure(): ReadonlySignal<Failure | null> {
        return this.currentFailure;
    }

    find(key: string): NotificationGroup | undefined {
        return this.shownGroups.value.find(({ groupKey }) => groupKey === key);
    }

    /** The first page, or the next older one. */
    async more(): Promise<void> {
        const before = this.currentState.peek();
        if (before === 'loading' || before === 'ended') {
            return;
        }
        this.currentState.value = 'loading';
        this.currentFailure.value = null;
        const oldest = this.shownGroups.peek().at(-1)?.pageMinId;
        const answer = await this.ask({ maxId: oldest });
        batch(() => {
            if (!answer.ok) {
                this.currentState.value = before;
                this.currentFailure.value = answer.failure;
                return;
            }
            const groups = keep(answer.value);
            this.shownGroups.value = withOlder(this.shownGroups.peek(), groups);
            this.currentState.value = groups.length === 0 ? 'ended' : 'ready';
        });
    }

    /** What came since; if that is more than a page, the list begins anew. */
    async catchUp(): Promise<void> {
        const newest = newestId(this.shownGroups.peek());
        if (this.isCatchingUp || this.currentState.peek() === 'loading') {
            return;
        }
        if (newest === null) {
            this.currentState.value = 'fresh';
            await this.more();
            return;
        }
        this.isCatchingUp = true;
        const answer = await this.ask({ sinceId: newest });
        this.isCatchingUp = false;
        if (!answer.ok) {
            return; // the stream, or coming back, asks again
        }
        const groups = keep(answer.value);
        batch(() => {
            const isGapped = groups.length >= PAGE;
            this.shownGroups.value = isGapped ? groups : withNewer(this.shownGroups.peek(), groups);
            if (isGapped) {
                this.currentState.value = 'ready';
            }
        });
    }

    remove(key: string): void {
        this.shownGroups.value = this.shownGroups.peek().filter(({ groupKey }) => groupKey !== key);
    }

    /** Takes a removal back. */
    restore(groups: NotificationGroup[]): void {
        this.shownGroups.value = groups;
    }

    clear(): void {
        batch(() => {
            this.shownGroups.value = [];
            this.currentState.value = 'ended';
        });
    }

    private ask(page: {
        maxId?: string | undefined;
        sinceId?: string;
    }): Promise<Outcome<GroupedPage>> {
        return api.get<GroupedPage>(PATH, { ...page, limit: PAGE, types: [...this.types] });
    }
}

function keep(page: GroupedPage): NotificationGroup[] {
    keepAccounts(page.accounts);
    keepStatuses(page.statuses);
    return page.notificationGroups;
}

let lists = new Map<Shown, NotificationList>();

/** Kept while the app runs, so that one comes back to the same place. */
export function notificationList(shown: Shown): NotificationList {
    let list = lists.get(shown);
    if (list === undefined) {
        list = new NotificationList(SHOWN_TYPES[shown]);
        lists.set(shown, list);
    }
    return list;
}

/** Removes a group from every view, and answers how to take that back. */
export function removeGroup(key: string): () => void {
    const before = [...lists.values()].map((list) => [list, list.groups.peek()] as const);
    lists.forEach((list) => list.remove(key));
    return () => before.forEach(([list, groups]) => list.restore(groups));
}

export function clearLists(): void {
    lists.forEach((list) => list.clear());
}

sessionToken.subscribe(() => {
    lists = new Map();
});
